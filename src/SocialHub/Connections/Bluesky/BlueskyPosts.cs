using System.Text;
using System.Text.Json;
using SocialHub.Connections.Web;
using SocialHub.Feeds;

namespace SocialHub.Connections.Bluesky;

/// <summary>Records of kind <c>app.bsky.feed.post</c> as posts.</summary>
internal static class BlueskyPosts
{
    /// <param name="uri">Of the record.</param>
    /// <param name="record">Its value.</param>
    /// <param name="view">What an AppView adds: pictures by address; an element without members when a PDS answers.</param>
    /// <param name="place">Where the account's blobs are.</param>
    /// <returns>Null: a reply, or no post.</returns>
    public static Post? Read(string uri, JsonElement record, JsonElement view, BlueskyPlace place)
    {
        if (AtIdentifiers.RecordKeyOf(uri) is not { } key || !record.IsObject() || record.ObjectOf("reply").IsObject())
            return null;
        var text = record.StringOf("text") ?? "";
        var (html, links, tags) = Facets(text, record);
        var embed = record.ObjectOf("embed");
        var media = embed.StringOf("$type") == "app.bsky.embed.recordWithMedia" ? embed.ObjectOf("media") : embed;
        var card = media.ObjectOf("external");
        if (FeedLinks.Resolve(card.StringOf("uri"), null)?.AbsoluteUri is { } page)
        {
            if (!links.Contains(page, StringComparer.Ordinal))
            {
                html.Append("\n\n<a href=\"").Append(FeedMarkup.Escape(page)).Append("\">").Append(FeedMarkup.Escape(card.StringOf("title") ?? page)).Append("</a>");
                links.Add(page);
            }
        }
        var markup = string.Concat(html.ToString().Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(p => $"<p>{p.Trim('\n').Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));
        var clean = FeedHtml.Read(markup, null, out _);
        return new Post(uri, $"https://bsky.app/profile/{place.Did}/post/{key}")
        {
            Html = clean.Html,
            Text = text.Length > 0 ? text : clean.Text,
            Published = FeedDates.Parse(record.StringOf("createdAt"), TimeZoneInfo.Utc),
            Language = record.ListOf("langs").Where(l => l.ValueKind == JsonValueKind.String).Select(l => l.GetString()).FirstOrDefault(AtIdentifiers.IsLanguage),
            Links = links,
            Tags = [.. tags.Concat(record.ListOf("tags").Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)).Distinct(StringComparer.OrdinalIgnoreCase).Take(20)],
            Pictures = [.. Pictures(media, view, place).Take(10)],
            IdIsGlobal = true,
        };
    }

    // Offsets are UTF-8 bytes (app.bsky.richtext.facet). The server accepts wrong ones: those that do not cut the text at characters are plain text.
    private static (StringBuilder Html, List<string> Links, List<string> Tags) Facets(string text, JsonElement record)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var (html, links, tags) = (new StringBuilder(), new List<string>(), new List<string>());
        var position = 0;
        foreach (var facet in record.ListOf("facets").OrderBy(f => f.ObjectOf("index").NumberOf("byteStart") ?? int.MaxValue))
        {
            var feature = facet.ListOf("features").FirstOrDefault();
            if (feature.StringOf("tag") is { } tag)
                tags.Add(tag);
            var (start, end) = (facet.ObjectOf("index").NumberOf("byteStart") ?? -1, facet.ObjectOf("index").NumberOf("byteEnd") ?? -1);
            var target = feature.StringOf("uri") is { } uri ? FeedLinks.Resolve(uri, null)?.AbsoluteUri : feature.StringOf("did") is { } did && AtIdentifiers.IsDid(did) ? "https://bsky.app/profile/" + did : null;
            if (target is null || start < position || end <= start || end > bytes.Length || !IsBoundary(bytes, start) || !IsBoundary(bytes, end))
                continue;
            html.Append(Escaped(position, start)).Append("<a href=\"").Append(FeedMarkup.Escape(target)).Append("\">").Append(Escaped(start, end)).Append("</a>");
            position = end;
            if (feature.StringOf("uri") is not null && !links.Contains(target, StringComparer.Ordinal))
                links.Add(target);
        }
        html.Append(Escaped(position, bytes.Length));
        return (html, links, tags);

        string Escaped(int from, int to) => FeedMarkup.Escape(Encoding.UTF8.GetString(bytes.AsSpan(from, to - from)));
    }

    private static bool IsBoundary(byte[] bytes, int at) => at == bytes.Length || (bytes[at] & 0xC0) != 0x80;

    private static IEnumerable<PostPicture> Pictures(JsonElement media, JsonElement view, BlueskyPlace place)
    {
        var shown = view.StringOf("$type")?.StartsWith("app.bsky.embed.recordWithMedia", StringComparison.Ordinal) is true ? view.ObjectOf("media") : view;
        var addresses = shown.ListOf("images").Concat(shown.ListOf("items")).Select(i => i.StringOf("fullsize")).ToList();
        var index = 0;
        foreach (var image in media.ListOf("images").Concat(media.ListOf("items")))
        {
            var size = image.ObjectOf("aspectRatio");
            if (Blob(image.ObjectOf("image"), addresses.ElementAtOrDefault(index++), place) is { } address)
                yield return new PostPicture(address, image.StringOf("alt")) { Width = size.NumberOf("width"), Height = size.NumberOf("height") };
        }
        var card = media.ObjectOf("external");
        if (Blob(card.ObjectOf("thumb"), shown.ObjectOf("external").StringOf("thumb"), place) is { } thumb)
            yield return new PostPicture(thumb, card.StringOf("title"));
    }

    private static string? Blob(JsonElement blob, string? shown, BlueskyPlace place)
    {
        if (FeedLinks.Resolve(shown, null) is { } address)
            return address.AbsoluteUri;
        return blob.ObjectOf("ref").StringOf("$link") is { Length: < 200 } cid
            ? new Uri(place.Server, $"/xrpc/com.atproto.sync.getBlob?did={Uri.EscapeDataString(place.Did)}&cid={Uri.EscapeDataString(cid)}").AbsoluteUri
            : null;
    }
}
