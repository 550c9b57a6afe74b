using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Web;

namespace SocialHub.Functions;

/// <summary>The hub's own pages and the files that sites embed, as answers.</summary>
public static class WebAnswers
{
    /// <summary>
    /// What the team's pages may do: their own script and style, and calls to this hub; no frame holds them, no form leaves them.
    /// </summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>A stable address that a pasted snippet relies on for years; asked again every five minutes.</summary>
    public static IResult Stable(string name) => Of(WebFiles.Find(name), "public, max-age=300, stale-while-revalidate=86400");

    /// <summary>A file under the hash of its content: it never changes.</summary>
    public static IResult Hashed(string hash, string name) => Of(WebFiles.Find(hash, name), "public, max-age=31536000, immutable");

    /// <summary>The page that a decision link leads to: it asks for nothing and knows nothing, its script reads what stands behind #.</summary>
    public static IResult Decide(HubConfiguration hub) => Page("decide.html", hub, ("Décider", "Decide"));

    /// <summary>The list of what waits for a moderator.</summary>
    public static IResult Moderation(HubConfiguration hub) => Page("moderation.html", hub, ("Modération", "Moderation"));

    /// <summary>What stands at the hub's root: what it is, and the lines that a site pastes.</summary>
    public static IResult Root(HubConfiguration hub) => Page("index.html", hub, ("Hub social", "Social hub"), new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["what"] = ("Ce service relie les sites de la collectivité à ses réseaux sociaux : publications réunies, commentaires modérés, articles annoncés.", "This service ties the authority's websites to its social networks: posts gathered, comments moderated, articles announced."),
        ["moderation"] = ("Modération", "Moderation"),
        ["health"] = ("État du service", "Health"),
        ["embed"] = ("Sur une page du site", "On a page of the site"),
        ["paste"] = ("À coller une fois dans la page :", "Paste once into the page:"),
        ["pinned"] = ("Ou, figé sur la version d’aujourd’hui et vérifié par le navigateur :", "Or, fixed to today's version and verified by the browser:"),
    });

    private static IResult Of(WebFile? file, string cacheControl) => file is null
        ? Problems.Of(new Problem(ProblemKind.NotFound, "no-such-file", "There is no file of that name: use /widgets/v1.js and /widgets/v1.css."))
        : new FileAnswer(file, cacheControl);

    private static PageAnswer Page(string name, HubConfiguration hub, (string French, string English) title, IReadOnlyDictionary<string, (string, string)>? more = null)
    {
        var english = hub.Authority.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        string In((string French, string English) wording) => english ? wording.English : wording.French;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["lang"] = english ? "en" : "fr",
            ["title"] = In(title),
            ["authority"] = hub.Authority.Name is { Length: > 0 } authority ? authority : "SocialHub",
            ["zone"] = hub.Authority.TimeZone,
            ["hub"] = hub.Authority.PublicAddress,
            ["sites"] = new JsonObject(hub.Sites.Select(site => KeyValuePair.Create(site.Key, (JsonNode?)JsonValue.Create(site.Value.Name)))).ToJsonString(),
            ["site"] = hub.Sites.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? "site",
            ["feed"] = hub.Feeds.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? "feed",
            ["noscript"] = In(("Cette page a besoin de JavaScript.", "This page needs JavaScript.")),
        };
        foreach (var (key, wording) in more ?? new Dictionary<string, (string, string)>(StringComparer.Ordinal)) values[key] = In(wording);
        return new PageAnswer(WebFiles.Page(name, values));
    }

    private sealed class FileAnswer(WebFile file, string cacheControl) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            // Sites of any origin load it, under a cross-origin embedder policy too.
            httpContext.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return new Representation(file.Content, file.ContentType, file.Hash, cacheControl, file.Gzip, file.Brotli).ExecuteAsync(httpContext);
        }
    }

    private sealed class PageAnswer(string html) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            var headers = response.Headers;
            response.ContentType = "text/html; charset=utf-8";
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = PagePolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Robots-Tag"] = "noindex, nofollow";
            if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}
