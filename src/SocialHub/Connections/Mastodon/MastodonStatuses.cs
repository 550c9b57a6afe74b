using System.Text.Json;
using SocialHub.Connections.Web;
using SocialHub.Feeds;

namespace SocialHub.Connections.Mastodon;

/// <summary>The entity Status (<see href="https://docs.joinmastodon.org/entities/Status/"/>) as a post.</summary>
internal static class MastodonStatuses
{
    /// <returns>Null: not public, a boost, or no status at all.</returns>
    public static Post? Read(JsonElement status, Uri server)
    {
        var address = FeedLinks.Resolve(status.StringOf("url"), null) ?? FeedLinks.Resolve(status.StringOf("uri"), null);
        if (status.StringOf("id") is not { } id || address is null || status.StringOf("visibility") is not ("public" or "unlisted") || status.ObjectOf("reblog").IsObject())
            return null;
        var body = FeedHtml.Read(status.StringOf("content") ?? "", server, out _);
        // People and hashtags are links too, and no pages that a post announces.
        var own = status.ListOf("mentions").Concat(status.ListOf("tags")).Select(m => m.StringOf("url")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var card = FeedLinks.Resolve(status.ObjectOf("card").StringOf("url"), null)?.AbsoluteUri;
        return new Post(id, address.AbsoluteUri)
        {
            Title = status.StringOf("spoiler_text") is { } warning ? FeedHtml.Line(warning, isHtml: false, 500) : null,
            Html = body.Html,
            Text = body.Text,
            Published = FeedDates.Parse(status.StringOf("created_at"), TimeZoneInfo.Utc),
            Updated = FeedDates.Parse(status.StringOf("edited_at"), TimeZoneInfo.Utc),
            Language = status.StringOf("language"),
            Links = [.. body.Links.Where(l => !own.Contains(l) && !IsOfServer(l, server)).Concat(card is null ? [] : [card]).Distinct(StringComparer.Ordinal)],
            Tags = [.. status.ListOf("tags").Select(t => t.StringOf("name")).OfType<string>().Take(20)],
            Pictures = [.. status.ListOf("media_attachments").Select(Picture).OfType<PostPicture>().Take(10)],
        };
    }

    private static bool IsOfServer(string link, Uri server) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Authority == server.Authority && (address.AbsolutePath.StartsWith("/tags/", StringComparison.Ordinal) || address.AbsolutePath.StartsWith("/@", StringComparison.Ordinal));

    // A film is shown by its still picture.
    private static PostPicture? Picture(JsonElement media)
    {
        var isImage = media.StringOf("type") is "image";
        var address = FeedLinks.Resolve(isImage ? media.StringOf("url") ?? media.StringOf("preview_url") : media.StringOf("type") is "video" or "gifv" ? media.StringOf("preview_url") : null, null);
        var size = media.ObjectOf("meta").ObjectOf(isImage ? "original" : "small");
        return address is null ? null : new PostPicture(address.AbsoluteUri, media.StringOf("description")) { Width = size.NumberOf("width"), Height = size.NumberOf("height") };
    }
}
