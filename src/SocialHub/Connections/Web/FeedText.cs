using System.Buffers;
using System.Text;
using UtfUnknown;

namespace SocialHub.Connections.Web;

/// <summary>
/// Bytes to text. A byte order mark is believed before the HTTP charset, that one before the XML declaration (RFC 7303, section 3), and none of the two where the
/// bytes show that it is wrong. Single-byte western labels mean windows-1252, as browsers read them (WHATWG Encoding Standard, section 4.2).
/// </summary>
internal static class FeedText
{
    private static readonly SearchValues<char> LabelEnds = SearchValues.Create(" \t\r\n\"'?;,");
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType, FeedNotes notes)
    {
        if (Marked(bytes) is var (marked, length) && marked is not null)
            return Clean(marked.GetString(bytes[length..]), notes);
        var isUtf8 = IsUtf8(bytes);
        if (isUtf8 && bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 && bytes.IndexOf((byte)0) < 0 && bytes.IndexOf((byte)0x1B) < 0)
            return Clean(Encoding.ASCII.GetString(bytes), notes);
        var (label, from) = Charset(contentType) is { } sent ? (sent, "the HTTP header") : Declared(bytes) is { } declared ? (declared, "the XML declaration") : (null, "");
        var encoding = label is null ? null : Named(label);
        if (label is not null && encoding is null)
            notes.Repaired("encoding-unknown", null, $"{from} says \"{label}\", which is no encoding; it was guessed.");
        if (encoding is null && Unmarked16(bytes) is { } wide)
            return Clean(wide.GetString(bytes), notes);
        var isWide = encoding is UnicodeEncoding or UTF32Encoding;
        // Bytes that happen to be whole UTF-8 sequences are UTF-8, whatever a label says; only alphabets that are written with escapes look alike.
        if (isUtf8 && !(isWide && bytes.IndexOf((byte)0) >= 0) && (encoding is null || !IsEscaped(encoding)))
        {
            if (encoding is not (null or UTF8Encoding))
                notes.Repaired("encoding-wrong", null, $"{from} says \"{label}\"; the text is UTF-8.");
            return Clean(Encoding.UTF8.GetString(bytes), notes);
        }
        if (encoding is null or UTF8Encoding || (isWide && bytes.IndexOf((byte)0) < 0))
            return Clean(WithoutLabel(bytes, encoding is null ? "No encoding is given" : $"{from} says \"{label}\", which it is not", notes), notes);
        return Clean(encoding.GetString(bytes), notes);
    }

    // ISO-2022: ASCII bytes, of which some are no ASCII.
    private static bool IsEscaped(Encoding encoding) => encoding.CodePage is >= 50220 and <= 50229;

    private static (Encoding? Encoding, int Length) Marked(ReadOnlySpan<byte> b) => b switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (null, 0),
    };

    // "<?" or "<r" or "{" in two bytes a character (XML 1.0, appendix F).
    private static UnicodeEncoding? Unmarked16(ReadOnlySpan<byte> b) => b switch
    {
        [(byte)'<' or (byte)'{', 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        [0, (byte)'<' or (byte)'{', 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        _ => null,
    };

    private static string? Charset(string? contentType)
    {
        var at = contentType?.IndexOf("charset", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
            return null;
        var rest = contentType.AsSpan(at + 7).TrimStart();
        if (rest is not ['=', ..])
            return null;
        rest = rest[1..].Trim().Trim("\"'");
        var end = rest.IndexOfAny(LabelEnds);
        var label = (end < 0 ? rest : rest[..end]).ToString();
        return label.Length > 0 ? label : null;
    }

    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)]);
        var start = head.IndexOf("<?xml", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : head.IndexOf("?>", start, StringComparison.Ordinal);
        var at = end < 0 ? -1 : head.IndexOf("encoding", start, end - start, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var value = head[(at + 8)..end].TrimStart(' ', '\t', '\r', '\n', '=', '"', '\'');
        var length = value.AsSpan().IndexOfAny(LabelEnds);
        var label = length < 0 ? value : value[..length];
        return label.Length is > 0 and < 40 ? label : null;
    }

    private static Encoding? Named(string label)
    {
        if (label.ToLowerInvariant() is "iso-8859-1" or "iso8859-1" or "iso_8859-1" or "latin1" or "latin-1" or "l1" or "us-ascii" or "ascii" or "ansi" or "cp1252" or "x-cp1252" or "windows-1252")
            return Windows1252;
        if (label.ToLowerInvariant() is "utf8" or "utf-8" or "utf8mb4")
            return Encoding.UTF8;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(label) ?? Encoding.GetEncoding(label);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            // A document cut in the middle of a character is still UTF-8.
            if (status == OperationStatus.NeedMoreData)
                return true;
            if (status != OperationStatus.Done)
                return false;
            bytes = bytes[length..];
        }
        return true;
    }

    private static string WithoutLabel(ReadOnlySpan<byte> bytes, string said, FeedNotes notes)
    {
        var (text, sequences, strays) = Mixed(bytes);
        if (sequences > 0)
        {
            notes.Repaired("encoding-mixed", null, $"UTF-8 with {strays} bytes of another encoding, read as windows-1252.");
            return text;
        }
        if (CharsetDetector.DetectFromBytes(bytes[..Math.Min(bytes.Length, 100_000)]).Detected is { Confidence: > 0.9f, Encoding: { } detected } found && IsOther(detected))
        {
            notes.Repaired("encoding-detected", null, $"{said}; it was read as {found.EncodingName}.");
            return detected.GetString(bytes);
        }
        notes.Repaired("encoding-detected", null, $"{said}; it was read as windows-1252.");
        return Windows1252.GetString(bytes);
    }

    // A detector's guesses among western alphabets are worse than the plain one.
    private static bool IsOther(Encoding encoding) => encoding.CodePage is not (1250 or 1252 or 1254 or 1257 or 10000 or (>= 28591 and <= 28594) or (>= 28599 and <= 28606) or 65000 or 20127);

    private static (string Text, int Sequences, int Strays) Mixed(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        var (sequences, strays) = (0, 0);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune);
                sequences += rune.IsAscii ? 0 : 1;
            }
            else
            {
                length = 1;
                text.Append(Windows1252.GetString(bytes[..1]));
                strays++;
            }
            bytes = bytes[length..];
        }
        return (text.ToString(), sequences, strays);
    }

    /// <summary>UTF-8 that was taken for windows-1252 and written as UTF-8 again ("Ã©" for "é"), as databases do; a text that has a real "Ã" is left as it is.</summary>
    private static string Undoubled(string text, FeedNotes notes)
    {
        StringBuilder? result = null;
        var (kept, count) = (0, 0);
        for (var at = text.AsSpan().IndexOfAny(Leads); at >= 0 && at < text.Length; at++)
        {
            var length = text[at] switch { 'Ã' or 'Â' => 2, 'â' => 3, 'ð' => 4, _ => 0 };
            if (length == 0)
                continue;
            if (One(text.AsSpan(at), length) is not { } whole)
            {
                if (text[at] == 'Ã')
                    return text;
                continue;
            }
            (result ??= new StringBuilder(text.Length)).Append(text, kept, at - kept).Append(whole);
            (kept, count) = (at + length, count + 1);
            at += length - 1;
        }
        // One alone may be meant.
        if (count < 2)
            return text;
        notes.Repaired("encoding-twice", null, $"{count} characters were encoded twice.");
        return result!.Append(text, kept, text.Length - kept).ToString();

        static string? One(ReadOnlySpan<char> text, int length)
        {
            if (text.Length < length)
                return null;
            Span<byte> bytes = stackalloc byte[4];
            for (var i = 0; i < length; i++)
            {
                if (text[i] < 0x80 || (text[i] > 0xFF && !Specials.Contains(text[i])) || Windows1252.GetBytes(text.Slice(i, 1), bytes[i..]) != 1)
                    return null;
            }
            return Rune.DecodeFromUtf8(bytes[..length], out var rune, out var used) == OperationStatus.Done && used == length ? rune.ToString() : null;
        }
    }

    /// <summary>Line ends as XML wants them, and no character that XML 1.0 forbids.</summary>
    private static string Clean(string text, FeedNotes notes)
    {
        text = Undoubled(text.TrimStart('\uFEFF').ReplaceLineEndings("\n"), notes);
        var bad = text.AsSpan().IndexOfAny(Forbidden);
        if (bad < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        var removed = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (Forbidden.Contains(c))
                removed++;
            else
                clean.Append(c);
        }
        if (removed > 0)
            notes.Repaired("control-characters", null, $"{removed} control characters or halves of characters were removed.");
        return clean.ToString();
    }

    /// <summary>True for a character that XML 1.0 forbids, and that nobody sees.</summary>
    public static bool IsForbidden(char sign) => Forbidden.Contains(sign);

    private static readonly SearchValues<char> Leads = SearchValues.Create("ÃÂâð");

    // What windows-1252 has beyond Latin 1.
    private static readonly SearchValues<char> Specials = SearchValues.Create("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not (9 or 10 or 13)).Select(c => (char)c), '\u007F', '\uFFFE', '\uFFFF', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);
}
