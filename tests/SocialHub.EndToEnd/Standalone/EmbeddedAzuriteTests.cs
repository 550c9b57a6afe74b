using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SocialHub.Standalone.Storage;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Standalone;

public sealed class EmbeddedAzuriteTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_of_one_test_is_empty_although_another_test_uses_the_same_names()
    {
        var mine = await azurite.NewAccountAsync();
        var other = await azurite.NewAccountAsync();
        await new TableClient(mine, "Comments").CreateAsync(Stop);
        await new QueueClient(mine, "comment-verdict").CreateAsync(cancellationToken: Stop);
        await new BlobContainerClient(mine, "config").CreateAsync(cancellationToken: Stop);

        await new TableClient(other, "Comments").CreateAsync(Stop);
        await new QueueClient(other, "comment-verdict").CreateAsync(cancellationToken: Stop);
        await new BlobContainerClient(other, "config").CreateAsync(cancellationToken: Stop);

        await new TableClient(mine, "Comments").AddEntityAsync(new TableEntity("p", "r"), Stop);
        Assert.Empty(new TableClient(other, "Comments").Query<TableEntity>(cancellationToken: Stop));
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_soft_stop_and_the_process_is_gone()
    {
        var folder = Directory.CreateTempSubdirectory("socialhub-test-");
        try
        {
            int process;
            await using (var first = await EmbeddedAzurite.StartAsync(new EmbeddedAzuriteOptions { DataFolder = folder.FullName }, Stop))
            {
                process = first.ProcessId;
                await new TableClient(first.ConnectionString, "Comments").CreateAsync(Stop);
                await new TableClient(first.ConnectionString, "Comments").AddEntityAsync(new TableEntity("p", "r"), Stop);
            }

            Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
            await using var second = await EmbeddedAzurite.StartAsync(new EmbeddedAzuriteOptions { DataFolder = folder.FullName }, Stop);
            Assert.Single(new TableClient(second.ConnectionString, "Comments").Query<TableEntity>(cancellationToken: Stop));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
