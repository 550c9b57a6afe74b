using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Name of a comment: the key of its page (12 characters), a hyphen, 9 characters of time and 16 random ones, all base32hex.
/// It is the row key too: site and id are a point read, and a thread is one range sorted by date.
/// </summary>
public readonly record struct CommentId
{
    private const int PageLength = 12;
    private const int TimeLength = 9;
    private const int Length = PageLength + 1 + TimeLength + 16;

    private CommentId(string value) => Value = value;

    /// <summary>The text form.</summary>
    public string Value { get; }

    /// <summary>Key of the page it stands under.</summary>
    public string Page => Value[..PageLength];

    /// <summary>When it was received, to the millisecond.</summary>
    public DateTimeOffset Received => Keys.ParseTime(Value.AsSpan(PageLength + 1, TimeLength));

    /// <summary>A new name, random enough that nobody guesses or repeats it.</summary>
    public static CommentId New(string pageKey, DateTimeOffset at) => new($"{pageKey}-{Keys.Time(at)}{Keys.Random(16)}");

    /// <summary>Reads a name that the hub itself stored.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CommentId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("Not a comment id.");

    /// <summary>Reads a name that came from outside.</summary>
    public static bool TryParse(string? text, out CommentId id)
    {
        id = default;
        if (text is not { Length: Length } || text[PageLength] != '-' || !Keys.IsKey(text) || text.Contains('.', StringComparison.Ordinal))
            return false;
        for (var i = 0; i < Length; i++)
        {
            if (i != PageLength && text[i] is not ((>= '0' and <= '9') or (>= 'a' and <= 'v')))
                return false;
        }

        id = new CommentId(text);
        return true;
    }

    public override string ToString() => Value;
}
