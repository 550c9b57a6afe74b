using System.Globalization;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Addresses that read as another one: letters of two scripts in one name, a name all of letters that look Latin (whole-script confusables of TR39),
/// any name that is drawn as one of the authority's, of those it allows or of the well-known ones and is not ("ѕеrvice-public.fr", "serv1ce-public.fr", "xn--srvice-public-bhb.fr"),
/// and one that borrows such a name for another place ("service-public.fr.demarche.com", "legifrance-gouv.fr", "ville-rivemont.fr"; see <see cref="BorrowedName"/>).
/// </summary>
public sealed class LinkHomographRule : ModerationRule
{
    private static readonly IdnMapping Idn = new();

    // A text of more links than these is held for their number.
    private const int MostLooked = 50;

    public override string Id => "link-homograph";

    public override string FindingClass => FindingClasses.Links;

    public override Wording Reason { get; } = new(
        "Le lien imite l’adresse d’un autre site : ses lettres ne sont pas celles que l’on croit lire.",
        "The link imitates the address of another site: its letters are not those that one seems to read.");

    private static Wording Borrowed { get; } = new(
        "L’adresse du lien reprend le nom de la collectivité ou d’un site connu, mais mène ailleurs.",
        "The link's address borrows the name of the authority or of a known site, but leads elsewhere.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        var (authority, looked) = (reading.Authority.Whole, 0);
        foreach (var link in reading.Links)
        {
            if (++looked > MostLooked) return;
            if (link.Host is not { } host || authority.Allows(host) || LinkDomainRule.IsKnown(host)) continue;
            var shown = Shown(host);
            if (authority.LooksAllowed(shown) || shown.Split('.').Any(IsConfusable) || BorrowedName.IsDrawnAsKnown(Shape.OfHost(shown))) findings.Add(link.Field, link.Start, link.End);
            else if (authority.Borrowed(shown) is { } verdict) findings.Add(link.Field, link.Start, link.End, verdict, Borrowed);
        }
    }

    /// <summary>A host as a browser would show it to who trusts it.</summary>
    internal static string Shown(string host)
    {
        try
        {
            return host.Contains("xn--", StringComparison.Ordinal) ? Idn.GetUnicode(host) : host;
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    // "раураl" mixes, "аррӏе" only looks; "пример" is Russian and looks like nothing else, "café" is French.
    private static bool IsConfusable(string label)
    {
        var (latin, foreign, disguised, letters) = (0, 0, 0, 0);
        foreach (var c in label)
        {
            if (!char.IsLetter(c)) continue;
            letters++;
            if (c < 0x0250 || c is >= '\u1E00' and <= '\u1EFF') latin++;
            else if (c is >= '\u0370' and <= '\u058F') foreign++;
            if (Shape.IsDisguised(c)) disguised++;
        }

        return (latin > 0 && foreign > 0) || (letters > 0 && disguised == letters);
    }
}
