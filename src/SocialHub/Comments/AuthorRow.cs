using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>One author key (its hash): owns the due row of that author's erasure, and stays afterwards as the refusal.</summary>
public sealed class AuthorRow(TableEntity entity) : Row(entity)
{
    public string Hash => Key[2..];

    public DateTimeOffset? LastSubmit
    {
        get => Time("LastSubmit");
        set => Set("LastSubmit", value);
    }

    /// <summary>Since when everything of this author is being erased; nothing new is accepted from the key.</summary>
    public DateTimeOffset? ErasingSince
    {
        get => Time("ErasingSince");
        set => Set("ErasingSince", value);
    }

    /// <summary>
    /// When the newest comment was published, under whatever policy of its page, of an author whom a person's decision made trusted (<see cref="Configuration.CommentPolicy.FirstThenTrusted"/>); null: not trusted.
    /// What is published because of it is written together with this row, as it was read: a refusal at the same time makes it be decided anew.
    /// </summary>
    public DateTimeOffset? TrustedAt
    {
        get => Time("TrustedAt");
        set => Set("TrustedAt", value);
    }

    /// <summary>True when the next comment needs nobody who reads it first.</summary>
    public bool IsTrusted(DateTimeOffset now, int days) => ErasingSince is null && TrustedAt is { } at && now < at + TimeSpan.FromDays(days);

    public int Seq
    {
        get => Number("Seq");
        set => Set("Seq", value);
    }

    public string? DueKey
    {
        get => Text("DueKey");
        set => Set("DueKey", value);
    }

    public static AuthorRow New(string site, string hash) => new(new TableEntity(site, Keys.Author(hash)));
}
