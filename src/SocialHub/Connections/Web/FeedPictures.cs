using System.Globalization;

namespace SocialHub.Connections.Web;

/// <summary>The pictures that an item names outside of its text, best first.</summary>
internal static class FeedPictures
{
    public static IEnumerable<PictureDraft> Of(FeedElement item)
    {
        var groups = item.Named("media:group").ToList();
        var contents = item.Named("media:content").Concat(groups.SelectMany(g => g.Named("media:content"))).ToList();
        // A group is one picture in several sizes.
        List<PictureDraft> found = [.. item.Named("media:content").Where(IsPicture).Concat(groups.Select(Best).OfType<FeedElement>()).Select(c => Media(c, item))];
        // A thumbnail is a smaller copy of what stands before it.
        if (found.Count == 0)
            found.AddRange(item.Named("media:thumbnail").Concat(groups.Concat(contents).SelectMany(g => g.Named("media:thumbnail"))).Where(t => t.Attribute("url") is not null).Take(1).Select(t => Media(t, item)));
        found.AddRange(item.Named("enclosure").Where(IsPicture).Select(e => new PictureDraft(e.Attribute("url")!, null)));
        found.AddRange(item.Named("atom:link", "link").Where(l => l.Attribute("rel") == "enclosure" && IsPicture(l)).Select(l => new PictureDraft(l.Attribute("href")!, l.Attribute("title"))));
        if (found.Count == 0)
            found.AddRange(item.Named("itunes:image").Select(i => i.Attribute("href") ?? i.Attribute("url") ?? i.Text).Where(a => a.Length > 0).Take(1).Select(a => new PictureDraft(a, null)));
        if (found.Count == 0)
            found.AddRange(item.Named("image").Select(i => i.TextOf("url") ?? i.Attribute("href") ?? i.Text.Trim()).Where(a => a.Length > 0).Take(1).Select(a => new PictureDraft(a, null)));
        return found;
    }

    private static FeedElement? Best(FeedElement group) =>
        group.Named("media:content").Where(IsPicture).OrderByDescending(c => c.Attribute("isdefault") == "true").ThenByDescending(c => Size(c.Attribute("width")) ?? 0).FirstOrDefault();

    private static PictureDraft Media(FeedElement media, FeedElement item) => new(
        media.Attribute("url")!,
        media.TextOf("media:description", "media:title") ?? (media.Parent is { } parent && !ReferenceEquals(parent, item) ? parent.TextOf("media:title") : null),
        Size(media.Attribute("width")),
        Size(media.Attribute("height")));

    private static bool IsPicture(FeedElement element)
    {
        var address = element.Attribute("url") ?? element.Attribute("href");
        if (string.IsNullOrWhiteSpace(address))
            return false;
        if (element.Attribute("medium") is { } medium)
            return medium == "image";
        if (element.Attribute("type") is { Length: > 0 } type && type != "application/octet-stream")
            return type.StartsWith("image/", StringComparison.OrdinalIgnoreCase);
        var path = address.AsSpan();
        var query = path.IndexOfAny('?', '#');
        path = query < 0 ? path : path[..query];
        return path.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".webp", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".avif", StringComparison.OrdinalIgnoreCase);
    }

    private static int? Size(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is > 0 and < 100_000 ? size : null;
}
