using System.Globalization;
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
        await ArticleNotes.UntilAsync(run, "every article is announced", rows => rows.Count(p => p.GetString("State") == "Published") == 2 * announced);
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
