using System.Text.Json;
using Azure;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Functions.Comments;

/// <summary>One form of one page of a thread, as it was asked for: a hit need not even canonicalise the page.</summary>
/// <param name="Site">Site id.</param>
/// <param name="Page">Address of the page, not yet canonical.</param>
/// <param name="Form"><c>json</c>, <c>html</c> or <c>rss</c>.</param>
/// <param name="NewestFirst">The order of the comments on the page itself.</param>
/// <param name="After">Where the page before ended; null: from the start.</param>
/// <param name="Language">Of the words that go along with JSON, <c>fr</c> or <c>en</c>; null: none.</param>
internal readonly record struct ThreadRequest(string Site, string Page, string Form, bool NewestFirst, string? After, string? Language = null);

/// <summary>
/// Threads as bytes. What storage confirmed less than <see cref="HubTimes.Memory"/> ago is answered without asking it; then one request asks for all,
/// and bytes are made again only when the thread or hub.json is another. While storage is away visitors see what they saw before.
/// </summary>
public sealed partial class ThreadAnswers(CommentReading reading, TimeProvider time, IOptions<HubOptions> options, ILogger<ThreadAnswers> logger) : IDisposable
{
    // Some thousand threads. When whoever invents addresses fills it, the oldest go.
    private const long MostBytes = 48 * 1024 * 1024;
    private const long SlotBytes = 1024;

    // An answer that is larger (one comment with more than a thousand long answers) would push all others out: such are kept apart, by number.
    private const long LargeBytes = MostBytes / 4;
    private const int MostLarge = 2;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    // So that many visitors do not ask a storage that is away once each.
    private static readonly TimeSpan FailureStands = TimeSpan.FromSeconds(1);

    // One that finds no room makes some, and finds it the next time: a quarter is room for any of them.
    private readonly MemoryCache _slots = new(new MemoryCacheOptions { SizeLimit = MostBytes, CompactionPercentage = 0.25 });
    private readonly MemoryCache _large = new(new MemoryCacheOptions { SizeLimit = MostLarge, CompactionPercentage = 0.5 });

    /// <summary>The thread of a page in one form.</summary>
    /// <param name="asked">What a visitor asked for, within its limits.</param>
    /// <param name="page">The canonical address behind it.</param>
    /// <param name="hub">The configuration that runs.</param>
    /// <param name="cancellationToken">Ends this visitor's wait; others wait for the same reading.</param>
    internal async Task<ThreadAnswer> ReadAsync(ThreadRequest asked, string page, HubConfiguration hub, CancellationToken cancellationToken)
    {
        asked = Meant(asked);
        var slot = Find(asked);
        if (slot is null && asked.After is not null)
            return await FromThereAsync(asked, page, hub, cancellationToken);
        if (slot is null)
            Keep(asked, slot = new Slot());
        Task<Shown> shown;
        lock (slot)
        {
            if (slot.Reading is null || (slot.Reading.IsCompleted && (!ReferenceEquals(slot.Last?.Hub, hub) || time.GetElapsedTime(slot.ReadAt) >= (slot.Reading.IsFaulted ? FailureStands : options.Value.Times.Memory))))
            {
                var before = slot.Last;
                slot.ReadAt = time.GetTimestamp();
                slot.Reading = Task.Run(() => RefreshAsync(asked, page, hub, before, slot), CancellationToken.None);
            }
            shown = slot.Reading;
        }
        try
        {
            return Answer(await shown.WaitAsync(cancellationToken), Age(slot));
        }
        catch (Exception e) when (slot.Last is not null && !cancellationToken.IsCancellationRequested && (e is RequestFailedException || StorageFailures.Is(e)))
        {
            Log.NotRead(logger, e, asked.Site);
            return Answer(slot.Last!, Age(slot));
        }
    }

    /// <summary>The thread of a page when it is still in memory; null: it must be read.</summary>
    internal ThreadAnswer? Known(ThreadRequest asked, HubConfiguration hub) =>
        Find(Meant(asked)) is { Last: { } last } slot && ReferenceEquals(last.Hub, hub) && Age(slot) is var age && age < options.Value.Times.Memory
            ? Answer(last, age)
            : null;

    public void Dispose()
    {
        _slots.Dispose();
        _large.Dispose();
    }

    private static ThreadAnswer Answer(Shown shown, TimeSpan age) => new(shown.Document, age, shown.Thread, shown.Hub);

