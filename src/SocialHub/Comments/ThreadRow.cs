using System.Globalization;
using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>The comments of one page, as stored.</summary>
public sealed class ThreadRow(TableEntity entity) : Row(entity)
{
    private const string NoClass = "none";

    public string Site => Partition;

    /// <summary>The page key, <c>T</c>.</summary>
    public string PageKey => Key[2..];

    /// <summary>Canonical address.</summary>
    public string Page => Text("Page") ?? "";

    /// <summary>The page's own title when it was fetched; else its address.</summary>
    public string Title
    {
        get => Text("Title") ?? Page;
        set => Set("Title", value);
    }

    /// <summary>Why the page could not be looked at; null when it was, and carries our element or is listed.</summary>
    public string? Unseen
    {
        get => Text("Unseen");
        set => Set("Unseen", value);
    }

    /// <summary>Moves with everything that changes what a reader sees.</summary>
    public long Version
    {
        get => Entity.GetInt64("Version") ?? 0;
        set => Set("Version", value);
    }

    /// <summary>Published comments; moves in their transitions, so it cannot drift.</summary>
    public int Count
    {
        get => Number("Count");
        set => Set("Count", value);
    }

    /// <summary>Comments ever accepted.</summary>
    public int Accepted
    {
        get => Number("Accepted");
        set => Set("Accepted", value);
    }

    /// <summary>Those of them that are refused, withdrawn or erased; moves in their transitions.</summary>
    public int Gone
    {
        get => Number("Gone");
        set => Set("Gone", value);
    }

    /// <summary>Comments that are public or wait; the limit of a thread is on this, so that what was refused closes no page.</summary>
    public int Taken => Accepted - Gone;

    public bool Closed
    {
        get => Flag("Closed");
        set => Set("Closed", value);
    }

    /// <summary>True while it is closed by a person while its debate was turned, or within a week of that: it stays in the moderators' list, where it is opened again.</summary>
    public bool ClosedAfterTurn
    {
        get => Flag("ClosedAfterTurn");
        set => Set("ClosedAfterTurn", value ? true : null);
    }

    /// <summary>When the clock closes it; null: never.</summary>
    public DateTimeOffset? Closes
    {
        get => Time("Closes");
        set => Set("Closes", value);
    }

    /// <summary>Its own policy; null: that of the site.</summary>
    public CommentPolicy? Policy
    {
        get => Enum.TryParse<CommentPolicy>(Text("Policy"), out var policy) ? policy : null;
        set => Set("Policy", value);
    }

    /// <summary>Rule classes that are refused here without a person when the policy is a posteriori; null: those of the site.</summary>
    public IReadOnlyList<string>? RejectAtOnce
    {
        get => Text("RejectAtOnce") is { } classes ? (classes == NoClass ? [] : classes.Split(' ')) : null;
        set => Set("RejectAtOnce", value switch { null => null, [] => NoClass, _ => string.Join(' ', value) });
    }

    /// <summary>Of its newest log row.</summary>
    public int Seq
    {
        get => Number("Seq");
        set => Set("Seq", value);
    }

    /// <summary>Moves with every closing, reopening and choice of a policy, not with comments: what a moderator's change is compared with.</summary>
    public string Tag => Seq.ToString(CultureInfo.InvariantCulture);

    /// <summary>Key of its due row (closing by the clock); null when nothing is due.</summary>
    public string? DueKey
    {
        get => Text("DueKey");
        set => Set("DueKey", value);
    }

    /// <summary>Exact keys of its further rows (due rows and its place among those that are watched): only its transitions add, move or remove them.</summary>
    public IReadOnlyList<string> Owned
    {
        get => Text("Owned")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        set => Set("Owned", value.Count == 0 ? null : string.Join(' ', value));
    }

    /// <summary>How far its debate has turned, as the team was told.</summary>
    public DebateHeat Heat
    {
        get => Choice("Heat", DebateHeat.None);
        set => Set("Heat", value == DebateHeat.None ? null : value);
    }

