using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SocialHub.EndToEnd.Peers;

/// <summary>A web server inside the test process, on a free port of 127.0.0.1 unless one is given.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LocalServer(WebApplication application)
    {
        _application = application;
        Address = new Uri(application.Urls.First());
    }

    public Uri Address { get; }

    public static async Task<LocalServer> StartAsync(Action<WebApplication> routes, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        builder.Services.AddRouting();
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        builder.Logging.ClearProviders();
        var application = builder.Build();
        routes(application);
        await application.StartAsync();
        return new LocalServer(application);
    }

    public async ValueTask DisposeAsync()
    {
        // A test may still hold a slow request open; it need not be waited for.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }
}
