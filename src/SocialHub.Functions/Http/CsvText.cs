using System.Globalization;
using System.Text;

namespace SocialHub.Functions.Http;

/// <summary>A table as RFC 4180 writes it, for a spreadsheet.</summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();

    /// <summary>One line. Nothing in it is a formula to a spreadsheet, whoever wrote it.</summary>
    public CsvText Line(params IEnumerable<object?> cells)
    {
        _text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        return this;
    }

    /// <summary>UTF-8 with the mark that makes spreadsheets read it so.</summary>
    public byte[] ToBytes() => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(_text.ToString())];

    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        if (text.Length > 0 && value is string && text[0] is '=' or '+' or '-' or '@' or '\t')
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