    /// <summary>Why the team was told last: <c>held</c>, <c>received</c> or <c>threat</c>.</summary>
    public string? HeatWhy
    {
        get => Text("HeatWhy");
        set => Set("HeatWhy", value);
    }

    /// <summary>How many comments of that kind there were then.</summary>
    public int HeatCount
    {
        get => Number("HeatCount");
        set => Set("HeatCount", value);
    }

    /// <summary>The comment that made the team be told last.</summary>
    public string? HeatOf
    {
        get => Text("HeatOf");
        set => Set("HeatOf", value);
    }

    /// <summary>The same comment, once its threat waits for nobody any more: decided, taken back, erased or put in other words; null: none does.</summary>
    public string? HeatOver
    {
        get => Text("HeatOver");
        set => Set("HeatOver", value);
    }

    /// <summary>When the team was told last.</summary>
    public DateTimeOffset? TurnedAt
    {
        get => Time("TurnedAt");
        set => Set("TurnedAt", value);
    }

    /// <summary>When it was last seen turning, to the minute.</summary>
    public DateTimeOffset? HotAt
    {
        get => Time("HotAt");
        set => Set("HotAt", value);
    }

    /// <summary>Counts how often the team was told; a link of an earlier time decides nothing.</summary>
    public int Turn
    {
        get => Number("Turn");
        set => Set("Turn", value);
    }

    /// <summary>What a person chose at this turn: <c>hold</c>, <c>close</c> or <c>leave</c>; null: nobody has yet.</summary>
    public string? TurnChoice
    {
        get => Text("TurnChoice");
        set => Set("TurnChoice", value);
    }

    /// <summary>Who chose.</summary>
    public string? DecidedBy
    {
        get => Text("DecidedBy");
        set => Set("DecidedBy", value);
    }

    /// <summary>Stable id of that person, when there is one.</summary>
    public string? DecidedById
    {
        get => Text("DecidedById");
        set => Set("DecidedById", value);
    }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt
    {
        get => Time("DecidedAt");
        set => Set("DecidedAt", value);
    }

    /// <summary>Since when every new comment waits for a person, whatever the policy.</summary>
    public DateTimeOffset? HeldSince
    {
        get => Time("HeldSince");
        set => Set("HeldSince", value);
    }

    /// <summary>When it reopens by itself; null: it is not held.</summary>
    public DateTimeOffset? HeldUntil
    {
        get => Time("HeldUntil");
        set => Set("HeldUntil", value);
    }

    /// <summary>True while every new comment waits for a person: until the transition that reopens it, however late the clock is.</summary>
    public bool IsHeld => HeldUntil is not null;

    /// <summary>The card about its reopening in whose place a mail was promised last: once for each, whoever died after it.</summary>
    public string? MailedFor
    {
        get => Text("MailedFor");
        set => Set("MailedFor", value);
    }

    /// <summary>When its newest comments were received, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Received => Moments("Received");

    /// <summary>When the rules last held comments of it, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> HeldByRules => Moments("HeldByRules");

    /// <summary>Counts a comment that is accepted.</summary>
    public void Receive(DateTimeOffset at) => Note("Received", at);

    /// <summary>Counts a comment that the rules hold.</summary>
    public void HoldByRules(DateTimeOffset at) => Note("HeldByRules", at);

    /// <summary>What a reader's browser compares.</summary>
    public string VersionText => Version.ToString(CultureInfo.InvariantCulture);

    // More than any threshold, and a kilobyte in all: a debate is counted by what stands in its own row, so that no two writers miss each other.
    private const int MostMoments = 100;

    private List<DateTimeOffset> Moments(string name) => [.. (Text(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(time => Keys.ParseTime(time))];

    private void Note(string name, DateTimeOffset at) => Set(name, string.Join(' ', (Text(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(Keys.Time(at)).TakeLast(MostMoments)));

    public static ThreadRow New(string site, string pageKey, string page, string title, string? unseen) =>
        new(new TableEntity(site, Keys.Thread(pageKey)) { ["Page"] = page, ["Title"] = title, ["Unseen"] = unseen });
}
