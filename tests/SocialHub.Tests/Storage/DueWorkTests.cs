using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Tests.Storage;

public sealed class DueWorkTests(AzuriteFixture azurite)
{
    private const string Site = "ville";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_due_row_is_hinted_with_growing_waits_until_it_is_gone()
    {
        var (storage, due) = await OpenAsync();
        await AddAsync(storage, _time.GetUtcNow());
        var minutes = new List<int>();
        for (var minute = 0; minute <= 200; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
        {
            if (await due.HintDueAsync(storage.Comments, Site, CancellationToken.None) > 0)
                minutes.Add(minute);
        }

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 123, 183], minutes);
        var messages = await storage.Queue(Queues.CommentVerdict).ReceiveMessagesAsync(32);
        Assert.Equal(9, messages.Value.Length);
        Assert.All(messages.Value, message => Assert.Equal(Site, Hint.Parse(message.MessageText)?.Partition));
    }

    [Fact]
    public async Task A_hint_for_which_the_identity_has_no_token_is_only_late()
    {
        var hasNone = false;
        var (storage, due) = await OpenAsync(identity: new NoToken(() => hasNone));
        var rows = new[] { await AddAsync(storage, _time.GetUtcNow(), "one"), await AddAsync(storage, _time.GetUtcNow(), "two") };
        hasNone = true;
        Assert.Equal(rows.Length, await due.HintDueAsync(storage.Comments, Site, CancellationToken.None));
        hasNone = false;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(rows.Length, await due.HintDueAsync(storage.Comments, Site, CancellationToken.None));
        Assert.Equal(rows.Length, (await storage.Queue(Queues.CommentVerdict).ReceiveMessagesAsync(32)).Value.Length);
    }

    [Fact]
    public async Task What_is_not_due_yet_is_neither_hinted_nor_begun()
    {
        var (storage, due) = await OpenAsync();
        var row = await AddAsync(storage, _time.GetUtcNow().AddMinutes(5));
        Assert.Equal(0, await due.HintDueAsync(storage.Comments, Site, CancellationToken.None));
        Assert.Null(await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await due.HintDueAsync(storage.Comments, Site, CancellationToken.None));
    }

    [Fact]
    public async Task One_worker_at_a_time_holds_a_row_and_a_dead_one_lets_go()
    {
        var (storage, due) = await OpenAsync();
        var row = await AddAsync(storage, _time.GetUtcNow());
        Assert.NotNull(await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None));
        Assert.Null(await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None));
        _time.Advance(new HubTimes().Busy + TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None));
    }

    [Fact]
    public async Task Work_that_killed_its_process_twice_is_not_tried_a_third_time()
    {
        var (storage, due) = await OpenAsync();
        var row = await AddAsync(storage, _time.GetUtcNow());
        var outcomes = new List<bool>();
        for (var attempt = 0; attempt < 3; attempt++, _time.Advance(TimeSpan.FromHours(1)))
            outcomes.Add((await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None))!.KilledTwice);
        Assert.Equal([false, false, true], outcomes);
    }

    [Fact]
    public async Task Work_that_fails_alive_may_be_tried_as_often_as_it_needs()
    {
        var (storage, due) = await OpenAsync();
        var row = await AddAsync(storage, _time.GetUtcNow());
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => due.WorkAsync(
                storage.Comments,
                Hint.For(Site, row),
                claim =>
                {
                    Assert.False(claim.KilledTwice);
                    throw new InvalidOperationException("The network is away.");
                },
                CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_storage_that_fails_while_a_worker_begins_or_ends_is_no_death(bool atBegin)
    {
        var wire = new Feeds.Wire();
        var (storage, due) = await OpenAsync(wire);
        var row = await AddAsync(storage, _time.GetUtcNow());
        for (var outage = 0; outage < 4; outage++)
        {
            // The write of the claim is done and its answer is lost, and so is every other answer after it; or the write at the end never arrives.
            wire.LosesAnswers = request => atBegin && request.Method != Azure.Core.RequestMethod.Get;
            await Assert.ThrowsAnyAsync<Exception>(() => due.WorkAsync(
                storage.Comments,
                Hint.For(Site, row),
                _ =>
                {
                    wire.Cuts = _ => true;
                    throw new InvalidOperationException("The storage is away.");
                },
                CancellationToken.None));
            (wire.Cuts, wire.LosesAnswers) = (null, null);
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.False((await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None))!.KilledTwice);
        _time.Advance(TimeSpan.FromHours(1));
        // Deaths still count: this claim was never let go.
        Assert.False((await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None))!.KilledTwice);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True((await due.BeginAsync(storage.Comments, Site, row, CancellationToken.None))!.KilledTwice);
    }

    [Fact]
    public async Task A_hint_of_a_row_that_is_gone_does_nothing()
    {
        var (storage, due) = await OpenAsync();
        await due.WorkAsync(storage.Comments, Hint.For(Site, "d.20260101000000000.verdict.x.comment"), _ => throw new InvalidOperationException("There is nothing to do."), CancellationToken.None);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(1, 5, 32)]
    [InlineData(1, 6, 60)]
    [InlineData(1, int.MaxValue, 60)]
    [InlineData(90, 0, 90)]
    [InlineData(90, 3, 90)]
    public void Waits_double_up_to_an_hour_and_are_never_shorter_than_the_first(int first, int before, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), new HubTimes().Growing(TimeSpan.FromMinutes(first), before));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"v\":2,\"partition\":\"ville\",\"due\":\"d.1\"}")]
    [InlineData("{\"v\":1,\"partition\":\"v/ille\",\"due\":\"d.1\"}")]
    [InlineData("not json")]
    public void A_message_that_is_no_hint_of_ours_is_none(string message) => Assert.Null(Hint.Parse(message));

    [Fact]
    public void The_text_of_a_hint_is_fixed() => Assert.Equal("{\"v\":1,\"partition\":\"ville\",\"due\":\"d.1\"}", Hint.For("ville", "d.1").ToMessage());

    private static async Task<string> AddAsync(HubStorage storage, DateTimeOffset at, string owner = "one")
    {
        var row = DueRow.New(Site, Queues.CommentVerdict, at, "verdict", owner);
        await storage.Comments.AddEntityAsync(row.Entity);
        return row.Key;
    }

    private async Task<(HubStorage Storage, DueWork Due)> OpenAsync(Feeds.Wire? wire = null, NoToken? identity = null)
    {
        var connection = await azurite.NewAccountAsync();
        TableClientOptions tables = new() { Retry = { Delay = TimeSpan.FromMilliseconds(10) } };
        if (wire is not null)
            tables.AddPolicy(wire, Azure.Core.HttpPipelinePosition.PerRetry);
        Azure.Storage.Queues.QueueClientOptions queues = new() { MessageEncoding = Azure.Storage.Queues.QueueMessageEncoding.Base64 };
        if (identity is not null)
            queues.AddPolicy(identity, Azure.Core.HttpPipelinePosition.PerCall);
        var storage = new HubStorage(new TableServiceClient(connection, tables), new Azure.Storage.Queues.QueueServiceClient(connection, queues), new Azure.Storage.Blobs.BlobServiceClient(connection));
        await storage.CreateAsync(CancellationToken.None);
        return (storage, new DueWork(new Hints(storage, NullLogger<Hints>.Instance), _time, Options.Create(new HubOptions())));
    }
}
