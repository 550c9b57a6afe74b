using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialHub.Feeds;

/// <summary>Bodies of the feed routes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PostChoice))]
[JsonSerializable(typeof(ChosenPost))]
public sealed partial class FeedBodies : JsonSerializerContext;
