using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocialHub.Configuration;
using SocialHub.Functions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>A hub that answers as told: the widgets' and pages' real files over answers that a test chooses, so that every state can be looked at.</summary>
internal sealed class StandInHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<JsonNode?, IResult>> _answers = new(StringComparer.Ordinal);

    private StandInHub(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public HubConfiguration Configuration { get; set; } = new() { Authority = new() { Name = "Ville de Saint-Exemple" } };

    /// <summary>Every request that was made, as <c>POST /path {body}</c>.</summary>
    public ConcurrentQueue<(string Method, string Path, JsonNode? Body)> Received { get; } = new();

    /// <summary>True: every connection is cut.</summary>
    public bool Down { get; set; }

    public static async Task<StandInHub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var hub = new StandInHub(app);
        app.Run(hub.Answer);
        await app.StartAsync();
        hub.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return hub;
    }

    /// <summary>Answers that route from now on, for example <c>GET /api/v1/feeds/accueil</c>.</summary>
    public void On(string route, Func<JsonNode?, IResult> answer) => _answers[route] = answer;

    public void On(string route, object body, int status = 200) =>
        On(route, _ => Results.Json(body, statusCode: status, contentType: status < 400 ? "application/json" : "application/problem+json"));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var request = context.Request;
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsOptions(request.Method))
        {
            context.Response.Headers.AccessControlAllowHeaders = "content-type, idempotency-key";
            context.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
            context.Response.StatusCode = 204;
            return;
        }

        var path = request.Path.Value!;
        if (Down && path.StartsWith("/api/", StringComparison.Ordinal))
        {
            context.Abort();
            return;
        }

        JsonNode? body = null;
        if (request.HasFormContentType) body = new JsonObject((await request.ReadFormAsync()).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
        else if (request.ContentLength > 0) body = await JsonSerializer.DeserializeAsync<JsonNode>(request.Body);
        if (!path.StartsWith("/widgets/", StringComparison.Ordinal)) Received.Enqueue((request.Method, path, body));
        await Result(request.Method, path, request.QueryString.Value ?? "", body).ExecuteAsync(context);
    }

    private IResult Result(string method, string path, string query, JsonNode? body)
    {
        // An answer for one query goes before the one for any.
        if (_answers.TryGetValue($"{method} {path}{query}", out var asked)) return asked(body);
        if (_answers.TryGetValue($"{method} {path}", out var answer)) return answer(body);
        return path.Split('/') switch
        {
            ["", "widgets", var name] => WebAnswers.Stable(name),
            ["", "widgets", var hash, var name] => WebAnswers.Hashed(hash, name),
            ["", "moderation", "decide"] => WebAnswers.Decide(Configuration),
            ["", "moderation"] => WebAnswers.Moderation(Configuration),
            ["", ""] => WebAnswers.Root(Configuration),
            _ => Results.Json(new { type = "urn:socialhub:problem:no-such-thing", detail = "Rien à cette adresse." }, statusCode: 404),
        };
    }
}
