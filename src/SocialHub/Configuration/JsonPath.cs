namespace SocialHub.Configuration;

/// <summary>Normalised JSON paths (RFC 9535, with the dotted form where a name allows it).</summary>
internal static class JsonPath
{
    public const string Root = "$";

    public static string Member(string parent, string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$')
            ? $"{parent}.{name}"
            : $"{parent}['{string.Concat(name.Select(Escaped))}']";

    public static string Item(string parent, int index) => $"{parent}[{index}]";

    /// <summary><paramref name="path"/>, at or under <paramref name="from"/>, with <paramref name="to"/> in its place.</summary>
    public static string Moved(string path, string from, string to) => to + path[from.Length..];

    // A line of check is one error, whatever a name holds.
    private static string Escaped(char sign) => sign switch
    {
        '\\' => @"\\",
        '\'' => @"\'",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when char.IsControl(sign) || sign is '\u2028' or '\u2029' => $@"\u{(int)sign:x4}",
        _ => sign.ToString(),
    };

    /// <summary>True when <paramref name="path"/> is <paramref name="ancestor"/> or lies under it.</summary>
    public static bool IsAtOrUnder(string path, string ancestor) =>
        path.StartsWith(ancestor, StringComparison.Ordinal) && (path.Length == ancestor.Length || path[ancestor.Length] is '.' or '[');
}
