using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace SocialHub.Standalone.Demo;

/// <summary>The demo site's HTML and its feed.</summary>
internal static class DemoPages
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly FrozenDictionary<string, string> States = new Dictionary<string, string>(StringComparer.Ordinal) { ["planned"] = "prévu", ["sending"] = "en cours d’envoi", ["uncertain"] = "envoi à vérifier", ["published"] = "publié", ["cancelled"] = "annulé", ["expired"] = "expiré", ["failed"] = "échec" }.ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static string Home(DemoSite site)
    {
        var articles = new StringBuilder();
        foreach (var (article, published) in site.Articles)
        {
            articles.Append(French, $"""
                <li><article><img src="/images/{article.Slug}.png" alt="" width="{DemoPicture.Width}" height="{DemoPicture.Height}"><p class="date">{Day(published)}</p>
                <h3><a href="/actualites/{article.Slug}">{Encode(article.Title)}</a></h3><p>{Encode(article.Summary)}</p></article></li>
                """);
        }

        return Page(site, "Ville de Saint-Exemple", "accueil", $"""
            <div class="two"><section aria-labelledby="actu"><h2 id="actu">Actualités</h2><ul class="articles">{articles}</ul></section>
            <section aria-labelledby="direct" class="live"><h2 id="direct">La ville en direct</h2>
            <social-feed feed="accueil" max="6" level="3"><p><a href="{site.Hub}/api/v1/feeds/accueil.html">Nos publications sur les réseaux sociaux</a></p></social-feed></section></div>
            """, "Bienvenue à Saint-Exemple", "Onze mille habitants, deux rives, un marché tous les samedis.");
    }

    public static string? Article(DemoSite site, string slug)
    {
        var (article, published) = site.Articles.FirstOrDefault(a => a.Article.Slug == slug);
        if (article is null) return null;
        var page = $"{site.Origin}/actualites/{slug}";
        var text = string.Concat(article.Paragraphs.Select(paragraph => $"<p>{Encode(paragraph)}</p>"));
        // What stands inside the element works without script; the form then leads to the hub's own receipt.
        return Page(site, article.Title, "", $"""
            <article class="story"><p class="date">{Day(published)}</p><h1>{Encode(article.Title)}</h1><p class="lead">{Encode(article.Summary)}</p>
            <img src="/images/{article.Slug}.png" alt="{Encode(article.Alt)}" width="{DemoPicture.Width}" height="{DemoPicture.Height}">{text}</article>
            <comment-thread site="ville"><h2>Commentaires</h2><p><a href="{site.Hub}/api/v1/sites/ville/comments.html?page={Uri.EscapeDataString(page)}">Lire les commentaires</a></p>
            <form method="post" action="{site.Hub}/api/v1/sites/ville/comments"><input type="hidden" name="page" value="{page}">
            <p><label for="texte">Votre commentaire (obligatoire)</label><textarea id="texte" name="text" rows="5" maxlength="4000" required></textarea></p>
            <p><label for="nom">Nom ou pseudonyme, publié (obligatoire)</label><input id="nom" name="name" maxlength="60" autocomplete="name" required></p>
            <p>Une personne lit chaque commentaire avant sa publication. <a href="{site.Hub}/api/v1/charter.html">Règles des commentaires</a>, <a href="{site.Hub}/api/v1/charter.html#sh-data">vos données personnelles</a>, <a href="{site.Hub}/api/v1/sites/ville/author.html">retrouver mes commentaires avec mon code</a>.</p>
            <p><button>Envoyer</button></p></form></comment-thread>
            """, canonical: page);
    }

    public static string Team(DemoSite site) => Page(site, "Teams", "teams", $"""
        <p class="lead">Ce que l’équipe communication reçoit dans son canal. Un bouton ouvre la décision, il ne décide jamais tout seul.</p>
        <div class="channel" data-refresh="/teams/cartes">{site.Teams.Render()}</div>
        """, "Canal « Modération »");

    /// <param name="site">Whose.</param>
    /// <param name="list">What <see cref="Publications"/> made: the page shows it without script too, which then keeps it fresh.</param>
    public static string Announcements(DemoSite site, string list) => Page(site, "Annonces", "annonces", $"""
        <p class="lead">{(site.Bluesky is { } bluesky
            ? $"La ville publie sur le serveur Bluesky {Encode(bluesky.Origin)}, sous le nom {Encode(bluesky.Handle)} : <a href=\"{Encode(bluesky.Posts)}\">ce qui s’y trouve</a>."
            : "La démonstration tourne à blanc : voici exactement ce qui partirait sur les réseaux.")} Une minute après le premier passage du hub, le site publie un nouvel article.</p>
        <div data-refresh="/annonces/liste">{list}</div>
        """, site.Bluesky is null ? "Ce qui serait annoncé" : "Ce qui est annoncé");

    public static string NotFound(DemoSite site) => Page(site, "Page introuvable", "", "<p><a href=\"/\">Revenir à l’accueil</a></p>", "Page introuvable");

    /// <summary>Publications of the hub's interface as a list.</summary>
    /// <param name="site">Whose they are, and where they are posted, or else what its stand-in of a network was sent.</param>
    /// <param name="answer">Of the interface; null: the hub does not answer.</param>
    public static string Publications(DemoSite site, JsonElement? answer)
    {
        if (answer is not { ValueKind: JsonValueKind.Object } list || !list.TryGetProperty("items", out var items) || items.GetArrayLength() == 0)
            return "<p>Rien à annoncer pour le moment. Les articles déjà en ligne à l’arrivée du hub ne sont jamais annoncés.</p>";
        var html = new StringBuilder("<ul class=\"announcements\">");
        foreach (var item in items.EnumerateArray())
        {
            var (state, shown) = (Text(item, "state"), Text(item, "dryRun"));
            var word = States.GetValueOrDefault(state, state) + (state == "planned" && site.Bluesky is null ? " (à blanc : rien ne part)" : "");
            html.Append("<li class=\"card\"><p><strong>").Append(Encode(French.TextInfo.ToTitleCase(Text(item, "network")))).Append("</strong> <span class=\"state\">").Append(Encode(word)).Append("</span></p><p class=\"post\">")
                .Append(Encode(Text(item, "text"))).Append("</p>");
            if (shown.Length > 0) html.Append("<details><summary>Ce qui serait envoyé, octet pour octet</summary><pre>").Append(Encode(shown)).Append("</pre></details>");
            html.Append("</li>");
        }

        html.Append("</ul>");
        if (site.Bluesky is null) html.Append(French, $"<p>Envois reçus par le Mastodon de la démonstration : {site.Sent}.</p>");
        return html.ToString();
    }

    /// <summary>The site's RSS 2.0 feed.</summary>
    public static string Feed(DemoSite site)
    {
        var items = new StringBuilder();
        foreach (var (article, published) in site.Articles)
        {
            var body = $"<p>{Encode(article.Summary)}</p><p><img src=\"{site.Origin}/images/{article.Slug}.png\" alt=\"{Encode(article.Alt)}\" width=\"{DemoPicture.Width}\" height=\"{DemoPicture.Height}\"></p>";
            items.Append(CultureInfo.InvariantCulture, $"""
                <item><title>{Encode(article.Title)}</title><link>{site.Origin}/actualites/{article.Slug}</link><guid>{site.Origin}/actualites/{article.Slug}</guid>
                <pubDate>{published.ToUniversalTime():R}</pubDate><description>{Encode(article.Summary)}</description><content:encoded>{Encode(body)}</content:encoded></item>

                """);
        }

        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
            <title>Ville de Saint-Exemple</title><link>{site.Origin}/</link><description>Les actualités de la ville</description><language>fr</language>
            {items}</channel></rss>
            """;
    }

    private static string Page(DemoSite site, string title, string here, string main, string? heading = null, string? lead = null, string? canonical = null)
    {
        string Link(string address, string text, string name) => $"<li><a href=\"{address}\"{(name == here ? " aria-current=\"page\"" : "")}>{text}</a></li>";
        var hero = heading is null ? "" : $"<h1>{Encode(heading)}</h1>{(lead is null ? "" : $"<p class=\"lead\">{Encode(lead)}</p>")}";
        return $"""
            <!doctype html>
            <html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{Encode(title)}{(canonical is null && here != "accueil" ? " - Ville de Saint-Exemple" : "")}</title>{(canonical is null ? "" : $"<link rel=\"canonical\" href=\"{canonical}\">")}
            <link rel="icon" href="{site.Hub}/widgets/icon.svg" type="image/svg+xml"><link rel="alternate" type="application/rss+xml" title="Actualités" href="/flux.xml">
            <link rel="stylesheet" href="/site.css"><link rel="stylesheet" href="{site.Hub}/widgets/v1.css">
            <script src="/site.js" defer></script><script src="{site.Hub}/widgets/v1.js" defer></script></head>
            <body><a class="skip" href="#contenu">Aller au contenu</a>
            <nav class="demo" aria-label="Démonstration"><p>Démonstration de SocialHub, ville imaginaire</p><ul>{Link("/teams", "Teams de l’équipe", "teams")}{Link("/annonces", site.Bluesky is null ? "Annonces à blanc" : "Annonces", "annonces")}{Link(site.Hub + "/moderation", "Modération", "moderation")}</ul></nav>
            <header><p class="town"><a href="/">Saint-Exemple</a></p></header>
            <main id="contenu">{hero}{main}</main>
            <footer><p>Mairie de Saint-Exemple, 1 place des Tilleuls. Ouverte du lundi au samedi.</p></footer></body></html>
            """;
    }

    /// <summary>A time of day by the town's clock.</summary>
    public static string Moment(DateTimeOffset time) => Time(time, "HH:mm:ss");

    private static string Day(DateTimeOffset time) => Time(time, TimeZoneInfo.ConvertTime(time, Paris).Day == 1 ? "d'er' MMMM yyyy" : "d MMMM yyyy");

    private static string Time(DateTimeOffset time, string format) =>
        $"<time datetime=\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{TimeZoneInfo.ConvertTime(time, Paris).ToString(format, French)}</time>";

    private static string Text(JsonElement item, string member) => item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
