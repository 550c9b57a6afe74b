using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>A report of a reader or an objection of the author, with what they said.</summary>
internal sealed class NoticeRow(TableEntity entity) : Row(entity)
{
    /// <summary>In the writer's own words.</summary>
    public string Reason => Text("Reason") ?? "";

    /// <summary>Where the writer may be answered; null: nowhere, or forgotten.</summary>
    public string? Email => Text("Email");

    /// <summary>Who reports; null: nobody said, or it is forgotten.</summary>
    public string? Name => Text("Name");

    /// <summary>True while it says who reports.</summary>
    public bool HasReporter => Email is not null || Name is not null;

    /// <summary>What is said stays, who says it goes.</summary>
    public void ForgetReporter()
    {
        Set("Email", null);
        Set("Name", null);
    }

    public NoticeKind Kind => Choice("Kind", NoticeKind.Charter);

    public bool GoodFaith => Flag("GoodFaith");

    public DateTimeOffset? At => Time("At");

    /// <summary>The exact place that it is about; null: written by an older version.</summary>
    public string? Url => Text("Url");

    /// <summary>How the mail that it arrived ended, as the log says it; null: none was sent.</summary>
    public string? Receipt
    {
        get => Text("Receipt");
        set => Set("Receipt", value);
    }

    /// <summary>How the mail of the newest decision ended.</summary>
    public string? Told
    {
        get => Text("Told");
        set => Set("Told", value);
    }

    /// <summary>The round of the decision that <see cref="Told"/> is of: one that was taken back is followed by another.</summary>
    public int? ToldRound
    {
        get => Entity.GetInt32("ToldRound");
        set => Set("ToldRound", value);
    }

    /// <summary>Whether <see cref="Told"/> said that the comment stays public; null: nothing was told, or by an older version.</summary>
    public bool? ToldKept
    {
        get => Entity.GetBoolean("ToldKept");
        set => Set("ToldKept", value);
    }

    /// <summary>The promise that <see cref="Told"/> kept: another report of the same reader is told with it, and no later decision is.</summary>
    public string? ToldFor
    {
        get => Text("ToldFor");
        set => Set("ToldFor", value);
    }

    /// <summary>The comment's round that it is part of; null: written by an older version.</summary>
    public int? Round => Entity.GetInt32("Round");
}
