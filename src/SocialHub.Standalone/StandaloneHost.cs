using System.Net;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialHub.Functions;
using SocialHub.Standalone.Commands;
using SocialHub.Standalone.Hosting;
using SocialHub.Storage;

namespace SocialHub.Standalone;

/// <summary>The hub in one process: the functions of the function app under Kestrel, a queue pump and timers. The same for the command line and for tests.</summary>
public static class StandaloneHost
{
    /// <summary>Builds the host that <c>run</c> with these arguments would start; the storage must be given, for nothing is started here.</summary>
    public static WebApplication Build(params string[] args) => Build(RunCommand.Parse(args));

    /// <summary>Builds the host, ready to start.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="configure">Changes the composition before it is built, for tests.</param>
    /// <param name="functions">Classes with functions; null: those of the function app.</param>
    /// <exception cref="UnsupportedFunctionException">A function uses what this runtime does not know.</exception>
    /// <exception cref="InvalidDataException">host.json or the settings file is wrong.</exception>
    public static WebApplication Build(RunSettings settings, Action<WebApplicationBuilder>? configure = null, IEnumerable<Type>? functions = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "SocialHub" });
        AppSettings.Add(builder.Configuration, settings);

        builder.Logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            // It says nothing above Information; but while it may, every request gets an Activity with random ids, and a scope that nobody writes.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // That the start failed is told once, by whoever asked for it.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Polly", LogLevel.Warning)
            .AddFilter("Azure", LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HttpPipeline.MaxBody;
            kestrel.Listen(IPAddress.Parse(settings.Listen), settings.Port);
        });
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateScopes, provider.ValidateOnBuild) = (true, true));

        var host = HostSettings.Read(Path.Combine(AppContext.BaseDirectory, "host.json"));
        var catalog = FunctionCatalog.Of(functions ?? typeof(StandaloneHost).Assembly.GetTypes(), builder.Configuration);
        builder.Services.AddRouting().AddCors();
        builder.Services.AddHubFunctions(builder.Configuration);
        AddRuntime(builder.Services, builder.Configuration, host, catalog);
        configure?.Invoke(builder);

        var application = builder.Build();
        HttpPipeline.Use(application, catalog, host);
        return application;
    }

    // After AddSocialHub: hosted services start in order, so tables and queues are there before the pumps look.
    private static void AddRuntime(IServiceCollection services, ConfigurationManager configuration, HostSettings host, FunctionCatalog catalog)
    {
        services.AddOptions<StandaloneOptions>().Bind(configuration.GetSection(StandaloneOptions.Section))
            .Validate(options => options.QueueLease >= TimeSpan.FromSeconds(1), "Standalone__QueueLease must be 1 s or more.")
            .Validate(options => options.TimerLease >= TimeSpan.FromSeconds(15) && options.TimerLease <= TimeSpan.FromSeconds(60), "Standalone__TimerLease must be 15 to 60 s.")
            .ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<IOptions<StandaloneOptions>>((options, standalone) => options.ShutdownTimeout = standalone.Value.StopWithin);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(host);
        services.AddSingleton(catalog);
        services.AddSingleton(provider => provider.GetRequiredService<HubStorage>().Blobs);
        services.AddSingleton(_ => RawQueues(configuration));
        services.AddHostedService<BackgroundPumps>();
    }

    // Without HubStorage's base64: the pump decodes messages itself, so that one that is not base64 is poison and no exception.
    private static QueueServiceClient RawQueues(ConfigurationManager configuration)
    {
        if (configuration["AzureWebJobsStorage"] is { Length: > 0 } connection)
            return new QueueServiceClient(connection);
        var account = new Uri($"https://{configuration["AzureWebJobsStorage:accountName"]}.queue.core.windows.net");
        return configuration["AzureWebJobsStorage:clientId"] is { Length: > 0 } client
            ? new QueueServiceClient(account, new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client)))
            : new QueueServiceClient(account, new DefaultAzureCredential());
    }
}
