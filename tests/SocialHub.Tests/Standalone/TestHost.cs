using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Standalone;
using SocialHub.Standalone.Hosting;

namespace SocialHub.Tests.Standalone;

/// <summary>A standalone hub in this process, with functions of a test and a port of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestHost(WebApplication application) => _application = application;

    public required HttpClient Client { get; init; }

    public IServiceProvider Services => _application.Services;

    /// <param name="storage">Connection string.</param>
    /// <param name="state">What the functions are given by injection.</param>
    /// <param name="functions">Their classes.</param>
    /// <param name="host">In place of host.json.</param>
    /// <param name="values">More settings.</param>
    public static async Task<TestHost> StartAsync(string storage, object state, IEnumerable<Type> functions, HostSettings? host = null, params (string Name, string Value)[] values)
    {
        var settings = new RunSettings
        {
            Port = 0,
            Storage = storage,
            Values = values.Append(("SocialHub:SigningKey", "a key that is only good for tests, and long")).ToDictionary(value => value.Item1, value => (string?)value.Item2, StringComparer.Ordinal),
        };
        var application = StandaloneHost.Build(settings, builder =>
        {
            builder.Services.AddSingleton(state.GetType(), state);
            if (host is not null)
                builder.Services.AddSingleton(host);
        }, functions);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new TestHost(application) { Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()), Timeout = TimeSpan.FromSeconds(30) } };
    }

    /// <summary>What SIGTERM does.</summary>
    public Task StopAsync() => _application.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // A host that is only disposed leaves its pumps at work, and they take messages from the one that follows.
        await StopAsync();
        await _application.DisposeAsync();
    }
}
