using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Connections;

namespace SocialHub.Publishing;

/// <summary>Cards to the team's channel about publications: what waits for an approval, what nobody knows the outcome of. Adaptive Card 1.4 in the envelope of a Teams Workflows webhook.</summary>
internal sealed partial class PublicationCards(HubHttp http, Secrets secrets, PublicationRemarks remarks, ILogger<PublicationCards> logger)
{
    private const int MostListed = 10;
    private const int MostWarnings = 3;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Asks for the approval of what one look found.</summary>
    /// <returns>False when a webhook did not take it, or none has an address: it is tried again.</returns>
    public async Task<bool> AskAsync(HubConfiguration hub, IReadOnlyList<PublicationRow> waiting, CancellationToken cancellationToken)
    {
        var english = hub.Authority.Language == "en";
        var articles = waiting.Select(What).Distinct(StringComparer.Ordinal).Count();
        var title = (english, articles > 1) switch
        {
            (true, true) => string.Create(CultureInfo.InvariantCulture, $"{articles} articles wait for your approval"),
            (true, false) => "1 article waits for your approval",
            (false, true) => string.Create(CultureInfo.InvariantCulture, $"{articles} articles à annoncer attendent votre accord"),
            (false, false) => "1 article à annoncer attend votre accord",
        };
        var until = waiting.Min(p => p.PublishBy);
        var text = english
            ? $"Without an answer, nothing is announced. The first of them expires at {Local(hub, until)}."
            : $"Sans réponse, rien n’est annoncé. Le premier expire le {Local(hub, until)}.";
        var warnings = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var shown in waiting.GroupBy(What, StringComparer.Ordinal).Take(MostListed).Select(group => group.First()))
        {
            if (await remarks.OfAsync(shown.Title, shown.Body, shown.Pictures.Count > 0 ? shown.Pictures.Select(picture => picture.Alt) : shown.WithoutPicture ? [] : [shown.Alt], hub, cancellationToken) is { } reasons)
                warnings[shown.Id] = reasons;
        }

        return await SendAsync(hub, title, text, waiting, cancellationToken, warnings);
    }

    /// <summary>Asks what became of a publication whose outcome is unknown; one whose time is over cannot be sent again.</summary>
    public Task<bool> UncertainAsync(HubConfiguration hub, PublicationRow publication, bool isLate, CancellationToken cancellationToken) => hub.Authority.Language == "en"
        ? SendAsync(hub, "Was this posted?", $"The network did not answer. Look at the account, then say {(isLate ? "\"it is there\" or \"it is not there\"" : "\"it is there\", \"it is not there\" or \"send again\"")}; the hub sends nothing by itself.", [publication], cancellationToken)
        : SendAsync(hub, "Cette publication est-elle parue ?", $"Le réseau n’a pas répondu. Regardez le compte, puis dites {(isLate ? "« elle y est » ou « elle n’y est pas »" : "« elle y est », « elle n’y est pas » ou « renvoyer »")} ; le hub n’envoie rien de lui-même.", [publication], cancellationToken);

    /// <summary>The body that a webhook is sent.</summary>
    public static byte[] Render(HubConfiguration hub, string title, string text, IReadOnlyList<PublicationRow> publications, IReadOnlyDictionary<string, IReadOnlyList<string>>? warnings = null)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", "message");
            json.WriteStartArray("attachments");
            json.WriteStartObject();
            json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
            json.WriteNull("contentUrl");
            json.WriteStartObject("content");
            json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
            json.WriteString("type", "AdaptiveCard");
            json.WriteString("version", "1.4");
            json.WriteStartArray("body");
            Block(json, title, isTitle: true);
            Block(json, text, isTitle: false);
            foreach (var group in publications.GroupBy(What, StringComparer.Ordinal).Take(MostListed))
            {
                Block(json, $"{Plain(Cut(group.First().Title is { Length: > 0 } named ? named : group.First().Body, 200))} ({string.Join(", ", group.Select(p => p.Account).Order(StringComparer.Ordinal))})", isTitle: false);
                foreach (var warning in (warnings?.GetValueOrDefault(group.First().Id) ?? []).Take(MostWarnings))
                    Block(json, "⚠ " + Plain(warning), isTitle: false);
            }

            json.WriteEndArray();
            json.WriteStartArray("actions");
            json.WriteStartObject();
            json.WriteString("type", "Action.OpenUrl");
            json.WriteString("title", hub.Authority.Language == "en" ? "Open the hub" : "Ouvrir le hub");
            json.WriteString("url", hub.Authority.PublicAddress + "/moderation#publications");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private async Task<bool> SendAsync(HubConfiguration hub, string title, string text, IReadOnlyList<PublicationRow> publications, CancellationToken cancellationToken, IReadOnlyDictionary<string, IReadOnlyList<string>>? warnings = null)
    {
        var body = Render(hub, title, text, publications, warnings);
        var taken = true;
        var addresses = 0;
        foreach (var name in hub.Moderation.Webhooks)
        {
            if (secrets.Address(name) is not { } webhook)
            {
                Log.NoWebhook(logger, name);
                continue;
            }

            addresses++;
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var answer = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken);
            if (answer.Succeeded)
                continue;
            taken = false;
            Log.NotTaken(logger, name, answer.Status);
        }

        // Where no webhook is named the page is the channel; where none that is named has an address, nobody was told.
        return taken && (addresses > 0 || hub.Moderation.Webhooks.Count == 0);
    }

    // What is announced on several accounts is one thing.
    private static string What(PublicationRow publication) => publication.Article ?? publication.Page ?? publication.Id;

    private static void Block(Utf8JsonWriter json, string text, bool isTitle)
    {
        json.WriteStartObject();
        json.WriteString("type", "TextBlock");
        json.WriteString("text", text);
        json.WriteBoolean("wrap", true);
        if (isTitle)
        {
            json.WriteString("weight", "Bolder");
            json.WriteString("size", "Medium");
        }

        json.WriteEndObject();
    }

    // A card's text is Markdown: a title is not.
    private static string Plain(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(c => c is '*' or '_' or '[' or ']' or '\\' or '`' or '#' or '~' ? $"\\{c}" : c.ToString()));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";

    private static string Local(HubConfiguration hub, DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(hub.Authority.TimeZone)).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook setting {Name} holds no address; its card is not sent.")]
        public static partial void NoWebhook(ILogger logger, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Name} did not take a card about publications (status {Status}); it is tried again.")]
        public static partial void NotTaken(ILogger logger, string name, int status);
    }
}
