using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// What is erased (texts, name, addresses, the words of readers) is in no table, no blob, no queue and no poison queue; exports are exempt until they expire.
/// What is withdrawn is in its own row alone, for its author, and no visitor or moderator is told of it again. Neither comes back.
/// </summary>
public sealed class ErasedTextIsNowhere : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var gone = run.Notes<CommentNotes>().Accepted.Where(comment => comment.State is "Erased" or "Withdrawn").ToList();
        if (gone.Count == 0)
            return;
        foreach (var comment in gone)
        {
            Assert.Equal(comment.State, (await StoredRows.CommentsAsync(run)).Single(row => row.RowKey[2..] == comment.Id).GetString("State"));
            var alone = await run.Citizen.GetAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}");
            Assert.Equal(comment.State == "Erased" ? HttpStatusCode.Gone : HttpStatusCode.NotFound, alone.Status);
        }

        for (var after = ""; ;)
        {
            var list = await run.Moderator.GetAsync("/api/v1/moderation/comments" + (after.Length == 0 ? "" : "?after=" + Uri.EscapeDataString(after)));
            Assert.Equal(HttpStatusCode.OK, list.Status);
            Assert.All(gone, comment => Assert.DoesNotContain(comment.Words, word => Spellings.Holds(list.Body, word)));
            if (!list.Json().TryGetProperty("next", out var next) || next.GetString() is not { } more)
                break;
            after = more;
        }

        await foreach (var (where, text) in StoredTexts.AllAsync(run))
        {
            if (where.StartsWith("blob exports/", StringComparison.Ordinal))
                continue;
            var spellings = Spellings.Of(text).ToList();
            foreach (var comment in gone)
            {
                // Its author's until the retention's days are over.
                var mayStand = comment.State == "Withdrawn" && where.StartsWith($"table Comments, c.{comment.Id},", StringComparison.Ordinal);
                foreach (var word in mayStand ? [.. comment.Notices, comment.AuthorKey] : comment.Words.Append(comment.AuthorKey))
                    Assert.False(spellings.Exists(spelling => spelling.Contains(word, StringComparison.Ordinal)), $"\"{word}\" of {comment.Id}, which is {comment.State}, is in {where}.");
            }
        }
    }
}
