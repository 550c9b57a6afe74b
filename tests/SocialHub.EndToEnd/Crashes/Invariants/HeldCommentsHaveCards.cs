using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>The rules have judged everything that was received, and for everything that waits a card was delivered.</summary>
public sealed class HeldCommentsHaveCards : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var known = run.Notes<CommentNotes>().Accepted.ToDictionary(comment => comment.Id, StringComparer.Ordinal);
        var cards = string.Join('\n', run.Cards);
        foreach (var comment in await StoredRows.CommentsAsync(run))
        {
            Assert.NotEqual("Received", comment.GetString("State"));
            Assert.NotEqual("Received", comment.GetString("ProposalState"));
            if (comment.GetString("State") == "Held")
                Assert.True(cards.Contains(known[comment.RowKey[2..]].Text, StringComparison.Ordinal), $"No card was delivered about {comment.RowKey}.");
            if (comment.GetString("ProposalState") == "Held")
                Assert.True(cards.Contains(known[comment.RowKey[2..]].Proposal!, StringComparison.Ordinal), $"No card was delivered about the change of {comment.RowKey}.");
        }
    }
}
