using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Finds web addresses in one pass: <c>http://</c>, <c>https://</c>, <c>//</c> after a bracket, <c>www.</c>, bare names under the endings that advertising uses,
/// and under any country's ending and a few words more where a path follows at once (<c>t.me/x</c>).
/// Those whose dot is hidden are added by <see cref="DisguisedLink"/>. The host is read as a browser would: after the last <c>@</c> of the authority part, <c>\</c> counting as <c>/</c>.
/// </summary>
public static class LinkFinder
{
    // Endings that are no French or English word, so that a missing space after a full stop makes no link.
    private static readonly FrozenSet<string> Endings = FrozenSet.ToFrozenSet(
        ["com", "net", "org", "fr", "eu", "biz", "xyz", "shop", "online", "store", "live", "ru", "cn", "io", "app", "dev", "click", "icu", "vip", "bet", "tk", "cf", "gq", "ly", "gg"],
        StringComparer.Ordinal);

    // Words and countries: an address only with a path. Left out are md, ps, py and sh, which end more names of files than of sites.
    private static readonly FrozenSet<string> EndingsWithPath = FrozenSet.ToFrozenSet(
        ("info me co site top pro club link page blog space website tech fun work cloud best win bid loan date money cash life today news agency group media art wiki name mobi asia cat paris bzh corsica alsace casino sex porn xxx world zone chat "
         + "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd ch ci ck cl cm cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et fi fj fk fm fo ga gd ge gf gh gi gl gm gn gp gr gs gt gu gw gy "
         + "hk hm hn hr ht hu id ie il im in iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ma mc mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr pt pw qa re ro rs rw "
         + "sa sb sc sd se sg si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw").Split(' '),
        StringComparer.Ordinal);

    // "fini.et/ou", "demain.il/elle": both sides of a slash in prose, behind a full stop without its space.
    private static readonly FrozenSet<string> Twins = FrozenSet.ToFrozenSet(
        ["ou", "et", "elle", "elles", "il", "ils", "le", "la", "les", "leur", "son", "sa", "ses", "mon", "ma", "mes", "ton", "ta", "tes", "te", "se", "me", "au", "aux", "du", "de", "des", "un", "une", "non", "oui", "pas", "or", "she", "he", "her", "his", "we", "us", "my", "no", "an"],
        StringComparer.Ordinal);

    // Of these endings those that also begin a sentence.
    private static readonly FrozenSet<string> Beginnings = FrozenSet.ToFrozenSet(
        ["de", "la", "il", "et", "au", "se", "ne", "je", "me", "ma", "sa", "si", "es", "as", "ai", "va", "in", "it", "is", "no", "my", "so", "to", "am", "at", "info", "site", "page", "club", "art", "date", "group", "top"],
        StringComparer.Ordinal);

    private static readonly SearchValues<char> Digits = SearchValues.Create(".0123456789");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static IReadOnlyList<Link> In(Reading reading)
    {
        List<Link> links = [];
        foreach (var field in reading.Fields)
        {
            Find(field, links);
            DisguisedLink.Find(field, links);
        }

        return links;
    }

