using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace SocialHub.Standalone.Demo;

/// <summary>A stand-in for a Teams channel: takes what a Workflows webhook takes and shows the text and the links of the cards.</summary>
internal sealed class TeamsStandIn(TimeProvider time)
{
    private const int Kept = 50;
    private readonly ConcurrentQueue<(DateTimeOffset At, JsonElement Card)> _cards = new();

    /// <summary>The decision links of every card so far, oldest first.</summary>
    public IEnumerable<string> DecisionLinks => _cards.SelectMany(c => Links(c.Card)).Where(link => link.Contains("/moderation/decide#t=", StringComparison.Ordinal));

    /// <summary>Takes one message.</summary>
    /// <returns>False: it is not a message with an Adaptive Card.</returns>
    public bool Take(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("attachments", out var attachments) || attachments.ValueKind != JsonValueKind.Array) return false;
        foreach (var attachment in attachments.EnumerateArray())
        {
            if (!attachment.TryGetProperty("content", out var card) || Text(card, "type") != "AdaptiveCard") return false;
            _cards.Enqueue((time.GetUtcNow(), card.Clone()));
        }

        while (_cards.Count > Kept) _cards.TryDequeue(out _);
        return true;
    }

    /// <summary>The cards as HTML, newest first.</summary>
    public string Render()
    {
        var html = new StringBuilder();
        foreach (var (at, card) in _cards.Reverse())
        {
            html.Append("<article class=\"card\"><p class=\"from\"><strong>Hub social</strong> ").Append(DemoPages.Moment(at)).Append("</p>");
            Render(html, card, "body");
            var actions = new StringBuilder();
            Actions(actions, card);
            if (actions.Length > 0) html.Append("<p class=\"actions\">").Append(actions).Append("</p>");
            html.Append("</article>");
        }

        return html.Length > 0 ? html.ToString() : "<p>Aucune carte pour le moment : la première arrive dans quelques secondes.</p>";
    }

    private static void Render(StringBuilder html, JsonElement parent, string member)
    {
        if (!parent.TryGetProperty(member, out var elements) || elements.ValueKind != JsonValueKind.Array) return;
        var unfold = "…";
        foreach (var element in elements.EnumerateArray())
        {
            switch (Text(element, "type"))
            {
                // The button that shows what is folded up stands above it.
                case "ActionSet" when element.TryGetProperty("actions", out var toggles) && toggles.EnumerateArray().FirstOrDefault() is var toggle && Text(toggle, "type") == "Action.ToggleVisibility":
                    unfold = Text(toggle, "title");
                    break;
                case "Container" when element.TryGetProperty("isVisible", out var visible) && visible.ValueKind == JsonValueKind.False:
                    html.Append("<details><summary>").Append(Encode(unfold)).Append("</summary>");
                    Render(html, element, "items");
                    html.Append("</details>");
                    break;
                case "TextBlock":
                    var strong = Text(element, "weight") is "Bolder" or "bolder";
                    html.Append(strong ? "<p><strong>" : "<p>").Append(Encode(Text(element, "text"))).Append(strong ? "</strong></p>" : "</p>");
                    break;
                case "RichTextBlock":
                    html.Append("<p>");
                    Inlines(html, element);
                    html.Append("</p>");
                    break;
                case "FactSet" when element.TryGetProperty("facts", out var facts):
                    html.Append("<dl>");
                    foreach (var fact in facts.EnumerateArray()) html.Append("<dt>").Append(Encode(Text(fact, "title"))).Append("</dt><dd>").Append(Encode(Text(fact, "value"))).Append("</dd>");
                    html.Append("</dl>");
                    break;
                default:
                    Render(html, element, "items");
                    Render(html, element, "columns");
                    break;
            }
        }
    }

    private static void Inlines(StringBuilder html, JsonElement element)
    {
        if (!element.TryGetProperty("inlines", out var inlines)) return;
        foreach (var inline in inlines.EnumerateArray())
        {
            var marked = inline.ValueKind == JsonValueKind.Object && inline.TryGetProperty("highlight", out var highlight) && highlight.ValueKind == JsonValueKind.True;
            var text = Encode(inline.ValueKind == JsonValueKind.String ? inline.GetString()! : Text(inline, "text"));
            html.Append(marked ? $"<mark>{text}</mark>" : text);
        }
    }

    private static void Actions(StringBuilder html, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when Text(element, "type") == "Action.OpenUrl" && Uri.TryCreate(Text(element, "url"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https":
                html.Append("<a class=\"action\" target=\"_blank\" rel=\"noopener\" href=\"").Append(Encode(url.AbsoluteUri)).Append("\">").Append(Encode(Text(element, "title"))).Append("</a>");
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject()) Actions(html, member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Actions(html, item);
                break;
        }
    }

    private static IEnumerable<string> Links(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.NameEquals("url") && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Links(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Links),
        _ => [],
    };

    private static string Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
