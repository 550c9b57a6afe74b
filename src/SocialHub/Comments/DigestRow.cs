using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What a site's team is told of all that waits at once: when it last was, and what is promised.</summary>
public sealed class DigestRow(TableEntity entity) : Row(entity)
{
    /// <summary>Names it in due rows and in its log.</summary>
    public const string Owner = "digest";

    /// <summary>How much ever joined: a digest that was made before something joined does not count for it.</summary>
    public int Joined
    {
        get => Number("Joined");
        set => Set("Joined", value);
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

    /// <summary>True while a digest of this kind is on its way.</summary>
    public bool Promises(string kind) => Owned.Any(key => key.Split('.') is [_, _, var of, ..] && of == kind);

    /// <summary>True when nobody has written it yet.</summary>
    public bool IsNew => ETag == default;

    public static DigestRow New(string site) => new(new TableEntity(site, Keys.Digest)) { Seq = -1 };
}
