using System.Globalization;
using Microsoft.AspNetCore.Http;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>
/// A thread as caches may keep it: a quarter of a minute, five minutes while the hub is away. The time that it already spent in this process counts
/// (<c>Age</c>, RFC 9111, 5.1), so that what was removed is gone from everywhere a quarter of a minute later.
/// </summary>
/// <param name="thread">What is shown.</param>
/// <param name="age">Since storage was asked whether it still is.</param>
/// <param name="source">The thread itself.</param>
/// <param name="hub">The configuration that runs.</param>
internal sealed class ThreadAnswer(RenderedDocument thread, TimeSpan age, PublicThread source, HubConfiguration hub) : IResult
{
    private const string CacheControl = "public, max-age=15, stale-if-error=300";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        var isHtml = thread.ContentType.StartsWith("text/html", StringComparison.Ordinal);
        if (isHtml && PiecePage.IsOpened(httpContext.Request))
            return new PiecePage(hub, source.Title.Length > 0 ? source.Title : source.Page, thread.Body, source.Page).ExecuteAsync(httpContext);
        if (age >= TimeSpan.FromSeconds(1))
            headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // The piece of HTML stands on the origin where the team's session lives: nothing in it may run.
        if (isHtml)
            headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return new Representation(thread.Body, thread.ContentType, thread.Tag, CacheControl, thread.Gzip, thread.Brotli) { Vary = isHtml ? PiecePage.Header : null }.ExecuteAsync(httpContext);
    }
}
