using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>What the crash tests run. A new step or invariant is a file of its own and one line here.</summary>
internal static class Scenarios
{
    /// <summary>The hub's first start on an empty account: tables, queues and containers are made.</summary>
    public static CrashScenario Start { get; } = new("start", [new Answers()], []) { UsesNetworks = false };

    /// <summary>A citizen comments with and without a key, a moderator decides, an author withdraws.</summary>
    public static CrashScenario Comments { get; } = new(
        "comments",
        [
            new SubmitComment("lilas", "Quand finissent les travaux ?"),
            new DecideComment("Quand finissent les travaux ?", "publish"),
            new SubmitComment("lilas", "Et la piscine ?", withKey: false),
            new DecideComment("Et la piscine ?", "reject"),
            new SubmitComment("ecole", "Merci pour la cantine."),
            new DecideComment("Merci pour la cantine.", "publish"),
            new WithdrawComment("Merci pour la cantine."),
            new SubmitComment("ecole", "Qui a lu ceci ?"),
        ],
        [
            new AcceptedCommentsExistOnce(),
            new ThreadsShowWhatIsPublished(),
            new LogsAreWhole(),
            new PromisesHaveOwners(),
            new HeldCommentsHaveCards(),
            new SecretsStayInside(),
        ])
    {
        UsesNetworks = false,
    };

    /// <summary>Edits, reports, an objection, decisions by link and taken back, erasures.</summary>
    public static CrashScenario Rights { get; } = new(
        "rights",
        [
            new SubmitComment("mairie", "Le guichet ferme trop tôt."),
            new EditComment("Le guichet ferme trop tôt.", "Le guichet ferme bien trop tôt le vendredi.", isProposal: false),
            new DecideComment("Le guichet ferme trop tôt.", "publish"),
            new EditComment("Le guichet ferme trop tôt.", "Le guichet du centre ferme trop tôt le vendredi.", isProposal: true),
            new ReportComment("Le guichet ferme trop tôt."),
            new DecideComment("Le guichet ferme trop tôt.", "publish", subject: "report"),
            new SubmitComment("mairie", "Qui répond au téléphone ?"),
            new DecideByLink("Qui répond au téléphone ?", "reject", "Rejected"),
            new ObjectToRefusal("Qui répond au téléphone ?"),
            new DecideComment("Qui répond au téléphone ?", "publish", subject: "objection"),
            new UndoDecision("Qui répond au téléphone ?"),
            new DecideByLink("Qui répond au téléphone ?", "publish", "Published"),
            new SubmitComment("parc", "Mon adresse est connue de tous."),
            new EditComment("Mon adresse est connue de tous.", "Mon adresse, 3 rue des Lilas, est connue de tous.", isProposal: false),
            new DecideComment("Mon adresse est connue de tous.", "publish"),
            new ReportComment("Mon adresse est connue de tous."),
            new EraseComment("Mon adresse est connue de tous."),
            new SubmitComment("parc", "Oubliez-moi, je vous prie."),
            new EraseAuthor("Oubliez-moi, je vous prie."),
        ],
        [
            new AcceptedCommentsExistOnce(),
            new ThreadsShowWhatIsPublished(),
            new LogsAreWhole(),
            new PromisesHaveOwners(),
            new HeldCommentsHaveCards(),
            new SpentLinksDecideNothing(),
            new ErasedTextIsNowhere(),
            new SecretsStayInside(),
        ])
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
        [
            new SnapshotsAreFresh(),
            new SecretsStayInside(),
        ])
    {
        UsesNetworks = false,
        Configure = FeedNotes.Configure,
        // A source is read each second: five of these minutes.
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["SocialHub__Times__Minute"] = "00:00:00.2" },
        // How often a source is read again, and how many posts one read finds, is the clock's doing; so are hints.
        AlsoClock = name => name.Text == "tables Posts upd s" || name.Text.StartsWith("queues source-refresh", StringComparison.Ordinal),
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
        [
            new PublicationsArePostedOnce(),
            new PublicationsHavePromises(),
            new LogsAreWhole(),
            new SecretsStayInside(),
        ])
    {
        Publishing = "on",
        Configure = ArticleNotes.Configure,
        // Each look and each tick notes itself; a wait says why; how many there are is the clock's doing.
        AlsoClock = name => name.Text.StartsWith("tables Settings", StringComparison.Ordinal) || name.Text == "tables Publishing upd f" || name.Text.StartsWith("queues publication-send", StringComparison.Ordinal),
    };
}
