using SocialHub.Standalone.Storage;

namespace SocialHub.Tests.Standalone;

/// <summary>The embedded storage on a machine that has not all that it needs.</summary>
public sealed class AzuriteInstallationTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("socialhub-install-test-").FullName;
    private readonly List<string> _progress = [];

    private string Folder => Path.Combine(_cache, AzuriteInstallation.FolderName());

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public async Task Without_Node_it_says_what_to_install_and_what_to_do_instead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "npm is a script of cmd.exe there");
        var refused = await Assert.ThrowsAsync<EmbeddedAzuriteException>(() => EnsureAsync("there-is-no-such-npm"));
        Assert.Contains("Node.js 20 or later", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--storage", refused.Message, StringComparison.Ordinal);
        await IsInstalledByAsync("touch ran");
    }

    [Fact]
    public async Task What_npm_says_when_it_fails_is_told_and_the_next_start_tries_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "npm is a script of cmd.exe there");
        var refused = await Assert.ThrowsAsync<EmbeddedAzuriteException>(() => EnsureAsync(Npm("echo 'npm error code ENOSPC' >&2; mkdir node_modules; exit 7")));
        Assert.Contains("code 7", refused.Message, StringComparison.Ordinal);
        Assert.Contains("npm error code ENOSPC", refused.Message, StringComparison.Ordinal);
        await IsInstalledByAsync("touch ran");
    }

    [Fact]
    public async Task What_an_installation_left_that_was_ended_half_way_is_installed_again_and_then_never_more()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "npm is a script of cmd.exe there");
        Directory.CreateDirectory(Path.Combine(Folder, "node_modules"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "package-lock.json"), "{ half", TestContext.Current.CancellationToken);
        await IsInstalledByAsync("grep -q azurite package-lock.json && touch ran");
        Assert.Equal(Folder, await EnsureAsync("there-is-no-such-npm"));
    }

    [Fact]
    public async Task Two_at_once_install_it_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "npm is a script of cmd.exe there");
        // A script that was run before fails here: mkdir makes a folder once.
        var npm = Npm("mkdir once");
        Assert.Equal([Folder, Folder], await Task.WhenAll(Task.Run(() => EnsureAsync(npm)), Task.Run(() => EnsureAsync(npm))));
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_told_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a link to itself stands for what a full or read-only disk answers");
        File.CreateSymbolicLink(Folder + ".lock", Path.GetFileName(Folder) + ".lock");
        var refused = await Assert.ThrowsAsync<EmbeddedAzuriteException>(() => EnsureAsync("there-is-no-such-npm"));
        Assert.Contains(Folder, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_progress);
    }

    private async Task IsInstalledByAsync(string script)
    {
        Assert.Equal(Folder, await EnsureAsync(Npm(script)));
        Assert.True(File.Exists(Path.Combine(Folder, "ran")));
    }

    private Task<string> EnsureAsync(string npm) => AzuriteInstallation.EnsureAsync(
        new EmbeddedAzuriteOptions
        {
            CacheFolder = _cache,
            Npm = npm,
            Progress = line =>
            {
                lock (_progress)
                    _progress.Add(line);
            },
        },
        TestContext.Current.CancellationToken);

    private string Npm(string script)
    {
        var path = Path.Combine(_cache, Path.GetRandomFileName());
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
