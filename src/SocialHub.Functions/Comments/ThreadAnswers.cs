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
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    // So that many visitors do not ask a storage that is away once each.
    private static readonly TimeSpan FailureStands = TimeSpan.FromSeconds(1);

    private readonly MemoryCache _slots = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>The thread of a page in one form.</summary>
    /// <param name="asked">What a visitor asked for, within its limits.</param>
    /// <param name="page">The canonical address behind it.</param>
    /// <param name="hub">The configuration that runs.</param>
    /// <param name="cancellationToken">Ends this visitor's wait; others wait for the same reading.</param>
    internal async Task<ThreadAnswer> ReadAsync(ThreadRequest asked, string page, HubConfiguration hub, CancellationToken cancellationToken)
    {
        if (!_slots.TryGetValue(asked, out Slot? slot))
            Keep(asked, slot = new Slot());
        Task<Shown> shown;
        lock (slot!)
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
        _slots.TryGetValue(asked, out Slot? slot) && slot!.Last is { } last && ReferenceEquals(last.Hub, hub) && Age(slot) is var age && age < options.Value.Times.Memory
            ? Answer(last, age)
            : null;

    public void Dispose() => _slots.Dispose();

    private static ThreadAnswer Answer(Shown shown, TimeSpan age) => new(shown.Document, age, shown.Thread, shown.Hub);

    private TimeSpan Age(Slot slot) => time.GetElapsedTime(Volatile.Read(ref slot.ConfirmedAt));

    private async Task<Shown> RefreshAsync(ThreadRequest asked, string page, HubConfiguration hub, Shown? before, Slot slot)
    {
        // Of one version the room keeps one list of comments: the same version is the same thread.
        var thread = await reading.ThreadAsync(asked.Site, page, CancellationToken.None);
        var shown = before is not null && ReferenceEquals(before.Hub, hub) && before.Thread == thread ? before : new Shown(hub, thread, Write(asked, thread, hub));
        slot.Last = shown;
        Volatile.Write(ref slot.ConfirmedAt, slot.ReadAt);
        if (shown != before)
            Keep(asked, slot);
        return shown;
    }

    private void Keep(ThreadRequest asked, Slot slot) =>
        _slots.Set(asked, slot, new MemoryCacheEntryOptions { SlidingExpiration = KeptFor, Size = SlotBytes + (slot.Last?.Document.Size ?? 0) });

    private static RenderedDocument Write(ThreadRequest asked, PublicThread thread, HubConfiguration hub)
    {
        var document = asked.Form switch
        {
            "rss" => RenderedDocument.Of(ThreadRss.Write(thread, hub), "application/rss+xml; charset=utf-8"),
            "html" => RenderedDocument.Of(ThreadHtml.Write(CommentReading.Page(thread, asked.NewestFirst, asked.After), hub, asked.Site, asked.NewestFirst ? "newest" : "oldest"), "text/html; charset=utf-8"),
            _ => RenderedDocument.Of(JsonSerializer.SerializeToUtf8Bytes(ThreadBody.Of(CommentReading.Page(thread, asked.NewestFirst, asked.After), asked.Language), CommentWire.Default.ThreadBody), "application/json; charset=utf-8"),
        };
        return thread.Comments.Count > 0 || asked.Language is not null ? document.Compressed() : document;
    }

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
