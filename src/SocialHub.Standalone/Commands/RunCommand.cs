using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Standalone.Demo;
using SocialHub.Standalone.Hosting;
using SocialHub.Standalone.Storage;

namespace SocialHub.Standalone.Commands;

/// <summary><c>run</c>: the hub until SIGTERM or Ctrl+C, which finish what runs.</summary>
internal static class RunCommand
{
    private static readonly Option<string?> Hub = new("--hub") { HelpName = "FILE", Description = "hub.json of the authority. Without it and without a storage account: the demo." };
    private static readonly Option<int> Port = new("--port") { HelpName = "PORT", Description = "Port to listen on; 0: any free one.", DefaultValueFactory = _ => new RunSettings().Port };
    private static readonly Option<string> Listen = new("--listen") { HelpName = "ADDRESS", Description = "IP address to listen on.", DefaultValueFactory = _ => new RunSettings().Listen };
    private static readonly Option<string?> StorageAccount = new("--storage") { HelpName = "CONNECTION", Description = "Connection string of an Azure Storage account. Without it an embedded Azurite is started: for trying, not for keeping." };
    private static readonly Option<string[]> Site = new("--site") { HelpName = "ORIGIN", Description = "Origin of a site on a private address, for example http://localhost:8080, that may be fetched all the same; may be repeated.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Pds = new("--pds") { HelpName = "ORIGIN", Description = "For the demo: origin of a Bluesky server (PDS) of your own that asks for no invitation, for example http://localhost:2583. The demo makes an account there and really posts its announcements." };
    private static readonly Option<string?> Settings = new("--settings") { HelpName = "FILE", Description = $"Settings in the form of local.settings.sample.json; without it {AppSettings.DefaultFile} here, if there. The environment is stronger." };
    private static readonly Option<string?> Data = new("--data") { HelpName = "FOLDER", Description = "Where the embedded storage keeps its data, a folder for one hub at a time; without it, your user data folder. Not for the demo, which keeps nothing." };

    static RunCommand()
    {
        Port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
                result.AddError("--port is 0 to 65535.");
        });
        Listen.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError("--listen is an IP address, for example 127.0.0.1 or 0.0.0.0.");
        });
        Site.Validators.Add(result =>
        {
            foreach (var origin in result.GetValueOrDefault<string[]>() ?? [])
                CheckOrigin(result, origin);
        });
        Pds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } origin)
                CheckOrigin(result, origin);
        });
        foreach (var file in (Option<string?>[])[Hub, Settings])
        {
            file.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string?>() is { } path && !File.Exists(path))
                    result.AddError($"{path} is not there.");
            });
        }
    }

    public static Command Create()
    {
        var command = new Command("run", "Starts the hub (the default).");
        Describe(command);
        return command;
    }

    /// <summary>Gives <paramref name="command"/> the options and the action of <c>run</c>.</summary>
    public static void Describe(Command command)
    {
        foreach (var option in (Option[])[Hub, Port, Listen, StorageAccount, Site, Settings, Data, Pds])
            command.Add(option);
        command.SetAction((result, cancellationToken) => RunAsync(From(result), Console.Out, Console.Error, cancellationToken));
    }

    /// <summary>Reads the arguments of <c>run</c>.</summary>
    /// <exception cref="ArgumentException">They are not its arguments.</exception>
    public static RunSettings Parse(IReadOnlyList<string> args)
    {
        var result = CommandLine.Create().Parse(args);
        return result.Errors.Count == 0 ? From(result) : throw new ArgumentException(string.Join(' ', result.Errors.Select(error => error.Message)), nameof(args));
    }

    /// <summary>Runs the hub until it is told to stop.</summary>
    /// <returns>0, also when it was stopped before it had started; 1 when it could not start, the reason is on <paramref name="error"/>.</returns>
    public static async Task<int> RunAsync(RunSettings settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        IDisposable? held = null;
        EmbeddedAzurite? azurite = null;
        DemoAuthority? demo = null;
        var stopping = cancellationToken;
        var showsStack = false;
        try
        {
            var told = Effective(settings);
            showsStack = (told["Logging:LogLevel:SocialHub"] ?? told["Logging:LogLevel:Default"]) is "Debug" or "Trace";
            var hasStorage = told["AzureWebJobsStorage"] is { Length: > 0 } || told["AzureWebJobsStorage:accountName"] is { Length: > 0 };
            var isDemo = !hasStorage && told["SocialHub:ConfigurationFile"] is not { Length: > 0 };
            if (settings.Pds is not null && !isDemo)
                throw new InvalidDataException("--pds is for the demo; an authority's accounts and their servers stand in its hub.json.");
            if (settings.DataFolder is not null && isDemo)
                throw new InvalidDataException("--data is for an authority's hub on embedded storage; the demo keeps nothing. Give it a hub.json too (--hub).");
            if (!hasStorage)
            {
                if (isDemo)
                {
                    demo = await DemoAuthority.StartAsync(settings.Pds, TimeProvider.System, cancellationToken);
                    settings = demo.Settings(settings);
                }

                var folder = settings.DataFolder ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "socialhub");
                held = DataFolder.Hold(folder);
                azurite = await EmbeddedAzurite.StartAsync(new EmbeddedAzuriteOptions { DataFolder = Path.Combine(folder, "storage"), Progress = error.WriteLine }, cancellationToken);
                settings = WithEmbedded(settings, azurite.ConnectionString, await SigningKeyAsync(folder, cancellationToken));
                await output.WriteLineAsync($"Embedded storage in {folder}: for trying, not for keeping");
            }

            await using var host = StandaloneHost.Build(settings);
            stopping = host.Lifetime.ApplicationStopping;
            await host.StartAsync(cancellationToken);
            foreach (var address in host.Urls)
                await output.WriteLineAsync($"SocialHub listens on {address}");
            if (demo is null)
                await TellConfigurationAsync(host.Services.GetRequiredService<HubConfigurationSource>(), error, stopping);
            if (demo is null && host.Services.GetRequiredService<IOptions<HubOptions>>().Value.TrustedHops is > 0 and var hops)
                await output.WriteLineAsync($"SocialHub__TrustedHops is {hops}: so many proxies must stand before this hub, or whoever asks chooses an address, and a limit, of their own");
            var life = demo?.LiveAsync(output, host.Logger, host.Lifetime.ApplicationStopping) ?? Task.CompletedTask;
            await host.WaitForShutdownAsync(cancellationToken);
            await life;
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e)
        {
            var sentence = StartFailure.Tell(e);
            await error.WriteLineAsync(sentence ?? $"The hub could not start: {e}");
            if (sentence is not null && showsStack)
                await error.WriteLineAsync(e.ToString());
            return 1;
        }
        finally
        {
            if (azurite is not null)
                await azurite.DisposeAsync();
            held?.Dispose();
            if (demo is not null)
                await demo.DisposeAsync();
        }
    }

    private static RunSettings From(ParseResult result) => new()
    {
        HubFile = result.GetValue(Hub),
        Port = result.GetValue(Port),
        Listen = result.GetValue(Listen)!,
        Storage = result.GetValue(StorageAccount),
        Sites = [.. result.GetValue(Site)!.Select(origin => origin.TrimEnd('/'))],
        SettingsFile = result.GetValue(Settings),
        DataFolder = result.GetValue(Data),
        Pds = result.GetValue(Pds)?.TrimEnd('/'),
    };

    // As check does: whoever starts a hub looks here, and not at its health.
    private static async Task TellConfigurationAsync(HubConfigurationSource source, TextWriter error, CancellationToken cancellationToken)
    {
        await source.CurrentAsync(cancellationToken);
        var errors = source.Errors;
        if (errors.Count == 0)
            return;
        foreach (var one in errors)
            await error.WriteLineAsync(one.ToString());
        await error.WriteLineAsync($"hub.json has {(errors.Count == 1 ? "one error" : $"{errors.Count} errors")}; {(source.IsUsable ? "the last good one runs in its place" : "there is no last good one, so nothing runs but health")}. It is read again by itself.");
    }

    private static void CheckOrigin(OptionResult result, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.GetLeftPart(UriPartial.Authority) != origin.TrimEnd('/'))
            result.AddError($"{result.Option.Name} {origin} is no origin: scheme, host and port, for example http://localhost:8080.");
    }

    private static IConfigurationRoot Effective(RunSettings settings)
    {
        var configuration = new ConfigurationBuilder();
        AppSettings.Add(configuration, settings);
        return configuration.Build();
    }

    private static RunSettings WithEmbedded(RunSettings settings, string connection, string signingKey)
    {
        var built = Effective(settings);
        var values = new Dictionary<string, string?>(settings.Values, StringComparer.Ordinal);
        if (built["SocialHub:SigningKey"] is not { Length: > 0 })
            values["SocialHub:SigningKey"] = signingKey;
        if (built["Standalone:MaxPollingInterval"] is null)
            values["Standalone:MaxPollingInterval"] = "00:00:01";
        return settings with { Storage = connection, Values = values };
    }

    // A hub that is only tried needs no key to be invented by hand; one on a storage account must be given its own.
    private static async Task<string> SigningKeyAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "signing-key");
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var file = new StreamWriter(path, options);
            await file.WriteAsync(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        }

        return (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
    }
}
