using Azure.Data.Tables;

namespace SocialHub.Storage;

/// <summary>A stored promise: what makes work happen even when every hint was lost. Its owner keeps its exact key and alone adds, moves or removes it.</summary>
public sealed class DueRow(TableEntity entity) : Row(entity)
{
    /// <summary>Which queue its hint goes to.</summary>
    public string Queue => Text("Queue") ?? "";

    public DateTimeOffset Due => Keys.ParseUtc(Part(1));

    public string Kind => Part(2);

    public string Owner => Part(3);

    public string Subject => Part(4);

    /// <summary>How often work on it began and never ended: a process died in it.</summary>
    public int Attempts
    {
        get => Number("Attempts");
        set => Set("Attempts", value);
    }

    /// <summary>Somebody works on it until then.</summary>
    public DateTimeOffset? BusyUntil
    {
        get => Time("BusyUntil");
        set => Set("BusyUntil", value);
    }

    /// <summary>Names the newest claim: how a worker whose answer was lost knows its own.</summary>
    public string? Claim
    {
        get => Text("Claim");
        set => Set("Claim", value);
    }

    /// <summary>When its hint was last sent.</summary>
    public DateTimeOffset? LastSent
    {
        get => Time("LastSent");
        set => Set("LastSent", value);
    }

    /// <summary>How often its hint was sent.</summary>
    public int Sent
    {
        get => Number("Sent");
        set => Set("Sent", value);
    }

    /// <summary>A new promise, to be added by its owner's transition.</summary>
    /// <param name="partition">The owner's partition.</param>
    /// <param name="queue">One of <see cref="Queues"/>.</param>
    /// <param name="due">When.</param>
    /// <param name="kind">What.</param>
    /// <param name="owner">Whose; holds no dot.</param>
    /// <param name="subject">Which of the owner's.</param>
    public static DueRow New(string partition, string queue, DateTimeOffset due, string kind, string owner, string subject = "-") =>
        new(new TableEntity(partition, Keys.Due(due, kind, owner, subject)) { ["Queue"] = queue });

    /// <summary>The hint that points at it.</summary>
    public Hint Hint => Hint.For(Partition, Key);

    private string Part(int index)
    {
        var parts = Key.Split('.');
        return parts.Length > index ? parts[index] : "";
    }
}
