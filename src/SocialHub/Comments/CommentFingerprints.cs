using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What later texts are compared with: one row for each comment, of the text that it has now.</summary>
public sealed class CommentFingerprints(IOptions<HubOptions> options)
{
    /// <summary>The key of them all.</summary>
    public FingerprintKey Key { get; } = new(options.Value.SigningKey);

    /// <summary>The row of a comment's text.</summary>
    /// <param name="comment">With the text.</param>
    /// <param name="at">When it became its text; the rules look a day back from there.</param>
    internal TableEntity RowOf(CommentRow comment, DateTimeOffset at)
    {
        var print = Fingerprint.Of(comment.Body, Key);
        return new TableEntity(comment.Site, Keys.Fingerprint(at, print.Exact, comment.Id))
        {
            ["Print"] = print.ToString(),
            ["Author"] = comment.AuthorHash,
            ["Address"] = comment.AddressHash,
            ["At"] = at,
        };
    }
}
