using System.Buffers;
using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialHub.Functions.Http;

/// <summary>Writes problem details, whose extensions are values of no fixed type, without reflection.</summary>
internal static class ProblemWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    public static ReadOnlyMemory<byte> Write(int status, string title, string type, Problem problem, long? retryAfter, string? notice = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteString("detail", problem.Detail);
            if (notice is not null)
                json.WriteString("notice", notice);
            if (retryAfter is { } seconds)
                json.WriteNumber("retryAfter", seconds);
            foreach (var (name, value) in problem.Extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                Value(json, value);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case DateTimeOffset time: json.WriteStringValue(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)); break;
            case Enum word: json.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(word.ToString())); break;
            case JsonNode node: node.WriteTo(json); break;
            case JsonElement element: element.WriteTo(json); break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(entry.Key.ToString()!);
                    Value(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items)
                    Value(json, item);
                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"A problem cannot carry a {value.GetType()}: give a string, number, truth value, time, JsonNode, list or dictionary.");
        }
    }
}
