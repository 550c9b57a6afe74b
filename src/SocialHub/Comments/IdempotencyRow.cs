using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What an Idempotency-Key made, for as long as it is remembered.</summary>
internal sealed class IdempotencyRow(TableEntity entity) : Row(entity)
{
    /// <summary>Keeps what was made, or lets an expired key make something new.</summary>
    /// <param name="commentId">What it made.</param>
    /// <param name="request">Keyed hash of the request.</param>
    /// <param name="expires">Until when the same key answers the same.</param>
    public void Remember(string commentId, string request, DateTimeOffset expires)
    {
        Set("Comment", commentId);
        Set("Request", request);
        Set("Expires", expires);
    }
}
