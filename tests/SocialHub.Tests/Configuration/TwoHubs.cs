using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Storage;

namespace SocialHub.Tests.Configuration;

/// <summary>Two hubs on one account, each with the real composition: nothing that they share is in memory.</summary>
internal sealed class TwoHubs : IAsyncDisposable
{
    private TwoHubs(ServiceProvider first, ServiceProvider second) => (First, Second) = (first, second);

    public ServiceProvider First { get; }

    public ServiceProvider Second { get; }

    public static async Task<TwoHubs> StartAsync(AzuriteFixture azurite)
    {
        var connection = await azurite.NewAccountAsync();
        var hubs = new TwoHubs(Hub(connection), Hub(connection));
        await hubs.First.GetRequiredService<HubStorage>().CreateAsync(CancellationToken.None);
        return hubs;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private static ServiceProvider Hub(string connection)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = connection,
            ["SocialHub:SigningKey"] = new string('s', 32),
        }).Build();
        return new ServiceCollection().AddLogging().AddSocialHub(settings).BuildServiceProvider();
    }
}
