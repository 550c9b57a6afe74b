using System.Text.Json;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// Per article and account never more than one record on the PDS and one status on Mastodon, exactly one with the frozen bytes if Published;
/// nothing of a first look, nothing of a burst without an approval, nothing that nobody planned.
/// </summary>
public sealed class PublicationsArePostedOnce : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var notes = run.Notes<ArticleNotes>();
        var records = (await run.Bluesky!.PostsAsync()).ToList();
        var statuses = run.Statuses.ToList();
        foreach (var publication in await StoredRows.OfAsync(run, "Publishing", "p."))
        {
            var (account, state) = (publication.GetString("Account"), publication.GetString("State"));
            using var frozen = publication.GetBinary("Frozen") is { } bytes ? JsonDocument.Parse(bytes) : null;
            if (account == "bluesky")
            {
                var mine = records.Where(r => r.Key == publication.GetString("NetworkKey")).ToList();
                records.RemoveAll(mine.Contains);
                Assert.Equal(state == "Published" ? 1 : 0, mine.Count);
                if (state == "Published")
                {
                    Assert.True(JsonElement.DeepEquals(frozen!.RootElement.GetProperty("record"), mine[0].Value));
                    Assert.Equal(notes.Announced.Contains(publication.GetString("Title") ?? ""), mine[0].Value.GetRawText().Contains("\"thumb\"", StringComparison.Ordinal));
                }
            }
            else
            {
                var mine = statuses.Where(s => s.IdempotencyKey == publication.GetString("NetworkKey")).ToList();
                statuses.RemoveAll(mine.Contains);
                Assert.Equal(state == "Published" ? 1 : 0, mine.Count);
                if (state == "Published")
                {
                    var sent = frozen!.RootElement;
                    Assert.Equal((sent.GetProperty("status").GetString(), sent.GetProperty("visibility").GetString(), sent.GetProperty("language").GetString()), (mine[0].Text, mine[0].Visibility, mine[0].Language));
                    Assert.Equal(sent.TryGetProperty("media_ids", out var media) ? media.EnumerateArray().Select(id => id.GetString()) : [], mine[0].Media.Select(one => one.Id));
                    Assert.Equal(notes.Announced.Contains(publication.GetString("Title") ?? "") ? 1 : 0, mine[0].Media.Count);
                }
            }

            var title = publication.GetString("Title") ?? "";
            Assert.False(title.StartsWith("Ancien", StringComparison.Ordinal));
            if (state == "Published")
                Assert.True(notes.Announced.Contains(title) || notes.Approved.Contains((title, account!)) || notes.Written.Contains(publication.GetString("Body")!), $"{title} on {account} was published without an approval");
        }

        foreach (var (title, account) in notes.CalledOff)
            Assert.Equal("Cancelled", (await StoredRows.OfAsync(run, "Publishing", "p.")).Single(p => p.GetString("Title") == title && p.GetString("Account") == account).GetString("State"));
        Assert.Empty(records);
        Assert.Empty(statuses);
    }
}
