using System.Text.Json;
using SocialHub.Connections;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>Cuts a post to what one row holds (Azure Tables: 32,768 UTF-16 units a property, 1 MB a row) and to what a feed can show.</summary>
internal static class PostLimits
{
    /// <summary>Newest posts kept of one source.</summary>
    public const int PerSource = 500;

    /// <summary>Pictures kept of one post.</summary>
    public const int Pictures = 4;

    private const int Texts = 30_000;
    private const int Address = 2_000;
    private const int Short = 500;
    private const int Alt = 2_000;
    private const int Many = 8;

    /// <summary>The post within the limits; null when it has no usable identity or address.</summary>
    public static Post? Within(Post post)
    {
        if (post.NativeId.Length is 0 or > 4_000 || !IsWebAddress(post.Url))
            return null;
        return Fitting(post with
        {
            Title = Cut(post.Title, Short),
            // Half of some markup is no markup: what is too long is shown as text.
            Html = post.Html.Length <= Texts ? post.Html : "",
            Text = Cut(post.Text, Texts) ?? "",
            Language = post.Language is { Length: <= 35 } language ? language : null,
            Author = Cut(post.Author, Short),
            Published = post.Published?.ToUniversalTime(),
            Updated = post.Updated?.ToUniversalTime(),
            Links = [.. post.Links.Where(IsWebAddress).Take(Many)],
            Tags = [.. post.Tags.Where(tag => tag.Length is > 0 and <= 100).Take(20)],
            Pictures = [.. post.Pictures.Where(picture => IsWebAddress(picture.Url)).DistinctBy(picture => picture.Url, StringComparer.Ordinal).Take(Pictures)
                .Select(picture => picture with { Alt = Cut(picture.Alt, Alt), Media = null })],
        });
    }

    // What a property takes is counted as it is written, where a sign may take six characters: one item with everything at its longest must not cost its source.
    private static Post? Fitting(Post post)
    {
        Func<Post, Post?>[] lesser =
        [
            // The first link is the page that it is about.
            p => p.Links.Count > 1 ? p with { Links = [.. p.Links.SkipLast(1)] } : null,
            p => p.Pictures.Any(picture => picture.Alt is not null) ? p with { Pictures = WithoutLastAlt(p.Pictures) } : null,
            p => p.Pictures.Count > 0 ? p with { Pictures = [.. p.Pictures.SkipLast(1)] } : null,
            p => p.Tags.Count > 0 ? p with { Tags = [] } : null,
            p => p.Links.Count > 0 ? p with { Links = [] } : null,
            p => p.Author is not null ? p with { Author = null } : null,
            p => p.Title is not null ? p with { Title = null } : null,
        ];
        while (!PostRow.Fits(post))
        {
            if (lesser.Select(less => less(post)).FirstOrDefault(less => less is not null) is not { } less)
                return null;
            post = less;
        }
        return post;
    }

    private static IReadOnlyList<PostPicture> WithoutLastAlt(IReadOnlyList<PostPicture> pictures)
    {
        var last = pictures.Select((picture, place) => (picture, place)).Last(one => one.picture.Alt is not null).place;
        return [.. pictures.Select((picture, place) => place == last ? picture with { Alt = null } : picture)];
    }

    /// <summary>Hash of what the source gave.</summary>
    public static string Hash(Post post) => Keys.Hash(JsonSerializer.SerializeToUtf8Bytes(post, FeedsJson.Stored.Post));

    private static bool IsWebAddress(string text) =>
        text.Length <= Address && Uri.TryCreate(text, UriKind.Absolute, out var address) && WebAddresses.IsWeb(address);

    private static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
