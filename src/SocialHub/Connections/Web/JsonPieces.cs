using System.Text.Json;

namespace SocialHub.Connections.Web;

/// <summary>One item of a broken document.</summary>
internal sealed class JsonPiece(JsonDocument document) : IDisposable
{
    public JsonElement Element => document.RootElement;

    public void Dispose() => document.Dispose();
}

/// <summary>Cuts a broken JSON document at its items, so that each is parsed alone. What is no JSON costs only what stands before the next item that is.</summary>
internal static class JsonPieces
{
    private const int MostAttempts = 600;

    /// <param name="text">The document.</param>
    /// <param name="parse">Parses one object; null: it is none.</param>
    /// <param name="most">Enough.</param>
    /// <returns>The document without its items; the items, null for each that is broken; or null where there is no list of items.</returns>
    public static (string Head, IReadOnlyList<JsonPiece?>? Items) Split(string text, Func<string, JsonPiece?> parse, int most)
    {
        var list = ListStart(text);
        if (list < 0)
            return (text, null);
        List<JsonPiece?> items = [];
        var position = list + 1;
        var isBroken = false;
        for (var attempt = 0; attempt < MostAttempts && items.Count < most; attempt++)
        {
            // After a broken item only what follows a comma can be the next one, and only what has an id: its own parts are objects too.
            var start = isBroken ? NextObject(text, position) : Skip(text, position, " \n\t,");
            if (start < 0 || start >= text.Length)
                break;
            if (text[start] != '{')
            {
                // The end of the list, or what a broken item left behind it: then others follow.
                isBroken = true;
                position = start;
                if (text[start] == ']' && NextObject(text, start) < 0)
                    break;
                continue;
            }
            var end = ObjectEnd(text, start);
            var item = end < 0 ? null : parse(text[start..end]);
            if (item is not null && (!isBroken || item.Element.TryGetProperty("id", out _)) && !HoldsItem(item.Element))
            {
                items.Add(item);
                isBroken = false;
                position = end;
                continue;
            }
            item?.Dispose();
            if (!isBroken)
                items.Add(null);
            isBroken = true;
            position = start + 1;
        }
        var rest = !isBroken && Skip(text, position, " \n\t,") is var close && close < text.Length && text[close] == ']' ? text[close..] : "]}";
        return (text[..(list + 1)] + rest, items);
    }

    // A bracket too much makes the next items parts of this one: parts of an item have no id and address of their own.
    private static bool HoldsItem(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member => HoldsItem(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(part => IsItem(part) || HoldsItem(part)),
        _ => false,
    };

    private static bool IsItem(JsonElement part) => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("id", out _) && part.TryGetProperty("url", out _);

    private static int Skip(string text, int position, string signs)
    {
        while (position < text.Length && signs.Contains(text[position], StringComparison.Ordinal))
            position++;
        return position;
    }

    private static int NextObject(string text, int position)
    {
        for (var comma = text.IndexOf(',', Math.Min(position, text.Length)); comma >= 0; comma = text.IndexOf(',', comma + 1))
        {
            var next = Skip(text, comma + 1, " \n\t");
            if (next < text.Length && text[next] == '{')
                return next;
        }
        return -1;
    }

    private static int ObjectEnd(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
                i = StringEnd(text, i) - 1;
            else if (c == '{')
                depth++;
            else if (c == '}' && --depth == 0)
                return i + 1;
        }
        return -1;
    }

    // The "[" after the key "items" of the outermost object.
    private static int ListStart(string text)
    {
        var (depth, i) = (0, 0);
        while (i < text.Length)
        {
            var c = text[i];
            if (c == '"')
            {
                var end = StringEnd(text, i);
                if (depth == 1 && end - i == 7 && text.AsSpan(i + 1, 5).SequenceEqual("items") && Skip(text, end, " \n\t:") is var next && next < text.Length && text[next] == '[')
                    return next;
                i = end;
                continue;
            }
            depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            i++;
        }
        return -1;
    }

    private static int StringEnd(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i + 1;
        }
        return text.Length;
    }
}
