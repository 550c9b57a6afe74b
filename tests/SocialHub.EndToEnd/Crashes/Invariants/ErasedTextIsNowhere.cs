using System.Net;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// What is erased (texts, name, addresses, the words of readers) is in no table, no blob, no queue and no poison queue; exports are exempt until they expire.
/// What is withdrawn is in its own row alone, for its author, and no visitor or moderator is told of it again. Neither comes back. Of neither a fingerprint or an
/// objection is left, of what is erased no report, and of what is withdrawn none that says who reported; and what is erased, and nothing else, is remembered as such: by a row, and by a line for a restored copy of the tables.
/// </summary>
public sealed class ErasedTextIsNowhere : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        await IsRememberedAsync(run);
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
                // Its author's until the retention's days are over; so long the authority can account for what was reported.
                bool IsWithdrawn(string row) => comment.State == "Withdrawn" && where.StartsWith("table Comments, " + row, StringComparison.Ordinal);
                var mayStand = IsWithdrawn($"c.{comment.Id},");
                string[] reported = IsWithdrawn($"r.{comment.Id}.") ? [.. comment.Reported] : [];
                foreach (var word in mayStand ? [.. comment.Notices, comment.AuthorKey] : comment.Words.Append(comment.AuthorKey).Except(reported))
                    Assert.False(spellings.Exists(spelling => spelling.Contains(word, StringComparison.Ordinal)), $"\"{word}\" of {comment.Id}, which is {comment.State}, is in {where}.");
            }
        }
    }

    private static async Task IsRememberedAsync(CrashRun run)
    {
        var rows = (await StoredRows.AllAsync(run, "Comments")).Where(row => row.PartitionKey == run.Site).ToList();
        List<string> lines = [];
        var container = run.Blobs.GetBlobContainerClient("erasures");
        await foreach (var blob in container.GetBlobsAsync())
            lines.AddRange((await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var comment in rows.Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)))
        {
            var (id, state) = (comment.RowKey[2..], comment.GetString("State"));
            var about = rows.Select(row => row.RowKey).Where(key => key.Contains(id, StringComparison.Ordinal)).ToList();
            var isErased = state == "Erased";
            Assert.Equal(isErased ? 1 : 0, about.Count(key => key == "x." + id));
            Assert.Equal(isErased, lines.Exists(line => line.EndsWith($" {run.Site} {id}", StringComparison.Ordinal)));
            string[] left = state switch { "Erased" => ["s.", "r.", "o.", "a."], "Withdrawn" => ["s.", "o."], _ => [] };
            Assert.DoesNotContain(about, key => Array.Exists(left, kind => key.StartsWith(kind, StringComparison.Ordinal)));
        }
    }
}
