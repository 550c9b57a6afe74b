using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace SocialHub.Feeds;

/// <summary>The room's JSON in tables and blobs.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Post))]
[JsonSerializable(typeof(KeptPicture[]), TypeInfoPropertyName = "KeptPictures")]
[JsonSerializable(typeof(Snapshot))]
internal sealed partial class FeedsJson : JsonSerializerContext
{
    /// <summary>Letters of all scripts as they are: an accent is two bytes, not six.</summary>
    public static FeedsJson Stored { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
