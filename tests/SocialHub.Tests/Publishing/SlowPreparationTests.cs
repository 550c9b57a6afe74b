using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>A network that takes longer over the pictures than a worker may hold a publication.</summary>
public sealed class SlowPreparationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task It_is_put_off_before_another_worker_may_begin_and_nobody_concludes_that_the_hub_died()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.WriteAsync("Texte", "skies");
        for (var i = 0; i < 3; i++)
        {
            var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.Skies.SlowUpload = async stop =>
            {
                began.SetResult();
                await Task.Delay(TimeSpan.FromHours(1), hub.Clock, stop);
            };
            var due = Assert.Single(await hub.DueAsync());
            Assert.Equal(0, due.Attempts);
            var work = hub.RunAsync(due);
            await began.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            hub.Clock.Advance(hub.Options.Times.Busy - TimeSpan.FromSeconds(15));
            await work.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            Assert.Equal(PublicationState.Planned, (await hub.OnlyAsync("skies")).State);
            hub.Clock.Advance(TimeSpan.FromHours(1));
        }

        hub.Skies.SlowUpload = null;
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_hub_that_is_told_to_stop_does_not_take_it_for_a_slow_network()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.WriteAsync("Texte", "skies");
        using var stopping = new CancellationTokenSource();
        hub.Skies.SlowUpload = async stop =>
        {
            await stopping.CancelAsync();
            stop.ThrowIfCancellationRequested();
        };
        var due = Assert.Single(await hub.DueAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Get<PublicationWork>().RunAsync(due.Hint.ToMessage(), stopping.Token));
        Assert.Equal((0, 0), ((await hub.OnlyAsync("skies")).PutOff, Assert.Single(await hub.DueAsync()).Attempts));
    }
}
