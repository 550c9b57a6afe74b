using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialHub.Configuration;

/// <summary>How hub.json maps to <see cref="HubConfiguration"/>: camelCase names, texts for enumerations.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(HubConfiguration))]
internal sealed partial class HubConfigurationJson : JsonSerializerContext
{
    /// <summary>Comments and trailing commas are let pass: the file is written by hand. Deeper than 16 is no hub.json.</summary>
    public static JsonDocumentOptions Reading { get; } = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 16,
    };
}
