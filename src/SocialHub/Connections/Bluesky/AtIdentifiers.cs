using System.Globalization;
using System.Text.RegularExpressions;

namespace SocialHub.Connections.Bluesky;

/// <summary>Syntax of the AT Protocol's identifiers (https://atproto.com/specs): is a text one of them?</summary>
public static partial class AtIdentifiers
{
    private const int LongestDid = 2048;
    private const int LongestHandle = 253;
    private const int LongestRecordKey = 512;
    private const int LongestUri = 8192;

    /// <summary>A DID: <c>did:method:identifier</c>.</summary>
    public static bool IsDid(string? text) => text is { Length: > 0 and <= LongestDid } && Did().IsMatch(text);

    /// <summary>A handle: a domain name of at least two labels, the last of which does not begin with a digit.</summary>
    public static bool IsHandle(string? text) => text is { Length: > 0 and <= LongestHandle } && Handle().IsMatch(text);

    /// <summary>The name of one record in a collection.</summary>
    public static bool IsRecordKey(string? text) => text is { Length: > 0 and <= LongestRecordKey } and not "." and not ".." && RecordKey().IsMatch(text);

    /// <summary>The name of a kind of record: reversed domain and a name.</summary>
    public static bool IsCollection(string? text) => text is { Length: > 0 and <= 317 } && Nsid().IsMatch(text);

    /// <summary>An <c>at://</c> address of an account, a collection or a record.</summary>
    public static bool IsUri(string? text)
    {
        if (text is not { Length: > 5 and <= LongestUri } || !text.StartsWith("at://", StringComparison.Ordinal))
            return false;
        var parts = text[5..].Split('/');
        return parts.Length <= 3
            && (IsDid(parts[0]) || IsHandle(parts[0]))
            && (parts.Length < 2 || IsCollection(parts[1]))
            && (parts.Length < 3 || IsRecordKey(parts[2]));
    }

    /// <summary>The record key of an address of a record; null when it is none.</summary>
    public static string? RecordKeyOf(string? uri) => IsUri(uri) && uri!.Split('/') is { Length: 5 } parts ? parts[4] : null;

    /// <summary>A moment as records hold it: RFC 3339 with seconds and a zone, as the protocol narrows it.</summary>
    public static bool IsDateTime(string? text) =>
        text is { Length: > 0 and <= 64 }
        && Moment().IsMatch(text)
        && !text.EndsWith("-00:00", StringComparison.Ordinal)
        // .NET has no year 0; it was a leap year, as 2000.
        && DateTimeOffset.TryParse(text.StartsWith("0000-", StringComparison.Ordinal) ? string.Concat("2000-", text.AsSpan(5)) : text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>How records of ours write a moment: UTC, milliseconds.</summary>
    public static string DateTime(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A well-formed BCP 47 tag.</summary>
    public static bool IsLanguage(string? text) =>
        // RFC 5646, 2.2.5 and 2.2.6: no variant and no extension twice.
        text is { Length: > 0 and <= 128 } && Language().Match(text) is { Success: true } match && AreDistinct(match.Groups["variant"]) && AreDistinct(match.Groups["singleton"]);

    private static bool AreDistinct(Group group) => group.Captures.Select(capture => capture.Value).Distinct(StringComparer.OrdinalIgnoreCase).Count() == group.Captures.Count;

    [GeneratedRegex(@"\Adid:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Did();

    [GeneratedRegex(@"\A([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Handle();

    [GeneratedRegex(@"\A[a-zA-Z0-9_~.:-]+\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecordKey();

    [GeneratedRegex(@"\A[a-zA-Z]([a-zA-Z0-9-]{0,62}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,62}[a-zA-Z0-9])?)+\.[a-zA-Z][a-zA-Z0-9]{0,62}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nsid();

    [GeneratedRegex(@"\A[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,20})?(Z|[+-][0-2][0-9]:[0-5][0-9])\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Moment();

    // RFC 5646, 2.1, as far as the protocol's own check goes.
    [GeneratedRegex(@"\A((?<grandfathered>(en-GB-oed|i-ami|i-bnn|i-default|i-enochian|i-hak|i-klingon|i-lux|i-mingo|i-navajo|i-pwn|i-tao|i-tay|i-tsu|sgn-BE-FR|sgn-BE-NL|sgn-CH-DE)|(art-lojban|cel-gaulish|no-bok|no-nyn|zh-guoyu|zh-hakka|zh-min|zh-min-nan|zh-xiang))|((?<language>([a-z]{2,3}(-[A-Za-z]{3}(-[A-Za-z]{3}){0,2})?))(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-(?<variant>[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-(?<singleton>[0-9A-WY-Za-wy-z])(-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?)|[xX](-[A-Za-z0-9]{1,8})+)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language();
}
