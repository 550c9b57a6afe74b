using Azure;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Tests.Storage;

public sealed class TransitionTests(AzuriteFixture azurite)
{
    private const string Site = "ville";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_known_as_our_own()
    {
        var (table, lost, _) = await TableAsync(() => Task.CompletedTask);
        var owner = await AddAsync(table);
        lost.Lose(1);
        owner.State = "Published";
        Assert.Equal(Commit.Applied, await Change(table, owner).CommitAsync(CancellationToken.None));
        Assert.Equal("Published", (await ReadAsync(table)).State);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_our_own_although_another_writer_followed()
    {
        Owner? theirs = null;
        TableClient? other = null;
        var (table, lost, plain) = await TableAsync(async () =>
        {
            theirs = await ReadAsync(other!);
            theirs.State = "Withdrawn";
            Assert.Equal(Commit.Applied, await Change(other!, theirs).CommitAsync(CancellationToken.None));
        });
        other = plain;
        var owner = await AddAsync(plain);
        lost.Lose(1);
        owner.State = "Published";
        Assert.Equal(Commit.Applied, await Change(table, owner).CommitAsync(CancellationToken.None));
        var now = await ReadAsync(plain);
        Assert.Equal("Withdrawn", now.State);
        Assert.Equal(2, now.Seq);
        Assert.Equal(["Held", "Published", "Withdrawn"], await HistoryAsync(plain));
    }

    [Fact]
    public async Task A_first_write_whose_answer_was_lost_is_known_as_our_own()
    {
        var (table, lost, _) = await TableAsync(() => Task.CompletedTask);
        lost.Lose(1);
        await AddAsync(table);
        Assert.Equal("Held", (await ReadAsync(table)).State);
    }

    [Fact]
    public async Task A_write_whose_every_answer_is_lost_is_known_as_our_own()
    {
        var (table, lost, _) = await TableAsync(() => Task.CompletedTask);
        var owner = await AddAsync(table);
        lost.Lose(10);
        owner.State = "Published";
        Assert.Equal(Commit.Applied, await Change(table, owner).CommitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_slower_of_two_writers_is_told_and_nothing_of_it_is_there()
    {
        var (table, _, _) = await TableAsync(() => Task.CompletedTask);
        await AddAsync(table);
        var (first, second) = (await ReadAsync(table), await ReadAsync(table));
        first.State = "Published";
        second.State = "Rejected";
        Assert.Equal(Commit.Applied, await Change(table, first).CommitAsync(CancellationToken.None));
        Assert.Equal(Commit.Conflict, await Change(table, second).Add(new TableEntity(Site, "q.index")).CommitAsync(CancellationToken.None));
        Assert.Equal("Published", (await ReadAsync(table)).State);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>(Site, "q.index")).HasValue);
    }

    [Fact]
    public async Task The_delete_of_a_row_that_is_gone_rolls_the_whole_transaction_back()
    {
        var (table, _, _) = await TableAsync(() => Task.CompletedTask);
        var owner = await AddAsync(table);
        owner.State = "Published";
        var transition = Change(table, owner).Add(new TableEntity(Site, "q.index")).Delete("d.gone");
        Assert.Equal(Commit.Conflict, await transition.CommitAsync(CancellationToken.None));
        Assert.Equal("Held", (await ReadAsync(table)).State);
        Assert.Equal(["Held"], await HistoryAsync(table));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>(Site, "q.index")).HasValue);
    }

    [Fact]
    public async Task A_write_of_an_older_reader_keeps_what_it_does_not_know()
    {
        var (table, _, _) = await TableAsync(() => Task.CompletedTask);
        await AddAsync(table);
        await table.UpsertEntityAsync(new TableEntity(Site, "c.one") { ["OfTheFuture"] = 7 }, TableUpdateMode.Merge);
        var owner = await ReadAsync(table);
        owner.State = "Published";
        Assert.Equal(Commit.Applied, await Change(table, owner).CommitAsync(CancellationToken.None));
        Assert.Equal(7, (await ReadAsync(table)).Entity.GetInt32("OfTheFuture"));
    }

    [Fact]
    public async Task A_caller_who_hung_up_before_it_began_stops_it()
    {
        var (table, _, _) = await TableAsync(() => Task.CompletedTask);
        var owner = await AddAsync(table);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Change(table, owner).CommitAsync(new CancellationToken(canceled: true)));
        Assert.Equal(["Held"], await HistoryAsync(table));
    }

    private static Transition Change(TableClient table, Owner owner)
    {
        owner.Seq++;
        return new Transition(table, LogRow.New(Site, "one", owner.Seq, Now, "changed", owner.State, "test"), TimeProvider.System).Replace(owner);
    }

    private static async Task<Owner> AddAsync(TableClient table)
    {
        var owner = new Owner(new TableEntity(Site, "c.one")) { State = "Held" };
        Assert.Equal(Commit.Applied, await new Transition(table, LogRow.New(Site, "one", 0, Now, "added", "Held", "test"), TimeProvider.System).Add(owner).CommitAsync(CancellationToken.None));
        return await ReadAsync(table);
    }

    private static async Task<Owner> ReadAsync(TableClient table) => new(await table.GetEntityAsync<TableEntity>(Site, "c.one"));

    private static async Task<List<string>> HistoryAsync(TableClient table)
    {
        var (from, before) = Keys.LogOf("one");
        return await table.QueryAsync<TableEntity>(DueWork.Range(Site, from, before)).Select(entity => new LogRow(entity).State).ToListAsync();
    }

    private async Task<(TableClient Losing, LostAnswers Lost, TableClient Plain)> TableAsync(Func<Task> meanwhile)
    {
        var connection = await azurite.NewAccountAsync();
        var plain = new TableServiceClient(connection).GetTableClient("Comments");
        await plain.CreateIfNotExistsAsync();
        var lost = new LostAnswers(meanwhile);
        return (LostAnswers.Table(connection, "Comments", lost), lost, plain);
    }

    private sealed class Owner(TableEntity entity) : Row(entity)
    {
        public string State
        {
            get => Text("State") ?? "";
            set => Set("State", value);
        }

        public int Seq
        {
            get => Number("Seq");
            set => Set("Seq", value);
        }
    }
}
