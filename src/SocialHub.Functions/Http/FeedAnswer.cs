using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Feeds;
using SocialHub.Feeds.Rendering;

namespace SocialHub.Functions.Http;

/// <summary>A feed as caches may keep it: a minute fresh, ten more while it is fetched anew, a day while the hub is away.</summary>
/// <param name="feed">What is shown.</param>
/// <param name="name">Feed id.</param>
/// <param name="hub">The configuration that runs.</param>
internal sealed class FeedAnswer(RenderedDocument feed, string name, HubConfiguration hub) : IResult
{
    private const string CacheControl = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var isHtml = feed.ContentType.StartsWith("text/html", StringComparison.Ordinal);
        if (isHtml && PiecePage.IsOpened(httpContext.Request))
            return new PiecePage(hub, hub.Feeds.GetValueOrDefault(name)?.Title is { Length: > 0 } title ? title : name, feed.Body, null, new("Publications", "Posts")).ExecuteAsync(httpContext);
        // On the hub's own origin nothing in a piece of HTML may run or load but the hub's pictures.
        httpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'";
        return new Representation(feed.Body, feed.ContentType, feed.Tag, CacheControl, feed.Gzip, feed.Brotli) { Vary = isHtml ? PiecePage.Header : null }.ExecuteAsync(httpContext);
    }

    /// <summary>A feed's name and its form: <c>accueil.rss</c> is the feed <c>accueil</c> as RSS. Names hold no dot.</summary>
    public static (string Name, FeedForm Form) Split(string segment) =>
        segment.EndsWith(".rss", StringComparison.Ordinal) ? (segment[..^4], FeedForm.Rss)
        : segment.EndsWith(".html", StringComparison.Ordinal) ? (segment[..^5], FeedForm.Html)
        : (segment, FeedForm.Json);
}
