using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Host names that readers take for a known one which they only contain: drawn alike ("serv1ce-public.fr", "arneli.fr"), gone on with ("service-public.fr.demarche.com"),
/// with hyphens for dots ("legifrance-gouv.fr"), or the town's name with what an imitator puts around it ("ville-rivemont.fr", "rivemont-fr.com"). The name alone ("rivemont.com") is only noted.
/// All of them are read in their <see cref="Shape"/>.
/// </summary>
internal static class BorrowedName
{
    // "lcl.fr" is a bank and drawn as "ici.fr": few letters are drawn alike by chance.
    private const int ShortestDrawn = 5;

    private const int LongestCountry = 3;

    private static readonly string[] Known = ShapesOf("known");
    private static readonly string[] Bodies = Array.ConvertAll(ShapesOf("body"), WithHyphens);
    private static readonly FrozenSet<string> Drawn = FrozenSet.ToFrozenSet(
        Known.Where(domain => HostNames.NameOf(domain).Length >= ShortestDrawn).Append("gouv.fr"), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Parts = FrozenSet.ToFrozenSet(ShapesOf("part"), StringComparer.Ordinal);
    private static readonly FrozenSet<string> Around = FrozenSet.ToFrozenSet(ShapesOf("around"), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Companies = DomainList.Load("company");

    private static readonly string[] Before = Shapes("ville", "villede", "villedu", "mairie", "mairiede", "mairiedu", "commune", "communede");
    private static readonly string[] Behind = Shapes("ville", "mairie", "officiel", "fr");
    private static readonly FrozenSet<string> Towns = FrozenSet.ToFrozenSet(Shapes("ville", "mairie", "commune", "officiel", "officielle", "hotel"), StringComparer.Ordinal);

    /// <summary>True for a host that is drawn as a known one or as one below it.</summary>
    public static bool IsDrawnAsKnown(string shape) => DomainList.Holds(Drawn, shape);

    /// <summary>True for a well-known site, or one below it, that is called like some town.</summary>
    public static bool IsCompany(string host) => DomainList.Holds(Companies, host);

    /// <summary>How severe it is that a host contains a known name, or the authority's, in a place where readers take it for that site; null: it contains none.</summary>
    /// <param name="host">As it is shown; not known, allowed nor the authority's.</param>
    /// <param name="own">What the authority registered, in its shape.</param>
    /// <param name="cores">Its names without what stands around them, as <see cref="CoreOf"/> writes them.</param>
    /// <param name="spelt">The same as they are spelt.</param>
    public static Verdict? Of(string host, IReadOnlyList<string> own, FrozenSet<string> cores, FrozenSet<string> spelt)
    {
        var registered = Shape.OfHost(HostNames.Registered(host));
        if (own.Contains(registered, StringComparer.Ordinal)) return null;
        var shape = Shape.OfHost(host);
        var hyphens = WithHyphens(shape);
        if (Array.Exists(Known, domain => GoesOn(shape, domain, atEnd: false))
            || own.Any(domain => GoesOn(hyphens, WithHyphens(domain), atEnd: false))
            || Array.Exists(Bodies, domain => GoesOn(hyphens, domain, atEnd: true))
            || HasPart(shape.Split('.'))) return Verdict.Hold;
        return IsCompany(host) ? null : OfTown(host.Split('.'), HostNames.NameOf(host), HostNames.IsHosted(host), cores, spelt);
    }

    /// <summary>A name of the town without what stands around it, in its shape; empty: nothing is left.</summary>
    public static string CoreOf(IEnumerable<string> words) => string.Join('-', words.Select(Shape.OfHost).Where(word => !Around.Contains(word)));

    /// <summary>The same as it is spelt.</summary>
    public static string SpeltCoreOf(IEnumerable<string> words) => string.Join('-', words.Where(word => !Around.Contains(Shape.OfHost(word))));

    // From the start of a part, and on behind it.
    private static bool GoesOn(string host, string domain, bool atEnd)
    {
        for (var at = host.IndexOf(domain, StringComparison.Ordinal); at >= 0; at = host.IndexOf(domain, at + 1, StringComparison.Ordinal))
        {
            var end = at + domain.Length;
            if (at > 0 && host[at - 1] is not ('.' or '-')) continue;
            if (end == host.Length ? atEnd : host[end] is '.' or '-') return true;
        }

        return false;
    }

    // "impots-gouv.com"; "gouv" alone is for whole countries ("www.gouv.qc.ca") and for nobody whose name follows ("impots.gouv.remboursement.com").
    private static bool HasPart(string[] labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Contains('-') && labels[i].Split('-').Any(Parts.Contains)) return true;
            if (labels[i] is "gouv" && i + 2 < labels.Length && labels[i + 1].Length > LongestCountry) return true;
        }

        return false;
    }

    // What is registered is the town's name with any of what imitators put around it; a page on another's site needs to say "ville" or "mairie".
    private static Verdict? OfTown(string[] labels, string registered, bool isHosted, FrozenSet<string> cores, FrozenSet<string> spelt)
    {
        if (cores.Count == 0) return null;
        Verdict? most = null;
        foreach (var label in labels)
        {
            var parts = Shape.OfHost(label).Split('-');
            var core = CoreOfParts(parts);
            if (cores.Contains(core))
            {
                var isRegistered = string.Equals(label, registered, StringComparison.Ordinal);
                if (parts.Any(Towns.Contains) || (isRegistered && parts.Any(Around.Contains))) return Verdict.Hold;
                if (isRegistered && !isHosted) most = IsPlainName(labels, label, spelt) ? Verdict.Publish : Verdict.Hold;
            }

            var glued = string.Concat(parts);
            if (Array.Exists(Before, before => glued.StartsWith(before, StringComparison.Ordinal) && cores.Contains(glued[before.Length..]))
                || Array.Exists(Behind, behind => glued.EndsWith(behind, StringComparison.Ordinal) && cores.Contains(glued[..^behind.Length]))) return Verdict.Hold;
        }

        return most;
    }

    // "www.chamonix.com" is the tourists' and "nice.com" a firm's, as long as it is spelt as the town is and nothing before it speaks of an authority.
    private static bool IsPlainName(string[] labels, string label, FrozenSet<string> spelt) =>
        labels[^1] is "com" or "fr" && labels.Length <= 3 && spelt.Contains(Normalised.Plain(label).Text.ToString())
        && (labels.Length == 2 || !Shape.OfHost(labels[0]).Split('-').Any(Around.Contains));

    private static string CoreOfParts(string[] parts) => string.Join('-', parts.Where(part => !Around.Contains(part)));

    private static string WithHyphens(string domain) => domain.Replace('.', '-');

    private static string[] ShapesOf(string kind) => Shapes([.. DomainList.Load(kind)]);

    private static string[] Shapes(params string[] names) => Array.ConvertAll(names, Shape.OfHost);
}
