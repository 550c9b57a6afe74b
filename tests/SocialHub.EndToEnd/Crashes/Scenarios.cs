using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.EndToEnd.Crashes.Steps;
using SocialHub.EndToEnd.Faults;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>What the crash tests run. A new step or invariant is a file of its own and one line here.</summary>
internal static class Scenarios
{
    /// <summary>What holds whatever was done. Only <see cref="SnapshotsAreFresh"/> is not among them: it needs a feed in hub.json.</summary>
    public static IReadOnlyList<Invariant> Everywhere { get; } =
    [
        new StartIsWhole(),
        new AcceptedCommentsExistOnce(),
        new ThreadsShowWhatIsPublished(),
        new LogsAreWhole(),
        new PromisesHaveOwners(),
        new HeldCommentsHaveCards(),
        new ErasedTextIsNowhere(),
        new PublicationsArePostedOnce(),
        new NothingLeavesWhenItMayNot(),
        // They ask for and try much, and what that was told or stored must be seen by the last.
        new SpentLinksDecideNothing(),
        new SecretsStayInside(),
    ];

    /// <summary>The hub's first start on an empty account: tables, queues and containers are made.</summary>
    public static CrashScenario Start { get; } = new("start", [new Answers()], Everywhere) { UsesNetworks = false };

    /// <summary>A citizen comments with and without a key, a moderator decides, an author withdraws; on one page the rules publish, and one closes by the clock.</summary>
    public static CrashScenario Comments { get; } = new(
        "comments",
        [
            new SignIn(),
            new SubmitComment("lilas", "Quand finissent les travaux ?"),
            new DecideComment("Quand finissent les travaux ?", "publish"),
            new SubmitComment("lilas", "Et la piscine ?", withKey: false),
            new DecideComment("Et la piscine ?", "reject"),
            new SubmitComment("ecole", "Merci pour la cantine."),
            new DecideComment("Merci pour la cantine.", "publish"),
            new ReadThread("ecole"),
            new WithdrawComment("Merci pour la cantine."),
            new ReadThread("ecole"),
            new SubmitComment("ecole", "Qui a lu ceci ?", hubMakesAuthorKey: true),
            new GovernThread("agenda", "a-posteriori"),
            new SubmitComment("agenda", "Le concert commence à l'heure."),
            new ReadThread("agenda"),
            new SeePublished("Le concert commence à l'heure."),
            new ReadThread("lilas"),
            new LetThreadClose("lilas"),
            new AwaitCard("Qui a lu ceci ?", "comment"),
        ],
        Everywhere)
    {
        UsesNetworks = false,
        Configure = (run, file) => file["sites"][run.Site]!["closeAfterDays"] = 30,
    };

    /// <summary>Edits, reports, an objection, decisions by link and taken back, erasures.</summary>
    public static CrashScenario Rights { get; } = new(
        "rights",
        [
            new SubmitComment("mairie", "Le guichet ferme trop tôt."),
            new AwaitCard("Le guichet ferme trop tôt.", "comment"),
            new EditComment("Le guichet ferme trop tôt.", "Le guichet ferme bien trop tôt le vendredi.", isProposal: false),
            new DecideComment("Le guichet ferme trop tôt.", "publish"),
            new ReadThread("mairie"),
            new EditComment("Le guichet ferme trop tôt.", "Le guichet du centre ferme trop tôt le vendredi.", isProposal: true),
            new AwaitCard("Le guichet ferme trop tôt.", "proposal"),
            new ReportComment("Le guichet ferme trop tôt."),
            new DecideComment("Le guichet ferme trop tôt.", "publish", subject: "report"),
            new SubmitComment("mairie", "Qui répond au téléphone ?"),
            new DecideByLink("Qui répond au téléphone ?", "reject", "Rejected"),
            new ObjectToRefusal("Qui répond au téléphone ?"),
            new DecideComment("Qui répond au téléphone ?", "publish", subject: "objection"),
            new ReadThread("mairie"),
            new UndoDecision("Qui répond au téléphone ?"),
            new ReadThread("mairie"),
            new DecideByLink("Qui répond au téléphone ?", "publish", "Published"),
            new EditComment("Qui répond au téléphone ?", "Qui répond au téléphone le soir ?", isProposal: true),
            new DecideComment("Qui répond au téléphone ?", "reject", subject: "proposal"),
            new SubmitComment("parc", "Mon adresse est connue de tous."),
            new AwaitCard("Mon adresse est connue de tous.", "comment"),
            new EditComment("Mon adresse est connue de tous.", "Mon adresse, 3 rue des Lilas, est connue de tous.", isProposal: false),
            new DecideComment("Mon adresse est connue de tous.", "publish"),
            new EditComment("Mon adresse est connue de tous.", "Mon adresse, 5 rue des Lilas, est connue de tous.", isProposal: true),
            new DecideComment("Mon adresse est connue de tous.", "reject", subject: "proposal"),
            new ReportComment("Mon adresse est connue de tous."),
            new AwaitCard("Mon adresse est connue de tous.", "report"),
            new ReadThread("parc"),
            new EraseComment("Mon adresse est connue de tous."),
            new ReadThread("parc"),
            new SubmitComment("parc", "Je retire ce que je dis."),
            new DecideComment("Je retire ce que je dis.", "publish"),
            new ReportComment("Je retire ce que je dis."),
            new AwaitCard("Je retire ce que je dis.", "report"),
            new WithdrawComment("Je retire ce que je dis."),
            new SubmitComment("parc", "Oubliez-moi, je vous prie."),
            new AwaitCard("Oubliez-moi, je vous prie.", "comment"),
            new SubmitComment("kiosque", "Le kiosque est fermé depuis mai.", asAuthorOf: "Oubliez-moi, je vous prie."),
            new DecideComment("Le kiosque est fermé depuis mai.", "publish"),
            new ReadThread("kiosque"),
            new EraseAuthor("Oubliez-moi, je vous prie."),
        ],
        Everywhere)
    {
        UsesNetworks = false,
    };

