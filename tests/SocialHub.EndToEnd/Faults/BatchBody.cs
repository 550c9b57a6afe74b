using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Faults;

/// <summary>One operation inside an entity-group transaction.</summary>
internal sealed record BatchOperation(string Method, string Path, bool IfMatch, string Body);

/// <summary>The multipart body of a Table transaction and of its answer.</summary>
internal static partial class BatchBody
{
    public static IEnumerable<BatchOperation> Operations(string body)
    {
        var lines = body.Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            var request = RequestLine().Match(lines[i]);
            if (!request.Success)
                continue;
            var ifMatch = false;
            for (i++; i < lines.Length && lines[i].Length > 0; i++)
                ifMatch |= lines[i].StartsWith("If-Match:", StringComparison.OrdinalIgnoreCase);
            var start = i;
            while (i + 1 < lines.Length && !lines[i + 1].StartsWith("--", StringComparison.Ordinal))
                i++;
            yield return new BatchOperation(request.Groups["method"].Value, new Uri(request.Groups["url"].Value).AbsolutePath, ifMatch, string.Concat(lines[start..(i + 1)]));
        }
    }

    /// <summary>A transaction that failed is answered 202 all the same: its one part holds the refusal.</summary>
    public static bool Succeeded(string answer) => StatusLine().Matches(answer).All(m => m.Groups["status"].Value[0] == '2');

    [GeneratedRegex("^(?<method>POST|PUT|PATCH|MERGE|DELETE) (?<url>http\\S+) HTTP/1.1$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestLine();

    [GeneratedRegex("^HTTP/1.1 (?<status>[0-9]{3})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex StatusLine();
}
