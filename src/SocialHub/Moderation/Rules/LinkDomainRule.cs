using System.Collections.Frozen;

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

    public override string Id => "link-domain";

    public override string FindingClass => FindingClasses.Links;

    public override Wording Reason { get; } = new("Le lien mène à un site qui n’est pas sur la liste de la collectivité.", "The link leads to a site that is not on the authority's list.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var outside = reading.Links.Where(link => link.Host is not { } host || !(reading.Authority.Allows(host) || (IsKnown(host) && !link.Field.Plain.Text[link.Start..link.End].Contains("/redirect", StringComparison.Ordinal)))).ToArray();
        if (outside.Length == 0) return;
        var plain = outside.Length == 1 && SaysSomething(reading, outside)
            && !reading.Fields.Any(field => field.Hits.Any(hit => hit.Entry.Class == FindingClasses.Advertising));
        foreach (var link in outside) findings.Add(link.Field, link.Start, link.End, plain && IsPlain(link) ? Verdict.Publish : Verdict.Hold);
    }

    /// <summary>True for a host of the well-known domains.</summary>
    internal static bool IsKnown(string host) => DomainList.Holds(Known, host);

    private static bool SaysSomething(Reading reading, Link[] links) =>
        Array.TrueForAll(links, link => ReferenceEquals(link.Field, reading.Text)) && Letters(reading.Text.Plain.Text) - links.Sum(link => link.End - link.Start) >= FewestLetters;

    private static int Letters(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text) if (char.IsLetter(c)) letters++;
        return letters;
    }

    // A shortener, a messenger, an address with a name before "@" or in another script, an ending that spammers buy by the thousand.
    private static bool IsPlain(Link link) =>
        link.Host is { } host && !DomainList.Holds(Hiding, host) && Endings.Contains(host[(host.LastIndexOf('.') + 1)..]) && !host.Contains("xn--", StringComparison.Ordinal)
        && !link.Field.Plain.Text[link.Start..link.End].ContainsAny('@', '\\');
}

/// <summary>Domains of <c>domains.tsv</c> beside the word lists.</summary>
internal static class DomainList
{
    public static FrozenSet<string> Load(string kind)
    {
        using var stream = typeof(DomainList).Assembly.GetManifestResourceStream("SocialHub.Moderation.Rules.domains.tsv") ?? throw new InvalidDataException("domains.tsv is not embedded.");
        using var reader = new StreamReader(stream);
        var domains = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#' && line.Split('\t') is [var here, var list] && string.Equals(here, kind, StringComparison.Ordinal)) domains.UnionWith(list.Split(' '));
        }

        return domains.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>True for a host of the list and for what lies below it.</summary>
    public static bool Holds(FrozenSet<string> domains, string host)
    {
        for (var rest = host; ;)
        {
            if (domains.Contains(rest)) return true;
            var dot = rest.IndexOf('.');
            if (dot < 0) return false;
            rest = rest[(dot + 1)..];
        }
    }
}
