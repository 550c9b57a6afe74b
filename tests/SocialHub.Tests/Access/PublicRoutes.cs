namespace SocialHub.Tests.Access;

/// <summary>What anyone may call, as in the design's list of routes: nothing else answers without credentials.</summary>
internal static class PublicRoutes
{
    /// <summary>Methods and route as in the code.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "POST api/v1/sites/{site}/comments",
        "GET api/v1/sites/{site}/comments", "HEAD api/v1/sites/{site}/comments",
        "GET api/v1/sites/{site}/comments.html", "HEAD api/v1/sites/{site}/comments.html",
        "GET api/v1/sites/{site}/comments.rss", "HEAD api/v1/sites/{site}/comments.rss",
        "GET api/v1/sites/{site}/comment-counts", "HEAD api/v1/sites/{site}/comment-counts",
        "GET api/v1/sites/{site}/comments/{id}", "HEAD api/v1/sites/{site}/comments/{id}",
        "POST api/v1/sites/{site}/comments/{id}/view",
        "POST api/v1/sites/{site}/comments/{id}/reports",
        "GET moderation/decide", "HEAD moderation/decide",
        "POST moderation/decide/view", "POST moderation/decide",
        "GET api/v1/feeds/{feed}", "HEAD api/v1/feeds/{feed}",
        "GET media/{hash}", "HEAD media/{hash}",
        "GET api/v1/sites/{site}/author.html", "HEAD api/v1/sites/{site}/author.html",
        "GET api/v1/sites/{site}/unsubscribe/{recipient}", "HEAD api/v1/sites/{site}/unsubscribe/{recipient}", "POST api/v1/sites/{site}/unsubscribe/{recipient}",
        "GET api/v1/sites/{site}/objection/{link}", "HEAD api/v1/sites/{site}/objection/{link}", "POST api/v1/sites/{site}/objection/{link}",
        "GET api/v1/charter", "HEAD api/v1/charter",
        "GET api/v1/charter.html", "HEAD api/v1/charter.html",
        "GET api/v1/transparency", "HEAD api/v1/transparency",
        "GET api/v1/transparency.csv", "HEAD api/v1/transparency.csv",
        "GET api/v1/transparency.html", "HEAD api/v1/transparency.html",
        "GET api/v1/health", "HEAD api/v1/health",
        "POST api/v1/session", "DELETE api/v1/session",
        "GET hub.schema.json", "HEAD hub.schema.json", "GET openapi.json", "HEAD openapi.json",
        "GET {ignored:maxlength(0)?}", "HEAD {ignored:maxlength(0)?}",
        "GET moderation", "HEAD moderation",
        "GET widgets/{name}", "HEAD widgets/{name}",
        "GET widgets/{hash}/{name}", "HEAD widgets/{hash}/{name}",
    };

    /// <summary>What answers even when no configuration runs; everything else is 503 then.</summary>
    public static IReadOnlySet<string> WithoutConfiguration { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "GET api/v1/health", "HEAD api/v1/health", "PUT api/v1/operations/configuration",
        // Pictures are found by the hash of their content alone.
        "GET media/{hash}", "HEAD media/{hash}",
        // Files of the hub itself, the way in for an administrator, and the tick, which only re-makes hints.
        "GET hub.schema.json", "HEAD hub.schema.json", "GET openapi.json", "HEAD openapi.json",
        "GET widgets/{name}", "HEAD widgets/{name}", "GET widgets/{hash}/{name}", "HEAD widgets/{hash}/{name}",
        "GET api/v1/session", "POST api/v1/session", "DELETE api/v1/session", "POST api/v1/operations/tick",
    };

    /// <summary>What the lowest role may: see the calendar and propose a text; everything else is 403 for it.</summary>
    public static IReadOnlySet<string> OfContributors { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "GET api/v1/session", "GET api/v1/publications", "GET api/v1/publications/{id}", "GET api/v1/publications/{id}/picture", "POST api/v1/publications",
    };

    /// <summary>What an author may call with the author key alone: 401 without, though not by the authoriser's word. Forms by POST included.</summary>
    public static IReadOnlySet<string> OfAuthors { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "PUT api/v1/sites/{site}/comments/{id}", "DELETE api/v1/sites/{site}/comments/{id}",
        "POST api/v1/sites/{site}/comments/{id}/edit", "POST api/v1/sites/{site}/comments/{id}/keep", "POST api/v1/sites/{site}/comments/{id}/withdraw",
        "POST api/v1/sites/{site}/comments/{id}/objections",
        "GET api/v1/sites/{site}/author", "DELETE api/v1/sites/{site}/author",
        "POST api/v1/sites/{site}/author/export", "POST api/v1/sites/{site}/author/erase",
    };
}
