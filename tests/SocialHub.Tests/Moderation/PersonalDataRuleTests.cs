using CsCheck;
using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class PersonalDataRuleTests
{
    [Theory]
    [InlineData("Appelez le 06 12 34 56 78 ce soir", "phone", "06 12 34 56 78")]
    [InlineData("0612345678", "phone", "0612345678")]
    [InlineData("Tel : 01.42.76.40.40", "phone", "01.42.76.40.40")]
    [InlineData("+33 6 12 34 56 78", "phone", "+33 6 12 34 56 78")]
    [InlineData("+33 (0)6 12 34 56 78.", "phone", "+33 (0)6 12 34 56 78")]
    [InlineData("au ０６ １２ ３４ ５６ ７８", "phone", "０６ １２ ３４ ５６ ７８")]
    [InlineData("+49 30 901820", "phone", "+49 30 901820")]
    [InlineData("à Mayotte : 06 39 10 34 56", "phone", "06 39 10 34 56")]
    [InlineData("06 - 12 - 34 - 56 - 78", "phone", "06 - 12 - 34 - 56 - 78")]
    [InlineData("06/12/34/56/78", "phone", "06/12/34/56/78")]
    [InlineData("0033 6 12 34 56 78", "phone", "0033 6 12 34 56 78")]
    [InlineData("00 33 (0)6 12 34 56 78", "phone", "00 33 (0)6 12 34 56 78")]
    [InlineData("0033612345678", "phone", "0033612345678")]
    [InlineData("0049 30 901820", "phone", "0049 30 901820")]
    [InlineData("le 12/06 au 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("06 12 34 56 78 / 2e étage", "phone", "06 12 34 56 78")]
    [InlineData("bâtiment B2 / 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("0142764040/0612345678", "phone", "0142764040")]
    [InlineData("Appelez-moi, appt 12 / 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Bât. 3 / 06.12.34.56.78", "phone", "06.12.34.56.78")]
    [InlineData("Mme Roux, 14 /0612345678", "phone", "0612345678")]
    [InlineData("Rappelez entre 18 et 20 / 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Service client 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Suite à ma demande : 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Réf. 2024-118, 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Pour mon dossier, appelez le 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Voici le portable de la voisine, dossier 06 12 34 56 78, appelez-la la nuit.", "phone", "06 12 34 56 78")]
    [InlineData("Le tél. de ce menteur de la rue Haute, celui qui ment : réf. 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Son téléphone est dans le dossier n° 0612345678", "phone", "0612345678")]
    [InlineData("Mon numéro est 06 12 34 56 78", "phone", "06 12 34 56 78")]
    [InlineData("Mon numéro : 6 12 34 56 78", "phone", "6 12 34 56 78")]
    [InlineData("Appelez le 6 12 34 56 78 ce soir", "phone", "6 12 34 56 78")]
    [InlineData("Voici son numéro, 612345678", "phone", "612345678")]
    [InlineData("tél. 7.82.34.56.78", "phone", "7.82.34.56.78")]
    [InlineData("Son numéro c'est le 1 42 76 40 40", "phone", "1 42 76 40 40")]
    [InlineData("anne.martin@exemple.com merci", "email", "anne.martin@exemple.com")]
    [InlineData("IBAN FR76 3000 6000 0112 3456 7890 189 svp", "iban", "FR76 3000 6000 0112 3456 7890 189")]
    [InlineData("DE89370400440532013000", "iban", "DE89370400440532013000")]
    [InlineData("son numéro 2 55 08 14 168 025 38", "social-security-number", "2 55 08 14 168 025 38")]
    [InlineData("né en Corse : 1 85 05 2A 047 083 67", "social-security-number", "1 85 05 2A 047 083 67")]
    [InlineData("né en Corse : 1 85 05 2b 047 083 94", "social-security-number", "1 85 05 2b 047 083 94")]
    [InlineData("carte 4970 1000 0000 0007", "card-number", null)]
    [InlineData("carte 4111 1111 1111 1111 exp 12/28", "card-number", "4111 1111 1111 1111")]
    [InlineData("378282246310005", "card-number", "378282246310005")]
    public void Personal_data_is_held_with_its_span(string text, string rule, string? span)
    {
        var finding = Judge.Text(text).Findings.FirstOrDefault(f => f.Rule == rule);
        if (span is null)
        {
            Assert.Null(finding);
            return;
        }

        Assert.NotNull(finding);
        Assert.Equal((Verdict.Hold, FindingClasses.PersonalData, span), (finding.Verdict, finding.Class, text.Substring(finding.Start, finding.Length)));
    }

    [Theory]
    [InlineData("zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit", "phone", "digits")]
    [InlineData("06 douze 34 cinquante-six 78", "phone", "digits")]
    [InlineData("zéro six un deux trois quatre cinq six sept huit", "phone", "digits")]
    [InlineData("plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit", "phone", "digits")]
    [InlineData("O6 l2 34 56 78", "phone", "digits")]
    [InlineData("zéro6 12 34 56 78", "phone", "digits")]
    [InlineData("O six douze trente-quatre 56 78", "phone", "digits")]
    [InlineData("06_12_34_56_78", "phone", "digits")]
    [InlineData("06 • 12 • 34 • 56 • 78", "phone", "digits")]
    [InlineData("06 point 12 point 34 point 56 point 78", "phone", "digits")]
    [InlineData("06\n12\n34\n56\n78", "phone", "digits")]
    [InlineData("06:12:34:56:78", "phone", "digits")]
    [InlineData("0️⃣6️⃣ 1️⃣2️⃣ 3️⃣4️⃣ 5️⃣6️⃣ 7️⃣8️⃣", "phone", "plain")]
    [InlineData("⓪⑥ ①② ③④ ⑤⑥ ⑦⑧", "phone", "plain")]
    [InlineData("⓿❻ ❶❷ ❸❹ ❺❻ ❼❽", "phone", "plain")]
    [InlineData("٠٦ ١٢ ٣٤ ٥٦ ٧٨", "phone", "plain")]
    [InlineData("06\u200B12\u200B34\u200B56\u200B78", "phone", "plain")]
    [InlineData("06 12.34/56-78", "phone", "plain")]
    [InlineData("06,82,68,05,30", "phone", "digits")]
    [InlineData("+ 3 2 4 7 2 6 0 2 6 7 6", "phone", "plain")]
    [InlineData("zéro six-quatre-vingts-seize-cinquante-neuf-quarante-quatre", "phone", "digits")]
    [InlineData("33 6 12 34 56 78", "phone", "plain")]
    [InlineData("jean.dupont (at) exemple.com", "email", "address")]
    [InlineData("jean dot dupont [at] exemple [dot] com", "email", "address")]
    [InlineData("jean point dupont arobase exemple point fr", "email", "address")]
    [InlineData("jean.dupont arobas gmail", "email", "address")]
    [InlineData("jean.dupont chez gmail point com", "email", "address")]
    [InlineData("jeandupont12 at yahoo dot fr", "email", "address")]
    [InlineData("jean@gmail point com", "email", "address")]
    [InlineData("martin_p chez wanadoo fr", "email", "address")]
    [InlineData("jean.dupont arobase orange fr", "email", "address")]
    [InlineData("jean12 @ gmail com", "email", "address")]
    [InlineData("j e a n @ g m a i l . c o m", "email", "address")]
    [InlineData("jean @ exemple . com", "email", "address")]
    [InlineData("jean＠exemple．com", "email", "plain")]
    [InlineData("FR76-3OOO-6OOO-O112-3456-789O-189", "iban", "plain")]
    [InlineData("F R 7 6 3 0 0 0 6 0 0 0 0 1 1 2 3 4 5 6 7 8 9 0 1 8 9", "iban", "plain")]
    [InlineData("FR76_3000_6000_0112_3456_7890_189", "iban", "plain")]
    [InlineData("2_55_08_14_168_O25_38", "social-security-number", "plain")]
    [InlineData("2 55 08 14 168 025", "social-security-number", "plain")]
    [InlineData("4111.1111.1111.1111", "card-number", "plain")]
    [InlineData("4lll_1111_1111_1111", "card-number", "digits")]
    public void Disguises_are_seen_through_and_the_reading_is_told(string written, string rule, string view)
    {
        var text = "Bonjour, voici : " + written;
        var finding = Judge.Text(text).Findings.First(f => f.Rule == rule);
        Assert.Equal((FindingClasses.PersonalData, written, view), (finding.Class, text.Substring(finding.Start, finding.Length), finding.View));
    }

    [Theory]
    [InlineData("Mon voisin habite au 12 rue des Lilas.", "12 rue des Lilas")]
    [InlineData("Son adresse : 12 bis, rue des Lilas", "12 bis, rue des Lilas")]
    [InlineData("Le maire demeure 3 impasse du Moulin, allez le voir", "3 impasse du Moulin")]
    [InlineData("M. Martin, 12 rue des Lilas, vous renseignera", "12 rue des Lilas")]
    [InlineData("Allez chez lui, 12 avenue Foch", "12 avenue Foch")]
    [InlineData("Les Martin habitent 8 allée du Parc", "8 allée du Parc")]
    [InlineData("Mme Martin du 14 rue de la Paix est une fraudeuse.", "14 rue de la Paix")]
    [InlineData("M. Durand au 3 impasse des Lilas bat sa femme.", "3 impasse des Lilas")]
    [InlineData("La famille Le Goff du 3 impasse des Lilas vole du courant.", "3 impasse des Lilas")]
    [InlineData("Le dealer, c'est au 3 impasse des Lilas, 2e étage.", "3 impasse des Lilas")]
    [InlineData("Le voleur habite bien 3 impasse des Lilas", "3 impasse des Lilas")]
    [InlineData("Allez sonner au 3 impasse des Lilas, il adore ça.", "3 impasse des Lilas")]
    [InlineData("Allez la voir au 3 impasse des Lilas, elle adore ça.", "3 impasse des Lilas")]
    [InlineData("Kevin habite au numéro 3 de l'impasse des Lilas.", "3 de l'impasse des Lilas")]
    [InlineData("Il habite au 27 avenue Foch et les camions passent", "27 avenue Foch")]
    [InlineData("Elle habite au 27 rue des Lilas samedi soir", "27 rue des Lilas")]
    [InlineData("Elle habite au 27 rue Pierre et Marie Curie à Lille depuis un an", "27 rue Pierre et Marie Curie à Lille")]
    [InlineData("il habite 8 rue du 11 Novembre où rien ne va", "8 rue du 11 Novembre")]
    [InlineData("Sophie Marchand, 12 rue Neuve", "12 rue Neuve")]
    [InlineData("C'est Fatima Benali 12 rue Neuve qui vole", "12 rue Neuve")]
    [InlineData("MARCHAND Sophie : 12 bis rue Neuve", "12 bis rue Neuve")]
    [InlineData("Le coupable :\nJean-Paul Le Goff\n12 rue Neuve", "12 rue Neuve")]
    [InlineData("il habite 8 rue jean jaures et les camions passent", "8 rue jean jaures")]
    public void Where_somebody_lives_is_held(string text, string span)
    {
        var finding = Judge.Text(text).Findings.Single(f => f.Rule == "postal-address");
        Assert.Equal(span, text.Substring(finding.Start, finding.Length));
    }

    [Theory]
    [InlineData("telegram @jeandup", "jeandup")]
    [InlineData("Écrivez-moi sur Telegram : jean_dup", "jean_dup")]
    [InlineData("mon insta : jeandup59", "jeandup59")]
    [InlineData("Ajoutez son snap : @lea.martin", "lea.martin")]
    [InlineData("Insta @thomas_rvm", "thomas_rvm")]
    [InlineData("Le voisin du dessus, c'est tiktok : @thomas_rvm", "thomas_rvm")]
    [InlineData("Voilà son insta : thomas_rvm", "thomas_rvm")]
    public void An_account_that_leads_to_one_person_is_held(string text, string span)
    {
        var finding = Judge.Text(text).Findings.Single(f => f.Rule == "messenger-account");
        Assert.Equal((FindingClasses.PersonalData, Verdict.Hold, span), (finding.Class, finding.Verdict, text.Substring(finding.Start, finding.Length)));
    }

    [Theory]
    [InlineData("La ville est sur Instagram @saintexemple")]
    [InlineData("Notre association est sur insta : handball59")]
    [InlineData("Le groupe WhatsApp du quartier 2024 compte cent voisins")]
    [InlineData("J'ai mon Facebook depuis 2012")]
    [InlineData("Telegram est interdit aux agents")]
    [InlineData("Le maire et son compte Twitter @villedelille sont actifs")]
    [InlineData("Le snap Music2000 revient à la médiathèque")]
    [InlineData("Regardez Insta @saintexemple_officiel")]
    [InlineData("Le club a son Facebook @hand_exemple")]
    [InlineData("La boulangerie et son insta @lebonpain_59 font envie")]
    [InlineData("Mon fils passe sa vie sur snap, telegram et discord")]
    public void Networks_and_their_public_accounts_may_be_named(string text) => Assert.Equal(Verdict.Publish, Judge.Text(text).Verdict);

    [Fact]
    public void An_account_of_the_authority_or_of_a_listed_official_is_public()
    {
        var hub = Judge.Authority with
        {
            Accounts = new Dictionary<string, SocialHub.Configuration.AccountConfiguration>(StringComparer.Ordinal) { ["insta"] = new() { Network = "instagram", Name = "vivre_ici" } },
            Moderation = Judge.Authority.Moderation with { Officials = ["Jeanne Martel"], PublicContacts = ["@marche_du_lac"] },
        };
        foreach (var account in new[] { "@vivre_ici", "@jeanne.martel", "@jeannemartel_59", "@saint_exemple", "@marche_du_lac" }) Assert.Empty(Judge.Engine.Judge(new("Insta " + account), hub).Findings);
        Assert.Equal("messenger-account", Judge.Engine.Judge(new("Insta @jeanne_martin"), hub).Findings.Single().Rule);
    }

    [Theory]
    [InlineData("Née le 12/03/1985 à Lyon, Sophie Marchand", "12/03/1985")]
    [InlineData("Sophie Marchand, née le 12 mars 1985, touche le RSA", "12 mars 1985")]
    [InlineData("M. Durand est né le 1er avril 1970", "1er avril 1970")]
    [InlineData("Je suis née le 12.03.1985 et j'attends mon passeport", "12.03.1985")]
    [InlineData("Karim Haddad né le 12-03-85", "12-03-85")]
    [InlineData("Karim Haddad ne\u0301 le 12-03-85", "12-03-85")]
    [InlineData("KARIM HADDAD NE LE 12/03/1985", "12/03/1985")]
    [InlineData("Nom : Marchand, date de naissance : 12/03/1985", "12/03/1985")]
    public void The_day_somebody_was_born_is_held(string text, string span)
    {
        var finding = Judge.Text(text).Findings.Single(f => f.Rule == "birth-date");
        Assert.Equal((FindingClasses.PersonalData, Verdict.Hold, span), (finding.Class, finding.Verdict, text.Substring(finding.Start, finding.Length)));
    }

    [Theory]
    [InlineData("La voiture de mon voisin, AB-123-CD, bloque la rue", "AB-123-CD")]
    [InlineData("Le chauffard roule en ab 123 cd", "ab 123 cd")]
    [InlineData("plaque 1234 AB 33", "1234 AB 33")]
    public void A_plate_of_somebody_is_held(string text, string span)
    {
        var finding = Judge.Text(text).Findings.Single(f => f.Rule == "licence-plate");
        Assert.Equal(span, text.Substring(finding.Start, finding.Length));
    }

    [Fact]
    public void What_the_authority_lists_is_published()
    {
        var hub = Judge.Authority with { Moderation = Judge.Authority.Moderation with { PublicContacts = ["05 56 00 12 34", "Accueil@courrier.example"] } };
        foreach (var text in new[] { "Appelez le 05.56.00.12.34", "+33 5 56 00 12 34", "zéro cinq cinquante-six zéro zéro douze trente-quatre", "accueil@courrier.example", "accueil arobase courrier point example" })
            Assert.Empty(Judge.Engine.Judge(new(text), hub).Findings);
        Assert.Equal("phone", Judge.Engine.Judge(new("05 56 00 12 35"), hub).Findings.Single().Rule);
    }

    [Theory]
    [InlineData("Le conseil se tient le 01.02.2026 18 h 30")]
    [InlineData("Le conseil du 01.02.2026 18.30 est reporté")]
    [InlineData("du 01.02.26 - 04.05.26")]
    [InlineData("Les lignes 01, 05, 03, 12, 07 sont déviées")]
    [InlineData("les 01 02 04 05 08 décembre")]
    [InlineData("tennis : 0-6 6-3 6-4 2-6 6-1")]
    [InlineData("Le bus passe à 07:12, 08:30, 09:15, 10:05")]
    [InlineData("Composez le 3919, le 39 19, le 15, le 17, le 18 ou le 112")]
    [InlineData("Le 12.02.2026 18.30, puis le 13.02.2026 14.45")]
    [InlineData("Le numéro vert 0800 05 95 95 est gratuit")]
    [InlineData("Le livre (ISBN 0306406152) est à la médiathèque")]
    [InlineData("dossier n° 0612345678")]
    [InlineData("Merci de rappeler la référence 06 12 34 56 78 dans tout courrier")]
    [InlineData("Veuillez joindre le dossier 0612345678 à votre demande")]
    [InlineData("Le portable ne répond jamais. Dossier 06 12 34 56 78, sans nouvelles")]
    [InlineData("Mon mobile est en panne ! Dossier 0612345678")]
    [InlineData("Référence client 06 12 34 56 78")]
    [InlineData("Réf. : 06 12 34 56 78, sans réponse depuis un mois")]
    [InlineData("Délibération n° 06-12-34-56-78")]
    [InlineData("Demande numéro 06 12 34 56 78")]
    [InlineData("Mon numéro de dossier est 2024-06-12-345678")]
    [InlineData("Mon dossier n° 2024 06 12 34 56 78 90")]
    [InlineData("Dossier numéro 2024 06 12 34 56 78, sans réponse")]
    [InlineData("Les numéros gagnants : 6 12 34 56 78")]
    [InlineData("Mon numéro de dossier : 6 12 34 56 78")]
    [InlineData("Le numéro 6 12 34 56 78 est sorti au loto")]
    [InlineData("Appelez le 3 12 34 pour le service")]
    [InlineData("Je suis client chez Orange fr et rien ne marche")]
    [InlineData("Victor Hugo, né le 26 février 1802 à Besançon, a dormi ici")]
    [InlineData("Mon fils, né le 12/03/2019, n'a pas de place en crèche")]
    [InlineData("Le club est né le 12/03/1985 à la salle Jean Moulin")]
    [InlineData("Sophie Marchand ne le 12/03/2024 rien signé")]
    [InlineData("Rendez-vous à la salle Jean Moulin, 12 rue Neuve")]
    [InlineData("École Jules Ferry, 12 rue Neuve")]
    [InlineData("Cabinet du Dr Anne Martin, 12 rue Neuve")]
    [InlineData("Boulangerie Paul Martin, 12 rue Neuve")]
    [InlineData("Le Petit Prince, 12 rue Neuve, a fermé")]
    [InlineData("Bravo Sophie. Au 12 rue Neuve, le trottoir est cassé")]
    [InlineData("Le permis PC 006 223 15 64232 est affiché")]
    [InlineData("Le budget passe de 1 073 956,12 € à 50 657 990,66 €")]
    [InlineData("Parcelles AB 0612, 0613, 0615")]
    [InlineData("06 mai\n12 juin\n34 inscrits\n56 présents\n78 votes")]
    [InlineData("6\n12\n34\n56\n78")]
    [InlineData("0,50 € 1,20 € 12,30 € 45,10 €")]
    [InlineData("Rendez-vous chez Orange point de vente du centre")]
    [InlineData("On se retrouve chez Paul, point final. Com d'hab.")]
    [InlineData("Merci @orange.fr pour la fibre")]
    [InlineData("Rendez-vous à la place @home du centre social")]
    [InlineData("Les travaux au 12 rue des Lilas durent depuis un an")]
    [InlineData("L'adresse de la mairie : 1 place de la République")]
    [InlineData("au 12 rue Foch le lampadaire est cassé")]
    [InlineData("Monsieur, au 12 rue Foch le lampadaire est cassé")]
    [InlineData("M. le Maire, au 12 rue Foch le lampadaire est cassé")]
    [InlineData("Madame Durand, au 12 rue Foch le lampadaire est cassé")]
    [InlineData("Allez voir au 12 rue Foch, le lampadaire est cassé")]
    [InlineData("Il faut sonner au 12 rue Foch pour entrer à la mairie annexe")]
    [InlineData("Le facteur va sonner au 12 rue Foch et repart")]
    [InlineData("Il y a des dealers au 12 rue Foch, que fait la police ?")]
    [InlineData("Au numéro 12 de la rue Foch, le trottoir est défoncé")]
    [InlineData("M. Dupont a inauguré le 12 rue Foch")]
    [InlineData("J'habite rue des Lilas depuis dix ans")]
    [InlineData("Ceux qui habitent au 12 rue des Lilas n'ont plus d'eau")]
    [InlineData("Le camion AB-123-XY bloque encore la rue")]
    [InlineData("Permis AB-123-CD affiché, M. Martin")]
    [InlineData("Nous étions six ou huit, puis neuf, à attendre vingt minutes au numéro douze")]
    [InlineData("de 12 rue des Lilas à 33000 Bordeaux, 14 rue Haute")]
    public void What_civic_life_counts_and_numbers_passes(string text) => Assert.DoesNotContain(Judge.Text(text).Findings, finding => finding.Class == FindingClasses.PersonalData);

    [Theory]
    [InlineData("SIRET 552 100 554 00025")]
    [InlineData("SIREN 552100554, RCS Paris")]
    [InlineData("Délibération n° 2026-0124 du 24 11 2026")]
    [InlineData("dossier 0612345")]
    [InlineData("le 12/06/2027 à 18 30")]
    [InlineData("du 06/12/2026 au 08/12/2026")]
    [InlineData("les 06/12, 13/12 et 20/12")]
    [InlineData("les 04/05/06/07/08 juillet")]
    [InlineData("06/12/26 14/30")]
    [InlineData("un demi et trois quarts, 1/2/3/4")]
    [InlineData("ouvert 08 - 12 / 14 - 18")]
    [InlineData("dossier 2026/0612345678")]
    [InlineData("dossier 0612/345678")]
    [InlineData("réf. 0012345678")]
    [InlineData("RIB 00123 00456 12345678901 23")]
    [InlineData("SIRET 552 100 554/00025")]
    [InlineData("https://www.saint-exemple.example/2026/06/12/34/56/78")]
    [InlineData("de 1998 à 2024, 12 000 000 d'euros")]
    [InlineData("permis PC 033 063 24 00123")]
    [InlineData("Écrivez à mairie@saint-exemple.example ou contact@www.saint-exemple.example")]
    [InlineData("FR76 3000 6000 0112 3456 7890 188")]
    [InlineData("2 55 08 14 168 025 39")]
    [InlineData("rendez-vous @ la mairie")]
    [InlineData("ISBN 978-2-07-036822-8")]
    [InlineData("https://www.saint-exemple.example/article/0612345678")]
    public void What_only_looks_like_it_passes(string text) => Assert.Equal(Verdict.Publish, Judge.Text(text).Verdict);

    [Fact]
    public void Every_social_security_number_with_its_right_key_is_found_and_no_other() =>
        Gen.Select(Gen.Int[1, 2], Gen.Int[0, 99], Gen.Int[1, 12], Gen.Int[1, 95], Gen.Int[1, 989], Gen.Int[1, 999], Gen.Int[1, 97]).Sample((sex, year, month, department, commune, order, key) =>
        {
            var body = $"{sex}{year:00}{month:00}{department:00}{commune:000}{order:000}";
            var right = 97 - (long.Parse(body) % 97);
            var rules = Judge.Rules($"NIR {body}{key:00}");
            Assert.Equal(right == key, rules.Contains("social-security-number"));
            Assert.Contains("social-security-number", Judge.Rules($"NIR {body} {right:00}"));
        }, iter: 2_000);

    [Fact]
    public void Every_assigned_french_mobile_number_is_found_however_it_is_spaced() =>
        Gen.Select(Gen.Int[610000000, 619999999], Gen.Int[0, 7]).Sample((number, way) =>
        {
            var digits = "0" + number;
            string[] ways = ["", " ", ".", "-", " - ", " . ", "/", " / "];
            var text = string.Join(ways[way], Enumerable.Range(0, 5).Select(i => digits.Substring(i * 2, 2)));
            Assert.Contains("phone", Judge.Rules("au " + text + "."));
        }, iter: 500);
}
