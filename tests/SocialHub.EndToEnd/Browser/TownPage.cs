using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SocialHub.EndToEnd.Browser;

/// <summary>A page of a town's site under the strictest policy that lets the hub in, on an origin of its own.</summary>
internal sealed class TownPage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TownPage(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>What stands in the page's main part.</summary>
    public string Content { get; set; } = "";

    public string Language { get; set; } = "fr";

    /// <summary>Of the page's text, in per cent.</summary>
    public int TextSize { get; set; } = 100;

    /// <summary>False: the page names the hub's script itself.</summary>
    public bool Script { get; set; } = true;

    /// <summary>What else stands in the page's head, before the hub's script.</summary>
    public string Head { get; set; } = "";

    /// <summary>False: no content policy catches what the hub let through.</summary>
    public bool HasPolicy { get; set; } = true;

    public static async Task<TownPage> Start(StandInHub hub)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var town = new TownPage(app);
        app.MapGet("/style.css", () => Results.Text($"html {{ color-scheme: light dark; background: Canvas; color: CanvasText; font: {town.TextSize}%/1.5 sans-serif }} body {{ margin: 1rem }}", "text/css"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/{**path}", (HttpContext context) =>
        {
            if (town.HasPolicy)
                context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src {hub.Address}; style-src 'self' {hub.Address}; connect-src {hub.Address}; img-src 'self' {hub.Address}; form-action {hub.Address}; base-uri 'none'";
            return Results.Content($"""
                <!doctype html><html lang="{town.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Page</title>
                <link rel="stylesheet" href="/style.css">{town.Head}{(town.Script ? $"<script src=\"{hub.Address}/widgets/v1.js\" defer></script>" : "")}</head>
                <body><main><h1>La piscine rouvre</h1>{town.Content}</main></body></html>
                """, "text/html; charset=utf-8");
        });
        await app.StartAsync();
        town.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return town;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
