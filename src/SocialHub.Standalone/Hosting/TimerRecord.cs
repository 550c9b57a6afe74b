using System.Text.Json.Serialization;

namespace SocialHub.Standalone.Hosting;

/// <summary>The schedule of one timer as its blob holds it, in UTC.</summary>
/// <param name="Schedule">The expression that <paramref name="Next"/> was computed from.</param>
/// <param name="Last">Start of the last run; null before the first.</param>
/// <param name="Next">The run that is due next.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerRecord(string Schedule, DateTime? Last, DateTime Next, DateTime LastUpdated);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TimerRecord))]
internal sealed partial class TimerJson : JsonSerializerContext;
