using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialHub.Storage;

/// <summary>
/// What a queue message says: which due row to look at. It carries keys only and may be lost, doubled, late, reordered or poisoned;
/// the due row is the truth.
/// </summary>
/// <param name="V">Schema version, 1. A reader drops what it does not know: the timer makes the hint again.</param>
/// <param name="Partition">Partition of the due row (a site, <c>publishing</c>, a source).</param>
/// <param name="Due">Row key of the due row; for <c>source-refresh</c> empty.</param>
public sealed record Hint(int V, string Partition, string Due)
{
    /// <summary>Today's schema version.</summary>
    public const int Version = 1;

    public static Hint For(string partition, string due) => new(Version, partition, due);

    /// <summary>The message text, under 1 KB.</summary>
    public string ToMessage() => JsonSerializer.Serialize(this, HintJson.Default.Hint);

    /// <summary>The hint in a message; null when it is none of ours or of a newer schema.</summary>
    public static Hint? Parse(string message)
    {
        try
        {
            var hint = JsonSerializer.Deserialize(message, HintJson.Default.Hint);
            return hint is { V: Version } && Keys.IsKey(hint.Partition) && (hint.Due.Length == 0 || Keys.IsKey(hint.Due)) ? hint : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Hint))]
internal sealed partial class HintJson : JsonSerializerContext;
