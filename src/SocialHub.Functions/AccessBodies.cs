using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialHub.Functions;

/// <summary>Body of <c>POST session</c>.</summary>
/// <param name="Key">A hub key.</param>
internal sealed record SessionRequest(string? Key);

/// <summary>Bodies of settings and sessions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(JsonDocument))]
internal sealed partial class AccessBodies : JsonSerializerContext;
