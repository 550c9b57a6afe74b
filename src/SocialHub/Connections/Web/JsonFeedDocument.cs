using System.Globalization;
using System.Text.Json;

namespace SocialHub.Connections.Web;

/// <summary>The head of a JSON Feed; what is null is left out.</summary>
internal sealed record JsonFeedHead(string Title)
{
    public string? HomePage { get; init; }

    public string? Address { get; init; }

    public string? Next { get; init; }

    public string? Language { get; init; }
}

/// <summary>One item of a JSON Feed; what is null or empty is left out.</summary>
/// <param name="Id">Unique in the feed, for ever.</param>
/// <param name="Url">Where a reader finds it.</param>
/// <param name="Html">Its content.</param>
/// <param name="Text">The same as plain text.</param>
internal sealed record JsonFeedItem(string Id, string Url, string Html, string Text)
{
    public string? Title { get; init; }

    /// <summary>A sentence or two, plain text.</summary>
    public string? Summary { get; init; }

    public string? Image { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public string? Author { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Language { get; init; }

    /// <summary>Writes the members of the extension <c>_socialhub</c>.</summary>
    public required Action<Utf8JsonWriter> Extension { get; init; }
}

/// <summary>Writes JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), the hub's own feeds and what <c>read-feed</c> saw alike.</summary>
internal static class JsonFeedDocument
{
    public static void Write(Utf8JsonWriter json, JsonFeedHead head, IEnumerable<JsonFeedItem> items)
    {
        json.WriteStartObject();
        json.WriteString("version", "https://jsonfeed.org/version/1.1");
        json.WriteString("title", head.Title);
        Optional(json, "home_page_url", head.HomePage);
        Optional(json, "feed_url", head.Address);
        Optional(json, "next_url", head.Next);
        Optional(json, "language", head.Language);
        json.WriteStartArray("items");
        foreach (var item in items)
            Item(json, item);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Item(Utf8JsonWriter json, JsonFeedItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("url", item.Url);
        Optional(json, "title", item.Title);
        // One of the two there has to be, even of a post that is nothing but a picture.
        if (item.Html.Length > 0)
            json.WriteString("content_html", item.Html);
        if (item.Text.Length > 0 || item.Html.Length == 0)
            json.WriteString("content_text", item.Text);
        Optional(json, "summary", item.Summary);
        Optional(json, "image", item.Image);
        Optional(json, "date_published", Date(item.Published));
        Optional(json, "date_modified", Date(item.Updated));
        if (item.Author is not null)
        {
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", item.Author);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (item.Tags.Count > 0)
        {
            json.WriteStartArray("tags");
            foreach (var tag in item.Tags)
                json.WriteStringValue(tag);
            json.WriteEndArray();
        }

        Optional(json, "language", item.Language);
        json.WriteStartObject("_socialhub");
        item.Extension(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static string? Date(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
