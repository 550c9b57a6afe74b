using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What later texts are compared with: one row for each comment, of the text that it has now.</summary>
public sealed class CommentFingerprints(IOptions<HubOptions> options)
{
    /// <summary>Property of a row: the hash of the author's address.</summary>
    internal const string Address = "Address";

    /// <summary>Property of a row: when that hash was made, which a row of a changed text takes over with it.</summary>
    internal const string AddressAt = "AddressAt";

    /// <summary>The key of them all.</summary>
    public FingerprintKey Key { get; } = new(options.Value.SigningKey);

    /// <summary>The row of a comment's text.</summary>
    /// <param name="comment">With the text.</param>
    /// <param name="at">When it became its text; the rules look a day back from there.</param>
    /// <param name="address">HMAC of the author's address with the salt of its day, for the flood rule; null when not known. It stands here only, and goes with this row.</param>
    internal TableEntity RowOf(CommentRow comment, DateTimeOffset at, string? address)
    {
        var print = Fingerprint.Of(comment.Body, Key);
        return new TableEntity(comment.Site, Keys.Fingerprint(at, print.Exact, comment.Id))
        {
            ["Print"] = print.ToString(),
            ["Author"] = comment.AuthorHash,
            [Address] = address,
            [AddressAt] = address is null ? null : at,
            ["At"] = at,
        };
    }

    /// <summary>When the hash of the address in a row was made; rows of an older version have it of their own time.</summary>
    internal static DateTimeOffset AddressMade(TableEntity row) => row.GetDateTimeOffset(AddressAt) ?? row.GetDateTimeOffset("At") ?? default;
}