    /// <summary>A public comment is reported while somebody changes it, and while the card about it is on its way.</summary>
    public static CrashScenario Reports { get; } = new(
        "reports",
        [
            new SubmitComment("gare", "Le bus passe trop tard."),
            new DecideComment("Le bus passe trop tard.", "publish"),
            new EditComment("Le bus passe trop tard.", "Le bus du soir passe trop tard.", isProposal: true),
            new AwaitCard("Le bus passe trop tard.", "proposal"),
            new ReportComment("Le bus passe trop tard."),
            new AwaitCard("Le bus passe trop tard.", "report"),
            new DecideComment("Le bus passe trop tard.", "publish", subject: "proposal"),
            // What changed has its card before the next one is held up.
            new AwaitCard("Le bus passe trop tard.", "report"),
            new SubmitComment("gare", "Le train passe trop tôt."),
            new DecideComment("Le train passe trop tôt.", "publish"),
            new ReportWhileCardIsOnItsWay("Le train passe trop tôt."),
        ],
        Everywhere)
    {
        UsesNetworks = false,
        // Longer than the card is held up, as it is longer than any work in service: else a second worker sends the newer card and the first one the older after it.
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["SocialHub__Times__Busy"] = "00:00:10" },
    };

    /// <summary>The bad Sunday: somebody threatens, the page is held by link, people go on writing, and it reopens by itself.</summary>
    public static CrashScenario Debate { get; } = new(
        "debate",
        [
            new GovernThread("marche", "a-posteriori"),
            new SubmitComment("marche", "Le marché est trop petit."),
            new SeePublished("Le marché est trop petit."),
            new SubmitComment("marche", "Je vais te tuer, monsieur le maire."),
            new AwaitCard("Je vais te tuer, monsieur le maire.", "comment"),
            new DecideDebate("marche", "hold"),
            new DecideComment("Je vais te tuer, monsieur le maire.", "reject"),
            new SubmitComment("marche", "Restons calmes, voisins."),
            new AwaitCard("Restons calmes, voisins.", "comment"),
            new ReadThread("marche"),
            new TakeEvidence("marche"),
            new LetPageReopen("marche"),
            new DecideComment("Restons calmes, voisins.", "publish"),
            new SubmitComment("marche", "Bonne semaine à tous."),
            new SeePublished("Bonne semaine à tous."),
            new ReadThread("marche"),
        ],
        Everywhere)
    {
        UsesNetworks = false,
    };

    /// <summary>Two comments are held for their words alone: one author puts it in others, which the rules publish; the other leaves it, and a person decides.</summary>
    public static CrashScenario Rewording { get; } = new(
        "rewording",
        [
            new GovernThread("place", "a-posteriori"),
            new SubmitComment("place", "Quel connard, ce banc est cassé."),
            new AwaitReword("Quel connard, ce banc est cassé."),
            new EditComment("Quel connard, ce banc est cassé.", "Ce banc est cassé.", isProposal: false),
            new SeePublished("Quel connard, ce banc est cassé."),
            new SubmitComment("place", "Bande de bouffons, rendez la place."),
            new AwaitReword("Bande de bouffons, rendez la place."),
            new KeepWording("Bande de bouffons, rendez la place."),
            new AwaitCard("Bande de bouffons, rendez la place.", "comment"),
            new DecideComment("Bande de bouffons, rendez la place.", "reject"),
            new ReadThread("place"),
        ],
        Everywhere)
    {
        UsesNetworks = false,
    };

    /// <summary>Authors who left an address, and whoever is on call, are told by mail.</summary>
    public static CrashScenario MailBox { get; } = new(
        "mails",
        [
            new GovernThread("marche", "a-posteriori"),
            new SubmitComment("marche", "Le marché est trop petit."),
            new SeePublished("Le marché est trop petit."),
            new AwaitMail("Le marché est trop petit.", "published", "Votre commentaire est publié"),
            new SubmitComment("marche", "Je vais te tuer, monsieur le maire."),
            new AwaitCard("Je vais te tuer, monsieur le maire.", "comment"),
            new AwaitTeamMail("marche", "Une menace a été écrite"),
            new DecideComment("Je vais te tuer, monsieur le maire.", "reject"),
            new AwaitMail("Je vais te tuer, monsieur le maire.", "refused", "Votre commentaire n’est pas publié"),
        ],
        [.. Everywhere, new MailsShowOnce()])
    {
        UsesNetworks = false,
        Configure = Mails.Configure,
    };

    /// <summary>One work of each kind that a due row of comments holds.</summary>
    public static CrashScenario Killing { get; } = new(
        "killing",
        [
            new SubmitComment("port", "Le quai est glissant."),
            new AwaitCard("Le quai est glissant.", "comment"),
            new SubmitComment("port", "Le phare ne marche plus."),
            new AwaitCard("Le phare ne marche plus.", "comment"),
            new WithdrawComment("Le phare ne marche plus."),
            new SubmitComment("port", "Effacez tout de moi."),
            new AwaitCard("Effacez tout de moi.", "comment"),
            new SubmitComment("port", "Le ponton est cassé.", asAuthorOf: "Effacez tout de moi."),
            new AwaitCard("Le ponton est cassé.", "comment"),
            new EraseAuthor("Effacez tout de moi."),
        ],
        Everywhere)
    {
        UsesNetworks = false,
    };

    /// <summary>A source is read, twice, with its pictures; editors hide, show and pin.</summary>
    public static CrashScenario Feeds { get; } = new(
        "feeds",
        [
            new RefreshSource("Le marché", "La piscine"),
            new HidePost("Le marché"),
            new RefreshSource("Le musée"),
            new PinPost("La piscine"),
            new HidePost("Le marché", hidden: false),
        ],
        [.. Everywhere, new SnapshotsAreFresh()])
    {
        UsesNetworks = false,
        Configure = FeedNotes.Configure,
        // A source is read each second: five of these minutes.
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["SocialHub__Times__Minute"] = "00:00:00.2" },
        // How often a source is read again is the clock's doing; not what a reading finds, for posts that belong together come together.
        AlsoClock = name => name.Text is "tables Posts upd s" or "tables Posts batch[upd s]",
    };

    /// <summary>Articles are found and announced on both networks, a burst asks, a person agrees and calls off, a text is written by hand.</summary>
    public static CrashScenario Publishing { get; } = new(
        "publishing",
        [
            new LookFirst(),
            new PublishOldArticle("Vieux dossier"),
            new AnnounceArticle("Le marché change de place"),
            new AnswerBurst(),
            new WriteByHand("La piscine est fermée ce matin."),
            new RelaunchSite(),
        ],
        Everywhere)
    {
        Publishing = "on",
        Configure = ArticleNotes.Configure,
        // A preparation gives up at three quarters of it, and the post then goes without its picture, which only a starved machine may cause here.
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["SocialHub__Times__Busy"] = "00:00:10" },
        AlsoClock = OfPublishing,
    };

    /// <summary>What keeps a publication from leaving: a freeze that ends, a time that passes, a switch that is off for a while.</summary>
    public static CrashScenario Gates { get; } = new(
        "gates",
        [
            new LookFirst(),
            new FreezeAndThaw("La mairie rouvre lundi."),
            new WriteUrgently("Alerte aux vents forts cet après-midi."),
            new SwitchOffAndOn("Ceci attendait dans un tiroir.", "Le marché a lieu samedi."),
        ],
        Everywhere)
    {
        Publishing = "on",
        Configure = ArticleNotes.Configure,
        AlsoClock = OfPublishing,
    };

    // Each look and each tick notes itself; how many there are is the clock's doing.
    private static bool OfPublishing(RequestName name) => name.Text is "tables Publishing upd f" or "tables Settings put tick";
}