    /// <summary>The hosts of all web addresses in a text, as <see cref="AsciiHost"/> writes them.</summary>
    public static IReadOnlySet<string> Hosts(string text)
    {
        List<Link> links = [];
        Find(new FieldReading("text", text), links);
        return links.Select(link => link.Host).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The hosts of all web addresses in a field, those included whose dot is hidden.</summary>
    internal static IEnumerable<string> HostsIn(FieldReading field)
    {
        List<Link> links = [];
        Find(field, links);
        DisguisedLink.Find(field, links);
        return links.Select(link => link.Host).OfType<string>();
    }

    /// <summary>True for the last part of a host name.</summary>
    internal static bool IsEnding(string label) => Endings.Contains(label) || EndingsWithPath.Contains(label);

    /// <summary>A host name in ASCII (punycode) and lower case; null when it is none.</summary>
    public static string? AsciiHost(string host)
    {
        host = host.Trim().TrimEnd('.');
        try
        {
            return host.Length is 0 or > 253 ? null : Idn.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Find(FieldReading field, List<Link> links)
    {
        var text = field.Plain.Text;
        var i = 0;
        while (i < text.Length)
        {
            var start = i;
            if (!(text[i] is 'h' or 'w' or '.' or '/'))
            {
                i++;
                continue;
            }

            if (SchemeLength(text, i) is var scheme and > 0)
            {
                i = AddLink(field, links, start, i + scheme);
            }
            else if (text[i] == '.' && Bare(field, i) is { } bare)
            {
                // An address that began with a scheme was passed over before its first dot.
                i = AddLink(field, links, bare, bare);
            }
            else
            {
                i++;
            }
        }
    }

    private static int SchemeLength(ReadOnlySpan<char> text, int i)
    {
        var rest = text[i..];
        if (rest.StartsWith("http", StringComparison.Ordinal))
        {
            var length = rest.Length > 4 && rest[4] == 's' ? 5 : 4;
            if (rest.Length > length + 3 && rest[length] == ':' && rest[length + 1] is '/' or '\\' && rest[length + 2] is '/' or '\\') return length + 3;
        }

        if (rest.StartsWith("//", StringComparison.Ordinal) && i > 0 && text[i - 1] == '(') return 2;
        return 0;
    }

    // From a dot to the start of the name around it, when that name ends in a known ending and no e-mail address holds it.
    private static int? Bare(FieldReading field, int dot)
    {
        var text = field.Plain.Text;
        var start = dot;
        while (start > 0 && dot - start < 63 && IsHost(text[start - 1]) && text[start - 1] != '.') start--;
        if (start == dot || (start > 0 && text[start - 1] is '@' or '.')) return null;
        var end = dot;
        while (end < text.Length && end - dot < 253 && IsHost(text[end])) end++;
        while (text[end - 1] is '.' or '-') end--;
        if (end <= dot || (end < text.Length && text[end] == '@')) return null;
        var name = text[start..end];
        if (name.StartsWith("www.", StringComparison.Ordinal)) return start;
        var ending = name[(name.LastIndexOf('.') + 1)..];
        if (Endings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(ending)) return start;
        // "à 50.km/h": no site under these endings is called by a number alone.
        if (!name[..^ending.Length].ContainsAnyExcept(Digits)) return null;
        return EndingsWithPath.GetAlternateLookup<ReadOnlySpan<char>>().Contains(ending) && HasPath(text, end) && !IsSentence(field, ending, end - ending.Length) ? start : null;
    }

    private static bool HasPath(ReadOnlySpan<char> text, int slash)
    {
        if (slash + 1 >= text.Length || text[slash] != '/' || !(Words.IsLetterOrDigit(text[slash + 1]) || text[slash + 1] is '+' or '@' or '?' or '#' or '_' or '~' or '-' or '%')) return false;
        var end = slash + 1;
        while (end < text.Length && Words.IsLetterOrDigit(text[end])) end++;
        return !Twins.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[(slash + 1)..end]);
    }

    // A capital behind a small letter begins a sentence ("bonjour.De/vers la gare"): nobody writes an address so.
    private static bool IsSentence(FieldReading field, ReadOnlySpan<char> ending, int start)
    {
        if (!Beginnings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(ending)) return false;
        var (from, to) = field.Plain.ToOriginal(start - 2, start + 1);
        var written = field.Original.AsSpan(from, to - from);
        return char.IsLower(written[0]) && char.IsUpper(written[^1]);
    }

    private static int AddLink(FieldReading field, List<Link> links, int start, int hostStart)
    {
        var text = field.Plain.Text;
        var authorityEnd = hostStart;
        var end = hostStart;
        var inAuthority = true;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"' or '(' or ')' or '[' or ']'))
        {
            if (inAuthority && text[end] is '/' or '\\' or '?' or '#') inAuthority = false;
            if (inAuthority) authorityEnd = end + 1;
            end++;
        }

        while (end > hostStart && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'') end--;
        authorityEnd = Math.Min(authorityEnd, end);
        if (authorityEnd <= hostStart) return Math.Max(end, start + 1);
        var authority = text[hostStart..authorityEnd];
        var at = authority.LastIndexOf('@');
        if (at >= 0) hostStart += at + 1;
        authority = text[hostStart..authorityEnd];
        var port = authority.IndexOf(':');
        if (port >= 0) authorityEnd = hostStart + port;
        string? host = null;
        if (hostStart < authorityEnd)
        {
            // From the original: folding would make mairié.example the authority's own mairie.example.
            var (from, to) = field.Plain.ToOriginal(hostStart, authorityEnd);
            (_, to) = field.Graphemes.Widen(from, to);
            host = AsciiHost(Accented.Of(field.Original.AsSpan(from, to - from)));
        }

        links.Add(new(field, start, end, host));
        return Math.Max(end, start + 1);
    }

    private static bool IsHost(char c) => Words.IsLetterOrDigit(c) || c is '.' or '-';
}
