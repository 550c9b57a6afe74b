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
