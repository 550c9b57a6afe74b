namespace SocialHub.Standalone;

/// <summary>What the command line says about a run.</summary>
public sealed record RunSettings
{
    /// <summary>Path of hub.json; null: the blob <c>config/hub.json</c>.</summary>
    public string? HubFile { get; init; }

    /// <summary>Address to listen on.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>0 to 65535; 0: any free one.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>Connection string of the storage account; null: what the settings say.</summary>
    public string? Storage { get; init; }

    /// <summary>Origins of private addresses that may be fetched all the same.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>A file like local.settings.json; null: that file of the working directory, if there.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Where the embedded storage keeps its data; null: the user's data folder.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Origin of a Bluesky server where the demo's announcements are really posted; null: they are only shown. Of the demo alone.</summary>
    public string? Pds { get; init; }

    /// <summary>More settings, stronger than all others; names with <c>:</c>.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
