using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>What a look does with the new articles that it found, decided before the first of them is written.</summary>
public enum LookDecision
{
    /// <summary>No look is under way.</summary>
    None,

    /// <summary>The first look at the feed: everything in it was there before.</summary>
    FirstLook,

    /// <summary>A burst, a relaunch or a restore: a person is asked.</summary>
    Ask,

    Announce,
}

/// <summary>Row <c>f.{hash of the address}</c>: discovery in one article feed.</summary>
public sealed class ArticleFeedRow(TableEntity entity) : Row(entity)
{
    public string? Validators
    {
        get => Text("Validators");
        set => SetWhole("Validators", value);
    }

    public bool FirstLookDone
    {
        get => Flag("FirstLookDone");
        set => Set("FirstLookDone", value);
    }

    public string Look
    {
        get => Text("Look") ?? "";
        set => Set("Look", value);
    }

    public LookDecision Decision
    {
        get => Choice("Decision", LookDecision.None);
        set => Set("Decision", value);
    }

    /// <summary>Why the look under way asks, one of <see cref="AskReason"/>; null: it does not.</summary>
    public string? AskedFor
    {
        get => Text("AskedFor");
        set => Set("AskedFor", value);
    }

    /// <summary>Identities of the items that are new to the feed in the look under way: only these are its articles, whatever the feed holds when it goes on. 28 characters each, three an item at most.</summary>
    public IReadOnlyList<string> Items
    {
        get => Entity.GetBinary("Items") is { } bytes ? System.Text.Encoding.ASCII.GetString(bytes).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        set => Set("Items", System.Text.Encoding.ASCII.GetBytes(string.Join(' ', value)));
    }

    /// <summary>When the look under way began; its articles count as found then.</summary>
    public DateTimeOffset LookAt
    {
        get => Time("LookAt") ?? default;
        set => Set("LookAt", value);
    }

    /// <summary>When the last look ended.</summary>
    public DateTimeOffset? LookedAt
    {
        get => Time("LookedAt");
        set => Set("LookedAt", value);
    }

    /// <summary>Since when each look found a feed that holds nothing; null: the last one that was read held something.</summary>
    public DateTimeOffset? EmptySince
    {
        get => Time("EmptySince");
        set => Set("EmptySince", value);
    }

    public int Failures
    {
        get => Number("Failures");
        set => Set("Failures", value);
    }

    public string? Error
    {
        get => Text("Error");
        set => SetWords("Error", value);
    }

    /// <summary>Where a permanent redirect says that the feed is now: somebody should write it into hub.json.</summary>
    public string? MovedTo
    {
        get => Text("MovedTo");
        set => SetWhole("MovedTo", value);
    }

    /// <summary>Its server said that it is gone for good (410).</summary>
    public bool IsGone
    {
        get => Flag("IsGone");
        set => Set("IsGone", value);
    }

    public DateTimeOffset NextDue
    {
        get => Time("NextDue") ?? default;
        set => Set("NextDue", value);
    }

    public static ArticleFeedRow New(string address) =>
        new(new TableEntity(Keys.PublishingPartition, Keys.ArticleFeed(address)) { ["Address"] = address });
}
