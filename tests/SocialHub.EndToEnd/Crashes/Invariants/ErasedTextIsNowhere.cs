using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>The words of an erased comment are in no table, no blob, no queue and no poison queue.</summary>
public sealed class ErasedTextIsNowhere : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var erased = run.Notes<CommentNotes>().Accepted.Where(comment => comment.State == "Erased").ToList();
        if (erased.Count == 0)
            return;
        await foreach (var (_, text) in StoredTexts.AllAsync(run))
            Assert.All(erased, comment => Assert.DoesNotContain(comment.Words.Append(comment.AuthorKey).Append(comment.Email ?? comment.AuthorKey), word => text.Contains(word, StringComparison.Ordinal)));
    }
}
