namespace SocialHub.Configuration.Settings;

/// <summary>The charter that an authority has until it writes its own.</summary>
internal static class CharterTexts
{
    public static string In(string language) => language == "en" ? English : French;

    private const string French = """
        Les commentaires sont ouverts à toutes et à tous. Vous pouvez approuver, critiquer, proposer et questionner ; restez courtois et restez dans le sujet de la page.

        Ne sont pas publiés : les injures, les menaces, les propos racistes, sexistes, homophobes ou diffamatoires, les coordonnées ou les données personnelles d’autrui, la publicité, et ce que la loi interdit.

        Selon le réglage de la page, votre commentaire est lu par une personne avant ou après sa publication. S’il est refusé, le motif vous est donné et vous pouvez contester ce refus.

        Vous pouvez modifier ou retirer votre commentaire avec le code qui vous est donné, et demander l’effacement de tout ce que vous avez écrit.
        """;

    private const string English = """
        Comments are open to everyone. You may approve, criticise, propose and ask; stay courteous, and stay with the subject of the page.

        What is not published: insults, threats, racist, sexist, homophobic or defamatory words, other people's contact details or personal data, advertising, and what the law forbids.

        Depending on the page, a person reads your comment before or after it is published. If it is refused, you are told why and you can object.

        You can edit or withdraw your comment with the code that you are given, and ask for everything you wrote to be erased.
        """;
}
