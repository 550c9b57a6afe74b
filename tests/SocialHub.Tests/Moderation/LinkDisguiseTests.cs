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

    private static Judgement Judged(string text) => Judge.Engine.Judge(new(text), Rivemont);
}
