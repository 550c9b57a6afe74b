using System.Buffers;
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
            JsonFeedDocument.Write(json, new JsonFeedHead(feed.Title ?? "") { HomePage = feed.HomePage, Address = address?.AbsoluteUri, Language = feed.Language }, feed.Posts.Select(Item));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static JsonFeedItem Item(Feeds.Post post) => new(post.NativeId, post.Url, post.Html, post.Text)
    {
        Title = post.Title,
        Summary = post.Summary,
        Image = post.Pictures.Count > 0 ? post.Pictures[0].Url : null,
        Published = post.Published,
        Updated = post.Updated,
        Author = post.Author,
        Tags = post.Tags,
        Language = post.Language,
        Extension = json => Extension(json, post),
    };

    private static void Extension(Utf8JsonWriter json, Feeds.Post post)
    {
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
    }
}
