using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>Names one post across all feeds: <c>{source}.{hash of its native id}</c>. Both halves are keys of table Posts, so a post is found by point read.</summary>
/// <param name="Source">Source id.</param>
/// <param name="Row">Its row key.</param>
public readonly record struct PostKey(string Source, string Row)
{
    private const string Prefix = "p.";

    public static PostKey Of(string source, Post post) => new(source, Keys.Post(post.NativeId));

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else, whoever sends it.</summary>
    public static bool TryParse(string text, out PostKey key)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var isKey = dot is > 0 and <= 40 && text.Length <= 100 && Keys.IsKey(text) && text.IndexOf('.', dot + 1) < 0 && dot < text.Length - 1;
        key = isKey ? new(text[..dot], Prefix + text[(dot + 1)..]) : default;
        return isKey;
    }

    public override string ToString() => $"{Source}.{Row[Prefix.Length..]}";
}
