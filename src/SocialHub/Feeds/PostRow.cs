using System.Text.Json;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>A picture of a post in the hub's own media.</summary>
/// <param name="Url">Where the source has it.</param>
/// <param name="Media">Its content address.</param>
/// <param name="Width">Pixels, where its header says it.</param>
/// <param name="Height">Pixels, where its header says it.</param>
internal sealed record KeptPicture(string Url, string Media, int? Width, int? Height);

/// <summary>Row <c>p.{hash}</c> of a source: one post, and which of its pictures are kept.</summary>
internal sealed class PostRow(TableEntity entity) : Row(entity)
{
    /// <summary>Columns that tell what changed, without the texts.</summary>
    public static readonly string[] Short = ["PartitionKey", "RowKey", "Hash", "FirstSeen", "Published", "Pictures", "Tries", "Alts", "NativeId"];

    // Azure Tables' limit in UTF-16 units.
    private const int LongestProperty = 32_768;

    // A kept picture repeats the address that stands among the rest, with a content address and a size: what fits with that fits in both properties.
    private const int KeptBesideAddress = 130;

    /// <summary>Hash of what the source gave.</summary>
    public string Hash => Text(nameof(Hash)) ?? "";

    public DateTimeOffset FirstSeen => Time(nameof(FirstSeen)) ?? default;

    /// <summary>As the source says; else when it was first seen.</summary>
    public DateTimeOffset Date => Time("Published") ?? FirstSeen;

    public IReadOnlyList<KeptPicture> Pictures =>
        Text(nameof(Pictures)) is { } json ? JsonSerializer.Deserialize(json, FeedsJson.Stored.KeptPictures) ?? [] : [];

    /// <summary>The source's own identity of it; empty in rows that were written before this was kept apart.</summary>
    public string NativeId => Text(nameof(NativeId)) ?? "";

    /// <summary>Reads in which some of its pictures could not be fetched.</summary>
    public int Tries => Number(nameof(Tries));

    /// <summary>Pictures without a text alternative.</summary>
    public int MissingAlts => Number("Alts");

    /// <summary>The whole post, with its pictures' content addresses.</summary>
    public Post Post
    {
        get
        {
            var kept = Pictures.DistinctBy(picture => picture.Url, StringComparer.Ordinal).ToDictionary(picture => picture.Url, StringComparer.Ordinal);
            var post = (Text("Rest") is { } json ? JsonSerializer.Deserialize(json, FeedsJson.Stored.Post) : null) ?? new Post(Key, "");
            return post with
            {
                Html = Text("Html") ?? "",
                Text = Text("Text") ?? "",
                Pictures = [.. post.Pictures.Select(picture => kept.TryGetValue(picture.Url, out var found)
                    ? picture with { Media = found.Media, Width = picture.Width ?? found.Width, Height = picture.Height ?? found.Height }
                    : picture with { Media = null })],
            };
        }
    }

    /// <summary>True when a post's properties can be stored.</summary>
    public static bool Fits(Post post) => Rest(post).Length + (post.Pictures.Count * KeptBesideAddress) <= LongestProperty;

    public static PostRow New(string source, Post post, string hash, DateTimeOffset firstSeen, IReadOnlyList<KeptPicture> pictures, int tries) =>
        new(new TableEntity(source, Keys.Post(post.NativeId))
        {
            ["Hash"] = hash,
            ["NativeId"] = post.NativeId,
            ["FirstSeen"] = firstSeen,
            ["Published"] = post.Published,
            ["Html"] = post.Html,
            ["Text"] = post.Text,
            ["Rest"] = Rest(post),
            ["Pictures"] = Kept([.. pictures]),
            ["Tries"] = tries,
            ["Alts"] = post.Pictures.Count(picture => string.IsNullOrWhiteSpace(picture.Alt)),
        });

    private static string Rest(Post post) => JsonSerializer.Serialize(post with { Html = "", Text = "" }, FeedsJson.Stored.Post);

    private static string Kept(KeptPicture[] pictures) => JsonSerializer.Serialize(pictures, FeedsJson.Stored.KeptPictures);
}
