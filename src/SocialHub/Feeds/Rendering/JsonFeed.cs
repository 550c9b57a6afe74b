using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SocialHub.Connections.Web;

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
            var head = new JsonFeedHead(page.Snapshot.Title)
            {
                Address = page.Address("", page.Query),
                Next = page.Next is null ? null : page.Address("", page.Next),
                Language = page.Snapshot.Language,
            };
            JsonFeedDocument.Write(json, head, page.Items.Select(item => Item(item, page.Snapshot.PublicAddress)));
        }

        return RenderedDocument.Of(bytes.ToArray(), ContentType);
    }

    private static JsonFeedItem Item(SnapshotItem item, string hub) => new(item.Key, item.Url, item.Html, item.Text)
    {
        Title = item.Title,
        Image = item.Pictures.Count > 0 ? $"{hub}/media/{item.Pictures[0].Media}" : null,
        Published = item.Date,
        Updated = item.Updated,
        Author = item.Author,
        Tags = item.Tags,
        Language = item.Language,
        Extension = json => Extension(json, item, hub),
    };

    private static void Extension(Utf8JsonWriter json, SnapshotItem item, string hub)
    {
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
    }
}
