using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>
/// Row <c>s</c> of a source: what it is at, and the guard of its posts. Every batch of posts moves it If-Match, so posts are only ever written by
/// a worker that saw the newest state. It is the source's due row too: it is there as long as the source is.
/// </summary>
public sealed class SourceRow(TableEntity entity) : Row(entity)
{
    /// <summary>Names the last change of its posts or title; compared, never counted: a source that left and came back must not repeat an old one.</summary>
    public string? Version
    {
        get => Text(nameof(Version));
        set => Set(nameof(Version), value);
    }

    /// <summary>Names the last write of this row: the proof that a write whose answer was lost is ours.</summary>
    public string? WriteId
    {
        get => Text(nameof(WriteId));
        set => Set(nameof(WriteId), value);
    }

    /// <summary>What its posts were read from: an address, or network, server and name.</summary>
    public string? Identity
    {
        get => Text(nameof(Identity));
        set => Set(nameof(Identity), value);
    }

    /// <summary>What the last whole read left for the next one.</summary>
    public string? Validators
    {
        get => Text(nameof(Validators));
        set => SetWhole(nameof(Validators), value);
    }

    public string? Title
    {
        get => Text(nameof(Title));
        set => SetWords(nameof(Title), value);
    }

    public DateTimeOffset NextDue
    {
        get => Time(nameof(NextDue)) ?? default;
        set => Set(nameof(NextDue), value);
    }

    public DateTimeOffset? LastAttempt
    {
        get => Time(nameof(LastAttempt));
        set => Set(nameof(LastAttempt), value);
    }

    /// <summary>The age of what visitors see counts from here.</summary>
    public DateTimeOffset? LastSuccess
    {
        get => Time(nameof(LastSuccess));
        set => Set(nameof(LastSuccess), value);
    }

    /// <summary>Failures in a row.</summary>
    public int Failures
    {
        get => Number(nameof(Failures));
        set => Set(nameof(Failures), value);
    }

    /// <summary>Why the last read failed, in words without secrets.</summary>
    public string? Error
    {
        get => Text(nameof(Error));
        set => SetWords(nameof(Error), value);
    }

    /// <summary>What somebody has to put right: though it is read, or because time alone mends nothing (410).</summary>
    public string? Attention
    {
        get => Text(nameof(Attention));
        set => SetWords(nameof(Attention), value);
    }

    /// <summary>Where a permanent redirect says that the source is now: somebody should write it into hub.json.</summary>
    public string? MovedTo
    {
        get => Text(nameof(MovedTo));
        set => SetWhole(nameof(MovedTo), value);
    }

    /// <summary>Reads that began and never ended: a process died in each.</summary>
    public int Attempts
    {
        get => Number(nameof(Attempts));
        set => Set(nameof(Attempts), value);
    }

    public DateTimeOffset? BusyUntil
    {
        get => Time(nameof(BusyUntil));
        set => Set(nameof(BusyUntil), value);
    }

    public DateTimeOffset? LastSent
    {
        get => Time(nameof(LastSent));
        set => Set(nameof(LastSent), value);
    }

    /// <summary>Hints sent since the last read.</summary>
    public int Sent
    {
        get => Number(nameof(Sent));
        set => Set(nameof(Sent), value);
    }

    public int Posts
    {
        get => Number(nameof(Posts));
        set => Set(nameof(Posts), value);
    }

    /// <summary>Pictures among its posts that the source gives no text alternative for: staff should know.</summary>
    public int PicturesWithoutAlt
    {
        get => Number(nameof(PicturesWithoutAlt));
        set => Set(nameof(PicturesWithoutAlt), value);
    }

    public static SourceRow New(string source, DateTimeOffset due) => new(new TableEntity(source, Keys.SourceState)) { NextDue = due };
}
