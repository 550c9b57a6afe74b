using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace SocialHub.Standalone.Hosting;

/// <summary>Runs every queue and timer function of the application, each in its own loop, from the start of the host to its stop.</summary>
internal sealed class BackgroundPumps(FunctionCatalog catalog, HostSettings settings, QueueServiceClient queues, BlobServiceClient blobs, IOptions<StandaloneOptions> options, IServiceProvider services) : IHostedService, IDisposable
{
    // What was told to give up still gives its message back.
    private static readonly TimeSpan GiveUpWithin = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Background)
            return Task.CompletedTask;
        var time = services.GetRequiredService<TimeProvider>();
        var dice = new HintFaultDice(options.Value.Faults);
        var queuePumps = catalog.Queues.Select(function =>
            new QueuePump(function, queues, services, settings, options, dice, time, services.GetRequiredService<ILogger<QueuePump>>()).PumpAsync(_stopping.Token, _aborting.Token));
        var timerPumps = catalog.Timers.Select(function =>
            new TimerPump(function, blobs, services, options, time, services.GetRequiredService<ILogger<TimerPump>>()).PumpAsync(_stopping.Token, _aborting.Token));
        _running = Task.WhenAll([.. queuePumps, .. timerPumps]);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing new, waits for what runs, and asks it to give up only when <paramref name="cancellationToken"/> says that time is over.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_running.IsCompleted)
            return;
        await _aborting.CancelAsync();
        await _running.WaitAsync(GiveUpWithin, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _aborting.Dispose();
    }
}
