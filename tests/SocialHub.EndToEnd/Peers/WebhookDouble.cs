using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SocialHub.EndToEnd.Peers;

/// <summary>Stands in for the Logic App or the Teams workflow that receives cards: each POST is kept, and the next answers can be refusals.</summary>
public sealed class WebhookDouble : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentQueue<string> _received = new();
    private readonly ConcurrentQueue<int> _refusals = new();
    private LocalServer? _server;

    private WebhookDouble()
    {
    }

    /// <summary>Where cards are posted to; its query holds a secret, as a workflow's address does.</summary>
    public Uri Address => new(_server!.Address, "/workflows/cards?sig=canary-webhook-signature");

    /// <summary>JSON bodies that were accepted, in order, their letters unescaped.</summary>
    public IReadOnlyList<string> Received => [.. _received];

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Every answer is this refusal until it is null again.</summary>
    public int? Down { get; set; }

    public static async Task<WebhookDouble> StartAsync()
    {
        var webhook = new WebhookDouble();
        webhook._server = await LocalServer.StartAsync(application => application.Run(webhook.AnswerAsync));
        return webhook;
    }

    /// <summary>The next requests are answered so (429 with <c>Retry-After: 1</c>), one each.</summary>
    public void RefuseNext(params int[] statuses)
    {
        foreach (var status in statuses)
            _refusals.Enqueue(status);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if (Delay > TimeSpan.Zero)
            await Task.Delay(Delay, context.RequestAborted);
        if ((Down ?? (_refusals.TryDequeue(out var refusal) ? refusal : null)) is { } status)
        {
            context.Response.StatusCode = status;
            if (status == 429)
                context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            return;
        }
        _received.Enqueue(JsonSerializer.Serialize(body, Readable));
        context.Response.StatusCode = 202;
    }
}
