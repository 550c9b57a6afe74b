using System.Globalization;
using Microsoft.AspNetCore.Http;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>
/// A thread as caches may keep it: a quarter of a minute, five minutes while the hub is away. The time that it already spent in this process counts
/// (<c>Age</c>, RFC 9111, 5.1), so that what was removed is gone from everywhere a quarter of a minute later.
/// </summary>
/// <param name="thread">What is shown.</param>
/// <param name="age">Since storage was asked whether it still is.</param>
internal sealed class ThreadAnswer(RenderedDocument thread, TimeSpan age) : IResult
{
    private const string CacheControl = "public, max-age=15, stale-if-error=300";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        if (age >= TimeSpan.FromSeconds(1))
            headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // Opened by itself, the HTML form is a page on the origin where the team's session lives: nothing in it may run.
        if (thread.ContentType.StartsWith("text/html", StringComparison.Ordinal))
            headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return new Representation(thread.Body, thread.ContentType, thread.Tag, CacheControl, thread.Gzip, thread.Brotli).ExecuteAsync(httpContext);
    }
}
