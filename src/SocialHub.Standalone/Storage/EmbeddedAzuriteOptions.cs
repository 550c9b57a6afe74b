namespace SocialHub.Standalone.Storage;

/// <summary>How an <see cref="EmbeddedAzurite"/> runs.</summary>
public sealed record EmbeddedAzuriteOptions
{
    /// <summary>Where it keeps its data; null: in memory only, gone when it stops. A change that was acknowledged may wait up to 5 s in memory before it is on disk.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Names of storage accounts besides <c>devstoreaccount1</c>, <c>[a-z0-9]{3,24}</c>; each is a world of its own. At most 1,000.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Where Azurite is installed at its first use; null: the user's cache folder, shared by all hubs of the machine.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The program that installs it; a test names one of its own.</summary>
    internal string Npm { get; init; } = "npm";

    /// <summary>Receives a line whenever there is progress to tell about an installation.</summary>
    public Action<string> Progress { get; init; } = _ => { };
}
