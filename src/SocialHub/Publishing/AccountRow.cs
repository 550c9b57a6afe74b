using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Row <c>n.{account}</c>: pacing and health of one account.</summary>
public sealed class AccountRow(TableEntity entity) : Row(entity)
{
    /// <summary>As in hub.json.</summary>
    public string Id => Key[2..];

    public DateTimeOffset? LastSentAt
    {
        get => Time("LastSentAt");
        set => Set("LastSentAt", value);
    }

    /// <summary>The publication that is Sending; no other one of the account starts meanwhile, because networks check keys before they set them.</summary>
    public string? InFlight
    {
        get => Text("InFlight");
        set => Set("InFlight", value);
    }

    /// <summary>The network lets the account wait until then (429).</summary>
    public DateTimeOffset? RestUntil
    {
        get => Time("RestUntil");
        set => Set("RestUntil", value);
    }

    /// <summary>What a person has to put right, in words: the secret is refused, the account is blocked.</summary>
    public string? Attention
    {
        get => Text("Attention");
        set => SetWords("Attention", value);
    }

    /// <summary>When the network last did not accept the secret, or the account; null: it did since.</summary>
    public DateTimeOffset? RefusedAt
    {
        get => Time("RefusedAt");
        set => Set("RefusedAt", value);
    }

    public static AccountRow New(string account) => new(new TableEntity(Keys.PublishingPartition, Keys.PublishingAccount(account)));
}
