using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Comments;
using SocialHub.Storage;
using SocialHub.Tests.Configuration;
using SocialHub.Tests.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>How much one address may send, asked of two hubs in turn.</summary>
public sealed class SubmissionLimitTests(AzuriteFixture azurite)
{
    private const string Address = "192.0.2.7";
    private static readonly DateTimeOffset Midnight = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SubmissionKind.Comment, SubmissionLimits.Most)]
    [InlineData(SubmissionKind.Report, SubmissionLimits.MostReports)]
    [InlineData(SubmissionKind.Edit, SubmissionLimits.MostEdits)]
    [InlineData(SubmissionKind.Objection, SubmissionLimits.Most)]
    [InlineData(SubmissionKind.Erasure, SubmissionLimits.Most)]
    public async Task Midnight_gives_nobody_more_messages_of_any_kind(SubmissionKind kind, int most)
    {
        await using var hubs = await TwoHubs.StartAsync(azurite);
        var time = new FakeTimeProvider(Midnight.AddMinutes(-3));
        var limits = new[] { hubs.First, hubs.Second }.Select(hub => new SubmissionLimits(hub.GetRequiredService<HubStorage>(), time)).ToArray();
        for (var number = 0; number < most; number++)
        {
            Assert.True((await limits[number % 2].AdmitAsync(Address, kind, Stop)).Succeeded);
            time.Advance(TimeSpan.FromMinutes(5) / most);
        }

        // 00:02; the first of them was at 23:57.
        Assert.Equal(Midnight.AddMinutes(2), time.GetUtcNow());
        foreach (var limit in limits)
        {
            var refused = await limit.AdmitAsync(Address, kind, Stop);
            Assert.Equal(ProblemKind.TooMany, refused.Problem?.Kind);
            Assert.Equal(TimeSpan.FromMinutes(5), refused.Problem?.RetryAfter);
        }

        Assert.True((await limits[1].AdmitAsync("192.0.2.8", kind, Stop)).Succeeded);
        // Each kind is counted apart.
        foreach (var other in Enum.GetValues<SubmissionKind>().Where(other => other != kind))
            Assert.True((await limits[0].AdmitAsync(Address, other, Stop)).Succeeded);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await limits[1].AdmitAsync(Address, kind, Stop)).Succeeded);
        Assert.False((await limits[0].AdmitAsync(Address, kind, Stop)).Succeeded);
    }

    [Fact]
    public async Task A_message_whose_answer_is_lost_on_the_way_from_storage_counts_once()
    {
        var connection = await azurite.NewAccountAsync();
        var lost = new LostAnswers(() => Task.CompletedTask);
        var storage = new HubStorage(LostAnswers.Tables(connection, lost), new QueueServiceClient(connection), new BlobServiceClient(connection));
        await storage.CreateAsync(Stop);
        var time = new FakeTimeProvider(Midnight);
        var limits = new SubmissionLimits(storage, time);
        for (var number = 0; number < 5; number++)
        {
            lost.Lose(1);
            Assert.True((await limits.AdmitAsync(Address, Stop)).Succeeded);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False((await limits.AdmitAsync(Address, Stop)).Succeeded);
    }

    [Fact]
    public async Task An_address_has_another_hash_each_day_and_a_day_is_forgotten_whole()
    {
        await using var hubs = await TwoHubs.StartAsync(azurite);
        var time = new FakeTimeProvider(Midnight.AddMinutes(-1));
        var limits = new SubmissionLimits(hubs.First.GetRequiredService<HubStorage>(), time);
        var before = (await limits.AdmitAsync(Address, Stop)).Value;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(before, (await limits.AdmitAsync(Address, Stop)).Value);
        // 48 hours and a minute after the first of the two days began.
        time.Advance(TimeSpan.FromDays(1));
        await limits.ForgetAsync(Stop);
        var kept = await hubs.First.GetRequiredService<HubStorage>().Limits.QueryAsync<TableEntity>(cancellationToken: Stop).ToListAsync(Stop);
        Assert.All(kept, row => Assert.Equal("20261125", row.PartitionKey));
        Assert.Equal(2, kept.Count);
    }
}