    // A feed of the newest has one order and one page, whatever else was asked.
    private static ThreadRequest Meant(ThreadRequest asked) => asked.Form == "rss" ? asked with { NewestFirst = false, After = null } : asked;

    private TimeSpan Age(Slot slot) => time.GetElapsedTime(Volatile.Read(ref slot.ConfirmedAt));

    // Any comment's name begins a page, and there are thousands: only where a page begins now is it kept and compressed.
    private async Task<ThreadAnswer> FromThereAsync(ThreadRequest asked, string page, HubConfiguration hub, CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        var thread = await reading.ThreadAsync(asked.Site, page, cancellationToken);
        if (!CommentReading.IsStep(thread, asked.NewestFirst, asked.After))
            return Answer(new Shown(hub, Face(thread), Write(asked, thread, hub)), time.GetElapsedTime(readAt));
        var shown = new Shown(hub, Face(thread), Coded(asked, thread, hub));
        Keep(asked, new Slot { Last = shown, Reading = Task.FromResult(shown), ReadAt = readAt, ConfirmedAt = readAt });
        return Answer(shown, time.GetElapsedTime(readAt));
    }

    private async Task<Shown> RefreshAsync(ThreadRequest asked, string page, HubConfiguration hub, Shown? before, Slot slot)
    {
        var thread = await reading.ThreadAsync(asked.Site, page, CancellationToken.None);
        var isSame = before is not null && ReferenceEquals(before.Hub, hub) && before.Thread == Face(thread);
        var shown = isSame ? before! : new Shown(hub, Face(thread), Coded(asked, thread, hub));
        slot.Last = shown;
        Volatile.Write(ref slot.ConfirmedAt, slot.ReadAt);
        if (!CommentReading.IsStep(thread, asked.NewestFirst, asked.After))
            Forget(asked);
        else if (!isSame)
            Keep(asked, slot);
        return shown;
    }

    // The version stands for the comments; their list is the room's to keep or to let go.
    private static PublicThread Face(PublicThread thread) => thread with { Comments = [] };

    private Slot? Find(ThreadRequest asked) => _slots.TryGetValue(asked, out Slot? slot) || _large.TryGetValue(asked, out slot) ? slot : null;

    private void Keep(ThreadRequest asked, Slot slot)
    {
        var size = SlotBytes + (slot.Last?.Document.Size ?? 0);
        var (there, other, counted) = size > LargeBytes ? (_large, _slots, 1) : (_slots, _large, size);
        other.Remove(asked);
        there.Set(asked, slot, new MemoryCacheEntryOptions { SlidingExpiration = KeptFor, Size = counted });
    }

    private void Forget(ThreadRequest asked)
    {
        _slots.Remove(asked);
        _large.Remove(asked);
    }

    // What is large takes longer to compress than to send.
    private static RenderedDocument Coded(ThreadRequest asked, PublicThread thread, HubConfiguration hub)
    {
        var document = Write(asked, thread, hub);
        return (thread.Comments.Count > 0 || asked.Language is not null) && document.Size <= LargeBytes ? document.Compressed() : document;
    }

    private static RenderedDocument Write(ThreadRequest asked, PublicThread thread, HubConfiguration hub) =>
        asked.Form switch
        {
            "rss" => RenderedDocument.Of(ThreadRss.Write(thread, hub), "application/rss+xml; charset=utf-8"),
            "html" => RenderedDocument.Of(ThreadHtml.Write(CommentReading.Page(thread, asked.NewestFirst, asked.After), hub, asked.Site, asked.NewestFirst ? "newest" : "oldest"), "text/html; charset=utf-8"),
            _ => RenderedDocument.Of(JsonSerializer.SerializeToUtf8Bytes(ThreadBody.Of(CommentReading.Page(thread, asked.NewestFirst, asked.After), hub, asked.Language), CommentWire.Default.ThreadBody), "application/json; charset=utf-8"),
        };

    /// <summary>What visitors see, and of which thread: without its comments, which are in the bytes.</summary>
    private sealed record Shown(HubConfiguration Hub, PublicThread Thread, RenderedDocument Document);

    private sealed class Slot
    {
        public volatile Shown? Last;
        public Task<Shown>? Reading;
        public long ReadAt;
        public long ConfirmedAt;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Threads of site {Site} cannot be read now; those in memory are served.")]
        public static partial void NotRead(ILogger logger, Exception exception, string site);
    }
}
