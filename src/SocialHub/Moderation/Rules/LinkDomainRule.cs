using System.Buffers;
using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Links that leave the authority's sites and the domains it allows. The well-known ones of public bodies, the press and encyclopaedias pass (<c>domains.tsv</c>);
/// one link in a text that says something besides is noted; a bare link, several, and one that hides where it leads are held.
/// </summary>
public sealed class LinkDomainRule : ModerationRule
{
    /// <summary>Letters beside the link from which a text says something.</summary>
    public const int FewestLetters = 80;

    private static readonly FrozenSet<string> Known = DomainList.Load("known");
    private static readonly FrozenSet<string> Hiding = DomainList.Load("hiding");
    private static readonly FrozenSet<string> Endings = DomainList.Load("ending");

    private static readonly SearchValues<char> French = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-àâäçéèêëîïôöùûüÿœæ");

    public override string Id => "link-domain";

    public override string FindingClass => FindingClasses.Links;

    public override Wording Reason { get; } = new("Le lien mène à un site qui n’est pas sur la liste de la collectivité.", "The link leads to a site that is not on the authority's list.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var outside = reading.Links.Where(link => !Passes(reading, link)).ToArray();
        if (outside is [var only] && IsPlain(only) && SaysSomething(reading, only) && !reading.Fields.Any(field => field.Hits.Any(hit => hit.Entry.Class == FindingClasses.Advertising)))
        {
            findings.Add(only.Field, only.Start, only.End, Verdict.Publish);
            return;
        }

        foreach (var link in outside) findings.Add(link.Field, link.Start, link.End);
    }

    /// <summary>True for a host of the well-known domains.</summary>
    internal static bool IsKnown(string host) => DomainList.Holds(Known, host);

    /// <summary>True for a link that needs no look. A well-known site that sends readers on to any other is as good as that other.</summary>
    internal static bool Passes(CompiledAuthority authority, string host, ReadOnlySpan<char> address) =>
        authority.Allows(host) || (IsKnown(host) && !address.Contains("/redirect", StringComparison.Ordinal));

    private static bool Passes(Reading reading, Link link) => link.Host is { } host && Passes(reading.Authority, host, link.Field.Plain.Text[link.Start..link.End]);

    private static bool SaysSomething(Reading reading, Link link)
    {
        if (!ReferenceEquals(link.Field, reading.Text)) return false;
        var text = reading.Text.Plain.Text;
        return LettersIn(text[..link.Start]) + LettersIn(text[link.End..]) >= FewestLetters;
    }

    private static int LettersIn(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsLetter(c)) letters++;
        }

        return letters;
    }

    // "Granddébat.fr" is French. Letters that French lacks, and a well-known address with an accent ("améli.fr"), are somebody's trick.
    private static bool IsFrench(string host) =>
        !host.Contains("xn--", StringComparison.Ordinal) || (LinkHomographRule.Shown(host) is var shown && !shown.AsSpan().ContainsAnyExcept(French) && !IsKnown(Normalised.Plain(shown).Text.ToString()));

    // A shortener, a messenger, an address with a name before "@" or in another script, an ending that spammers buy by the thousand.
    private static bool IsPlain(Link link) =>
        link.Host is { } host && !DomainList.Holds(Hiding, host) && Endings.Contains(host[(host.LastIndexOf('.') + 1)..]) && IsFrench(host)
        && !link.Field.Plain.Text[link.Start..link.End].ContainsAny('@', '\\');
}
