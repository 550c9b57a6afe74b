using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>The checks that many members need, and where they note what they find.</summary>
/// <param name="Errors">Where errors go.</param>
/// <param name="Path">Path of the object whose members are checked.</param>
internal readonly partial record struct ConfigurationCheck(List<ConfigurationError> Errors, string Path)
{
    public const int LongestName = 120;
    public const int LongestAddress = 1000;
    public const string DayFormat = "yyyy-MM-dd";

    public ConfigurationCheck Member(string name) => new(Errors, JsonPath.Member(Path, name));

    public ConfigurationCheck Item(int index) => new(Errors, JsonPath.Item(Path, index));

    /// <summary>Notes <paramref name="message"/> here unless <paramref name="holds"/>.</summary>
    public bool That(bool holds, string message)
    {
        if (!holds)
            Errors.Add(new(Path, message));
        return holds;
    }

    public bool Text(string? text, int longest, string example) =>
        That(!string.IsNullOrWhiteSpace(text), $"is missing or empty; write {example}.")
        && That(text!.Length <= longest, $"is longer than {longest} characters; shorten it.")
        && That(!text.Any(char.IsControl), "holds a control character (a line break or a tab); write it on one line.");

    public bool OptionalText(string? text, int longest, string example) => text is null || Text(text, longest, example);

    public bool Range(int? value, int least, int most, string unit) =>
        That(value is null || (value >= least && value <= most), $"is out of range; write {least} to {most} ({unit}).");

    public bool Count(int count, int least, int most, string what) =>
        That(count >= least, $"is empty; write at least {least} of its {what}.")
        && That(count <= most, $"has {count} {what}; at most {most} are possible.");

    /// <summary>Ids are keys of tables and segments of routes.</summary>
    public bool Id(string id) =>
        That(IdPattern().IsMatch(id), "is no valid id; write 1 to 40 characters of a-z, 0-9 and -.");

    public bool SettingName(string? name) =>
        That(name is not null && SettingPattern().IsMatch(name), "is no name of a setting; write 1 to 100 characters of A-Z, 0-9 and _ (the secret itself is put in the app's settings under that name).");

    /// <summary>Scheme, host and port only, in the form browsers send as <c>Origin</c> (RFC 6454).</summary>
    public bool Origin(string? text, bool secure, string example)
    {
        if (!That(IsAddress(text, out var uri), $"is no address; write scheme and host, as in \"{example}\"."))
            return false;
        return That(uri!.UserInfo.Length == 0, $"names a user; write only scheme, host and port, as in \"{example}\".")
            && That(Ascii.IsValid(text), $"is not as browsers send it; write \"{uri.Scheme}://{Punycode(uri)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}\".")
            && That(string.Equals(text, uri.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal), $"is more than an origin, or not in its plain form; write only scheme, host in small letters and port, without a slash at the end, as in \"{example}\".")
            && That(!secure || uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback, $"is not https; write \"{example}\" (http is possible only for localhost).");
    }

    public bool Address(string? text, string example) =>
        That(IsAddress(text, out var uri) && uri!.UserInfo.Length == 0, $"is no web address; write a whole http or https address, as in \"{example}\".")
        && That(text!.Length <= LongestAddress, $"is longer than {LongestAddress} characters.");

    /// <summary>Letters and digits are compared, and what divides words; a symbol is not seen, so its word would be found without it, "12" for "12 %".</summary>
    public bool Seen(string word) =>
        That(word.Any(char.IsLetterOrDigit), "holds no letter and no digit, so no text would ever match it; remove it.")
        && That(!word.Any(IsUnseen), $"is more than words: \"{word.FirstOrDefault(IsUnseen)}\" is not seen in a text, so it would match without it; write words of letters and digits.");

    /// <summary>No text twice.</summary>
    public void Distinct(IReadOnlyList<string> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
            Item(i).That(texts[i].Length == 0 || seen.Add(texts[i]), "is in this list already; keep one of the two.");
    }

    /// <summary>Every item names an entry of <paramref name="known"/>.</summary>
    public void References<T>(IReadOnlyList<string> ids, IReadOnlyDictionary<string, T> known, string kind)
    {
        for (var i = 0; i < ids.Count; i++)
            Item(i).Reference(ids[i], known, kind);
        Distinct(ids);
    }

    public bool Reference<T>(string id, IReadOnlyDictionary<string, T> known, string kind) =>
        That(known.ContainsKey(id), $"names no {kind}; write one of those under \"{kind}s\"{(known.Count is > 0 and <= 10 ? ": " + string.Join(", ", known.Keys) : "")}.");

    public void Words(IReadOnlyList<string> words, int most)
    {
        Count(words.Count, 0, most, "words");
        for (var i = 0; i < words.Count; i++)
            Item(i).Text(words[i], 60, "a word");
        Distinct(words);
    }

    private static bool IsUnseen(char sign) =>
        char.GetUnicodeCategory(sign) is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol || sign is '%' or '‰' or '#' or '@' or '*';

    // Uri takes names that no name service has: IdnHost throws for them.
    private static string Punycode(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return "www.ville.example";
        }
    }

    private static bool IsAddress(string? text, out Uri? uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && !text!.Any(char.IsWhiteSpace);

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[A-Z0-9_]{1,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingPattern();
}
