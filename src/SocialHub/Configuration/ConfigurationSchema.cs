namespace SocialHub.Configuration;

/// <summary>The JSON Schema (draft-07) of hub.json, for editors; served at <c>/hub.schema.json</c>.</summary>
public static class ConfigurationSchema
{
    /// <summary>The document, UTF-8.</summary>
    public static BinaryData Json { get; } = Load();

    private static BinaryData Load()
    {
        using var stream = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream("hub.schema.json")!;
        return BinaryData.FromStream(stream);
    }
}
