using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialHub.Configuration;

/// <summary>Reads a moment as RFC 3339 writes it, with its offset: without one it would be another moment on a machine in another zone.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && JsonShape.IsInstant(reader.GetString()!) && reader.TryGetDateTimeOffset(out var at) ? at : throw new InstantException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }
}

/// <summary>What stands in the place of a moment is none.</summary>
public sealed class InstantException() : JsonException(Expected)
{
    /// <summary>What is wanted, with an example.</summary>
    public const string Expected = "Write a date and time with its offset, as in 2027-01-31T08:00:00Z.";
}
