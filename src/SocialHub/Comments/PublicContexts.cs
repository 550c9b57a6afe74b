using Azure.Data.Tables;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What a proposed text would take the place of.</summary>
/// <param name="Text">The public one.</param>
/// <param name="Answers">Public answers below it, which were written to that text.</param>
/// <param name="OfficialAnswers">Those among them that the authority wrote.</param>
public sealed record PublicContext(string Text, int Answers, int OfficialAnswers);

/// <summary>Finds what stands on the page where a proposal is to be decided: an official "yes" below another question is another answer.</summary>
public sealed class PublicContexts(CommentStore store, HubConfigurationSource configuration)
{
    private static readonly string[] Properties = ["RowKey", "Official"];

    /// <summary>Of a proposal; null for anything else.</summary>
    public async Task<PublicContext?> FindAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        if (waiting.Subject != DecisionSubject.Proposal)
            return null;
        var comment = waiting.Comment;
        var settings = (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).SiteOrDefault(comment.Site);
        var page = PageAddress.Canonical(comment.Page, settings);
        var (answers, official) = (0, 0);
        // A page that moved has a thread under each of its addresses: an answer may stand under another one than what it answers.
        foreach (var key in PageAddress.KeysOf(page.Succeeded ? page.Value : comment.Page, settings).Append(CommentId.Parse(comment.Id).Page).Distinct(StringComparer.Ordinal))
        {
            var (from, before) = Keys.CommentsOfThread(key);
            var published = nameof(CommentState.Published);
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {comment.Site} and RowKey ge {from} and RowKey lt {before} and Parent eq {comment.Id} and State eq {published}");
            await foreach (var row in store.Table.QueryAsync<TableEntity>(filter, select: Properties, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                answers++;
                if (row.GetBoolean("Official") == true)
                    official++;
            }
        }

        return new PublicContext(comment.Body, answers, official);
    }
}
