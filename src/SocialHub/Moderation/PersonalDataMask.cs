using System.Runtime.InteropServices;
using System.Text;
using SocialHub.Configuration;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation;

/// <summary>
/// Hides the personal data of a text that people other than its author are shown: what kind it is and the last digits, "téléphone ••• 78".
/// It asks the rules anew instead of what they said once: the kept findings are cut at a number, and older ones know fewer kinds.
/// </summary>
public sealed class PersonalDataMask(ModerationEngine engine)
{
    private const int ShownDigits = 2;

    // Fewer than these, and the two that are shown would be a good part of it.
    private const int FewestDigits = 8;

    /// <summary>The text as it may be shown.</summary>
    /// <param name="text">As written.</param>
    /// <param name="findings">What was found in it; their spans are moved to the text that is shown.</param>
    /// <param name="field">The field of <paramref name="findings"/> that the text is.</param>
    /// <param name="site">Site whose own contacts stay.</param>
    /// <param name="hub">Of the authority.</param>
    public MaskedText Of(string text, IReadOnlyList<Finding> findings, string field, string? site, HubConfiguration hub)
    {
        var hidden = Spans(engine.FindPersonalData(new ModerationSubject(text) { Site = site }, hub));
        if (hidden.Count == 0) return new(text, findings, 0);
        var shown = new StringBuilder(text.Length);
        var moves = new List<Move>(hidden.Count);
        var at = 0;
        foreach (var span in hidden)
        {
            shown.Append(text, at, span.Start - at);
            var start = shown.Length;
            shown.Append(Label(span, text, hub.Authority.Language));
            moves.Add(new(span.Start, span.End, start, shown.Length));
            at = span.End;
        }

        shown.Append(text, at, text.Length - at);
        return new(shown.ToString(), [.. findings.Select(finding => string.Equals(finding.Field, field, StringComparison.Ordinal) && finding.Length > 0 ? Moved(finding, moves) : finding)], hidden.Count);
    }

    /// <summary>The same of a text that nothing was found in before.</summary>
    public string Of(string text, string? site, HubConfiguration hub) => Of(text, [], "text", site, hub).Text;

    // Spans that overlap are one, of the first's kind.
    private static List<Hidden> Spans(IReadOnlyList<Finding> findings)
    {
        var spans = new List<Hidden>(findings.Count);
        foreach (var finding in findings.Where(finding => finding.Length > 0).OrderBy(finding => finding.Start).ThenByDescending(finding => finding.Length))
        {
            if (spans.Count > 0 && finding.Start < spans[^1].End) spans[^1] = spans[^1] with { End = Math.Max(spans[^1].End, finding.Start + finding.Length) };
            else spans.Add(new(finding.Start, finding.Start + finding.Length, finding.Rule));
        }

        return spans;
    }

    private static string Label(Hidden span, string text, string language)
    {
        var kind = (span.Rule switch
        {
            "phone" => new Wording("téléphone", "telephone"),
            "email" => new Wording("adresse électronique", "e-mail address"),
            "messenger-account" => new Wording("compte de messagerie", "messenger account"),
            "iban" => new Wording("IBAN", "IBAN"),
            "social-security-number" => new Wording("n° de sécurité sociale", "social security number"),
            "card-number" => new Wording("carte bancaire", "payment card"),
            "postal-address" => new Wording("adresse", "address"),
            "birth-date" => new Wording("date de naissance", "date of birth"),
            "licence-plate" => new Wording("plaque d’immatriculation", "licence plate"),
            _ => new Wording("donnée personnelle", "personal data"),
        }).In(language);
        var digits = string.Concat(Normalised.Plain(text[span.Start..span.End]).Text.ToArray().Where(char.IsAsciiDigit));
        return span.Rule is not ("email" or "messenger-account" or "postal-address" or "birth-date" or "licence-plate") && digits.Length >= FewestDigits ? $"{kind} ••• {digits[^ShownDigits..]}" : $"{kind} •••";
    }

    private static Finding Moved(Finding finding, List<Move> moves)
    {
        var (start, end) = (To(moves, finding.Start, isEnd: false), To(moves, finding.Start + finding.Length, isEnd: true));
        return finding with { Start = start, Length = Math.Max(0, end - start) };
    }

    private static int To(List<Move> moves, int place, bool isEnd)
    {
        var shift = 0;
        foreach (var move in moves)
        {
            if (place < move.Start || (isEnd && place == move.Start)) break;
            if (place < move.End || (isEnd && place == move.End)) return isEnd ? move.ShownEnd : move.ShownStart;
            shift = move.ShownEnd - move.End;
        }

        return place + shift;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Hidden(int Start, int End, string Rule);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Move(int Start, int End, int ShownStart, int ShownEnd);
}

/// <summary>A text as it may be shown.</summary>
/// <param name="Text">With the kind of what is hidden in its place.</param>
/// <param name="Findings">With their spans in <paramref name="Text"/>.</param>
/// <param name="Count">How many places are hidden.</param>
public sealed record MaskedText(string Text, IReadOnlyList<Finding> Findings, int Count);
