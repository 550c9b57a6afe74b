using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SocialHub.Connections.Web;

/// <summary>What was read, as JSON Feed 1.1: the output of <c>read-feed</c>.</summary>
public static class JsonFeedWriter
{
    /// <returns>Indented JSON with a line break at its end; the same feed gives the same text.</returns>
    public static string Write(WebFeed feed, Uri? address)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // For a terminal and for files: letters stay letters; nobody puts this into HTML.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Title ?? "");
            Optional(json, "home_page_url", feed.HomePage);
            Optional(json, "feed_url", address?.AbsoluteUri);
            Optional(json, "language", feed.Language);
            json.WriteStartArray("items");
            foreach (var post in feed.Posts)
                Item(json, post);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Item(Utf8JsonWriter json, Feeds.Post post)
    {
        json.WriteStartObject();
        json.WriteString("id", post.NativeId);
        json.WriteString("url", post.Url);
        Optional(json, "title", post.Title);
        if (post.Html.Length > 0)
            json.WriteString("content_html", post.Html);
        json.WriteString("content_text", post.Text);
        if (post.Pictures.Count > 0)
            json.WriteString("image", post.Pictures[0].Url);
        Optional(json, "date_published", Date(post.Published));
        Optional(json, "date_modified", Date(post.Updated));
        if (post.Author is { } author)
        {
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", author);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        if (post.Tags.Count > 0)
        {
            json.WriteStartArray("tags");
            foreach (var tag in post.Tags)
                json.WriteStringValue(tag);
            json.WriteEndArray();
        }
        Optional(json, "language", post.Language);
        json.WriteStartObject("_socialhub");
        json.WriteStartArray("links");
        foreach (var link in post.Links)
            json.WriteStringValue(link);
        json.WriteEndArray();
        json.WriteStartArray("pictures");
        foreach (var picture in post.Pictures)
        {
            json.WriteStartObject();
            json.WriteString("url", picture.Url);
            json.WriteString("alt", picture.Alt);
            json.WriteEndObject();
        }
        json.WriteEndArray();
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
