using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>The rules have judged everything that was received, and for everything that waits a card was delivered.</summary>
public sealed class HeldCommentsHaveCards : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        foreach (var comment in await StoredRows.CommentsAsync(run))
        {
            Assert.NotEqual("Received", comment.GetString("State"));
            Assert.NotEqual("Received", comment.GetString("ProposalState"));
            if (comment.GetString("State") == "Held")
                Assert.True(run.Cards.Any(card => card.Contains(run.Notes<CommentNotes>().Accepted.Single(known => known.Id == comment.RowKey[2..]).Text, StringComparison.Ordinal)), $"No card was delivered about {comment.RowKey}.");
        }
    }
}
