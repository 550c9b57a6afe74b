using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Peers.Mastodon;

/// <summary>The JSON entities of the client API (entities/Status, Account, MediaAttachment, Instance of the documentation).</summary>
internal static partial class MastodonEntities
{
    public static object Account(MastodonUser user, Uri address, int statuses) => new
    {
        id = user.Id,
        username = user.Name,
        acct = user.Name,
        display_name = user.Name,
        locked = false,
        bot = false,
        discoverable = true,
        group = false,
        created_at = "2024-05-01T00:00:00.000Z",
        note = "",
        url = $"{Origin(address)}/@{user.Name}",
        uri = $"{Origin(address)}/users/{user.Name}",
        avatar = $"{Origin(address)}/avatars/original/missing.png",
        avatar_static = $"{Origin(address)}/avatars/original/missing.png",
        header = $"{Origin(address)}/headers/original/missing.png",
        header_static = $"{Origin(address)}/headers/original/missing.png",
        followers_count = 42,
        following_count = 3,
        statuses_count = statuses,
        last_status_at = (string?)null,
        emojis = Array.Empty<object>(),
        fields = Array.Empty<object>(),
    };

    public static object Status(MastodonStatus status, Uri address, int statuses) => new
    {
        id = status.Id,
        created_at = Time(status.Created),
        in_reply_to_id = status.InReplyTo,
        in_reply_to_account_id = (string?)null,
        sensitive = false,
        spoiler_text = status.SpoilerText,
        visibility = status.Visibility,
        language = status.Language,
        uri = $"{Origin(address)}/users/{status.Author.Name}/statuses/{status.Id}",
        url = $"{Origin(address)}/@{status.Author.Name}/{status.Id}",
        replies_count = 0,
        reblogs_count = 0,
        favourites_count = 0,
        quotes_count = 0,
        edited_at = (string?)null,
        content = Html(status.Text),
        reblog = (object?)null,
        account = Account(status.Author, address, statuses),
        media_attachments = status.Media.Select(m => Media(m, address, ready: true)),
        mentions = Array.Empty<object>(),
        tags = Array.Empty<object>(),
        emojis = Array.Empty<object>(),
        // The server reads the linked page after it has answered, and this one never does.
        card = (object?)null,
        poll = (object?)null,
    };

    public static object Media(MastodonMedia media, Uri address, bool ready) => new
    {
        id = media.Id,
        type = "image",
        url = ready ? $"{Origin(address)}/system/media_attachments/{media.Id}" : null,
        preview_url = $"{Origin(address)}/system/media_attachments/{media.Id}",
        remote_url = (string?)null,
        meta = new { },
        description = media.Description,
        blurhash = (string?)null,
    };

    public static object Instance(MastodonHabits habits, Uri address) => new
    {
        domain = address.Authority,
        title = "Double",
        version = "4.6.3",
        source_url = "https://github.com/mastodon/mastodon",
        description = "A double of a Mastodon instance, for tests",
        languages = (string[])["fr"],
        configuration = new
        {
            accounts = new { max_featured_tags = 10, max_pinned_statuses = 5 },
            statuses = new { max_characters = habits.MaxCharacters, max_media_attachments = habits.MaxMediaAttachments, characters_reserved_per_url = 23 },
            media_attachments = new
            {
                supported_mime_types = (string[])["image/jpeg", "image/png", "image/gif", "image/heic", "image/heif", "image/webp", "image/avif"],
                description_limit = habits.DescriptionLimit,
                image_size_limit = habits.ImageSizeLimit,
                image_matrix_limit = 33_177_600,
                video_size_limit = 103_809_024,
                video_frame_rate_limit = 120,
                video_matrix_limit = 8_294_400,
            },
            polls = new { max_options = 4, max_characters_per_option = 50, min_expiration = 300, max_expiration = 2_629_746 },
            translation = new { enabled = false },
        },
        rules = Array.Empty<object>(),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>Paragraphs, line breaks and links, with the invisible and the shortened part of a link as the server writes them.</summary>
    private static string Html(string text) =>
        string.Concat(text.Split("\n\n").Select(paragraph =>
        {
            var parts = Link().Split(paragraph).Select((part, i) => i % 2 == 0 ? WebUtility.HtmlEncode(part).Replace("\n", "<br />", StringComparison.Ordinal) : Anchor(part));
            return $"<p>{string.Concat(parts)}</p>";
        }));

    private static string Anchor(string url)
    {
        var rest = url[(url.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var shown = rest.Length > 30 ? rest[..30] : rest;
        return $"<a href=\"{WebUtility.HtmlEncode(url)}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">{url[..^rest.Length]}</span><span class=\"{(rest.Length > 30 ? "ellipsis" : "")}\">{WebUtility.HtmlEncode(shown)}</span><span class=\"invisible\">{WebUtility.HtmlEncode(rest[shown.Length..])}</span></a>";
    }

    [GeneratedRegex(@"(?<link>https?://[^\s<>""]*[^\s<>"".,;:!?)\]])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
