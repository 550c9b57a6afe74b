using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SocialHub.Standalone.Hosting;
using SocialHub.Tests.Standalone;

namespace SocialHub.EndToEnd.Standalone.Oracle;

/// <summary>Who runs a scenario: this repository's runtime, or the WebJobs host, whose listeners are those of Azure Functions.</summary>
public enum Runtime
{
    Standalone,
    WebJobs,
}

/// <summary>Runs the functions of two classes that do the same, ours or theirs: by default <see cref="OursFunctions"/> and <see cref="TheirFunctions"/>.</summary>
internal static class OracleHost
{
    public const int MaxDequeueCount = 3;

    /// <summary>How long ours holds a message, renewed at half of it: the other half is for a renewal that a busy machine does late.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    public static Task<IAsyncDisposable> StartAsync(Runtime runtime, string storage, Observed observed) =>
        StartAsync(runtime, storage, observed, typeof(OursFunctions), typeof(TheirFunctions));

    public static async Task<IAsyncDisposable> StartAsync(Runtime runtime, string storage, Observed observed, Type ours, Type theirs)
    {
        if (runtime == Runtime.Standalone)
        {
            var settings = new HostSettings { MaxDequeueCount = MaxDequeueCount, MaxPollingInterval = TimeSpan.FromMilliseconds(200) };
            return await TestHost.StartAsync(storage, observed, [ours], settings, ("Standalone:QueueLease", Lease.ToString()));
        }

        var host = new HostBuilder()
            .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = storage }))
            .ConfigureWebJobs(jobs => jobs
                .AddAzureStorageCoreServices()
                .AddAzureStorage(queues => (queues.MaxDequeueCount, queues.MaxPollingInterval, queues.VisibilityTimeout) = (MaxDequeueCount, TimeSpan.FromMilliseconds(200), TimeSpan.Zero))
                .AddTimers())
            .ConfigureServices(services => services.AddSingleton<ITypeLocator>(new OneType(theirs)).AddSingleton(observed))
            .Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new Stopping(host);
    }

    private sealed class OneType(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class Stopping(IHost host) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }
    }
}
