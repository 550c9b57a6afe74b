using CsCheck;
using SocialHub.Configuration;
using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>Links that look as if they led to the town, to a public service or to a well-known site, in a text that would be published with an ordinary link.</summary>
public sealed class LinkDisguiseTests
{
    private const string Before = "Pour régler la facture de cantine du mois de novembre, qui est due avant la fin de la semaine prochaine, il suffit de passer par ";

    private static readonly HubConfiguration Rivemont = new()
    {
        Authority = new() { Name = "Ville de Rivemont", Language = "fr", PublicAddress = "https://hub.rivemont.fr" },
        Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { ["ville"] = new() { Origins = ["https://www.rivemont.fr"] } },
        Moderation = new() { AllowedDomains = ["ouest-hebdo.fr"] },
    };

    private static readonly string[] Below = ["blog", "shop", "m", "fr", "actualites", "info"];

    private static readonly string[] Ordinary = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Moderation", "ordinary-domains.txt")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [Theory]
    [InlineData("[https://www.service-public.fr/paiement](https://paiement-cantine.fr/carte)")]
    [InlineData("[www.rivemont.fr](https://rivepaye.com/payer)")]
    [InlineData("[rivemont.bzh](https://rivepaye.com/payer)")]
    [InlineData("[**rivemont.fr**](https://rivepaye.com/payer)")]
    [InlineData("[`rivemont.fr`](https://rivepaye.com/payer)")]
    [InlineData("[rivemont point fr](https://rivepaye.com/payer)")]
    [InlineData("[sеrvice-public.fr](https://rivepaye.com/payer)")]
    [InlineData("[voir www.rivemont.fr, rubrique cantine](https://rivepaye.com/payer)")]
    [InlineData("[le site de la mairie](https://rivepaye.com/payer)")]
    [InlineData("[Mairie de Rivemont](https://rivepaye.com/payer)")]
    [InlineData("[Rivemont](https://rivepaye.com/payer \"Rivemont\")")]
    [InlineData("[le service public](https://rivepaye.com/payer)")]
    [InlineData("[Ma carte Vitale](https://rivepaye.com/payer)")]
    [InlineData("[Impôts : espace officiel](https://rivepaye.com/payer)")]
    [InlineData("[France Travail](https://rivepaye.com/payer)")]
    [InlineData("[La Mаirie](https://rivepaye.com/payer)")]
    [InlineData("[www.rivemont.fr][1]\n\n[1]: https://rivepaye.com/payer")]
    [InlineData("[www.rivemont.fr](https://www.youtube.com/redirect?q=rivepaye.com)")]
    public void A_link_whose_text_names_another_site_is_held(string link)
    {
        var text = Before + link;
        var finding = Judged(text).Findings.Single(found => found.Rule == "link-label");
        Assert.Equal((FindingClasses.Links, Verdict.Hold), (finding.Class, finding.Verdict));
        Assert.StartsWith(text.Substring(finding.Start, finding.Length), link, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ce petit site](https://rivepaye.com/payer)")]
    [InlineData("[rivepaye.com](https://www.rivepaye.com/payer)")]
    [InlineData("[https://rivepaye.com/](https://rivepaye.com/payer?de=cantine)")]
    [InlineData("[le budget de la mairie, vu par un voisin](https://blog-du-pont.fr/budget)")]
    [InlineData("[le site de la mairie](https://www.rivemont.fr/cantine)")]
    [InlineData("[service-public.fr](https://www.service-public.gouv.fr/particuliers)")]
    [InlineData("[la mairie](https://www.ouest-hebdo.fr/rivemont)")]
    [InlineData("[le service technique](https://blog-du-pont.fr/budget)")]
    [InlineData("[ici](https://blog-du-pont.fr/budget)")]
    [InlineData("![www.rivemont.fr](https://blog-du-pont.fr/photo) et https://blog-du-pont.fr")]
    [InlineData("https://blog-du-pont.fr/budget")]
    public void A_link_whose_text_says_no_other_site_is_none(string link) => Assert.DoesNotContain(Judged(Before + link).Findings, found => found.Rule == "link-label");

    [Theory]
    [InlineData("serv1ce-public.fr")]
    [InlineData("service-pubIic.fr")]
    [InlineData("ameIi.fr")]
    [InlineData("www.arneli.fr")]
    [InlineData("impots.g0uv.fr")]
    [InlineData("1emonde.fr")]
    [InlineData("legifrance-gouv.fr")]
    [InlineData("impots-gouv.com")]
    [InlineData("impots.gouv.remboursement.com")]
    [InlineData("impots-gouv-fr.com")]
    [InlineData("service-public.fr.demarche.com")]
    [InlineData("service-public-fr.demarche.com")]
    [InlineData("lemonde.fr.article.info")]
    [InlineData("moncompte-ameli.com")]
    [InlineData("mon-compte-ameli.fr")]
    [InlineData("colis-laposte.fr")]
    [InlineData("ville-rivemont.fr")]
    [InlineData("villederivemont.fr")]
    [InlineData("mairie-de-rivemont.fr")]
    [InlineData("rivemont-mairie.com")]
    [InlineData("rivemont-fr.com")]
    [InlineData("rivemont-paiement.fr")]
    [InlineData("r1vemont.fr")]
    [InlineData("mairie.rivemont.com")]
    [InlineData("rivemont.net")]
    [InlineData("r1vemont.com")]
    [InlineData("mairie-rivemont.free.fr")]
    [InlineData("rivemont-paiement.azurewebsites.net")]
    [InlineData("rivernont.net")]
    [InlineData("www.rivemont.fr.cantine.info")]
    [InlineData("mairie-rivemont.sitegratuit.fr")]
    public void An_address_that_borrows_a_known_name_is_held_for_that(string host)
    {
        var text = Before + "https://" + host + "/payer";
        var finding = Judged(text).Findings.Single(found => found.Rule == "link-homograph");
        Assert.Equal((FindingClasses.Links, Verdict.Hold, "https://" + host + "/payer"), (finding.Class, finding.Verdict, text.Substring(finding.Start, finding.Length)));
    }

    [Theory]
    [InlineData("www.rivemont.fr")]
    [InlineData("mediatheque.rivemont.fr")]
    [InlineData("judo-rivemont.fr")]
    [InlineData("amis-de-rivemont.org")]
    [InlineData("rivemont-tourisme.fr")]
    [InlineData("rivemont.maville.com")]
    [InlineData("hopital-rivemont.fr")]
    [InlineData("www.service-public.fr")]
    [InlineData("demarches.impots.gouv.fr")]
    [InlineData("www.gouv.qc.ca")]
    [InlineData("www.gouv.nc")]
    [InlineData("www.lcl.fr")]
    public void A_name_of_its_own_is_borrowed_from_nobody(string host) => Assert.DoesNotContain(Judged(Before + "https://" + host + "/page").Findings, found => found.Rule == "link-homograph");

    [Fact]
    public void No_ordinary_address_is_taken_for_an_imitation()
    {
        Assert.InRange(Ordinary.Length, 300, 2_000);
        var taken = Ordinary.Where(host => Judged(Before + "https://www." + host + "/page").Findings.Any(found => found.Rule == "link-homograph"));
        Assert.Equal([], taken);
    }

    [Fact]
    public void Whatever_is_written_below_an_ordinary_address_or_on_it_imitates_nothing() =>
        Gen.Select(Gen.Int[0, Ordinary.Length - 1].Select(i => Ordinary[i]), Gen.Int[0, 5].Select(i => Below[i]), Gen.String[Gen.Char['a', 'z'], 0, 8]).Sample((host, below, path) =>
            Assert.DoesNotContain(Judged($"{Before}https://{below}.{host}/{path}").Findings, found => found.Rule == "link-homograph"), iter: 500);

    [Theory]
    [InlineData("www.rivemont.fr", "www.ville-rivemont.fr")]
    [InlineData("www.rivemont.fr", "www.rivemont-mairie.com")]
    public void The_authority_s_other_site_is_no_imitation_of_this_one(string one, string other)
    {
        var hub = Rivemont with
        {
            Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { ["un"] = new() { Origins = ["https://" + one] }, ["deux"] = new() { Origins = ["https://" + other] } },
        };
        foreach (var link in new[] { $"https://{other}/payer", $"[la mairie](https://{other}/payer)", $"[{one}](https://{other}/payer)" })
            Assert.DoesNotContain(Judge.Engine.Judge(new(Before + link) { Site = "un" }, hub).Findings, found => found.Rule is "link-homograph" or "link-label");
        Assert.Contains(Judge.Engine.Judge(new(Before + "https://rivemont-paiement.fr/payer") { Site = "un" }, hub).Findings, found => found.Rule == "link-homograph");
    }

    [Theory]
    [InlineData("hub-rivemont.azurewebsites.net", "ville-rivemont.azurewebsites.net", true)]
    [InlineData("hub-rivemont.azurewebsites.net", "mairie-rivemont.fr", true)]
    [InlineData("hub-rivemont.azurewebsites.net", "autre-ville.azurewebsites.net", false)]
    [InlineData("hub-rivemont.azurewebsites.net", "azurewebsites-mairie.fr", false)]
    [InlineData("rivemont.free.fr", "mairie-rivemont.free.fr", true)]
    [InlineData("rivemont.free.fr", "judo.free.fr", false)]
    [InlineData("rivemont.free.fr", "www.free.fr", false)]
    [InlineData("rivemont.wixsite.com", "rivemont-paiement.wixsite.com", true)]
    [InlineData("rivemont.wixsite.com", "boulangerie.wixsite.com", false)]
    [InlineData("rivemont.wixsite.com", "rivemont.over-blog.com", false)]
    [InlineData("rivemont.1.azurestaticapps.net", "rivemont-mairie.2.azurestaticapps.net", true)]
    public void Below_a_shared_host_the_town_owns_its_name_and_nothing_more(string own, string host, bool held)
    {
        var hub = Rivemont with
        {
            Authority = Rivemont.Authority with { PublicAddress = "https://" + own },
            Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { ["ville"] = new() { Origins = ["https://" + own] } },
        };
        Assert.Equal(held, Judge.Engine.Judge(new(Before + "https://" + host + "/page"), hub).Findings.Any(found => found.Rule == "link-homograph" && found.Verdict == Verdict.Hold));
    }

    [Theory]
    [InlineData("Ville d'Orange", "ville-orange.fr", "www.orange.fr", null)]
    [InlineData("Ville d'Orange", "ville-orange.fr", "boutique.orange.fr", null)]
    [InlineData("Ville d'Orange", "ville-orange.fr", "mairie-orange.fr", Verdict.Hold)]
    [InlineData("Ville de Nice", "ville-nice.fr", "www.nice.com", null)]
    [InlineData("Ville de Nice", "www.nice.fr", "paiement-nice.com", Verdict.Hold)]
    [InlineData("Ville de Tours", "www.tours.fr", "www.tours.com", Verdict.Publish)]
    [InlineData("Ville de Tours", "www.tours.fr", "villedetours.com", Verdict.Hold)]
    [InlineData("Ville de Lens", "villedelens.fr", "www.lens.fr", Verdict.Publish)]
    [InlineData("Ville de Lens", "villedelens.fr", "lens-mairie.fr", Verdict.Hold)]
    [InlineData("Ville de Chamonix-Mont-Blanc", "www.chamonix.fr", "www.chamonix.com", Verdict.Publish)]
    [InlineData("Ville de Chamonix-Mont-Blanc", "www.chamonix.fr", "ville-chamonix.com", Verdict.Hold)]
    [InlineData("Ville de Rivemont", "www.rivemont.fr", "rivemont.com", Verdict.Publish)]
    [InlineData("Ville de Rivemont", "www.rivemont.fr", "rivernont.com", Verdict.Hold)]
    [InlineData("Ville de Rivemont", "www.rivemont.fr", "paiement.rivemont.com", Verdict.Hold)]
    public void A_site_that_is_only_called_like_the_town_is_noted_or_passes(string name, string own, string host, Verdict? verdict)
    {
        var hub = Rivemont with
        {
            Authority = new() { Name = name, Language = "fr", PublicAddress = "https://hub.ville.example" },
            Sites = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal) { ["ville"] = new() { Origins = ["https://" + own] } },
        };
        Assert.Equal(verdict, Judge.Engine.Judge(new(Before + "https://" + host + "/page"), hub).Findings.SingleOrDefault(found => found.Rule == "link-homograph")?.Verdict);
    }

    [Fact]
    public void A_link_that_is_called_like_a_firm_and_leads_to_it_names_no_town()
    {
        var hub = Rivemont with { Authority = new() { Name = "Ville d'Orange", Language = "fr", PublicAddress = "https://hub.ville.example" } };
        Assert.DoesNotContain(Judge.Engine.Judge(new(Before + "[Orange](https://www.orange.fr/fibre)"), hub).Findings, found => found.Rule == "link-label");
        Assert.Contains(Judge.Engine.Judge(new(Before + "[Orange](https://rivepaye.com/fibre)"), hub).Findings, found => found.Rule == "link-label");
    }

    private static Judgement Judged(string text) => Judge.Engine.Judge(new(text), Rivemont);
}
