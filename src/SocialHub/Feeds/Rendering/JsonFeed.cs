using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SocialHub.Feeds.Rendering;

/// <summary>JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) with the extension <c>_socialhub</c> in each item.</summary>
internal static class JsonFeed
{
    public const string ContentType = "application/feed+json; charset=utf-8";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static RenderedDocument Render(FeedPage page)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", page.Snapshot.Title);
            json.WriteString("feed_url", page.Address("", page.Query));
            if (page.Next is not null)
                json.WriteString("next_url", page.Address("", page.Next));
            json.WriteString("language", page.Snapshot.Language);
            json.WriteStartArray("items");
            foreach (var item in page.Items)
                Item(json, item, page.Snapshot.PublicAddress);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return RenderedDocument.Of(bytes.ToArray(), ContentType);
    }

    private static void Item(Utf8JsonWriter json, SnapshotItem item, string hub)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Key);
        json.WriteString("url", item.Url);
        if (item.Title is not null)
            json.WriteString("title", item.Title);
        json.WriteString("content_html", item.Html);
        if (item.Text.Length > 0)
            json.WriteString("content_text", item.Text);
        if (item.Pictures.Count > 0)
            json.WriteString("image", $"{hub}/media/{item.Pictures[0].Media}");
        json.WriteString("date_published", FeedText.Rfc3339(item.Date));
        if (item.Updated is { } updated)
            json.WriteString("date_modified", FeedText.Rfc3339(updated));
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
        if (item.Language is not null)
            json.WriteString("language", item.Language);
        Extension(json, item, hub);
        json.WriteEndObject();
    }

    private static void Extension(Utf8JsonWriter json, SnapshotItem item, string hub)
    {
        json.WriteStartObject("_socialhub");
        json.WriteString("network", item.Network);
        json.WriteString("source", item.Source);
        if (item.SourceTitle is not null)
            json.WriteString("title", item.SourceTitle);
        json.WriteString("postKey", item.Key);
        json.WriteBoolean("pinned", item.Pinned);
        json.WriteStartArray("alsoOn");
        foreach (var other in item.AlsoOn)
        {
            json.WriteStartObject();
            json.WriteString("network", other.Network);
            json.WriteString("url", other.Url);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("pictures");
        foreach (var picture in item.Pictures)
        {
            json.WriteStartObject();
            json.WriteString("url", $"{hub}/media/{picture.Media}");
            json.WriteString("alt", picture.Alt);
            if (picture is { Width: { } width, Height: { } height })
            {
                json.WriteNumber("width", width);
                json.WriteNumber("height", height);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
