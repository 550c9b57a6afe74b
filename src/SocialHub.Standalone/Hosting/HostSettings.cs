using System.Text.Json;

namespace SocialHub.Standalone.Hosting;

/// <summary>host.json, the file that both runtimes read; the defaults are those of the Functions host 4.x.</summary>
internal sealed record HostSettings
{
    public string RoutePrefix { get; init; } = "api";

    /// <summary>Messages fetched at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>As soon as so few messages of a queue are running, the next batch is fetched.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>A message that failed so often goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message whose function failed stays invisible.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Longest wait between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    public bool Base64 { get; init; } = true;

    /// <summary>Reads host.json.</summary>
    /// <exception cref="InvalidDataException">It is no JSON object, a value is not of its type or out of its range, or a setting of queues or http is not known here.</exception>
    public static HostSettings Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(path, json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is no host.json: {e.Message}", e);
        }
    }

    private static HostSettings Read(string path, JsonElement root)
    {
        var settings = new HostSettings();
        if (!root.TryGetProperty("extensions", out var extensions))
            return settings;

        foreach (var extension in extensions.EnumerateObject())
        {
            foreach (var setting in extension.Value.EnumerateObject())
            {
                try
                {
                    settings = settings.With(extension.Name, setting.Name, setting.Value);
                }
                catch (Exception e) when (e is FormatException or InvalidOperationException)
                {
                    throw new InvalidDataException($"{path}: extensions.{extension.Name}.{setting.Name} = {setting.Value.GetRawText()} is not a value that this setting can have.", e);
                }
            }
        }

        return settings;
    }

    private HostSettings With(string extension, string name, JsonElement value) => (extension, name) switch
    {
        ("http", "routePrefix") => this with { RoutePrefix = value.GetString()!.Trim('/') },
        ("queues", "batchSize") => this with { BatchSize = Within(value, 1, 32) },
        ("queues", "newBatchThreshold") => this with { NewBatchThreshold = Within(value, 0, 1000) },
        ("queues", "maxDequeueCount") => this with { MaxDequeueCount = Within(value, 1, int.MaxValue) },
        ("queues", "visibilityTimeout") => this with { VisibilityTimeout = Span(value) },
        ("queues", "maxPollingInterval") => this with { MaxPollingInterval = Span(value) },
        ("queues", "messageEncoding") => this with { Base64 = value.GetString()!.ToUpperInvariant() switch { "BASE64" => true, "NONE" => false, _ => throw new FormatException() } },
        _ => throw new FormatException("Unknown."),
    };

    private static int Within(JsonElement value, int least, int most) =>
        value.GetInt32() is var number && number >= least && number <= most ? number : throw new FormatException();

    private static TimeSpan Span(JsonElement value) =>
        TimeSpan.ParseExact(value.GetString()!, "c", System.Globalization.CultureInfo.InvariantCulture) is var span && span >= TimeSpan.Zero ? span : throw new FormatException();
}
