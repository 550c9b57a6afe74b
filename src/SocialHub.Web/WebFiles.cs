using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SocialHub.Web;

/// <summary>The widgets, pages and pictures of this assembly, read once, each under its name and under the hash of its content.</summary>
/// <remarks>
/// A released file goes on being served under its hash: copy it to <c>wwwroot/releases/{version}/</c> before changing it, for two years.
/// </remarks>
public static class WebFiles
{
    private const string Releases = "releases/";

    private static readonly FrozenDictionary<string, WebFile> ByPath = Load();

    private static readonly FrozenDictionary<string, WebFile> ByHash = ByPath.Values.Where(file => !IsPage(file.Name))
        .DistinctBy(file => $"{file.Hash}/{file.Name}", StringComparer.Ordinal)
        .ToFrozenDictionary(file => $"{file.Hash}/{file.Name}", StringComparer.Ordinal);

    /// <summary>Today's file of that name, or null; a page is none, because it has places to fill (<see cref="Page(string, IReadOnlyDictionary{string, string})"/>).</summary>
    /// <param name="name">As under <c>wwwroot</c>, for example <c>v1.js</c>.</param>
    public static WebFile? Find(string name) => IsPage(name) || IsReleased(name) ? null : ByPath.GetValueOrDefault(name);

    /// <summary>The file of that name whose content has that hash, of this release or an earlier one, or null.</summary>
    public static WebFile? Find(string hash, string name) => ByHash.GetValueOrDefault($"{hash}/{name}");

    /// <summary>A page with <c>{{name}}</c> replaced by the value of that name (HTML-encoded) and <c>{{file:v1.js}}</c> by the hashed address of that file.</summary>
    /// <exception cref="ArgumentException">There is no such page, or it names a file that does not exist.</exception>
    public static string Page(string name, IReadOnlyDictionary<string, string> values) => Page(name, values, ByPath);

    /// <summary>The same of other files than this assembly's.</summary>
    internal static string Page(string name, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, WebFile> files)
    {
        var template = IsPage(name) && !IsReleased(name) ? files.GetValueOrDefault(name) : null;
        var text = Encoding.UTF8.GetString((template ?? throw new ArgumentException($"No page {name}.", nameof(name))).Content);
        var page = new StringBuilder(text.Length);
        // One pass: what a value says, braces too, is shown as it is and never read as a place.
        for (var at = 0; at < text.Length;)
        {
            var from = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (from < 0)
            {
                page.Append(text, at, text.Length - at);
                break;
            }

            var to = text.IndexOf("}}", from, StringComparison.Ordinal);
            if (to < 0 || Filled(text[(from + 2)..to], values, files) is not { } filled)
                throw new ArgumentException($"{name} has a place that nothing fills.", nameof(values));
            page.Append(text, at, from - at).Append(filled);
            at = to + 2;
        }

        return page.ToString();
    }

    private static string? Filled(string place, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, WebFile> files)
    {
        if (values.TryGetValue(place, out var value))
            return System.Net.WebUtility.HtmlEncode(value);
        // Released files bear the same names, and none of them is today's.
        WebFile? Today(string prefix) => place.StartsWith(prefix, StringComparison.Ordinal) ? files.FirstOrDefault(file => !IsReleased(file.Key) && file.Value.Name == place[prefix.Length..]).Value : null;
        return Today("file:")?.Address ?? Today("integrity:")?.Integrity;
    }

    private static bool IsPage(string path) => path.EndsWith(".html", StringComparison.Ordinal);

    private static bool IsReleased(string path) => path.StartsWith(Releases, StringComparison.Ordinal);

    private static FrozenDictionary<string, WebFile> Load()
    {
        var assembly = typeof(WebFiles).Assembly;
        return assembly.GetManifestResourceNames().ToFrozenDictionary(
            name => name.Replace('\\', '/'),
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                var path = name.Replace('\\', '/');
                return new WebFile(path[(path.LastIndexOf('/') + 1)..], IsReleased(path) ? bytes : Lean(path, bytes));
            },
            StringComparer.Ordinal);
    }

    /// <summary>Indentation and comment lines, and the blanks around the signs of a style sheet, are for readers of the repository: a visitor's device is not asked to load them.</summary>
    private static byte[] Lean(string path, byte[] bytes)
    {
        if (!path.EndsWith(".js", StringComparison.Ordinal) && !path.EndsWith(".css", StringComparison.Ordinal)) return bytes;
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && !(line.StartsWith("/*", StringComparison.Ordinal) && line.EndsWith("*/", StringComparison.Ordinal)));
        var lean = string.Join('\n', lines);
        if (path.EndsWith(".css", StringComparison.Ordinal))
            lean = lean.Replace(" { ", "{", StringComparison.Ordinal).Replace("; }", "}", StringComparison.Ordinal).Replace("; ", ";", StringComparison.Ordinal).Replace(": ", ":", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(lean);
    }
}

/// <summary>One file as it is served.</summary>
public sealed class WebFile
{
    // The smallest size takes its time: what nobody asks for, and a start, does without.
    private readonly Lazy<byte[]?> _gzip;
    private readonly Lazy<byte[]?> _brotli;

    internal WebFile(string name, byte[] content)
    {
        Name = name;
        Content = content;
        var digest = SHA384.HashData(content);
        Hash = Convert.ToHexStringLower(digest.AsSpan(0, 8));
        Integrity = "sha384-" + Convert.ToBase64String(digest);
        _gzip = new(() => IsText ? Compress(output => new GZipStream(output, CompressionLevel.SmallestSize)) : null);
        _brotli = new(() => IsText ? Compress(output => new BrotliStream(output, CompressionLevel.SmallestSize)) : null);
    }

    /// <summary>Its name without a folder.</summary>
    public string Name { get; }

    /// <summary>Its bytes, not compressed.</summary>
    public byte[] Content { get; }

    /// <summary>The same gzipped; null for what is compressed already.</summary>
    public byte[]? Gzip => _gzip.Value;

    /// <summary>The same in Brotli; null for what is compressed already.</summary>
    public byte[]? Brotli => _brotli.Value;

    /// <summary>16 hexadecimal digits of the content's SHA-384.</summary>
    public string Hash { get; }

    /// <summary>For <c>integrity=</c> (Subresource Integrity).</summary>
    public string Integrity { get; }

    /// <summary>Where this very content stays, from the hub's root.</summary>
    public string Address => $"/widgets/{Hash}/{Name}";

    /// <summary>Its media type, by the end of its name.</summary>
    public string ContentType => Path.GetExtension(Name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".html" => "text/html; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".json" => "application/json; charset=utf-8",
        _ => "application/octet-stream",
    };

    private bool IsText => Path.GetExtension(Name) is ".js" or ".css" or ".html" or ".svg" or ".json";

    private byte[] Compress(Func<Stream, Stream> wrap)
    {
        using var output = new MemoryStream();
        using (var stream = wrap(output)) stream.Write(Content);
        return output.ToArray();
    }
}
