using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Faults;

public sealed class FaultProxyTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_storage_clients_work_through_it_and_every_change_has_its_name()
    {
        await using var proxy = await FaultProxy.StartAsync();
        var storage = proxy.Storage(await azurite.NewAccountAsync());
        var table = new TableClient(storage, "Comments");
        var queue = new QueueClient(storage, "comment-verdict");
        var container = new BlobContainerClient(storage, "snapshots");

        await table.CreateAsync();
        await table.SubmitTransactionAsync([Add("t.page"), Add("c.page-1"), Add("l.page-1.1"), Add("l.page-1.2"), Add("d.2026.verdict.page-1.comment")]);
        var row = (await table.GetEntityAsync<TableEntity>("site", "t.page")).Value;
        row["count"] = 1;
        await table.UpdateEntityAsync(row, row.ETag);
        // The ETag is old now: refused, and the repeat is the same point as the refusal.
        await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(row, row.ETag));
        await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync([Add("c.page-1")]));
        await table.SubmitTransactionAsync([Add("c.page-2")]);
        await queue.CreateAsync();
        await queue.SendMessageAsync("hint");
        var message = (await queue.ReceiveMessageAsync()).Value;
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        await container.CreateAsync();
        await container.GetBlobClient("une").UploadAsync(BinaryData.FromString("{}"));
        Assert.Equal("{}", (await container.GetBlobClient("une").DownloadContentAsync()).Value.Content.ToString());

        Assert.Equal(
            [
                "tables create Comments#1",
                "tables Comments batch[add t,add c,add l x2,add d:verdict]#1",
                "tables Comments upd t#1",
                "tables Comments batch[add c]#1",
                "queues create comment-verdict#1",
                "queues comment-verdict put#1",
                "queues comment-verdict receive#1",
                "queues comment-verdict delete#1",
                "blobs create snapshots#1",
                "blobs snapshots put#1",
            ],
            proxy.Run.Points.Select(p => p.ToString()));
        Assert.Equal(2, proxy.Run.Points.Count(p => p.Clock));
    }

    [Theory]
    [InlineData(Fault.KillBefore, false)]
    [InlineData(Fault.KillAfter, true)]
    public async Task The_hub_is_killed_before_the_change_or_after_it(Fault fault, bool there)
    {
        await using var proxy = await FaultProxy.StartAsync();
        var direct = await azurite.NewAccountAsync();
        await new TableClient(direct, "Comments").CreateAsync();
        var thereWhenKilled = false;
        var armed = proxy.Begin().Arm(new Point(new RequestName("tables Comments add c", Clock: false), 2), fault, async () =>
            thereWhenKilled = (await new TableClient(direct, "Comments").GetEntityIfExistsAsync<TableEntity>("site", "c.2")).HasValue);

        var impatient = new TableClientOptions();
        impatient.Retry.MaxRetries = 0;
        var table = new TableClient(proxy.Storage(direct), "Comments", impatient);
        await table.AddEntityAsync(new TableEntity("site", "c.1"));
        Assert.False(armed.Fired.IsCompleted);
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("site", "c.2")));
        await armed.Fired;
        Assert.Equal(there, thereWhenKilled);
        // Only once.
        await table.AddEntityAsync(new TableEntity("site", "c.3"));
    }

    [Fact]
    public async Task A_cut_answer_makes_the_storage_client_repeat_a_change_that_was_made()
    {
        await using var proxy = await FaultProxy.StartAsync();
        var storage = proxy.Storage(await azurite.NewAccountAsync());
        var table = new TableClient(storage, "Comments");
        await table.CreateAsync();
        var armed = proxy.Begin().Arm(new Point(new RequestName("tables Comments add c", Clock: false), 1), Fault.CutAnswer, () => Task.CompletedTask);
        var repeated = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("site", "c.1")));
        Assert.Equal(409, repeated.Status);
        await armed.Fired;
        Assert.Equal([204, 409], proxy.Run.Requests.Where(r => r.Method == "POST").Select(r => r.Status));
    }

    private static TableTransactionAction Add(string rowKey) => new(TableTransactionActionType.Add, new TableEntity("site", rowKey));
}
