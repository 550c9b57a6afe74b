namespace SocialHub.Configuration.Settings;

/// <summary>The playbook that an authority has until it writes its own: what to do, and answers to adapt. Numbers of its own people it must add itself.</summary>
internal static class PlaybookTexts
{
    public static PlaybookSetting In(string language) => language == "en" ? English : French;

    private static PlaybookSetting French { get; } = new()
    {
        Call =
        [
            new() { Name = "Police ou gendarmerie", Phone = "17", When = "Une menace vise une personne, et semble sérieuse." },
            new() { Name = "Le maire ou l’élu d’astreinte", When = "La collectivité ou ses élus sont mis en cause." },
            new() { Name = "La direction de la communication", When = "Il faut répondre au nom de la collectivité." },
        ],
        Steps =
        [
            "Lisez les derniers commentaires de la page avant de choisir : une discussion vive n’est pas un dérapage.",
            "Si cela dérape, mettez la page en attente : personne ne perd la parole, tout sera lu le prochain jour ouvré.",
            "En cas de menace, téléchargez d’abord le dossier de preuves sur la page de modération, puis refusez le commentaire et appelez les personnes ci-dessous.",
            "Répondez une fois, calmement, au nom de la collectivité ; ne répondez pas aux attaques une par une.",
        ],
        Answers =
        [
            new()
            {
                Title = "Rappel des règles",
                Text = "Bonjour à toutes et à tous. Ce sujet vous tient à cœur et la critique a toute sa place ici. Nous vous demandons seulement de rester courtois : les commentaires qui attaquent des personnes ne sont pas publiés. Les règles sont indiquées sous le formulaire.",
            },
            new()
            {
                Title = "Mise en attente",
                Text = "Bonjour. Les échanges sur cette page sont devenus très vifs. Les nouveaux commentaires seront donc lus avant leur publication, dès le prochain jour ouvré. Vous pouvez continuer à écrire : rien n’est perdu.",
            },
            new()
            {
                Title = "Une réponse viendra",
                Text = "Bonjour. Nous avons lu vos questions. Le service concerné prépare une réponse, que nous publierons ici. Merci de votre patience.",
            },
        ],
    };

    private static PlaybookSetting English { get; } = new()
    {
        Call =
        [
            new() { Name = "The police", Phone = "17", When = "A threat is aimed at a person, and seems serious." },
            new() { Name = "The mayor or the elected member on call", When = "The authority or its elected members are attacked." },
            new() { Name = "The head of communication", When = "Somebody has to answer for the authority." },
        ],
        Steps =
        [
            "Read the newest comments of the page before you choose: a lively discussion is not one that has turned.",
            "If it turns, hold the page: nobody loses their say, and everything is read on the next working day.",
            "If there is a threat, download the evidence file on the moderation page first, then refuse the comment and call the people named here.",
            "Answer once, calmly, for the authority; do not answer attacks one by one.",
        ],
        Answers =
        [
            new()
            {
                Title = "The rules again",
                Text = "Hello everyone. This subject matters to you, and criticism has its place here. We only ask you to stay courteous: comments that attack people are not published. The rules are linked below the form.",
            },
            new()
            {
                Title = "Comments are held",
                Text = "Hello. The exchange on this page has become heated. New comments will therefore be read before they are published, from the next working day on. You can go on writing: nothing is lost.",
            },
            new()
            {
                Title = "An answer will come",
                Text = "Hello. We have read your questions. The service concerned is preparing an answer, which we will publish here. Thank you for your patience.",
            },
        ],
    };
}
