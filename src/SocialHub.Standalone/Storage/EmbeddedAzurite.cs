using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialHub.Standalone.Storage;

/// <summary>
/// Azurite, Microsoft's storage emulator, as a child process on free ports of 127.0.0.1.
/// It ends with this object, and also when this process is killed, because it lives only as long as its standard input is open.
/// </summary>
public sealed partial class EmbeddedAzurite : IAsyncDisposable
{
    private const string DevelopmentAccount = "devstoreaccount1";

    // The emulator's own well-known key, published in its documentation: no secret.
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly string AccountKey = Convert.ToBase64String(Encoding.ASCII.GetBytes("no secret here"));
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string? _temporary;
    private readonly Dictionary<string, Uri> _services = new(StringComparer.Ordinal);

    private EmbeddedAzurite(Process process, string? temporary) => (_process, _temporary) = (process, temporary);

    /// <summary>Connection string of the account <c>devstoreaccount1</c>.</summary>
    public string ConnectionString => Connection(DevelopmentAccount, DevelopmentKey);

    /// <summary>Process id, for a test that looks whether it is gone.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Where each service listens: <c>blob</c>, <c>queue</c>, <c>table</c>.</summary>
    public IReadOnlyDictionary<string, Uri> Services => _services;

    /// <summary>Connection string of one of <see cref="EmbeddedAzuriteOptions.Accounts"/>.</summary>
    public string ConnectionStringOf(string account) => Connection(account, AccountKey);

    /// <summary>Installs it if it is not there, starts it and waits until all three services listen.</summary>
    /// <exception cref="EmbeddedAzuriteException">It could not be installed, or did not start within a minute.</exception>
    public static async Task<EmbeddedAzurite> StartAsync(EmbeddedAzuriteOptions options, CancellationToken cancellationToken)
    {
        var installation = await AzuriteInstallation.EnsureAsync(options, cancellationToken);
        var temporary = options.DataFolder is null ? Directory.CreateTempSubdirectory("socialhub-storage-").FullName : null;
        var folder = options.DataFolder ?? temporary!;
        Directory.CreateDirectory(folder);

        var start = new ProcessStartInfo("node") { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Path.Combine(installation, "start.cjs"), "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            .. options.DataFolder is null ? (string[])["--inMemoryPersistence"] : ["--location", Path.GetFullPath(folder)],
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', [$"{DevelopmentAccount}:{DevelopmentKey}", .. options.Accounts.Select(name => $"{name}:{AccountKey}")]);

        var azurite = new EmbeddedAzurite(AzuriteInstallation.Start(start), temporary);
        try
        {
            await azurite.ReadyAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it softly, so that it writes what it holds in memory; kills it when that takes more than 15 s.</summary>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            try
            {
                _process.StandardInput.Close();
                using var patience = new CancellationTokenSource(StopWithin);
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        if (_temporary is not null)
            Directory.Delete(_temporary, recursive: true);
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new StringBuilder();
        void Hear(string? line)
        {
            if (line is null)
                return;
            lock (said)
            {
                if (_services.Count < 3)
                    said.AppendLine(line);
                var listening = Listening().Match(line);
                if (!listening.Success)
                    return;
                _services[listening.Groups["service"].Value.ToLowerInvariant()] = new Uri(listening.Groups["address"].Value);
                if (_services.Count == 3)
                    ready.TrySetResult();
            }
        }

        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var ended = _process.WaitForExitAsync(cancellationToken);
        try
        {
            if (await Task.WhenAny(ready.Task, ended).WaitAsync(StartWithin, cancellationToken) == ready.Task)
                return;
        }
        catch (TimeoutException)
        {
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (said)
            throw new EmbeddedAzuriteException($"The embedded storage did not start:{Environment.NewLine}{said}");
    }

    private string Connection(string account, string key) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};"
        + string.Concat(_services.Select(service => $"{char.ToUpperInvariant(service.Key[0])}{service.Key[1..]}Endpoint={service.Value.GetLeftPart(UriPartial.Authority)}/{account};"));

    [GeneratedRegex("^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://[0-9.:]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
