namespace SocialHub.Configuration.Settings;

/// <summary>The charter that an authority has until it writes its own: numbered articles, one for each reason of a refusal.</summary>
internal static class CharterTexts
{
    /// <summary>The article of each reason in these texts; its keys are the codes of all reasons.</summary>
    public static IReadOnlyDictionary<string, string> Articles { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["insult"] = "2",
        ["hate"] = "3",
        ["threat"] = "4",
        ["personal-data"] = "5",
        ["advertising"] = "6",
        ["off-topic"] = "7",
        ["illegal"] = "8",
        ["duplicate"] = "9",
        ["impersonation"] = "10",
        ["election"] = "11",
        ["charter"] = "12",
    };

    public static string In(string language) => language == "en" ? English : French;

    private const string French = """
        Article 1. Qui peut écrire
        Les commentaires sont ouverts à toutes et à tous. Vous pouvez approuver, critiquer, proposer et questionner, même vivement ; restez courtois.

        Article 2. Insultes
        Les insultes et les attaques contre une personne ne sont pas publiées. Critiquer une décision, un service ou l’action d’un élu est permis.

        Article 3. Haine et discrimination
        Ne sont pas publiés les propos qui rabaissent des personnes, ou appellent à les haïr ou à les exclure, en raison de leur origine, de leur religion, de leur sexe, de leur orientation sexuelle, de leur identité de genre, de leur état de santé ou d’un handicap.

        Article 4. Menaces
        Les menaces et les appels à la violence ne sont pas publiés.

        Article 5. Données personnelles
        Les coordonnées et les informations privées d’une personne, vous compris, ne sont pas publiées. Celles d’un service public peuvent être citées.

        Article 6. Publicité
        La publicité, le démarchage et les liens qui n’ont pas de rapport avec la page ne sont pas publiés.

        Article 7. Hors sujet
        Un commentaire porte sur la page où il est écrit, ou répond à un autre commentaire.

        Article 8. Ce que la loi interdit
        Ne sont pas publiés les propos contraires à la loi, comme la diffamation ou la négation de crimes contre l’humanité.

        Article 9. Répétitions
        Un même texte n’est publié qu’une fois.

        Article 10. Usurpation
        Un pseudonyme est permis. Se faire passer pour une autre personne, un élu ou un service ne l’est pas.

        Article 11. Élections
        En période électorale, la propagande pour ou contre un candidat ou une liste n’est pas publiée sur les moyens de communication de la collectivité.

        Article 12. Autres manquements
        Ne sont pas publiés non plus les propos grossiers ou qui manquent à la courtoisie sans viser personne, les textes que l’on ne peut pas lire (suites de signes, texte écrit tout entier en capitales), les mots déguisés pour échapper à la présente charte et les textes envoyés par un programme.

        Article 13. Qui décide
        Selon le réglage de la page, une personne lit votre commentaire avant ou après sa publication. Un programme signale aux modérateurs ce qui peut contrevenir à ces articles ; il ne refuse de lui-même que les catégories pour lesquelles les réglages du site le prévoient, et le dit à l’auteur. Chaque refus indique son motif et l’article de cette charte.

        Article 14. Contester un refus
        Vous pouvez contester un refus avec le code qui vous a été donné, ou par le lien du message qui vous l’annonce, tant que votre texte est conservé. Une autre personne que celle qui a refusé relit votre commentaire quand la collectivité a au moins deux modérateurs, et vous donne sa décision. Vous gardez le droit de saisir la justice.

        Article 15. Vos données
        Avec votre code, vous pouvez revoir, emporter, modifier ou retirer votre commentaire, et demander l’effacement de tout ce que vous avez écrit. Ce qui est conservé, et combien de temps, est indiqué sous cette charte.
        """;

    private const string English = """
        Article 1. Who may write
        Comments are open to everyone. You may approve, criticise, propose and ask, sharply too; stay courteous.

        Article 2. Insults
        Insults and attacks on a person are not published. To criticise a decision, a service or what an elected member does is allowed.

        Article 3. Hatred and discrimination
        Words are not published that demean people, or call for hating or excluding them, because of their origin, religion, sex, sexual orientation, gender identity, health or disability.

        Article 4. Threats
        Threats and calls to violence are not published.

        Article 5. Personal data
        Contact details and private information of a person, yourself included, are not published. Those of a public service may be quoted.

        Article 6. Advertising
        Advertising, canvassing and links that have nothing to do with the page are not published.

        Article 7. Off topic
        A comment is about the page on which it is written, or answers another comment.

        Article 8. What the law forbids
        Words against the law are not published, such as defamation or the denial of crimes against humanity.

        Article 9. Repetition
        The same text is published once.

        Article 10. Impersonation
        A nickname is allowed. To pass for another person, an elected member or a service is not.

        Article 11. Elections
        In an election period, campaigning for or against a candidate or a list is not published on the authority's own media.

        Article 12. Other breaches
        Also not published are coarse words, or words without courtesy, that are aimed at nobody, texts that nobody can read (rows of signs, a text all in capitals), words disguised to get round this charter, and texts that a program sent.

        Article 13. Who decides
        Depending on the page, a person reads your comment before or after it is published. A program points out to the moderators what may breach these articles; by itself it refuses only the kinds for which the site's settings provide so, and tells the author so. Each refusal names its reason and the article of this charter.

        Article 14. Objecting to a refusal
        You can object to a refusal with the code that you were given, or by the link of the message that tells you, as long as your text is kept. Where the authority has two moderators or more, somebody else than whoever refused reads your comment again, and tells you the decision. You keep the right to go to court.

        Article 15. Your data
        With your code you can see, take along, edit or withdraw your comment, and ask for everything that you wrote to be erased. What is kept, and how long, stands below this charter.
        """;
}
