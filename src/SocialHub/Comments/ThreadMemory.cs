using Microsoft.Extensions.Caching.Memory;

namespace SocialHub.Comments;

/// <summary>
/// The public comments of threads that were read lately, one list for each page: a newer version takes the place of the one before. It never holds more
/// than its bytes; a thread larger than that is read each time.
/// </summary>
/// <param name="mostBytes">Of all lists together.</param>
internal sealed class ThreadMemory(long mostBytes) : IDisposable
{
    // What a comment takes beside its words: the record, and the headers of its strings.
    private const int BytesPerComment = 300;

    // A version never changes; the time only lets go of what nobody asks for.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _lists = new(new MemoryCacheOptions { SizeLimit = mostBytes });

    /// <summary>The comments of a page at these versions; null: it must be read.</summary>
    public IReadOnlyList<PublicComment>? Find(string site, string page, string versions) =>
        _lists.TryGetValue((site, page), out Kept? kept) && kept!.Versions == versions ? kept.Comments : null;

    /// <summary>Remembers them in the place of those of other versions.</summary>
    public void Keep(string site, string page, string versions, IReadOnlyList<PublicComment> comments)
    {
        var kept = new Kept(versions, comments);
        var size = BytesOf(comments);
        Set();
        // It makes room by itself only where it is nearly full: a large list would be refused again and again.
        for (var part = 0.5; size <= mostBytes && !_lists.TryGetValue((site, page), out _) && part <= 1; part += 0.5)
        {
            _lists.Compact(part);
            Set();
        }

        void Set() => _lists.Set((site, page), kept, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = KeptFor, Size = size });
    }

    /// <summary>About how much memory a list takes: its texts are nearly all of it.</summary>
    public static long BytesOf(IReadOnlyList<PublicComment> comments) =>
        BytesPerComment + comments.Sum(comment => BytesPerComment + (sizeof(char) * ((long)comment.Html.Length + comment.Name.Length + comment.Id.Length + (comment.Parent?.Length ?? 0))));

    public void Dispose() => _lists.Dispose();

    private sealed record Kept(string Versions, IReadOnlyList<PublicComment> Comments);
}
