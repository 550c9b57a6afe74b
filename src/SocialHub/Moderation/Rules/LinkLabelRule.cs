using System.Collections.Frozen;
using SocialHub.Moderation.Markup;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Links whose text announces another place than the one they lead to: "[www.service-public.fr](https://paiement.example)", "[le site de la mairie](https://paiement.example)".
/// Readers see the text only. What leads to the authority, to a domain it allows or to a well-known one deceives nobody.
/// </summary>
public sealed class LinkLabelRule : ModerationRule
{
    // A label of more words is a sentence, whose words say what it is about and not where it leads.
    private const int MostWords = 10;

    // A text of more links than these is held for their number.
    private const int MostLooked = 50;

    private static readonly FrozenSet<string> Around = FrozenSet.ToFrozenSet(
        ("le la les l un une du de des d a au aux en sur vers par pour ici voir aller allez cliquez cliquer lien site sites web internet officiel officielle officiels page portail formulaire espace compte mon ma mes ton ta tes votre vos notre nos adresse accueil "
         + "service services ligne paiement payer reglement regler demarche demarches acces connexion the of official website here to pay your").Split(' '), StringComparer.Ordinal);

    // With blanks for what stands between their words, and without the words of the first set.
    private static readonly FrozenSet<string> Bodies = FrozenSet.ToFrozenSet(
        ["mairie", "ville", "commune", "municipalite", "hotel ville", "agglomeration", "agglo", "metropole", "departement", "conseil departemental", "region", "conseil regional", "prefecture", "sous prefecture", "prefet",
            "etat", "gouvernement", "ministere", "public", "publics", "impots", "tresor public", "finances publiques", "direction generale finances publiques", "dgfip", "ameli", "assurance maladie", "securite sociale", "secu", "cpam", "carte vitale", "caf", "allocations familiales",
            "urssaf", "msa", "francetravail", "france travail", "pole emploi", "ants", "france titres", "antai", "amendes", "amende", "franceconnect", "france connect", "legifrance", "anah", "crous", "cnil", "banque france", "poste", "laposte", "edf", "enedis",
            "police", "police municipale", "police nationale", "gendarmerie", "tribunal", "justice", "town hall", "city hall", "council", "city council", "government"],
        StringComparer.Ordinal);

    public override string Id => "link-label";

    public override string FindingClass => FindingClasses.Links;

    public override Wording Reason { get; } = new("Le texte du lien annonce un autre site que celui où il mène.", "The link's text announces another site than the one it leads to.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        if (reading.Links.Count == 0) return;
        foreach (var link in LabelledLinks.In(reading.Text.Original).Take(MostLooked))
        {
            if (LinkDomainRule.Passes(reading.Authority.Whole, link.Host, link.Address)) continue;
            var label = new FieldReading("text", link.Label);
            if (AnnouncesAnother(label, HostNames.Registered(link.Host)) || (!BorrowedName.IsCompany(link.Host) && IsBody(reading.Authority, label))) findings.AddOriginal(reading.Text, link.Start, link.End);
        }
    }

    private static bool AnnouncesAnother(FieldReading label, string target)
    {
        var written = label.Original.Trim();
        // A whole label is an address under more endings than a word of a sentence is.
        if (LinkFinder.AsciiHost(Accented.Of(written)) is { } whole && whole.LastIndexOf('.') is var dot and > 0 && LinkFinder.IsEnding(whole[(dot + 1)..]) && !IsSame(whole)) return true;
        return LinkFinder.HostsIn(label).Any(host => !IsSame(host));

        bool IsSame(string host) => string.Equals(HostNames.Registered(host), target, StringComparison.Ordinal);
    }

    // "le site de la mairie", "Mairie de Rivemont", "Service public": nothing in it but such a name and what stands around it.
    private static bool IsBody(CompiledAuthority authority, FieldReading label)
    {
        var words = label.WordList;
        if (words.Count is 0 or > MostWords) return false;
        var text = Shape.Latinised(label.Original).Text;
        var isOwn = false;
        List<string> rest = [];
        foreach (var word in Words.In(text))
        {
            var read = text[word.Start..word.End].ToString();
            // "Le service public" without its first word is what remains of it.
            if (Around.Contains(read)) continue;
            if (!Bodies.Contains(read) && authority.IsOfOwnName(read)) isOwn = true;
            else rest.Add(read);
        }

        return rest.Count == 0 ? isOwn : Bodies.Contains(string.Join(' ', rest));
    }
}
