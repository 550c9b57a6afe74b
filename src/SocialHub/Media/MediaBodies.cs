using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialHub.Media;

/// <summary>Bodies of the media route.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadedMedia))]
public sealed partial class MediaBodies : JsonSerializerContext;
