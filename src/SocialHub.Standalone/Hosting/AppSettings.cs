using System.Collections.Frozen;
using System.Text.Json;

namespace SocialHub.Standalone.Hosting;

/// <summary>
/// Settings by increasing weight: the defaults in local.settings.sample.json (what an Azure app would have as app settings),
/// a file like it, the environment, the command line. A name's <c>__</c> is a section, as in the environment.
/// </summary>
internal static class AppSettings
{
    /// <summary>The file that is read when it is there and none was named, as Core Tools do.</summary>
    public const string DefaultFile = "local.settings.json";

    public static void Add(IConfigurationBuilder configuration, RunSettings settings)
    {
        var file = settings.SettingsFile ?? (File.Exists(DefaultFile) ? DefaultFile : null);
        configuration
            .AddInMemoryCollection(Sample().Where(value => !string.IsNullOrEmpty(value.Value) && !IsOfAzure(value.Key)))
            .AddInMemoryCollection(Standalone)
            .AddInMemoryCollection(file is null ? [] : Read(File.ReadAllBytes(file), file))
            .AddEnvironmentVariables()
            .AddInMemoryCollection(FromCommandLine(settings));
    }

    // No proxy stands before the standalone hub unless the operator says so.
    private static readonly FrozenDictionary<string, string?> Standalone = new Dictionary<string, string?>(StringComparer.Ordinal) { ["SocialHub:TrustedHops"] = "0" }.ToFrozenDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string?>> FromCommandLine(RunSettings settings)
    {
        if (settings.Storage is not null)
            yield return new("AzureWebJobsStorage", settings.Storage);
        if (settings.HubFile is not null)
            yield return new("SocialHub:ConfigurationFile", Path.GetFullPath(settings.HubFile));
        if (settings.Sites.Count > 0)
            yield return new("SocialHub:AllowedPrivateOrigins", string.Join(';', settings.Sites));
        foreach (var value in settings.Values)
            yield return new(value.Key, value.Value);
    }

    private static bool IsOfAzure(string name) =>
        name.StartsWith("AzureWebJobs", StringComparison.Ordinal) || name.StartsWith("FUNCTIONS_", StringComparison.Ordinal);

    private static List<KeyValuePair<string, string?>> Sample()
    {
        using var stream = typeof(AppSettings).Assembly.GetManifestResourceStream("local.settings.sample.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Read(copy.ToArray(), "local.settings.sample.json");
    }

    private static List<KeyValuePair<string, string?>> Read(byte[] file, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(file, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.TryGetProperty("Values", out var values)
                ? [.. values.EnumerateObject().Select(value => KeyValuePair.Create(value.Name.Replace("__", ":", StringComparison.Ordinal), value.Value.GetString()))]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{name} is not a settings file, {{\"Values\":{{\"name\":\"text\"}}}}: {e.Message}", e);
        }
    }
}
