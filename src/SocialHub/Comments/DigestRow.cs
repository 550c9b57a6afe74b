using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What a site's team is told of all that waits at once: when it last was, and what is promised.</summary>
public sealed class DigestRow(TableEntity entity) : Row(entity)
{
    /// <summary>Subject of the due row of a digest that tells of a threat at any hour.</summary>
    public const string Alarm = "alarm";

    /// <summary>Names it in due rows and in its log.</summary>
    public const string Owner = "digest";

    /// <summary>How much ever joined: a digest that was made before something joined does not count for it.</summary>
    public int Joined
    {
        get => Number("Joined");
        set => Set("Joined", value);
    }

    /// <summary>When the newest one of a threat was sent, which told whoever is called at any hour and nobody else.</summary>
    public DateTimeOffset? AlarmedAt
    {
        get => Time("AlarmedAt");
        set => Set("AlarmedAt", value);
    }

    /// <summary>When the newest one was sent.</summary>
    public DateTimeOffset? SentAt
    {
        get => Time("SentAt");
        set => Set("SentAt", value);
    }

    /// <summary>The card in whose place a mail was promised: once, whoever died after it.</summary>
    public string? MailedFor
    {
        get => Text("MailedFor");
        set => Set("MailedFor", value);
    }

    public int Seq
    {
        get => Number("Seq");
        set => Set("Seq", value);
    }

    public IReadOnlyList<string> Owned
    {
        get => Text("Owned")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        set => Set("Owned", value.Count == 0 ? null : string.Join(' ', value));
    }

    /// <summary>True while a digest of this kind is on its way to all whom it is for; one of a threat alone is none.</summary>
    public bool Promises(string kind) => Owned.Any(key => key.Split('.') is [_, _, var of, _, not Alarm] && of == kind);

    /// <summary>The promise to tell this one recipient, whom a digest that others have did not reach; null: there is none.</summary>
    public string? RestFor(string kind, string recipient) => Owned.FirstOrDefault(key => key.Split('.') is [_, _, var of, _, var whom] && of == kind && whom == recipient);

    /// <summary>True when nobody has written it yet.</summary>
    public bool IsNew => ETag == default;

    public static DigestRow New(string site) => new(new TableEntity(site, Keys.Digest)) { Seq = -1 };
}
