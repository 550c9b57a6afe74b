using System.Net;
using System.Text.Json;
using SocialHub.Web;

namespace SocialHub.Standalone.Demo;

/// <summary>
/// The demo town's website with its feed, and beside it what only a demo has: the Teams stand-in and the page of announcements.
/// It uses the hub as any site would: one script tag and elements, from an origin of its own, under a strict content policy.
/// </summary>
internal sealed class DemoSite : IAsyncDisposable
{
    private static readonly TimeSpan NewArticleAfter = TimeSpan.FromMinutes(1);
    private const int LargestMessage = 64 * 1024;
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _opened;
    private DateTimeOffset? _firstLook;
    private int _sent;

    private DemoSite(WebApplication app, TimeProvider time, TeamsStandIn teams)
    {
        _app = app;
        _time = time;
        _opened = time.GetUtcNow();
        Teams = teams;
    }

    /// <summary>Scheme, host and port of the site.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>The hub's address, once it is known.</summary>
    public string Hub { get; set; } = "";

    public TeamsStandIn Teams { get; }

    /// <summary>Where announcements are really posted; null: nothing is sent.</summary>
    public DemoPds? Bluesky { get; set; }

    /// <summary>Requests other than reads that came to the stand-in of a network: what left the hub.</summary>
    public int Sent => _sent;

    /// <summary>Fetches what the hub would post, as JSON of its public interface; null until the hub runs.</summary>
    public Func<CancellationToken, Task<JsonElement?>>? Publications { get; set; }

    /// <summary>Today's articles with the moment each appeared, newest first. The next one appears a minute after the hub first looked.</summary>
    public IReadOnlyList<(DemoArticle Article, DateTimeOffset Published)> Articles
    {
        get
        {
            var first = DemoArticle.First.Select(article => (article, _opened - article.Age));
            return _firstLook + NewArticleAfter is { } appears && appears <= _time.GetUtcNow() ? [(DemoArticle.Next, appears), .. first] : [.. first];
        }
    }

    /// <param name="port">0: any free one.</param>
    public static async Task<DemoSite> StartAsync(int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "Saint-Exemple" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestMessage;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var site = new DemoSite(app, time, new TeamsStandIn(time));
        app.Use(site.CountAsync);
        app.UseRouting();
        site.Map();
        await app.StartAsync(cancellationToken);
        site.Origin = app.Urls.First();
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            Interlocked.Increment(ref _sent);
        return next(context);
    }

    private void Map()
    {
        _app.MapGet("/", Html(_ => DemoPages.Home(this)));
        _app.MapGet("/actualites/{slug}", Html(context => DemoPages.Article(this, (string)context.GetRouteValue("slug")!)));
        _app.MapGet("/teams", Html(_ => DemoPages.Team(this)));
        _app.MapGet("/teams/cartes", Fragment(_ => Task.FromResult(Teams.Render())));
        _app.MapPost("/teams/webhook", TakeCardAsync);
        _app.MapGet("/annonces", Html(async context => DemoPages.Announcements(this, await ListAsync(context))));
        _app.MapGet("/annonces/liste", Fragment(ListAsync));
        _app.MapGet("/flux.xml", FeedAsync);
        _app.MapGet("/images/{slug}.png", context => SendAsync(context, DemoPicture.Draw((string)context.GetRouteValue("slug")!), "image/png"));
        // Where a post of the stand-in leads.
        _app.MapGet("/@" + MastodonStandIn.Name + "/{id}", Html(_ => DemoPages.Home(this)));
        MastodonStandIn.Map(_app, this, _opened);
        foreach (var name in (string[])["demo/site.css", "demo/site.js"])
        {
            var file = WebFiles.Find(name)!;
            _app.MapGet("/" + file.Name, context => SendAsync(context, file.Content, file.ContentType));
        }
    }

    private async Task FeedAsync(HttpContext context)
    {
        // The hub names itself; a person who looks at the feed starts nothing.
        if (context.Request.Headers.UserAgent.ToString().Contains("SocialHub", StringComparison.OrdinalIgnoreCase)) _firstLook ??= _time.GetUtcNow();
        context.Response.ContentType = "application/rss+xml; charset=utf-8";
        await context.Response.WriteAsync(DemoPages.Feed(this), context.RequestAborted);
    }

    private async Task TakeCardAsync(HttpContext context)
    {
        try
        {
            using var message = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            context.Response.StatusCode = Teams.Take(message.RootElement) ? StatusCodes.Status202Accepted : StatusCodes.Status400BadRequest;
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private async Task<string> ListAsync(HttpContext context) => DemoPages.Publications(this, Publications is null ? null : await Publications(context.RequestAborted));

    private RequestDelegate Html(Func<HttpContext, string?> page) => Html(context => Task.FromResult(page(context)));

    private RequestDelegate Html(Func<HttpContext, Task<string?>> page) => async context =>
    {
        var html = await page(context);
        context.Response.StatusCode = html is null ? 404 : 200;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' {Hub}; style-src 'self' {Hub}; img-src 'self' {Hub}; connect-src 'self' {Hub}; form-action 'self' {Hub}; base-uri 'none'; frame-ancestors 'none'";
        await context.Response.WriteAsync(html ?? DemoPages.NotFound(this), context.RequestAborted);
    };

    private static RequestDelegate Fragment(Func<HttpContext, Task<string>> fragment) => async context =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(await fragment(context), context.RequestAborted);
    };

    private static async Task SendAsync(HttpContext context, byte[]? bytes, string contentType)
    {
        if (bytes is null)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
