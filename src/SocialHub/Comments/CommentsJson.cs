using System.Text.Json;
using System.Text.Json.Serialization;
using SocialHub.Moderation;

namespace SocialHub.Comments;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
internal sealed partial class CommentsJson : JsonSerializerContext;
