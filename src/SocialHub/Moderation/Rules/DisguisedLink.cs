using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Web addresses whose dot is hidden from machines: "casino-bonus point xyz", "casino[.]shop", "casino . com". A dot in brackets is nothing else;
/// "point" and a full stop between blanks are, so that they count before endings that are no words, or beside another sign of an address.
/// </summary>
internal static class DisguisedLink
{
    private const int LongestLabel = 63;
    private const int ShortestWord = 4; // letters before "point": "le point fr" is a newspaper
    private const int MostLabels = 3;

    private static readonly SearchValues<string> Triggers = SearchValues.Create(
        [" point ", " dot ", "[.]", "(.)", "{.}", "<.>", " . ", "[point]", "(point)", "[dot]", "(dot)", " (point) ", " (dot) ", " [point] ", " [dot] "], StringComparison.Ordinal);

    // No word of a sentence, and never short for one: "un point com'" is.
    private static readonly FrozenSet<string> Sure = FrozenSet.ToFrozenSet(["fr", "xyz", "biz", "ru", "io", "cn", "icu", "tk", "cf", "gq"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Likely = FrozenSet.ToFrozenSet(["com", "org", "net", "eu", "shop", "online", "store", "app", "bet", "vip"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Cues = FrozenSet.ToFrozenSet(["www", "http", "https", "sur", "site", "voir", "allez", "visitez", "via", "tapez", "on", "visit"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Determiners = FrozenSet.ToFrozenSet(["notre", "votre", "leur", "cette", "quel", "chaque", "dernier", "premier", "petit", "autre", "prochain", "gros", "seul", "deuxieme"], StringComparer.Ordinal);

    /// <param name="field">Where they are looked for.</param>
    /// <param name="links">Where they are added.</param>
    public static void Find(FieldReading field, List<Link> links)
    {
        var text = field.Plain.Text;
        for (var from = 0; from < text.Length;)
        {
            var hit = text[from..].IndexOfAny(Triggers);
            if (hit < 0) return;
            hit += from;
            from = hit + 1;
            var start = hit;
            while (start > 0 && hit - start < LongestLabel && IsHost(text[start - 1])) start--;
            if (start == hit || IsBehindAtSign(text, start)) continue;
            if (Domain(text, hit) is not { } domain) continue;
            if (!IsAddress(field, start, hit, domain)) continue;
            var name = LinkFinder.AsciiHost(string.Concat(text[start..hit], ".", domain.Name));
            var end = EndOfPath(text, domain.End);
            links.Add(new(field, start, end, name));
            from = end;
        }
    }

    // Labels behind the hidden dot; the last of them that is an ending.
    private static (string Name, string Ending, int EndingStart, int End)? Domain(ReadOnlySpan<char> text, int dot)
    {
        (string, string, int, int)? known = null;
        var name = new StringBuilder();
        for (var labels = 0; labels < MostLabels && DisguisedEmail.Dot(text, dot) is { } found && (labels > 0 || found.IsDisguised); labels++)
        {
            var end = found.End;
            while (end < text.Length && end - found.End < LongestLabel && (Words.IsLetterOrDigit(text[end]) || (text[end] == '-' && end + 1 < text.Length && Words.IsLetterOrDigit(text[end + 1])))) end++;
            if (end == found.End) break;
            var label = text[found.End..end].ToString();
            if (labels > 0) name.Append('.');
            name.Append(label);
            if (LinkFinder.IsEnding(label)) known = (name.ToString(), label, found.End, end);
            dot = end;
        }

        return known;
    }

    private static bool IsAddress(FieldReading field, int start, int hit, (string Name, string Ending, int EndingStart, int End) domain)
    {
        var text = field.Plain.Text;
        var label = text[start..hit];
        if (text[hit] != ' ' || text[hit + 1] is '(' or '[') return true;
        // A capital begins a sentence.
        if (field.IsCapital(domain.EndingStart)) return false;
        var likely = Likely.Contains(domain.Ending);
        var isSign = label.IndexOfAnyInRange('0', '9') >= 0 || IsCued(text, start) || EndOfPath(text, domain.End) > domain.End;
        // "Après le rendez-vous point com nous irons", "en tout point fr et en" go on.
        var goesOn = domain.End + 1 < text.Length && text[domain.End] == ' ' && char.IsLetter(text[domain.End + 1]);
        if (domain.Ending is "fr" && goesOn && !isSign && !label.Contains('-')) return false;
        if (text[hit + 1] == '.') return Sure.Contains(domain.Ending) || (likely && (isSign || label.Contains('-')));
        if (label.Length < ShortestWord || Determiners.GetAlternateLookup<ReadOnlySpan<char>>().Contains(label)) return false;
        return Sure.Contains(domain.Ending) || (likely && (isSign || (label.Contains('-') && !goesOn)));
    }

    // "bitly point com slash abc"
    private static int EndOfPath(ReadOnlySpan<char> text, int i)
    {
        const string Slash = " slash ";
        while (i < text.Length && text[i..].StartsWith(Slash, StringComparison.Ordinal))
        {
            var end = i + Slash.Length;
            while (end < text.Length && end - i < LongestLabel && IsHost(text[end])) end++;
            if (end == i + Slash.Length) break;
            i = end;
        }

        return i;
    }

    private static bool IsCued(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end > 0 && start - end < 3 && !Words.IsLetterOrDigit(text[end - 1])) end--;
        var first = end;
        while (first > 0 && end - first < 12 && Words.IsLetterOrDigit(text[first - 1])) first--;
        return Cues.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[first..end]);
    }

    // Of an e-mail address another rule speaks.
    private static bool IsBehindAtSign(ReadOnlySpan<char> text, int start)
    {
        const int Near = 12;
        return text[Math.Max(0, start - Near)..start].IndexOfAny(DisguisedEmail.Triggers) >= 0;
    }

    private static bool IsHost(char c) => Words.IsLetterOrDigit(c) || c is '-' or '.';
}
