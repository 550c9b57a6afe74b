using System.Diagnostics;
using System.Security.Cryptography;

namespace SocialHub.Standalone.Storage;

/// <summary>Installs Azurite by npm, once for a machine and lock file, into a folder outside the repository.</summary>
internal static class AzuriteInstallation
{
    private const string Marker = "installed";
    private static readonly string[] Files = ["package.json", "package-lock.json", "start.cjs"];

    /// <summary>Makes sure that the locked version is there.</summary>
    /// <returns>The folder that holds <c>start.cjs</c> and <c>node_modules</c>.</returns>
    /// <exception cref="EmbeddedAzuriteException">Node.js or npm is missing, npm failed, or the folder cannot be written; the message says what was said.</exception>
    public static async Task<string> EnsureAsync(EmbeddedAzuriteOptions options, CancellationToken cancellationToken)
    {
        var files = Files.ToDictionary(name => name, Read, StringComparer.Ordinal);
        var cache = options.CacheFolder ?? DefaultCacheFolder();
        var folder = Path.Combine(cache, Name(files.Values));
        try
        {
            return await EnsureAsync(folder, files, options, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedAzuriteException($"The embedded storage cannot be installed into {folder}: {e.Message} XDG_CACHE_HOME names another place for it; or give a storage account with --storage.", e);
        }
    }

    /// <summary>The folder of the cache that the locked version is in.</summary>
    internal static string FolderName() => Name([.. Files.Select(Read)]);

    private static async Task<string> EnsureAsync(string folder, Dictionary<string, byte[]> files, EmbeddedAzuriteOptions options, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(folder, Marker)))
            return folder;

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await using var turn = await TakeTurnAsync(folder + ".lock", options.Progress, cancellationToken);
        if (File.Exists(Path.Combine(folder, Marker)))
            return folder;

        Directory.CreateDirectory(folder);
        foreach (var (name, content) in files)
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content, cancellationToken);
        await NpmAsync(options.Npm, folder, PackagesIn(files["package-lock.json"]), options.Progress, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, Marker), "", cancellationToken);
        return folder;
    }

    private static async Task NpmAsync(string program, string folder, int packages, Action<string> progress, CancellationToken cancellationToken)
    {
        progress($"Installing the embedded storage (Azurite, {packages} packages, about 365 MB, once) into {folder}");
        var windows = OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(windows ? "cmd.exe" : program) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        string[] arguments = ["ci", "--omit=optional", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=http"];
        foreach (var argument in windows ? ["/c", program, .. arguments] : arguments)
            start.ArgumentList.Add(argument);

        using var npm = Start(start);
        npm.StandardInput.Close();
        var said = new Queue<string>();
        var fetched = 0;
        var told = 0;
        void Hear(string? line)
        {
            if (line is null)
                return;
            lock (said)
            {
                if (!line.Contains("npm http", StringComparison.Ordinal))
                {
                    said.Enqueue(line);
                    if (said.Count > 20)
                        said.Dequeue();
                }
                else if (++fetched * 10 / packages > told && fetched <= packages)
                {
                    told = fetched * 10 / packages;
                    progress($"  {fetched} of {packages} packages");
                }
            }
        }

        npm.OutputDataReceived += (_, e) => Hear(e.Data);
        npm.ErrorDataReceived += (_, e) => Hear(e.Data);
        npm.BeginOutputReadLine();
        npm.BeginErrorReadLine();
        try
        {
            await npm.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }

        if (npm.ExitCode != 0)
            throw new EmbeddedAzuriteException($"npm ci failed with code {npm.ExitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
        progress("  installed");
    }

    internal static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new EmbeddedAzuriteException($"{start.FileName} could not be started ({e.Message}). The embedded storage needs Node.js 20 or later with npm; or give a storage account with --storage.", e);
        }
    }

    private static async Task<FileStream> TakeTurnAsync(string path, Action<string> progress, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            if (HeldFile.TryTake(path) is { } turn)
                return turn;
            if (tries == 0)
                progress("Waiting for another process that installs the embedded storage");
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellationToken);
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(AzuriteInstallation).Assembly.GetManifestResourceStream("Storage/" + name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Name(IEnumerable<byte[]> files) => "azurite-" + Fingerprint(files);

    private static string Fingerprint(IEnumerable<byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(file);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static int PackagesIn(byte[] lockFile)
    {
        using var json = System.Text.Json.JsonDocument.Parse(lockFile);
        return json.RootElement.GetProperty("packages").EnumerateObject().Count(p => p.Name.Length > 0 && !p.Value.TryGetProperty("optional", out _));
    }

    private static string DefaultCacheFolder()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
        {
            cache = OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }

        return Path.Combine(cache, "socialhub");
    }
}
