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
                Assert.True(cards.Contains(known[comment.RowKey[2..]].Text, StringComparison.Ordinal) || await LeadsToAsync(run, comment.RowKey[2..], "comment", "objection"), $"No card was delivered about {comment.RowKey}.");
            if (comment.GetString("ProposalState") == "Held")
                Assert.True(cards.Contains(known[comment.RowKey[2..]].Proposal!, StringComparison.Ordinal) || await LeadsToAsync(run, comment.RowKey[2..], "proposal"), $"No card was delivered about the change of {comment.RowKey}.");
        }
    }

    // What killed its process twice is sent without the text: its links show it.
    private static Task<bool> LeadsToAsync(CrashRun run, string id, params string[] subjects) => CardTokens.AnyAsync(
        run,
        "ouvrez-le pour le lire",
        view => view.GetProperty("id").GetString() == id && subjects.Contains(view.GetProperty("subject").GetString(), StringComparer.Ordinal));
}
