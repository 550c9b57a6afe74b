using SocialHub.Configuration;
using SocialHub.Functions.Comments;

namespace SocialHub.EndToEnd.Browser;

/// <summary>What a hub answers, in the shapes of the public interface.</summary>
internal static class Samples
{
    public const string Thread = "GET /api/v1/sites/ville/comments";
    public const string Submit = "POST /api/v1/sites/ville/comments";
    public const string Feed = "GET /api/v1/feeds/accueil";

    public static object Comment(string id, string name, string html, string? parent = null, int depth = 0, bool official = false) =>
        new { id, parent, name, html, official, published = "2026-11-20T09:30:00Z", depth, revision = 1 };

    public static object[] Comments { get; } =
    [
        Comment("aaaaaaaaaaaa-000000001x", "Jeanne Morvan", "<p>Enfin ! Les <strong>horaires du soir</strong> manquaient. Voir <a href=\"https://www.saint-exemple.test/piscine\">la page de la piscine</a>.</p>"),
        Comment("aaaaaaaaaaaa-000000002x", "Ville de Saint-Exemple", "<p>Bonjour, le bassin ouvre jusqu’à 21 h le jeudi.</p>", "aaaaaaaaaaaa-000000001x", 1, official: true),
        Comment("aaaaaaaaaaaa-000000003x", "Amadou", "<p>Merci pour la réponse.</p>", "aaaaaaaaaaaa-000000002x", 2),
        Comment("aaaaaaaaaaaa-000000004x", "Un très long pseudonyme sans aucune espace : Saint-Exemple-sur-Rivière", "<p>https://www.saint-exemple.test/une/adresse/tres/longue/qui/ne/se/coupe/pas/toute/seule/du/tout</p>"),
    ];

    public static object ThreadOf(object[] comments, bool open = true, string policy = "a-priori", string? next = null, string language = "fr", string? notice = null, CommentPolicy words = CommentPolicy.APriori) =>
        new { page = "http://x/", title = "La piscine rouvre", count = comments.Length, open, policy, notice, comments, next, words = WidgetWords.In(language, words) };

    public static object Posts(string hub) => new
    {
        version = "https://jsonfeed.org/version/1.1",
        title = "La ville en direct",
        items = new object[]
        {
            new
            {
                id = "1", url = "https://mastodon.example/@ville/1", date_published = "2026-11-24T08:00:00Z", language = "fr",
                content_html = $"<p>Le marché de Noël ouvre vendredi.</p><img src=\"{hub}/media/1\" alt=\"Chalets décorés sur la place\" width=\"320\" height=\"180\">",
                _socialhub = new { network = "mastodon", source = "mastodon-ville", postKey = "1", pinned = true, alsoOn = new[] { new { network = "bluesky", url = "https://bsky.example/1" } } },
            },
            new
            {
                id = "2", url = "https://www.saint-exemple.test/2", title = "La piscine rouvre", date_published = "2026-11-23T08:00:00Z",
                content_html = "<p>Après six mois de travaux.</p>",
                _socialhub = new { network = "web", source = "site", postKey = "2", pinned = false, alsoOn = Array.Empty<object>() },
            },
        },
    };

    /// <summary>What a person or the rules decided, as the list of it says.</summary>
    public static object Decided(string state, string name, string by, bool mayUndo = true, bool byRules = false, bool declared = false) => new
    {
        site = "ville",
        id = "aaaaaaaaaaaa-000000009x",
        subject = "comment",
        state,
        page = "https://www.saint-exemple.test/piscine",
        title = "La piscine rouvre",
        name,
        text = "Bonjour à toutes et à tous",
        html = "<p>…</p>",
        received = "2026-11-24T07:10:00Z",
        since = "2026-11-24T13:02:00Z",
        revision = 0,
        round = 1,
        reports = 0,
        verdict = "publish",
        findings = Array.Empty<object>(),
        decidedBy = by,
        byRules,
        declared,
        mayUndo,
        refusal = state == "rejected" ? "Insulte ou attaque personnelle" : null,
    };

    /// <summary>What waits though no rule found anything in it.</summary>
    public static object Quiet(string subject, string? why, string name = "Nadia", string id = "aaaaaaaaaaaa-000000008x") => new
    {
        site = "ville",
        id,
        subject,
        state = subject == "report" ? "published" : "held",
        page = "https://www.saint-exemple.test/piscine",
        title = "La piscine rouvre",
        name,
        text = "Bonjour",
        html = "<p>Bonjour</p>",
        received = "2026-11-24T07:10:00Z",
        since = "2026-11-24T07:10:00Z",
        revision = 0,
        round = 0,
        reports = subject == "report" ? 1 : 0,
        why,
        verdict = "publish",
        findings = Array.Empty<object>(),
        reasons = new object[] { new { code = "insult", label = "Insulte ou attaque personnelle" } },
    };

    /// <summary>A change of a public text that was answered officially, and that readers reported.</summary>
    public static object Proposal { get; } = new
    {
        site = "ville",
        id = "aaaaaaaaaaaa-000000009x",
        subject = "proposal",
        state = "published",
        page = "https://www.saint-exemple.test/piscine",
        title = "La piscine rouvre",
        name = "Bob",
        text = "Le maire a donc menti ?",
        html = "<p>…</p>",
        publicText = "La piscine ouvre-t-elle lundi ?",
        answers = 2,
        officialAnswers = 1,
        received = "2026-11-24T07:10:00Z",
        since = "2026-11-24T07:10:00Z",
        revision = 1,
        round = 1,
        reports = 2,
        notices = new[] { "Sans adresse", "Répondez-moi" },
        contacts = new[] { new { notice = 1, email = "lise+mairie@exemple.fr" } },
        why = "Le texte a été modifié après une première décision.",
        verdict = "hold",
        findings = new object[] { new { rule = "words", @class = "insult", start = 16, length = 5, view = "plain", field = "text", reason = "Un mot à lire : « menti »" } },
        reasons = new object[] { new { code = "insult", label = "Insulte ou attaque personnelle" } },
    };

    public static object Waiting { get; } = new
    {
        site = "ville",
        id = "aaaaaaaaaaaa-000000009x",
        subject = "comment",
        state = "held",
        page = "https://www.saint-exemple.test/piscine",
        title = "La piscine rouvre",
        name = "Bob",
        text = "Quels INCAPABLES à la mairie !!! Appelez-moi au 06 12 34 56 78.",
        html = "<p>…</p>",
        parent = new { id = "aaaaaaaaaaaa-000000001x", name = "Jeanne Morvan", text = "Enfin ! Les horaires du soir manquaient." },
        received = "2026-11-24T07:10:00Z",
        revision = 1,
        round = 1,
        reports = 2,
        verdict = "reject",
        authority = "Ville de Saint-Exemple",
        mayAct = true,
        author = new { published = 12, refused = 2, waiting = 0, withdrawn = 0, words = "Avec ce code : 12 publiés, 2 refusés." },
        findings = new object[]
        {
            new { rule = "words", @class = "insult", start = 6, length = 10, view = "plain", field = "text", reason = "Une insulte : « INCAPABLES »" },
            new { rule = "phone", @class = "personal-data", start = 48, length = 14, view = "plain", field = "text", reason = "Un numéro de téléphone" },
            new { rule = "shouting", @class = "shouting", start = 0, length = 0, view = "plain", field = "text", reason = "Le texte crie" },
        },
        choices = new[] { "publish", "reject" },
        reasons = new object[] { new { code = "insult", label = "Insulte ou attaque personnelle" }, new { code = "personal-data", label = "Données personnelles" } },
    };
}
