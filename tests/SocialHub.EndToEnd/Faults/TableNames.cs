using System.Text.Json;
using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Faults;

/// <summary>Names requests to the Table service by table, operation and the shape of their row keys; a transaction by all of its operations.</summary>
internal static partial class TableNames
{
    /// <summary>Null for a request that changes nothing.</summary>
    public static RequestName? Of(string method, string path, ReadOnlySpan<byte> body, bool ifMatch)
    {
        if (method == "GET")
            return null;
        // Path style: /account/resource.
        var resource = path[(path.IndexOf('/', 1) + 1)..];
        var text = System.Text.Encoding.UTF8.GetString(body);
        if (resource.StartsWith("Tables", StringComparison.Ordinal))
            return new RequestName($"tables {(method == "POST" ? "create " + Value(text, "TableName") : "drop")}", Clock: false);
        if (resource == "$batch")
        {
            var operations = BatchBody.Operations(text).ToList();
            var table = operations.Count == 0 ? "" : Table(operations[0].Path);
            return new RequestName($"tables {table} batch[{string.Join(',', Collapsed(operations.Select(o => Operation(o.Method, o.Path, o.Body, o.IfMatch))))}]", Clock: false);
        }
        var operation = Operation(method, resource, text, ifMatch);
        // A write to a due row alone is its stamp: by the timer that hints again, or by the worker that takes it. The tick notes that it ran.
        return new RequestName($"tables {Table(resource)} {operation}", Clock: operation is "upd d" or "put tick" || operation.StartsWith("upd d:", StringComparison.Ordinal));
    }

    private static string Operation(string method, string path, string body, bool ifMatch) => method switch
    {
        "POST" => "add " + Shape(Value(body, "RowKey")),
        "DELETE" => "del " + Shape(RowKey(path)),
        _ => (ifMatch ? "upd " : "put ") + Shape(RowKey(path)) + Decided(RowKey(path), body),
    };

    // What a look at an article feed does is decided by a write of its own, before its first article; the others only note that a look was made.
    private static string Decided(string rowKey, string body) =>
        rowKey.StartsWith("f.", StringComparison.Ordinal) && body.Contains("\"Decision\":\"", StringComparison.Ordinal) && !body.Contains("\"Decision\":\"None\"", StringComparison.Ordinal) ? ":decided" : "";

    // Shorter names are words: words, charter, tick.
    private const int ShortestHash = 16;

    /// <summary>The letter of the row's kind; a due row with its kind of work, because each is another promise; a bare hash is as good as any other.</summary>
    internal static string Shape(string rowKey)
    {
        var parts = rowKey.Split('.');
        return parts is ["d", _, { Length: > 0 } kind, _, ..] && kind.All(c => c is (>= 'a' and <= 'z') or '-') ? "d:" + kind : parts[0].Length < ShortestHash ? parts[0] : "*";
    }

    private static IEnumerable<string> Collapsed(IEnumerable<string> operations)
    {
        var (last, count) = ("", 0);
        foreach (var operation in operations.Append(""))
        {
            if (operation == last)
            {
                count++;
                continue;
            }
            if (count > 0)
                yield return count == 1 ? last : $"{last} x{count}";
            (last, count) = (operation, 1);
        }
    }

    private static string Table(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var bracket = path.IndexOf('(', StringComparison.Ordinal);
        return bracket < 0 ? name : path[(path.LastIndexOf('/', bracket) + 1)..bracket];
    }

    private static string RowKey(string path) =>
        Key().Match(Uri.UnescapeDataString(path)) is { Success: true } match ? match.Groups["key"].Value.Replace("''", "'", StringComparison.Ordinal) : "";

    private static string Value(string json, string property)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(property).GetString() ?? "";
    }

    [GeneratedRegex("RowKey='(?<key>(?:[^']|'')*)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
