using System.Net;
using System.Security.Cryptography;
using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Invariants;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The card about a debate that turned has come, and whoever reads it decides behind its link; the same again is the same, another choice is told of it.</summary>
public sealed class DecideDebate(string page, string decision) : CrashStep
{
    public override string Name => $"{decision} \"{page}\" by link";

    public override async Task RunAsync(CrashRun run)
    {
        var thread = "";
        CardToken? token = null;
        await run.UntilAsync($"a card about the debate of \"{page}\" is delivered, and noted", async () =>
        {
            var row = await Debates.ThreadAsync(run, page);
            thread = row.RowKey[2..];
            token = CardTokens.Delivered(run).Select(card => card.Token).LastOrDefault(link => link.Subject == "thread" && link.Id == thread && link.Round == row.GetInt32("Turn"));
            return token is not null && row.GetString("Owned")?.Contains(".turned.", StringComparison.Ordinal) is not true;
        });
        var view = await run.Citizen.PostAsync("/moderation/decide/view", new { token = token!.Text });
        Assert.True(view.Ok, $"{view.Status} {view.Body}");
        for (var again = 0; again < 2; again++)
        {
            var answer = await run.Citizen.PostAsync("/moderation/decide", new { token = token.Text, decision, by = "Dominique" });
            Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        }

        Assert.Equal(HttpStatusCode.Conflict, (await run.Citizen.PostAsync("/moderation/decide", new { token = token.Text, decision = "close", by = "Claude" })).Status);
    }
}

/// <summary>A moderator takes all that is kept of a thread, and the log holds the hash of exactly this file.</summary>
public sealed class TakeEvidence(string page) : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var thread = (await Debates.ThreadAsync(run, page)).RowKey[2..];
        var answer = await run.Moderator.PostAsync($"/api/v1/moderation/threads/{run.Site}/{thread}/evidence", new { });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        var digest = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(answer.Body)));
        Assert.Contains(await StoredRows.OfAsync(run, "Comments", $"l.{thread}.", run.Site), row => row.GetString("Why") == "sha256 " + digest);
    }
}

/// <summary>
/// The working morning has come. It may be days away, so the test moves the promise: the thread's time and its due row together. The clock then reopens
/// the page, and the team is told.
/// </summary>
public sealed class LetPageReopen(string page) : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var table = run.Tables.GetTableClient("Comments");
        await run.UntilAsync("the promise of the reopening is moved", async () =>
        {
            var thread = await Debates.ThreadAsync(run, page);
            var owned = thread.GetString("Owned")!.Split(' ');
            var due = (await StoredRows.OfAsync(run, "Comments", "d.", run.Site)).Single(row => row.RowKey == owned.Single(key => key.Contains(".reopen.", StringComparison.Ordinal)));
            return await ThreadPromise.MoveAsync(table, thread, due, "reopen", (now, key) => (thread["HeldUntil"], thread["Owned"]) = (now, string.Join(' ', owned.Select(own => own == due.RowKey ? key : own))));
        });
        await run.UntilAsync("the clock reopens the page, and the team is told", async () =>
            await Debates.ThreadAsync(run, page) is { } thread
            && thread.GetDateTimeOffset("HeldUntil") is null
            && thread.GetString("Owned")?.Contains(".reopened.", StringComparison.Ordinal) is not true
            && run.Cards.Any(card => card.Contains("vient de rouvrir", StringComparison.Ordinal)));
    }
}

internal static class Debates
{
    public static async Task<TableEntity> ThreadAsync(CrashRun run, string page)
    {
        var address = run.Lane.Site.AddressOf(run.Path(page));
        return (await StoredRows.OfAsync(run, "Comments", "t.", run.Site)).Single(row => row.GetString("Page") == address);
    }
}
