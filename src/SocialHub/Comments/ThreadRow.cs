using System.Globalization;
using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>The comments of one page, as stored.</summary>
public sealed class ThreadRow(TableEntity entity) : Row(entity)
{
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

    /// <summary>What a reader's browser compares.</summary>
    public string VersionText => Version.ToString(CultureInfo.InvariantCulture);

    public static ThreadRow New(string site, string pageKey, string page, string title, string? unseen) =>
        new(new TableEntity(site, Keys.Thread(pageKey)) { ["Page"] = page, ["Title"] = title, ["Unseen"] = unseen });
}
