using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// E-mail addresses as people hide them from machines: "jean point dupont arobase exemple point fr", "jean(at)exemple[.]fr", "jean.dupont chez gmail point com".
/// A word for the at sign that is a common word as well ("chez", "at") counts only beside another sign of a disguise.
/// </summary>
internal static class DisguisedEmail
{
    /// <summary>Name of the reading in findings.</summary>
    public const string View = "address";

    private const int LongestLocalPart = 80;
    private const int LongestDomain = 110;
    private const int MostLabels = 6;
    private const int MostBlanks = 3;

    /// <summary>What an at sign is written as, or may be.</summary>
    internal static readonly SearchValues<string> Triggers = SearchValues.Create(
        ["@", "aroba", "arroba", "aro base", "(at", "[at", "{at", "<at", "(a)", "[a]", "{a}", "*at*", "_at_", "-at-", "|at|", "(chez)", "[chez]", " at ", " chez "], StringComparison.Ordinal);

    // Words that a provider's name makes one.
    private static readonly SearchValues<string> SmallTriggers = SearchValues.Create([" a ", " sur "], StringComparison.Ordinal);

    private static readonly FrozenSet<string> Endings = FrozenSet.ToFrozenSet(
        ("com fr net org eu info biz pro io be ch lu ca uk de es it pt nl at pl ro re gp mq gf nc pf yt pm wf tf us ie dk se no fi cz gr ma tn dz sn ci cm mg me tv cc co app dev site online email mail "
         + "alsace bzh corsica paris asso gouv edu").Split(' '), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Providers = FrozenSet.ToFrozenSet(
        ("gmail googlemail orange wanadoo free sfr neuf laposte hotmail outlook live msn yahoo ymail icloud mac protonmail proton pm bbox numericable aol gmx club-internet aliceadsl alice cegetel tutanota tuta mailo posteo zoho "
         + "voila nordnet libertysurf infomaniak skynet bluewin").Split(' '), StringComparer.Ordinal);

    private static readonly SearchValues<string> SomeProvider = SearchValues.Create([.. Providers], StringComparison.Ordinal);

    private static readonly FrozenSet<string> Dots = FrozenSet.ToFrozenSet(["point", "dot", "pt", "punkt", "period"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Joins = FrozenSet.ToFrozenSet(["point", "dot", "pt", "tiret", "underscore", "dash", "moins", "bas"], StringComparer.Ordinal);

    private static readonly SearchValues<string> Cues = SearchValues.Create(["mail", "mel ", "adresse", "courriel", "contact", "ecri", "joindre", "joignable", "@"], StringComparison.Ordinal);

    private static readonly SearchValues<char> Marks = SearchValues.Create("._-+0123456789");

    // Endings that a sentence goes on with: "chez Orange point de vente".
    private static readonly FrozenSet<string> EndingWords = FrozenSet.ToFrozenSet(["de", "me", "es", "it", "at", "no", "us", "re", "pro", "se", "site", "online", "email", "mail", "be", "co", "tv", "pl"], StringComparer.Ordinal);

    private enum Sign
    {
        /// <summary>Nothing else than an at sign: "arobase", "(at)".</summary>
        Sure,

        /// <summary>The sign itself with something around it.</summary>
        Itself,

        /// <summary>A common word: "chez", "at".</summary>
        Word,

        /// <summary>One of the commonest, which counts before a provider only: "à gmail.com", "sur gmail".</summary>
        Small,
    }

    /// <summary>True for what addresses usually end with.</summary>
    internal static bool IsEnding(ReadOnlySpan<char> label) => Endings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(label);

    /// <param name="reading">What the field belongs to.</param>
    /// <param name="field">Where they are looked for.</param>
    /// <param name="known">Places of the at signs of the addresses that are said already, in order.</param>
    /// <param name="findings">Where they are said.</param>
    public static void Find(Reading reading, FieldReading field, List<int> known, FindingSink findings)
    {
        Find(reading, field, known, findings, Triggers);
        if (field.Plain.Text.IndexOfAny(SomeProvider) >= 0) Find(reading, field, known, findings, SmallTriggers);
    }

    private static void Find(Reading reading, FieldReading field, List<int> known, FindingSink findings, SearchValues<string> triggers)
    {
        var text = field.Plain.Text;
        var next = 0;
        for (var from = 0; from < text.Length;)
        {
            var hit = text[from..].IndexOfAny(triggers);
            if (hit < 0) return;
            hit += from;
            from = hit + 1;
            while (next < known.Count && known[next] < hit) next++;
            if (next < known.Count && known[next] == hit) continue;
            if (AtSign(text, hit) is not { } at) continue;
            if (Local(text, at.Start) is not { } local) continue;
            if (Domain(text, at.End) is not { } domain) continue;
            from = at.End;
            if (!IsAddress(text, at, local, domain)) continue;
            if (reading.Authority.Allows(domain.Name) || reading.Authority.IsPublicEmail(local.Name + "@" + domain.Name) || PublicMailbox.Is(local.Name, domain.Name)) continue;
            var (start, end) = field.Plain.ToOriginal(local.Start, domain.End);
            if (!findings.Said(field, start, end)) findings.AddOriginal(field, start, end, view: View);
        }
    }

    private static bool IsAddress(ReadOnlySpan<char> text, At at, LocalPart local, DomainPart domain)
    {
        switch (at.Sign)
        {
            case Sign.Sure:
                return domain.HasEnding || domain.IsProvider;
            case Sign.Itself:
                // "Merci @orange.fr": a name that is called, not an address.
                return domain.HasEnding ? !at.IsCall || local.HasMark || domain.IsDisguised : domain.IsProvider && !at.IsCall && IsNamed(local) && (local.HasMark || IsAnnounced(text, local));
            case Sign.Small:
                return domain.IsProvider && IsNamed(local) && ((domain.HasEnding && local.Name.AsSpan().IndexOfAny('.', '_') >= 0) || (local.HasMark && IsAnnounced(text, local)));
            default:
                // "jean.dupont59 chez gmail": everybody knows how it ends.
                return domain.HasEnding ? domain.IsDisguised || local.HasMark || (domain.IsProvider && IsAnnounced(text, local)) : domain.IsProvider && IsNamed(local) && local.HasMark && IsAnnounced(text, local);
        }
    }

    private static bool IsAnnounced(ReadOnlySpan<char> text, LocalPart local) => text[Math.Max(0, local.Start - 40)..local.Start].IndexOfAny(Cues) >= 0;

    // "Le 12 sur Orange" has no letter.
    private static bool IsNamed(LocalPart local) => local.Name.AsSpan().IndexOfAnyInRange('a', 'z') >= 0;

    private static At? AtSign(ReadOnlySpan<char> text, int hit)
    {
        var c = text[hit];
        if (c == '@')
        {
            var (start, end) = (hit, hit + 1);
            while (start > 0 && hit - start < MostBlanks && text[start - 1] is ' ' or '(' or '[' or '{' or '<' or '"' or '*') start--;
            while (end < text.Length && end - hit <= MostBlanks && text[end] is ' ' or ')' or ']' or '}' or '>' or '"' or '*') end++;
            return new(start, end, Sign.Itself, IsCall: hit > 0 && text[hit - 1] == ' ' && end == hit + 1);
        }

        if (c == 'a')
        {
            if (hit > 0 && Words.IsLetterOrDigit(text[hit - 1])) return null;
            var end = hit;
            while (end < text.Length && end - hit < 12 && (Words.IsLetterOrDigit(text[end]) || (text[end] == ' ' && end == hit + 3 && text[hit..].StartsWith("aro base", StringComparison.Ordinal)))) end++;
            return Widen(text, hit, end, Sign.Sure);
        }

        if (c == ' ')
        {
            var word = text[(hit + 1)..];
            if (word.StartsWith("at ", StringComparison.Ordinal)) return new(hit, hit + 4, Sign.Word);
            if (word.StartsWith("chez ", StringComparison.Ordinal)) return new(hit, hit + 6, Sign.Word);
            // Nearly every text has these words: only what a provider follows is read on.
            var behind = hit + (word.StartsWith("a ", StringComparison.Ordinal) ? 3 : 5);
            return StartsWithProvider(text, behind) ? new(hit, behind, Sign.Small) : null;
        }

        if (text[(hit + 1)..].StartsWith("chez", StringComparison.Ordinal)) return Widen(text, hit, hit + 6, Sign.Sure);

        // "(at)", "(a)": the bracket must close, but for one behind "at" that people forget.
        var inner = text[hit + 1] == 'a' && hit + 2 < text.Length && text[hit + 2] == 't' ? hit + 3 : hit + 2;
        if (inner < text.Length && Words.IsLetterOrDigit(text[inner])) return null;
        return Widen(text, hit, inner, Sign.Sure);
    }

    private static bool StartsWithProvider(ReadOnlySpan<char> text, int at)
    {
        const int Longest = 14;
        var end = at;
        while (end < text.Length && end - at < Longest && (Words.IsLetterOrDigit(text[end]) || text[end] == '-')) end++;
        return Providers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[at..end]);
    }

    private static At Widen(ReadOnlySpan<char> text, int start, int end, Sign sign)
    {
        var (first, last) = (start, end);
        while (start > 0 && first - start < MostBlanks && IsBlank(text[start - 1])) start--;
        while (end < text.Length && end - last < MostBlanks && IsBlank(text[end])) end++;
        return new(start, end, sign);
    }

    private static bool IsBlank(char c) => c is ' ' or '(' or ')' or '[' or ']' or '{' or '}' or '<' or '>' or '*' or '_' or '-' or '|' or '"' or ':' or '~';

    private static LocalPart? Local(ReadOnlySpan<char> text, int at)
    {
        var name = "";
        var start = at;
        var mark = false;
        while (at - start < LongestLocalPart)
        {
            var end = start;
            var first = end;
            while (first > 0 && at - first < LongestLocalPart && IsLocal(text[first - 1])) first--;
            while (first < end && text[first] is '.' or '-' or '_') first++;
            if (first == end) break;
            var word = text[first..end];
            mark |= word.IndexOfAny(Marks) >= 0;
            name = string.Concat(word, name);
            start = first;
            // Before the word: a sign or a word for one, and another word.
            var before = SkipBack(text, start);
            if (before <= 0) break;
            if (text[before - 1] is '.' or '_' or '-' or '•' && before < start)
            {
                var sign = before - 1;
                var joined = SkipBack(text, sign);
                // "Bonjour. jean (at)" begins a sentence.
                if (joined == sign || joined == 0 || !Words.IsLetterOrDigit(text[joined - 1])) break;
                name = text[sign] + name;
                (mark, start) = (true, joined);
                continue;
            }

            var wordStart = before;
            while (wordStart > 0 && before - wordStart < 12 && Words.IsLetterOrDigit(text[wordStart - 1])) wordStart--;
            var previous = text[wordStart..before];
            if (Joins.GetAlternateLookup<ReadOnlySpan<char>>().Contains(previous) && before < start)
            {
                var joined = SkipBack(text, wordStart);
                if (joined == wordStart || joined == 0 || !Words.IsLetterOrDigit(text[joined - 1])) break;
                name = (previous is "point" or "dot" or "pt" ? "." : previous is "underscore" or "bas" ? "_" : "-") + name;
                (mark, start) = (true, joined);
                continue;
            }

            // "j e a n": letters one by one.
            if (previous.Length != 1 || word.Length != 1 || before != start - 1) break;
            (mark, start) = (true, before);
        }

        return name.Length == 0 ? null : new(start, name, mark);
    }

    private static int SkipBack(ReadOnlySpan<char> text, int i)
    {
        var skipped = 0;
        while (i > 0 && skipped < MostBlanks && text[i - 1] is ' ' or '(' or ')' or '[' or ']')
        {
            i--;
            skipped++;
        }

        return i;
    }

    private static DomainPart? Domain(ReadOnlySpan<char> text, int start)
    {
        var name = new StringBuilder();
        var (known, knownEnd, disguised, knownDisguised, labels) = ("", 0, false, false, 0);
        var i = start;
        var provider = false;
        var firstEnd = start;
        while (i < text.Length && i - start < LongestDomain && labels < MostLabels)
        {
            var end = i;
            while (end < text.Length && end - i < 63 && (Words.IsLetterOrDigit(text[end]) || (text[end] == '-' && end + 1 < text.Length && Words.IsLetterOrDigit(text[end + 1])))) end++;
            if (end == i) break;
            var label = text[i..end].ToString();
            // "g m a i l"
            while (label.Length >= 1 && end - i == (label.Length * 2) - 1 && end + 1 < text.Length && text[end] == ' ' && Words.IsLetterOrDigit(text[end + 1]) && (end + 2 >= text.Length || !Words.IsLetterOrDigit(text[end + 2])))
            {
                label += text[end + 1];
                end += 2;
                disguised = true;
                if (end + 3 < text.Length && text[end..].StartsWith(" - ", StringComparison.Ordinal) && Words.IsLetterOrDigit(text[end + 3]))
                {
                    label += "-" + text[end + 3];
                    end += 4;
                }
            }

            // "la poste", "hot mail"
            if (labels == 0 && end + 1 < text.Length && text[end] == ' ' && Second(text, end + 1) is { } second && Providers.Contains(label + text[(end + 1)..second].ToString()))
            {
                label += text[(end + 1)..second].ToString();
                end = second;
                disguised = true;
            }

            labels++;
            provider |= Providers.Contains(label);
            if (labels == 1) firstEnd = end;
            name.Append(label);
            var goesOn = end + 1 < text.Length && text[end] == ' ' && char.IsLetter(text[end + 1]);
            if (labels > 1 && Endings.Contains(label) && !(disguised && goesOn && EndingWords.Contains(label))) (known, knownEnd, knownDisguised) = (name.ToString(), end, disguised);
            if (Dot(text, end) is not { } dot)
            {
                // "martin_p chez wanadoo fr": people leave the dot out where everybody knows it.
                if (Providers.Contains(label) && EndingApart(text, end) is { } apart) (known, knownEnd, knownDisguised) = ($"{name}.{text[(end + 1)..apart]}", apart, disguised);
                break;
            }

            // A full stop ends a sentence, unless an ending is all that follows.
            disguised |= dot.IsDisguised;
            name.Append('.');
            i = dot.End;
        }

        if (knownEnd > 0) return new(knownEnd, known, knownDisguised, provider, HasEnding: true);
        return provider && labels > 0 ? new(firstEnd, name.ToString(), disguised, IsProvider: true, HasEnding: false) : null;
    }

    private static int? Second(ReadOnlySpan<char> text, int at)
    {
        const int Longest = 6;
        var end = at;
        while (end < text.Length && end - at <= Longest && Words.IsLetterOrDigit(text[end])) end++;
        return end > at && end - at <= Longest ? end : null;
    }

    // Behind a blank an ending that no sentence goes on with.
    private static int? EndingApart(ReadOnlySpan<char> text, int i)
    {
        if (i >= text.Length || text[i] != ' ') return null;
        var end = i + 1;
        while (end < text.Length && end - i < 5 && Words.IsLetterOrDigit(text[end])) end++;
        return text[(i + 1)..end] is "fr" or "com" or "net" or "ch" or "eu" && (end == text.Length || !Words.IsLetterOrDigit(text[end])) ? end : null;
    }

    /// <summary>A dot at a place, or a word or signs for one, with what stands around it.</summary>
    internal static (int End, bool IsDisguised)? Dot(ReadOnlySpan<char> text, int i)
    {
        var end = i;
        while (end < text.Length && end - i < MostBlanks && text[end] is ' ' or '(' or '[' or '{' or '<' or '_' or '-' or '*') end++;
        var sign = end;
        if (end < text.Length && text[end] is '.' or ',' or '。' or '·' or '•' or '․') end++;
        else while (end < text.Length && end - sign < 8 && char.IsAsciiLetter(text[end])) end++;
        var written = text[sign..end];
        if (written.Length == 0 || !(char.IsAsciiLetter(written[0]) ? sign > i && Dots.GetAlternateLookup<ReadOnlySpan<char>>().Contains(written) : true)) return null;
        var after = end;
        while (after < text.Length && after - end < MostBlanks && text[after] is ' ' or ')' or ']' or '}' or '>' or '_' or '-' or '*') after++;
        if (written is "," && after > end) return null;
        return (after, written is not "." || after > end || sign > i);
    }

    private static bool IsLocal(char c) => Words.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '%';

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct At(int Start, int End, Sign Sign, bool IsCall = false);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct LocalPart(int Start, string Name, bool HasMark);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct DomainPart(int End, string Name, bool IsDisguised, bool IsProvider, bool HasEnding);
}
