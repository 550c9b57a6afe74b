using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Storage;

namespace SocialHub.Tests.Configuration;

/// <summary>Two hubs on one account, each with the real composition: nothing that they share is in memory.</summary>
internal sealed class TwoHubs : IAsyncDisposable
{
    private TwoHubs(ServiceProvider first, ServiceProvider second, ShiftedTime time) => (First, Second, Time) = (first, second, time);

    /// <summary>Of both: the machine's clock, and what a test put it forward by.</summary>
    public ShiftedTime Time { get; }

    public ServiceProvider First { get; }

    public ServiceProvider Second { get; }

    public static async Task<TwoHubs> StartAsync(AzuriteFixture azurite)
    {
        var connection = await azurite.NewAccountAsync();
        var time = new ShiftedTime();
        var hubs = new TwoHubs(Hub(connection, time), Hub(connection, time), time);
        await hubs.First.GetRequiredService<HubStorage>().CreateAsync(CancellationToken.None);
        return hubs;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private static ServiceProvider Hub(string connection, TimeProvider time)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = connection,
            ["SocialHub:SigningKey"] = new string('s', 32),
        }).Build();
        return new ServiceCollection().AddLogging().AddSingleton(time).AddSocialHub(settings).BuildServiceProvider();
    }

    /// <summary>A clock that goes as the machine's does, and can be put forward.</summary>
    internal sealed class ShiftedTime : TimeProvider
    {
        private TimeSpan _by;

        public void Advance(TimeSpan by) => _by += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _by;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(_by.TotalSeconds * TimestampFrequency);
    }
}
