using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialHub.Moderation.Cards;

/// <summary>The elements of Adaptive Cards 1.4 that the hub uses (https://adaptivecards.io/explorer), and the message that a Teams Workflows webhook takes.</summary>
internal static class CardParts
{
    public const string Version = "1.4";

    // Letters as they are: \u escapes would make a French card a third larger and an emoji three times.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Block(string text, string? weight = null, string? size = null, bool subtle = false, string? colour = null, bool separator = false)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true };
        if (weight is not null) block["weight"] = weight;
        if (size is not null) block["size"] = size;
        if (subtle) block["isSubtle"] = true;
        if (colour is not null) block["color"] = colour;
        if (separator) block["separator"] = true;
        return block;
    }

    public static JsonObject Run(string text, bool highlight, string? weight = null)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (weight is not null) run["weight"] = weight;
        if (highlight) run["highlight"] = true;
        return run;
    }

    public static JsonObject Open(string title, string url, string? style = null)
    {
        var action = new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = url };
        if (style is not null) action["style"] = style;
        return action;
    }

    public static JsonObject Card(string language, string fallback, JsonArray body, JsonArray actions) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = Version,
        ["lang"] = language,
        ["fallbackText"] = fallback,
        ["body"] = body,
        ["actions"] = actions,
        ["msteams"] = new JsonObject { ["width"] = "Full" },
    };

    /// <summary>The bytes to POST.</summary>
    public static byte[] Message(JsonObject card)
    {
        var message = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = card,
            }),
        };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            message.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
