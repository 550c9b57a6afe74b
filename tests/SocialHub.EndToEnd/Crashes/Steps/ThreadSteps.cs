using System.Net;
using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A moderator gives one page a policy of its own, before or after its first comment.</summary>
public sealed class GovernThread(string page, string policy) : CrashStep
{
    public override string Name => $"{policy} for \"{page}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var address = run.Lane.Site.Open(run.Path(page), "Travaux rue des Lilas");
        var answer = await run.Moderator.SendAsync(HttpMethod.Put, "/api/v1/threads", new { site = run.Site, page = address, policy });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        Assert.Equal(policy, answer.Json().GetProperty("policy").GetString());
    }
}

/// <summary>The rules alone have published a comment, as the page's policy allows.</summary>
public sealed class SeePublished(string text) : CrashStep
{
    public override string Name => $"see \"{text}\"";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        await run.UntilAsync($"\"{text}\" is public", async () => (await run.Citizen.GetAsync($"/api/v1/sites/{run.Site}/comments/{comment.Id}")).Status == HttpStatusCode.OK);
        comment.State = "Published";
    }
}

/// <summary>Visitors read a page in each of its forms: what the hub then has in memory must not be taken for what comes next.</summary>
public sealed class ReadThread(string page) : CrashStep
{
    public override string Name => $"read \"{page}\"";

    public override async Task RunAsync(CrashRun run)
    {
        foreach (var form in new[] { "", ".html", ".rss" })
        {
            foreach (var sort in new[] { "oldest", "newest" })
            {
                var answer = await run.Citizen.GetAsync($"/api/v1/sites/{run.Site}/comments{form}?page={Uri.EscapeDataString(run.Lane.Site.AddressOf(run.Path(page)))}&sort={sort}");
                Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
                if (form.Length == 0)
                    Assert.Equal(answer.Json().GetProperty("count").GetInt32(), answer.Json().GetProperty("comments").GetArrayLength());
            }
        }
    }
}

/// <summary>
/// The days of a thread are over. They are whole days, so the test moves the promise: the thread's end and its due row together, as they would have been
/// written days ago. The clock then closes it, and nobody writes there any more.
/// </summary>
public sealed class LetThreadClose(string page) : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var address = run.Lane.Site.AddressOf(run.Path(page));
        var table = run.Tables.GetTableClient("Comments");
        await run.UntilAsync("the thread's promise is moved", async () =>
        {
            var thread = (await StoredRows.OfAsync(run, "Comments", "t.", run.Site)).Single(row => row.GetString("Page") == address);
            var due = (await StoredRows.OfAsync(run, "Comments", "d.", run.Site)).Single(row => row.RowKey == thread.GetString("DueKey"));
            return await ThreadPromise.MoveAsync(table, thread, due, "thread", (now, key) => (thread["Closes"], thread["DueKey"]) = (now, key));
        });
        await run.UntilAsync("the clock closes the thread", async () =>
            (await StoredRows.OfAsync(run, "Comments", "t.", run.Site)).Single(row => row.GetString("Page") == address).GetBoolean("Closed") is true);
        var late = await run.Citizen.PostAsync(SubmitComment.Route(run), new { page = address, text = "J'arrive trop tard.", name = "Camille" }, ("Origin", SubmitComment.Origin(run)));
        Assert.Equal((HttpStatusCode.Conflict, "urn:socialhub:problem:thread-closed"), (late.Status, late.Json().GetProperty("type").GetString()));
    }
}

/// <summary>A card about what waits has reached the moderators.</summary>
public sealed class AwaitCard(string text, string subject) : CrashStep
{
    public override string Name => $"a card about \"{text}\" ({subject})";

    public override Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        // Delivered, and noted as delivered: what happens next then finds the same each time.
        return run.UntilAsync($"a card about \"{text}\" ({subject}) is delivered", async () =>
            CardTokens.Delivered(run).Exists(card => card.Token.Id == comment.Id && card.Token.Subject == subject)
            && (await StoredRows.CommentsAsync(run)).Single(row => row.RowKey[2..] == comment.Id).GetString("Owned")?.Contains($".reminder.{comment.Id}.{subject}", StringComparison.Ordinal) is true);
    }
}

/// <summary>A reader reports a comment, and while the card about that is on its way to the moderators another one does: what they can decide must show both.</summary>
public sealed class ReportWhileCardIsOnItsWay(string text) : CrashStep
{
    public override string Name => $"report \"{text}\" twice at once";

    public override async Task RunAsync(CrashRun run)
    {
        var gate = run.Faults.Close("webhook");
        try
        {
            await new ReportComment(text).RunAsync(run);
            await gate.Arrived.WaitAsync(Patience.Limit);
            await new ReportComment(text).RunAsync(run);
        }
        finally
        {
            gate.Open();
        }

        await new AwaitCard(text, "report").RunAsync(run);
    }
}
