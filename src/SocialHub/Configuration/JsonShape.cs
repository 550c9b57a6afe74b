using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SocialHub.Configuration;

/// <summary>
/// Compares a document with the shape of the model and notes every difference, where the serialiser stops at the first.
/// What comes back is the same document without its mistakes and with the model's defaults written in (the generated
/// deserialiser sets a missing init-only property to null instead of keeping its initialiser), so that the values that
/// are well formed can be judged in the same pass.
/// </summary>
internal sealed class JsonShape(JsonSerializerOptions options, List<ConfigurationError> errors)
{
    /// <summary>Where something was left out, or stands under no name that is known: what the model says there is not what the file says.</summary>
    public List<string> Misshapen { get; } = [];

    /// <summary>Members under a name that is nearly one of the model's, judged as that one so that all their errors show at once: the path that the model gives them, and the file's.</summary>
    public List<(string Model, string File)> Renamed { get; } = [];

    /// <summary>Names under which people put a secret's value.</summary>
    private static readonly string[] SecretNames = ["token", "password", "secretvalue", "apikey", "accesstoken", "clientsecret", "apppassword", "key", "webhook"];

    /// <summary>Null when the value has to be left out.</summary>
    public JsonNode? Read(JsonElement value, Type type, string path)
    {
        var shape = options.GetTypeInfo(type);
        return shape.Kind switch
        {
            JsonTypeInfoKind.Object => ReadObject(value, shape, path),
            JsonTypeInfoKind.Dictionary => ReadMap(value, shape, path),
            JsonTypeInfoKind.Enumerable => ReadList(value, shape, path),
            _ => ReadValue(value, shape, path),
        };
    }

    private JsonObject ReadObject(JsonElement value, JsonTypeInfo shape, string path)
    {
        var result = new JsonObject();
        if (IsKind(value, JsonValueKind.Object, "an object: { ... }", path))
        {
            var given = value.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (member, memberPath) in Members(value, path))
            {
                var known = shape.Properties.FirstOrDefault(p => p.Name == member.Name);
                if (known is null)
                {
                    errors.Add(new(memberPath, Unknown(member.Name, shape)));
                    if (Meant(member.Name, shape) is { } meant && given.Add(meant.Name) && Read(member.Value, meant.PropertyType, memberPath) is { } read)
                    {
                        result[meant.Name] = read;
                        Renamed.Add((JsonPath.Member(path, meant.Name), memberPath));
                    }
                    else
                    {
                        Misshapen.Add(memberPath);
                    }
                }
                else if (member.Value.ValueKind == JsonValueKind.Null && known.IsSetNullable)
                    result[member.Name] = null;
                else if (Read(member.Value, known.PropertyType, memberPath) is { } node)
                    result[member.Name] = node;
            }
        }
        var defaults = Activator.CreateInstance(shape.Type)!;
        foreach (var property in shape.Properties.Where(p => p.Get is not null && !result.ContainsKey(p.Name)))
            result[property.Name] = JsonSerializer.SerializeToNode(property.Get!(defaults), options.GetTypeInfo(property.PropertyType));
        return result;
    }

    private JsonObject ReadMap(JsonElement value, JsonTypeInfo shape, string path)
    {
        var result = new JsonObject();
        if (IsKind(value, JsonValueKind.Object, "an object of named entries: { \"name\": ... }", path))
        {
            foreach (var (member, memberPath) in Members(value, path))
            {
                if (Read(member.Value, shape.ElementType!, memberPath) is { } node)
                    result[member.Name] = node;
            }
        }
        return result;
    }

    private JsonArray ReadList(JsonElement value, JsonTypeInfo shape, string path)
    {
        var result = new JsonArray();
        if (IsKind(value, JsonValueKind.Array, "a list: [ ... ]", path))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                // A refused item keeps its place, so that the paths of those after it stay true.
                var node = Read(item, shape.ElementType!, JsonPath.Item(path, index++));
                result.Add(node ?? (shape.ElementType == typeof(string) ? "" : null));
            }
        }
        return result;
    }

    private JsonNode? ReadValue(JsonElement value, JsonTypeInfo shape, string path)
    {
        var type = Nullable.GetUnderlyingType(shape.Type) ?? shape.Type;
        var fits = type switch
        {
            _ when type == typeof(string) => IsKind(value, JsonValueKind.String, "a text in double quotes", path),
            _ when type == typeof(bool) => value.ValueKind is JsonValueKind.True or JsonValueKind.False || Wrong(path, value, "true or false, without quotes"),
            _ when type == typeof(int) => (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _)) || Wrong(path, value, "a whole number, without quotes"),
            _ when type == typeof(DateTimeOffset) => (value.ValueKind == JsonValueKind.String && IsInstant(value.GetString()!)) || Wrong(path, value, "a date and time in UTC, as in \"2027-01-31T08:00:00Z\""),
            _ when type.IsEnum => IsOneOf(value, options.GetTypeInfo(type), path),
            _ => throw new NotSupportedException($"hub.json has no values of type {type}."),
        };
        return fits ? JsonNode.Parse(value.GetRawText()) : null;
    }

    // RFC 3339 with its offset written: without one the time would mean another instant on another machine.
    internal static bool IsInstant(string text) =>
        (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':')) && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private bool IsOneOf(JsonElement value, JsonTypeInfo type, string path)
    {
        var names = Enum.GetValues(type.Type).Cast<object>().Select(v => JsonSerializer.SerializeToNode(v, type)!.GetValue<string>()).ToList();
        return (value.ValueKind == JsonValueKind.String && names.Contains(value.GetString()!, StringComparer.Ordinal))
            || Wrong(path, value, "one of " + string.Join(", ", names.Select(n => $"\"{n}\"")));
    }

    private IEnumerable<(JsonProperty Member, string Path)> Members(JsonElement value, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var memberPath = JsonPath.Member(path, member.Name);
            // The first is judged whole.
            if (seen.Add(member.Name))
                yield return (member, memberPath);
            else
                errors.Add(new(memberPath, "is written twice; keep one of the two."));
        }
    }

    private bool IsKind(JsonElement value, JsonValueKind kind, string write, string path) =>
        value.ValueKind == kind || Wrong(path, value, write);

    private bool Wrong(string path, JsonElement value, string write)
    {
        var found = value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            _ => "true or false",
        };
        errors.Add(new(path, $"is {found}; write {write}."));
        Misshapen.Add(path);
        return false;
    }

    private static string Unknown(string name, JsonTypeInfo shape)
    {
        if (IsSecret(name))
            return "is not a member here, and a secret is never written in this file: put its value in a setting of the app and write that setting's name, \"secret\": \"MY_SECRET\".";
        return Meant(name, shape) is { } near
            ? $"is not a member here; did you mean \"{near.Name}\"?"
            : $"is not a member here; remove it, or write one of: {string.Join(", ", shape.Properties.Select(p => p.Name))}.";
    }

    private static bool IsSecret(string name) =>
        SecretNames.Contains(name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);

    private static JsonPropertyInfo? Meant(string name, JsonTypeInfo shape) =>
        !IsSecret(name) && shape.Properties.MinBy(p => Distance(p.Name, name)) is { } near && Distance(near.Name, name) <= Math.Max(2, near.Name.Length / 3) ? near : null;

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, left) = (row[j], row[j] = Math.Min(Math.Min(row[j], left) + 1, diagonal + cost));
            }
        }
        return row[b.Length];
    }
}
