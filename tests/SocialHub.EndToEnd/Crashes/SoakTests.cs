using System.Globalization;
using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.EndToEnd.Crashes.Steps;
using SocialHub.EndToEnd.Peers;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>
/// Two hubs on one storage account, people who write, moderators who decide, a site with new articles, and every few seconds one of the hubs is killed.
/// <c>dotnet run tests/all.cs soak</c>; SOCIALHUB_SOAK_MINUTES changes its ten minutes.
/// </summary>
public sealed class SoakTests(AzuriteFixture azurite)
{
    private const int People = 6;
    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public async Task Ten_minutes_of_random_kills_lose_and_double_nothing()
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable("SOCIALHUB_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var given) ? given : 10;
        var until = Time.GetUtcNow() + TimeSpan.FromMinutes(minutes);
        await using var lane = await CrashLane.StartAsync(networks: true);
        lane.Mastodon!.Habits.DropAnswerEvery = 10;
        await using var run = await CrashRun.StartAsync(Scenarios.Publishing, lane, await azurite.NewAccountAsync(), trial: null, hubs: 2);
        await new LookFirst().RunAsync(run);

        var kills = KillAsync(run.Hubs, until);
        await Task.WhenAll(Enumerable.Range(0, People).Select(person => LiveAsync(run, person, until)).Append(WriteArticlesAsync(run, until)));
        var (accepted, announced) = (run.Notes<CommentNotes>().Accepted.Count, run.Notes<ArticleNotes>().Announced.Count);
        Console.WriteLine($"soak: {await kills} kills, {accepted} comments accepted, {announced} articles to announce on two networks");

        await run.SettledAsync(TimeSpan.FromMinutes(3));
        await AnswerTheHubAsync(run, 2 * announced);
        await run.SettledAsync();
        foreach (var invariant in Scenarios.Everywhere)
            await invariant.CheckAsync(run);
    }

    private static async Task WriteArticlesAsync(CrashRun run, DateTimeOffset until)
    {
        // Slowly enough that no look finds a burst, which would ask a person.
        for (var number = 0; Time.GetUtcNow() < until; number++)
        {
            new AnnounceArticle($"Nouvelle {number}").Publish(run);
            await Task.Delay(TimeSpan.FromSeconds(15));
        }
    }

    // What the hub may not do by itself after so many deaths: too many articles found by one late look, and what ended it again and again.
    private static async Task AnswerTheHubAsync(CrashRun run, int expected)
    {
        var answered = 0;
        IReadOnlyList<TableEntity> rows = [];
        try
        {
            await run.UntilAsync("every article is announced", async () =>
            {
                await run.Administrator.PostAsync("/api/v1/operations/tick", new { });
                rows = await StoredRows.OfAsync(run, "Publishing", "p.");
                foreach (var row in rows)
                {
                    if (row.GetString("State") == "Failed")
                        await ArticleNotes.ActAsync(run, row.RowKey[2..], "retry");
                    else if (row.GetString("State") == "Planned" && row.GetString("Approval") == "Awaiting")
                        await ApproveAsync(run, row);
                    else
                        continue;
                    answered++;
                }

                await Task.Delay(300);
                return rows.Count(row => row.GetString("State") == "Published") == expected;
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} {string.Join("; ", rows.CountBy(row => (row.GetString("State"), row.GetString("Approval"), row.GetString("ErrorCode"))).Select(state => $"{state.Value} {state.Key}"))}", e);
        }

        Console.WriteLine($"soak: a person answered {answered} times");
    }

    private static Task ApproveAsync(CrashRun run, TableEntity row)
    {
        run.Notes<ArticleNotes>().Approved.Add((row.GetString("Title"), row.GetString("Account")));
        return ArticleNotes.ActAsync(run, row.RowKey[2..], "approve");
    }

    private static async Task<int> KillAsync(IReadOnlyList<HubProcess> hubs, DateTimeOffset until)
    {
        var kills = 0;
        for (; Time.GetUtcNow() < until; kills++)
        {
            await Task.Delay(Random.Shared.Next(500, 4000));
            var hub = hubs[Random.Shared.Next(hubs.Count)];
            await hub.KillAsync();
            await hub.StartAsync();
        }
        return kills;
    }

    // What becomes of a comment; nothing for some, which then wait for a moderator.
    private static readonly IReadOnlyList<Func<string, CrashStep[]>> Fates =
    [
        _ => [],
        text => [new WithdrawComment(text)],
        text => [new DecideComment(text, "publish"), new WithdrawComment(text)],
        text => [new DecideComment(text, "reject"), new ObjectToRefusal(text), new DecideComment(text, "publish", subject: "objection")],
        text => [new EditComment(text, text + " Et encore.", isProposal: false), new DecideComment(text, "publish"), new ReportComment(text), new DecideComment(text, "reject", subject: "report")],
        text => [new DecideComment(text, "publish"), new EditComment(text, text + " Mieux dit.", isProposal: true), new DecideComment(text, "publish", subject: "proposal")],
        text => [new DecideComment(text, "publish"), new UndoDecision(text), new DecideComment(text, "publish")],
        text => [new DecideComment(text, "publish"), new EraseComment(text)],
        text => [new EraseAuthor(text)],
    ];

    private static async Task LiveAsync(CrashRun run, int person, DateTimeOffset until)
    {
        for (var turn = 0; Time.GetUtcNow() < until; turn++)
        {
            var text = $"Personne {person}, message {turn}.";
            await new SubmitComment($"page{Random.Shared.Next(4)}", text, withKey: Random.Shared.Next(2) == 0).RunAsync(run);
            foreach (var step in Fates[Random.Shared.Next(Fates.Count)](text))
                await step.RunAsync(run);
        }
    }
}
