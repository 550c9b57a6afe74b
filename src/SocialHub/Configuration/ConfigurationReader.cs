using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SocialHub.Configuration;

/// <summary>What a hub.json says, and everything that is wrong with it.</summary>
/// <param name="Configuration">The model; null when there are errors.</param>
/// <param name="Errors">Every error, in the order of the file's parts.</param>
/// <param name="ETag">16 hexadecimal digits of the content's SHA-256: the same file has the same ETag on every instance.</param>
public sealed record ConfigurationReading(HubConfiguration? Configuration, IReadOnlyList<ConfigurationError> Errors, string ETag);

/// <summary>Reads hub.json: JSON (RFC 8259) in UTF-8, comments and trailing commas allowed, at most 512 KiB.</summary>
public static class ConfigurationReader
{
    public const int LongestDocument = 512 * 1024;

    /// <summary>Reads and judges a whole document; never throws over its content.</summary>
    public static ConfigurationReading Read(ReadOnlyMemory<byte> utf8)
    {
        var etag = Convert.ToHexStringLower(SHA256.HashData(utf8.Span))[..16];
        if (utf8.Length > LongestDocument)
            return new(null, [new(JsonPath.Root, $"is larger than {LongestDocument / 1024} KiB; a hub.json is a few.")], etag);
        if (utf8.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return new(null, [new(JsonPath.Root, "is UTF-16, as PowerShell's > writes it; save the file as UTF-8.")], etag);
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[3..];
        try
        {
            using var document = JsonDocument.Parse(utf8, HubConfigurationJson.Reading);
            return Judge(document.RootElement, etag);
        }
        catch (JsonException e)
        {
            return new(null, [new(JsonPath.Root, $"is no JSON: line {e.LineNumber + 1}, character {CharactersBefore(utf8.Span, e) + 1} cannot be read there; look for a missing comma, quote or bracket.")], etag);
        }
        catch (InvalidOperationException)
        {
            // JsonElement.GetString on bytes that are no UTF-8, or a lone surrogate escape.
            return new(null, [new(JsonPath.Root, "holds text that is not Unicode; save the file as UTF-8.")], etag);
        }
    }

    private static ConfigurationReading Judge(JsonElement root, string etag)
    {
        var errors = new List<ConfigurationError>();
        var shape = new JsonShape(HubConfigurationJson.Default.Options, errors);
        var node = shape.Read(root, typeof(HubConfiguration), JsonPath.Root)!;
        var configuration = node.Deserialize(HubConfigurationJson.Default.HubConfiguration)!;
        foreach (var error in HubConfigurationValidator.Validate(configuration).Select(Written).Concat(SecretValues.Find(root)))
        {
            if (!shape.Misshapen.Exists(path => JsonPath.IsAtOrUnder(error.Path, path)))
                errors.Add(error);
        }
        return new(errors.Count == 0 ? configuration : null, errors, etag);

        // Outermost first: what stands under a misspelt name may itself be misspelt.
        ConfigurationError Written(ConfigurationError error) => Enumerable.Reverse(shape.Renamed).Aggregate(
            error, (found, name) => JsonPath.IsAtOrUnder(found.Path, name.Model) ? found with { Path = JsonPath.Moved(found.Path, name.Model, name.File) } : found);
    }

    // The parser counts bytes, and people letters.
    private static int CharactersBefore(ReadOnlySpan<byte> utf8, JsonException e)
    {
        var rest = utf8;
        for (var line = 0L; line < e.LineNumber; line++)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetCharCount(rest[..(int)Math.Min(e.BytePositionInLine ?? 0, rest.Length)]);
    }
}
