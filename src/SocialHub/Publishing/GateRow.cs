using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Row <c>g</c>: what may be sent now. Every Planned -> Sending holds it If-Match, so none passes a change of it.</summary>
public sealed class GateRow(TableEntity entity) : Row(entity)
{
    public PublishingMode Mode
    {
        get => Choice("Mode", PublishingMode.Off);
        set => Set("Mode", value);
    }

    /// <summary>Since when this mode holds; what was planned before is not sent.</summary>
    public DateTimeOffset Since
    {
        get => Time("Since") ?? DateTimeOffset.MaxValue;
        set => Set("Since", value);
    }

    public DateTimeOffset? FreezeFrom
    {
        get => Time("FreezeFrom");
        set => Set("FreezeFrom", value);
    }

    public DateTimeOffset? FreezeUntil
    {
        get => Time("FreezeUntil");
        set => Set("FreezeUntil", value);
    }

    /// <summary>The version of the setting that the freeze is of; an older one never replaces it.</summary>
    public int FreezeVersion
    {
        get => Number("FreezeVersion");
        set => Set("FreezeVersion", value);
    }

    /// <summary>When this storage was restored from a copy: each feed's next look asks.</summary>
    public DateTimeOffset? RestoredAt
    {
        get => Time("RestoredAt");
        set => Set("RestoredAt", value);
    }

    public int Seq
    {
        get => Number("Seq");
        set => Set("Seq", value);
    }

    public bool IsFrozen(DateTimeOffset now) => FreezeFrom <= now && (FreezeUntil is null || now < FreezeUntil);

    public static GateRow New() => new(new TableEntity(Keys.PublishingPartition, Keys.PublishingGate));
}
