using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SocialHub.EndToEnd.Peers.Sites;

/// <summary>A website of the authority: pages and feeds that a test controls, and a count of what was asked.</summary>
public sealed class SmallSite : IAsyncDisposable
{
    /// <summary>The element by which a page opens itself to comments.</summary>
    public const string CommentElement = "<comment-thread></comment-thread>";

    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();
    private LocalServer? _server;

    private SmallSite()
    {
    }

    public Uri Address => _server!.Address;

    /// <summary>How others reach it: a proxy in front of it, if there is one. Addresses of pages and links in feeds are under it.</summary>
    public Uri PublicAddress { get => field ?? Address; set; }

    /// <summary>Method and path of every request, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <param name="port">0: a free one.</param>
    public static async Task<SmallSite> StartAsync(int port = 0)
    {
        var site = new SmallSite();
        site._server = await LocalServer.StartAsync(application => application.Run(site.AnswerAsync), port);
        return site;
    }

    /// <summary>The full address of a path, as a citizen's browser shows it.</summary>
    public string AddressOf(string path) => new Uri(PublicAddress, path).ToString();

    /// <summary>A page that is open to comments.</summary>
    public string Open(string path, string title) => Page(path, title, CommentElement);

    /// <summary>A page without our element.</summary>
    public string Page(string path, string title, string body = "<p>Texte</p>", string head = "") =>
        Answer(path, 200, "text/html; charset=utf-8", $"<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title>{head}</head><body><main><h1>{WebUtility.HtmlEncode(title)}</h1>{body}</main></body></html>");

    /// <summary>404, 410, 403 or 500 for a path.</summary>
    public string Refuse(string path, int status) => Answer(path, status, "text/plain", "");

    public string Redirect(string path, string to, int status = 301) => Set(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    });

    /// <summary>A page that accepts the connection and does not answer for <paramref name="wait"/>.</summary>
    public string Slow(string path, TimeSpan wait) => Set(path, async context =>
    {
        await Task.Delay(wait, context.RequestAborted);
        await context.Response.WriteAsync("late");
    });

    public string Picture(string path, byte[] bytes, string contentType = "image/png") => Set(path, context =>
    {
        context.Response.ContentType = contentType;
        return context.Response.Body.WriteAsync(bytes).AsTask();
    });

    /// <summary>An RSS feed whose items the test adds to; it honours <c>If-None-Match</c>.</summary>
    public SiteFeed Feed(string path, string title)
    {
        var feed = new SiteFeed(this, path, title);
        Set(path, async context =>
        {
            var (bytes, tag) = feed.Render();
            context.Response.Headers.ETag = tag;
            context.Response.ContentType = "application/rss+xml; charset=utf-8";
            if (context.Request.Headers.IfNoneMatch == tag)
                context.Response.StatusCode = 304;
            else
                await context.Response.Body.WriteAsync(bytes);
        });
        return feed;
    }

    public string Answer(string path, int status, string contentType, string body) => Set(path, async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    });

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Any answer at all; returns the page's full address.</summary>
    public string Set(string path, Func<HttpContext, Task> answer)
    {
        _pages[path] = answer;
        return AddressOf(path);
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value + context.Request.QueryString;
        _asked.Enqueue($"{context.Request.Method} {path}");
        // The hub adds parameters of its own to links; a page answers with or without them.
        if (_pages.TryGetValue(path, out var answer) || _pages.TryGetValue(context.Request.Path.Value ?? "", out answer))
            return answer(context);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
