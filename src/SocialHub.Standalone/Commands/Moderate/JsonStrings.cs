using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SocialHub.Standalone.Commands.Moderate;

/// <summary>
/// Strings as JSON means them (RFC 8259, 8.2): an escaped lone surrogate is allowed there, and
/// <see cref="Utf8JsonReader.GetString"/> refuses it. The rules judge any string, so such a line is judged like another.
/// </summary>
internal static class JsonStrings
{
    /// <summary>The string the reader stands on; null when its bytes are no UTF-8.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return Lenient(reader.ValueSpan);
        }
    }

    private static string? Lenient(ReadOnlySpan<byte> escaped)
    {
        if (!System.Text.Unicode.Utf8.IsValid(escaped)) return null;
        var raw = Encoding.UTF8.GetString(escaped);
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            // The reader has checked the escapes: one of these letters, or u and four digits.
            i++;
            switch (raw[i])
            {
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'u':
                    text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default: text.Append(raw[i]); break;
            }
        }

        return text.ToString();
    }
}
