using CsCheck;
using SocialHub.Moderation;
using SocialHub.Moderation.Rules;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class OtherRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly FingerprintKey Key = new(new string('k', 32));

    private const string Long = "Le nouveau plan de circulation du centre ville va gêner tous les commerçants de la rue Nationale.";

    [Theory]
    [InlineData("voir https://www.saint-exemple.example/page")]
    [InlineData("voir https://agglo.example/page")]
    [InlineData("voir www.service-public.fr, merci")]
    [InlineData("voir http://demarches.service-public.fr:443/x?y=z")]
    [InlineData("Bonjour.Je suis là.Et vous")]
    [InlineData("Je viens de confirmer.Info utile pour tous")]
    [InlineData("le site et/ou la page")]
    [InlineData("C'est fini.et/ou demain")]
    [InlineData("Aujourd'hui.Le/la responsable, demain.il/elle")]
    [InlineData("Bonjour.De/vers la gare")]
    [InlineData("50 km.h, 12 km.h/s")]
    [InlineData("La vitesse est limitée à 50.km/h")]
    [InlineData("M./Mme Martin, la S.A.R.L./S.A. du coin")]
    [InlineData("voir docs/plan.md/annexe et install.sh/lisezmoi")]
    [InlineData("l'ex-S.N.C.F/R.A.T.P")]
    [InlineData("exemple.be")]
    [InlineData("C'est au club.pro de voir")]
    [InlineData("voir service-public point fr, merci")]
    [InlineData("Je lis Le Point. Fr de naissance, je reste")]
    [InlineData("Sur ce point net désaccord entre nous")]
    [InlineData("Le nouveau site, en tout point fr et en, est réussi")]
    [InlineData("La mairie fera un point com lundi")]
    [InlineData("Après le rendez-vous point com nous irons")]
    [InlineData("C'est fini . Net et sans bavure")]
    [InlineData("Le point info du quartier et le point de vente")]
    [InlineData("Deuxième point : org. des secours")]
    [InlineData("Sur le site du granddébat.fr il est impossible de voter pour une idée des autres, et les textes un peu longs y sont illisibles, c'est dommage.")]
    public void Links_to_the_authority_and_to_what_it_allows_pass(string text) => Assert.Equal(Verdict.Publish, Judge.Text(text).Verdict);

    [Theory]
    [InlineData("voir https://evil.example/page", "https://evil.example/page")]
    [InlineData("[ici](https://evil.example/a)", "https://evil.example/a")]
    [InlineData("[ici](//evil.example/a)", "//evil.example/a")]
    [InlineData("achetez sur www.evil.example.", "www.evil.example")]
    [InlineData("achetez sur evil.com !", "evil.com")]
    [InlineData("t.me/casinoparis", "t.me/casinoparis")]
    [InlineData("sur t.me/+Ab12, merci", "t.me/+Ab12")]
    [InlineData("wa.me/33612345678", "wa.me/33612345678")]
    [InlineData("exemple.be/promo", "exemple.be/promo")]
    [InlineData("Exemple.Be/promo", "Exemple.Be/promo")]
    [InlineData("bit.ly/3xY", "bit.ly/3xY")]
    [InlineData("mon.site/offre.", "mon.site/offre")]
    [InlineData("utile.info/page", "utile.info/page")]
    [InlineData("https://service-public.fr@evil.example/", "https://service-public.fr@evil.example/")]
    [InlineData("https://evil.example\\@service-public.fr/", "https://evil.example\\@service-public.fr/")]
    [InlineData("https://service-public.fr.evil.example", "https://service-public.fr.evil.example")]
    [InlineData("https://notservice-public.fr", "https://notservice-public.fr")]
    [InlineData("https://sérvice-public.fr", "https://sérvice-public.fr")]
    [InlineData("ｈｔｔｐｓ://evil.example", "ｈｔｔｐｓ://evil.example")]
    [InlineData("jouez, casino-bonus point xyz", "casino-bonus point xyz")]
    [InlineData("jouez sur casinobonus point com, merci", "casinobonus point com")]
    [InlineData("casino-bonus dot com !", "casino-bonus dot com")]
    [InlineData("casino-bonus[.]xyz", "casino-bonus[.]xyz")]
    [InlineData("casino(point)shop ce soir", "casino(point)shop")]
    [InlineData("casino-bonus . xyz", "casino-bonus . xyz")]
    [InlineData("allez sur casino24 . com", "casino24 . com")]
    [InlineData("bitly point com slash abc", "bitly point com slash abc")]
    [InlineData("c'est là : casinos point net slash bonus slash paris, merci", "casinos point net slash bonus slash paris")]
    [InlineData("Pour le renouvellement de votre carte, qui expire à la fin du mois, remplissez sans attendre le formulaire sur améli.fr avec votre numéro.", "améli.fr")]
    [InlineData("Pour le renouvellement de votre carte, qui expire à la fin du mois, remplissez sans attendre le formulaire sur cartevitaľe.fr avec votre numéro.", "cartevitaľe.fr")]
    public void Links_elsewhere_are_held_with_their_span(string text, string span)
    {
        var finding = Judge.Text(text).Findings.Single(f => f.Rule == "link-domain");
        Assert.Equal(span, text.Substring(finding.Start, finding.Length));
    }

    [Theory]
    [InlineData("voir https://ѕеrvice-public.fr/aide")]
    [InlineData("voir https://sеrvice-public.fr")]
    [InlineData("voir https://serv1ce-public.fr")]
    [InlineData("voir https://sérvice-public.fr")]
    [InlineData("voir https://xn--srvice-public-bhb.fr")]
    [InlineData("voir https://www.saint-exernple.example")]
    [InlineData("voir https://аррӏе.com")]
    [InlineData("voir https://раураl.com")]
    public void An_address_that_imitates_another_is_held_for_that(string text)
    {
        var finding = Judge.Text(text).Findings.Single(f => f.Rule == "link-homograph");
        Assert.Equal((FindingClasses.Links, Verdict.Hold, text[5..]), (finding.Class, finding.Verdict, text.Substring(finding.Start, finding.Length)));
    }

    [Theory]
    [InlineData("voir https://пример.рф")]
    [InlineData("voir https://café-des-lilas.fr")]
    [InlineData("voir https://www.service-public.fr")]
    [InlineData("voir https://services-publics.fr")]
    [InlineData("voir https://example.com")]
    public void An_address_of_its_own_imitates_none(string text) => Assert.DoesNotContain("link-homograph", Judge.Rules(text));

    [Fact]
    public void Another_site_of_the_authority_is_not_this_one()
    {
        Assert.Equal(Verdict.Publish, Judge.Of(new("https://agglo.example/x") { Site = "agglo" }).Verdict);
        Assert.Equal(Verdict.Hold, Judge.Of(new("https://agglo.example/x") { Site = "ville" }).Verdict);
    }

    [Fact]
    public void The_address_beside_the_name_is_a_link_too() =>
        Assert.Equal("url", Judge.Of(new("Bonjour") { Url = "https://evil.example" }).Findings.Single().Field);

    [Fact]
    public void More_than_three_links_are_told() =>
        Assert.Contains("link-count", Judge.Rules("http://a.com http://b.com http://c.com http://d.com"));

    [Theory]
    [InlineData("Gagnez de l'argent facilement sur https://evil.example", Verdict.Reject)]
    [InlineData("Offre de prêt entre particuliers sérieux", Verdict.Hold)]
    [InlineData("Livraison gratuite sur https://evil.example", Verdict.Hold)]
    [InlineData("Livraison gratuite, code promo VELO, https://evil.example", Verdict.Hold)]
    [InlineData("Prêt d'argent, argent facile : https://evil.example", Verdict.Reject)]
    [InlineData("Prêt d'argent, encore un prêt d'argent : https://evil.example", Verdict.Hold)]
    [InlineData("Prêt entre particuliers sérieux, https://evil.example", Verdict.Reject)]
    [InlineData("Prêt d'argent solidaire", Verdict.Publish)]
    [InlineData("Pourquoi pas une offre de prêt de vélos comme à Nantes ? https://metropole.nantes.fr/velo", Verdict.Hold)]
    [InlineData("La liberté financière des communes recule, voir https://www.amf.asso.fr/rapport", Verdict.Hold)]
    [InlineData("Il existe un prêt d'argent solidaire, voir https://www.adie.org", Verdict.Hold)]
    [InlineData("Les machines à sous du casino rapportent à la ville : https://www.ouest.example/article", Verdict.Hold)]
    [InlineData("Perdre du poids rapidement est dangereux, dit https://www.ameli.fr", Verdict.Hold)]
    [InlineData("Avec vos radars vous gagnez de l'argent facilement : https://www.ouest.example/article", Verdict.Hold)]
    [InlineData("Attention à l'arnaque au « prêt rapide et fiable », voir https://www.cybermalveillance.gouv.fr", Verdict.Hold)]
    [InlineData("J'ai reçu « gagnez 5000 euros en dormant » : une escroquerie, dit https://www.ouest.example", Verdict.Hold)]
    [InlineData("Beware of the scam: hot singles, see https://evil.example", Verdict.Hold)]
    [InlineData("La livraison gratuite des bacs de tri est une bonne idée", Verdict.Publish)]
    [InlineData("Le casino de la plage a fermé", Verdict.Publish)]
    [InlineData("Achetez des abonnés Instagram, livraison en une heure", Verdict.Hold)]
    [InlineData("Achetez vos likes dès maintenant", Verdict.Hold)]
    [InlineData("Abonnés TikTok pas chers et garantis", Verdict.Hold)]
    [InlineData("Crypto : doublez votre mise", Verdict.Hold)]
    [InlineData("Doublez votre mise ce soir", Verdict.Hold)]
    [InlineData("Doublez vos économies grâce au trading", Verdict.Hold)]
    [InlineData("Achetez des abonnés : https://evil.example", Verdict.Reject)]
    [InlineData("La mairie a-t-elle acheté des abonnés ?", Verdict.Publish)]
    [InlineData("Achetez des arbres pour la place", Verdict.Publish)]
    [InlineData("La médiathèque compte mille abonnés, dont deux cents enfants", Verdict.Publish)]
    [InlineData("Vous doublez les impôts et vous triplez vos indemnités", Verdict.Publish)]
    [InlineData("Doublez les bus le soir", Verdict.Publish)]
    public void Advertising_is_refused_only_when_it_is_plain(string text, Verdict verdict) => Assert.Equal(verdict, Judge.Text(text).Verdict);

    [Theory]
    [InlineData("VOUS AVEZ ENCORE OUBLIÉ LA RUE DES LILAS ET PERSONNE NE RÉPOND", "capitals")]
    [InlineData("Vraiment !!!!!!!!!!!!", "punctuation")]
    public void Shouting_alone_is_noted_and_published(string text, string rule)
    {
        Assert.Equal([rule], Judge.Rules(text));
        Assert.Equal(Verdict.Publish, Judge.Text(text).Verdict);
    }

    [Theory]
    [InlineData("Ouiiiiiiiiiiiiiiiiiii", "repetition")]
    [InlineData("non non non non non non non", "repetition")]
    [InlineData("À bas la tour. À bas la tour. À bas la tour. À bas la tour. À bas la tour. À bas la tour. À bas la tour. À bas la tour.", "repetition")]
    [InlineData("Maire démission ! MAIRE, démission ! Maire démission, maire demission. Maire démission Maire démission\nmaire démission maire démission maire", "repetition")]
    [InlineData("👏👏👏👏👏👏👏👏👏👏👏👏", "emoji")]
    [InlineData("Bien 😡 😡 😡 😡 😡 😡 😡 😡 😡 😡 😡 😡 😡", "emoji")]
    public void Filling_the_page_is_held(string text, string rule) =>
        Assert.Contains(Judge.Text(text).Findings, finding => finding.Rule == rule && finding.Verdict == Verdict.Hold);

    [Theory]
    [InlineData("POURQUOI LES POUBELLES NE SONT-ELLES PLUS RAMASSÉES DEPUIS DEUX SEMAINES ????????")]
    [InlineData("QUEL SALAUD CE TYPE QUI JETTE SES POUBELLES DANS LA RUE TOUS LES SOIRS")]
    public void Capitals_with_a_row_of_marks_or_swearing_are_shouted(string text) => Assert.Contains(Judge.Text(text).Findings, finding => finding is { Rule: "capitals", Verdict: Verdict.Hold });

    [Theory]
    [InlineData("BRAVO LE CLUB !!!")]
    [InlineData("POURQUOI LES POUBELLES NE SONT-ELLES PLUS RAMASSÉES DEPUIS DEUX SEMAINES ?????")]
    [InlineData("MERCI !!!")]
    [InlineData("BRAVO 👏👏👏")]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 quelle belle fête 🇫🇷🇫🇷 ❤️❤️")]
    [InlineData("日本語のコメントです。とても良い街ですね。ありがとうございます。")]
    [InlineData("Le PLU, le SCOT et le PCAET sont en ligne, LISEZ-LES !")]
    [InlineData("Non, non et non ?!?!")]
    [InlineData("--------------------------")]
    [InlineData("Hahahaha")]
    [InlineData("On ne lâche rien ! On ne lâche rien ! On ne lâche rien ! On ne lâche rien !")]
    [InlineData("Et un, et deux, et trois zéro ! Et un, et deux, et trois zéro ! Et un, et deux, et trois zéro !")]
    [InlineData("Rue Haute : rien. Rue Basse : rien. Rue Neuve : rien. Rue Longue : rien. Rue du Port : rien. Rue du Quai : rien. Rue du Puits : rien. Rue Verte : rien.")]
    [InlineData("Lundi 8 h 12 h, 14 h 18 h\nMardi 8 h 12 h, 14 h 18 h\nMercredi 8 h 12 h, 14 h 18 h\nJeudi 8 h 12 h, 14 h 18 h\nVendredi 8 h 12 h, 14 h 18 h")]
    [InlineData("10 20 10 20 10 20 10 20 10 20 10 20 10 20 10 20 10 20")]
    public void A_short_exclamation_is_fine(string text) => Assert.Equal(Verdict.Publish, Judge.Text(text).Verdict);

    [Theory]
    [InlineData("Maire démission", 40, 7)]
    [InlineData("Bonjour à tous, maire démission", 8, 7)]
    [InlineData("Rendez-nous la place du marché, ses platanes, ses bancs et le petit kiosque où jouait la fanfare.", 4, 3)]
    public void The_same_words_over_and_over_are_held_once_with_all_of_them(string words, int times, int few)
    {
        var text = "Je le dis. " + string.Join(" ; ", Enumerable.Repeat(words, times));
        var finding = Judge.Text(text).Findings.Single(found => found.Rule == "repetition");
        Assert.Equal((FindingClasses.Flood, Verdict.Hold), (finding.Class, finding.Verdict));
        Assert.Equal(words.TrimEnd('.'), text.Substring(finding.Start, words.TrimEnd('.').Length));
        Assert.InRange(finding.Length, (words.Length * times) - 1, text.Length);
        Assert.DoesNotContain("repetition", Judge.Rules("Je le dis. " + string.Join(" ; ", Enumerable.Repeat(words, few))));
    }

    [Fact]
    public void Shouting_begins_at_its_thresholds_whatever_stands_around() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 12], Gen.Int[0, 20], Gen.Int[0, 3]).Sample((capitals, marks, emoji, way) =>
        {
            var drawn = new[] { "👏", "❤️", "👨‍👩‍👧", "🇫🇷" }[way];
            var text = new string('A', capitals) + new string('!', marks) + " " + string.Concat(Enumerable.Repeat(drawn, emoji));
            var rules = Judge.Rules(text).ToHashSet();
            var count = drawn == "🇫🇷" ? emoji * 2 : emoji;
            Assert.Equal((marks >= PunctuationRule.Fewest, count >= EmojiRule.InARow), (rules.Contains("punctuation"), rules.Contains("emoji")));
            Assert.Equal(capitals >= CapitalsRule.FewestLetters, rules.Contains("capitals"));
        }, iter: 500);

    [Fact]
    public void A_share_of_small_letters_ends_shouting() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Sample((upper, lower) =>
        {
            var text = new string('É', upper) + new string('b', lower);
            var isLoud = upper + lower >= CapitalsRule.FewestLetters && upper * 100 >= (upper + lower) * CapitalsRule.Percent;
            Assert.Equal(isLoud, Judge.Rules(text).Contains("capitals"));
        }, iter: 500);

    [Fact]
    public void The_hidden_field_and_a_form_sent_too_fast_hold_with_a_reason()
    {
        Assert.Equal("honeypot", Judge.Of(new("Bonjour") { HoneypotFilled = true }).Findings.Single().Rule);
        Assert.Equal("writing-time", Judge.Of(new("Bonjour") { WritingTime = TimeSpan.FromSeconds(2.9) }).Findings.Single().Rule);
        Assert.Empty(Judge.Of(new("Bonjour") { HoneypotFilled = false, WritingTime = TimeSpan.FromSeconds(3) }).Findings);
        Assert.Empty(Judge.Of(new("Bonjour") { WritingTime = TimeSpan.FromHours(-1) }).Findings);
    }

    [Theory]
    [InlineData(3, 9, true)]
    [InlineData(2, 9, false)]
    [InlineData(3, 10, false)]
    public void Many_comments_of_one_author_in_ten_minutes_are_held(int count, int minutesAgo, bool held)
    {
        var earlier = Enumerable.Range(0, count).Select(i => Earlier($"Texte numéro {i}", minutesAgo));
        Assert.Equal(held, Rules("Encore un", earlier).Contains("flood"));
    }

    [Theory]
    [InlineData(Long, true, true)]
    [InlineData(Long, false, true)]
    [InlineData("Merci !", true, false)]
    [InlineData("Merci !", false, false)]
    [InlineData("Dehors ce maire, dehors !", true, true)]
    public void The_same_text_again_is_held_unless_anybody_may_write_it(string text, bool sameAuthor, bool held)
    {
        var earlier = new RecentComment(Now.AddHours(-20), Fingerprint.Of(text, Key), sameAuthor, SameThread: false);
        var another = Earlier("Tout autre chose, écrit entre les deux, pour voir.", 5);
        Assert.Equal(held, Rules(text.ToUpperInvariant() + " ", [earlier, another]).Contains("duplicate"));
    }

    [Fact]
    public void Thanks_said_twice_under_one_page_are_the_same_text_again() => Assert.Contains("duplicate", Rules("Merci !", [Earlier("Merci !", 60)]));

    [Theory]
    [InlineData("Le nouveau plan de circulation du centre ville va gêner tous les commerçants de la rue Nationale !!! Honte.", true)]
    [InlineData("Le nouveau plan de circulation du centre-ville va gener tous les commercants de la rue Nationale, bravo", true)]
    [InlineData("Le plan de circulation est une bonne idée pour les commerçants, merci à la mairie et à ses services.", false)]
    public void Nearly_the_same_text_is_held(string text, bool held) =>
        Assert.Equal(held, Rules(text, [new(Now.AddHours(-2), Fingerprint.Of(Long, Key), SameAuthor: false, SameThread: true)]).Contains("duplicate"));

    [Fact]
    public void One_word_exchanged_in_a_long_text_hides_it_from_nobody_whoever_writes_it_and_wherever()
    {
        var words = Long.Split(' ');
        var missed = Enumerable.Range(0, words.Length).Count(i =>
            !Rules(string.Join(' ', words.Select((word, at) => at == i ? "autre" : word)), [new(Now.AddHours(-2), Fingerprint.Of(Long, Key), SameAuthor: false, SameThread: false)]).Contains("duplicate"));
        Assert.InRange(missed, 0, 1);
    }

    [Theory]
    [InlineData("Dehors ce maire, dehors !", 2, false, true)]
    [InlineData("Dehors ce maire, dehors !", 1, false, false)]
    [InlineData("Dehors ce maire, dehors !", 5, true, false)]
    [InlineData("Merci !", 5, false, false)]
    public void A_short_text_of_several_authors_on_several_threads_is_a_campaign(string text, int others, bool sameThread, bool held)
    {
        var earlier = Enumerable.Range(0, others).Select(i => new RecentComment(Now.AddHours(-i), Fingerprint.Of(text, Key), SameAuthor: false, sameThread));
        Assert.Equal(held, Rules(text, earlier).Contains("duplicate"));
    }

    [Fact]
    public void A_fingerprint_is_written_and_read_and_depends_on_its_key()
    {
        foreach (var text in new[] { Long, "Merci", "", "!!!", "👍" })
        {
            var print = Fingerprint.Of(text, Key);
            Assert.Equal(print, Fingerprint.TryParse(print.ToString()));
            Assert.NotEqual(print, Fingerprint.Of(text, new(new string('z', 32))));
            Assert.Matches("^[0-9a-f]{20}$", print.Exact);
        }

        Assert.NotEqual(Fingerprint.Of("👍", Key), Fingerprint.Of("👎", Key));
        Assert.Equal(Fingerprint.Of("Élan vital", Key), Fingerprint.Of("elan-VITAL…", Key));
        Assert.All(new[] { "", "zz", new string('a', 21), new string('A', 20), null }, text => Assert.Null(Fingerprint.TryParse(text)));
    }

    [Fact]
    public void Rules_without_their_context_stay_silent() =>
        Assert.Equal(["flood", "duplicate", "honeypot", "writing-time"], Judge.Engine.Rules.Where(rule => rule.Needs is not RuleNeeds.None).Select(rule => rule.Id));

    private static RecentComment Earlier(string text, int minutesAgo) => new(Now.AddMinutes(-minutesAgo), Fingerprint.Of(text, Key), SameAuthor: true, SameThread: true);

    private static string[] Rules(string text, IEnumerable<RecentComment> earlier) =>
        [.. Judge.Of(new(text) { Recent = new(Now, [.. earlier], Key) }).Findings.Select(f => f.Rule)];
}
