using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// The numbers of a text without their disguises, as a reading of its own: French and English number words as digits ("zéro six, douze"),
/// letters for digits beside digits (O, l, I), and one separator for whatever stands between two numbers ("06_12", "06 • 12", "06 point 12").
/// What is no number stays as it is. The rules that read it know their numbers by a plan or a check digit, so a wrong guess here holds nothing.
/// </summary>
internal static class DigitView
{
    /// <summary>Name of the reading in findings.</summary>
    public const string Name = "digits";

    /// <summary>No number that a rule knows has fewer digits.</summary>
    private const int FewestDigits = 8;

    // Fewer digits than these, and no word for one, can't be half of a disguised number.
    private const int FewestBare = 4;

    private const int LongestGap = 8;
    private const int MostLinkWords = 6;

    // A sign that hides what is between the pairs is no longer.
    private const int LongestHidingSign = 3;

    private static readonly SearchValues<string> SomeNumberWord = SearchValues.Create(
        ["zero", "trois", "quatre", "cinq", "sept", "huit", "neuf", "douze", "treize", "quinze", "vingt", "trente", "quarante", "cinquante", "soixante", "nonante", "three", "seven", "eight"], StringComparison.Ordinal);

    // Amounts, shares and angles are written with these, and no telephone's number is.
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\n%€$£°=&");

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>(SpokenNumber.BelowHundred, StringComparer.Ordinal)
    {
        ["zero"] = 0,
        ["oh"] = 0,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["katre"] = 4,
        ["catre"] = 4,
        ["kinze"] = 15,
        ["trante"] = 30,
        ["quarente"] = 40,
        ["carante"] = 40,
        ["cinquente"] = 50,
        ["soissante"] = 60,
        ["soixente"] = 60,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> LinkWords = FrozenSet.ToFrozenSet(["point", "points", "tiret", "espace", "slash", "virgule", "dot", "dash"], StringComparer.Ordinal);

    // "06 12 34 puis le 56 et enfin 78", "06 12 34 et ça finit par 56 78": what comes next, and the small words around it.
    private static readonly FrozenSet<string> NextWords = FrozenSet.ToFrozenSet(["puis", "ensuite", "et", "enfin", "apres", "suivi", "suivis", "fin", "finit", "finissant", "termine", "suite", "then", "and"], StringComparer.Ordinal);
    private static readonly FrozenSet<string> SmallWords = FrozenSet.ToFrozenSet(["le", "la", "les", "de", "du", "des", "par", "ca", "c", "est", "se", "pour", "on", "a", "ajoute", "it", "ends", "with", "the"], StringComparer.Ordinal);

    // Written without a space before the number.
    private static readonly string[] Labels = ["telephone", "whatsapp", "portable", "mobile", "numero", "phone", "port", "num", "gsm", "sms", "tel", "au"];

    private enum Kind
    {
        Other,

        /// <summary>Digits, or digits with letters that look like some.</summary>
        Number,

        /// <summary>Only letters that look like digits: a number where it stands beside one.</summary>
        Maybe,

        /// <summary>A word that people say between two groups.</summary>
        Link,

        /// <summary>One that says what comes next.</summary>
        Next,

        /// <summary>A small one that stands beside it.</summary>
        Small,
    }

    /// <summary>Null where it would say no more than the plain reading.</summary>
    public static Normalised? Of(Normalised plain)
    {
        var text = plain.Text;
        if (!MayHoldNumber(text)) return null;
        var tokens = Tokens(text);
        var total = 0;
        foreach (var token in tokens) total += token.Digits?.Length ?? 0;
        return total < FewestDigits ? null : Write(plain, tokens);
    }

    private static bool MayHoldNumber(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(Digits) < 0) return text.IndexOfAny(SomeNumberWord) >= 0;
        var bare = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && ++bare == FewestBare) return true;
        }

        return text.IndexOfAny(SomeNumberWord) >= 0;
    }

    private static List<Token> Tokens(ReadOnlySpan<char> text)
    {
        var tokens = new List<Token>(32);
        for (var i = 0; i < text.Length;)
        {
            if (!Words.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && Words.IsLetterOrDigit(text[i])) i++;
            tokens.Add(Read(text, start, i));
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Value is >= 0) Combine(text, tokens, i);
        }

        tokens.RemoveAll(token => token.Start < 0);
        Resolve(text, tokens);
        return tokens;
    }

    private static Token Read(ReadOnlySpan<char> text, int start, int end)
    {
        const int LongestNumberWord = 9;
        const int MostDigits = 40;
        var word = text[start..end];
        if (word.Length <= LongestNumberWord && char.IsAsciiLetter(word[0]))
        {
            if (Numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var value)) return new(start, end, Kind.Number, null, value);
            if (LinkWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return new(start, end, Kind.Link, null, -1);
            if (NextWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return new(start, end, Kind.Next, null, -1);
            if (SmallWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return new(start, end, Kind.Small, null, -1);
        }

        // "zéro6": the word and the digit are written together.
        if (word.Length is > 4 and <= LongestNumberWord && word.StartsWith("zero", StringComparison.Ordinal) && !word[4..].ContainsAnyExceptInRange('0', '9'))
            return new(start, end, Kind.Number, string.Concat("0", word[4..]), -1);

        if (word.Length > MostDigits) return new(start, end, Kind.Other, null, -1);
        var label = 0;
        foreach (var known in Labels)
        {
            if (word.Length > known.Length + 1 && char.IsAsciiDigit(word[known.Length]) && word.StartsWith(known, StringComparison.Ordinal)) label = known.Length;
        }

        if (label == 0 && PairsOf(word) is { } pairs) return new(start, end, Kind.Number, pairs, -1);
        if (EndOfWhole(word[label..]) is { } whole) return new(start + label, start + label + whole, Kind.Number, word.Slice(label, whole).ToString(), -1);
        var digits = 0;
        var alike = 0;
        foreach (var c in word[label..])
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (Alike(c) != '\0') alike++;
            else return new(start, end, Kind.Other, null, -1);
        }

        if (digits == 0 && (alike > 2 || word.IndexOfAny('s', 'z') >= 0)) return new(start, end, Kind.Other, null, -1);
        return new(start + label, end, digits > 0 ? Kind.Number : Kind.Maybe, string.Create(end - start - label, word[label..], static (written, source) =>
        {
            for (var i = 0; i < source.Length; i++) written[i] = char.IsAsciiDigit(source[i]) ? source[i] : Alike(source[i]);
        }), -1);
    }

    // "06x12x34x56x78": one letter between all pairs.
    private static string? PairsOf(ReadOnlySpan<char> word)
    {
        const int Whole = 14;
        if (word.Length != Whole || word[0] != '0' || !char.IsAsciiLetter(word[2])) return null;
        Span<char> digits = stackalloc char[10];
        for (var i = 0; i < Whole; i++)
        {
            var isLetter = i % 3 == 2;
            if (isLetter ? word[i] != word[2] : !char.IsAsciiDigit(word[i])) return null;
            if (!isLetter) digits[i - (i / 3)] = word[i];
        }

        return digits.ToString();
    }

    // "0612345678merci": a whole number and a word.
    private static int? EndOfWhole(ReadOnlySpan<char> word)
    {
        const int Whole = 10;
        const int ShortestWord = 3;
        return word.Length >= Whole + ShortestWord && word[0] == '0' && !word[..Whole].ContainsAnyExceptInRange('0', '9') && !word[Whole..].ContainsAnyExceptInRange('a', 'z') ? Whole : null;
    }

    private static char Alike(char c) => c switch
    {
        'o' or 'о' or 'ο' => '0',
        'l' or 'i' or 'і' or 'ӏ' or 'ι' => '1',
        's' => '5',
        'z' => '2',
        _ => '\0',
    };

    // "soixante-dix-huit" is one number, "soixante, dix, huit" three; "zéro six" is 06.
    private static void Combine(ReadOnlySpan<char> text, List<Token> tokens, int i)
    {
        var value = tokens[i].Value;
        var last = i;
        // "quatre-vingts" with its s is not gone on with.
        var isWhole = false;
        if (value == 4 && Next(text, tokens, last, out var next) && tokens[next].Value == 20)
        {
            (value, last) = (80, next);
            isWhole = text[tokens[next].Start..tokens[next].End] is "vingts";
        }

        if (!isWhole && value is 20 or 30 or 40 or 50 or 60 or 70 or 80 or 90)
        {
            var and = Next(text, tokens, last, out next) && text[tokens[next].Start..tokens[next].End] is "et" ? next : last;
            if (Next(text, tokens, and, out next) && (tokens[next].Value is >= 1 and <= 9 || (value is 60 or 80 && tokens[next].Value is >= 10 and <= 16)))
            {
                (value, last) = (value + tokens[next].Value, next);
            }
        }

        if (value % 20 == 10 && (value is 10 or 70 or 90) && last >= i && text[tokens[last].Start..tokens[last].End] is "dix"
            && Next(text, tokens, last, out next) && tokens[next].Value is >= 7 and <= 9)
        {
            (value, last) = (value + tokens[next].Value, next);
        }

        var digits = value < 10 ? ((char)('0' + value)).ToString() : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}");
        if (value == 0 && Next(text, tokens, last, out next) && tokens[next].Value is >= 0 and <= 9)
        {
            digits += (char)('0' + tokens[next].Value);
            last = next;
        }

        var whole = new Token(tokens[i].Start, tokens[last].End, Kind.Number, digits, -1);
        for (var gone = i + 1; gone <= last; gone++) tokens[gone] = new(-1, -1, Kind.Other, null, -1);
        tokens[i] = whole;
    }

    private static bool Next(ReadOnlySpan<char> text, List<Token> tokens, int i, out int next)
    {
        next = i + 1;
        return next < tokens.Count && tokens[next].Start == tokens[i].End + 1 && text[tokens[i].End] is ' ' or '-';
    }

    // "O six", "06 lO 34": letters alone are digits where a number stands beside them, and "il" and "l" only between two.
    private static void Resolve(ReadOnlySpan<char> text, List<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != Kind.Maybe) continue;
            var before = i > 0 && tokens[i - 1].Kind == Kind.Number && Joins(text[tokens[i - 1].End..tokens[i].Start]);
            var after = i + 1 < tokens.Count && tokens[i + 1].Kind is Kind.Number or Kind.Maybe && Joins(text[tokens[i].End..tokens[i + 1].Start]);
            var zeros = text[tokens[i].Start..tokens[i].End].IndexOfAnyExcept("oоο") < 0;
            var isWord = text[tokens[i].Start..tokens[i].End] is "il" or "l" or "i";
            var isNumber = zeros || !isWord ? before || after : before && after;
            tokens[i] = tokens[i] with { Kind = isNumber ? Kind.Number : Kind.Other, Digits = isNumber ? tokens[i].Digits : null };
        }
    }

    private static bool Joins(ReadOnlySpan<char> gap) => gap.Length <= LongestGap && gap.IndexOfAny(Breaks) < 0;

    private static Normalised? Write(Normalised plain, List<Token> tokens)
    {
        var text = plain.Text;
        var view = new FoldTarget(text.Length + 16);
        var changed = false;
        var at = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Digits is not { } digits)
            {
                // "plus trente-trois six douze"
                if (text[token.Start..token.End] is "plus" && i + 1 < tokens.Count && tokens[i + 1].Digits is "33" && token.End + 1 == tokens[i + 1].Start)
                {
                    Copy(plain, ref view, at, token.Start);
                    Put(plain, ref view, "+", token.Start, tokens[i + 1].Start);
                    at = tokens[i + 1].Start;
                    changed = true;
                }

                continue;
            }

            Copy(plain, ref view, at, token.Start);
            // A label without its space ("tel0612345678") must not hang on the number.
            if (token.Start > 0 && Words.IsLetterOrDigit(text[token.Start - 1]))
            {
                Put(plain, ref view, " ", token.Start, token.Start + 1);
                changed = true;
            }

            changed |= !text[token.Start..token.End].SequenceEqual(digits);
            if (digits.Length == token.End - token.Start)
            {
                for (var k = 0; k < digits.Length; k++) Put(plain, ref view, digits.AsSpan(k, 1), token.Start + k, token.Start + k + 1);
            }
            else
            {
                Put(plain, ref view, digits, token.Start, token.End);
            }

            at = token.End;
            // A word behind its digits must not hang on the number either.
            if (at < text.Length && Words.IsLetterOrDigit(text[at]))
            {
                Put(plain, ref view, " ", at, at + 1);
                changed = true;
            }

            var next = i + 1;
            var (links, smalls) = (false, false);
            while (next < tokens.Count && next - i <= MostLinkWords && tokens[next].Kind is Kind.Link or Kind.Next or Kind.Small)
            {
                links |= tokens[next].Kind == Kind.Next;
                smalls |= tokens[next].Kind == Kind.Small;
                next++;
            }

            if (next >= tokens.Count || tokens[next].Digits is null || (smalls && !links) || !Separates(text, tokens, i, next, out var separator)) continue;
            // Days and bus lines are counted so, too: they stay a list.
            if (links) separator = ",";
            // Commas are read here only.
            changed |= separator is "," || !text[at..tokens[next].Start].SequenceEqual(separator);
            Put(plain, ref view, separator, at, tokens[next].Start);
            at = tokens[next].Start;
            i = next - 1;
        }

        if (!changed) return null;
        Copy(plain, ref view, at, text.Length);
        return view.ToNormalised(plain.Original, Name);
    }

    // Dates, times and paths are told by their slashes and colons, lists and amounts by their commas: these stay.
    private static bool Separates(ReadOnlySpan<char> text, List<Token> tokens, int first, int next, out string separator)
    {
        separator = " ";
        var (slash, comma, dash, dot, plus, blank) = (false, false, false, false, false, false);
        for (var i = first; i < next; i++)
        {
            var gap = text[tokens[i].End..tokens[i + 1].Start];
            if (IsColumn(text, tokens[i], tokens[i + 1])) continue;
            if (!Joins(gap))
            {
                if (IsHidden(text, tokens, i)) continue;
                return false;
            }

            foreach (var c in gap)
            {
                slash |= c is '/' or ':';
                comma |= c is ',';
                dash |= c is '-';
                dot |= c is '.';
                plus |= c is '+';
                blank |= c is ' ';
            }
        }

        if (plus && blank) return false;
        if (slash) separator = blank ? "/ " : "/";
        else if (comma) separator = ",";
        else if (dash) separator = "-";
        else if (dot) separator = ".";
        return true;
    }

    // "06=12=34=56=78": one sign, on whichever side.
    private static bool IsHidden(ReadOnlySpan<char> text, List<Token> tokens, int i)
    {
        var gap = text[tokens[i].End..tokens[i + 1].Start];
        if (gap.Length > LongestHidingSign || gap.IndexOfAny(" ,\n") >= 0 || tokens[i].Digits is not { Length: 2 } || tokens[i + 1].Digits is not { Length: 2 }) return false;
        return (i > 0 && tokens[i - 1].Digits is { Length: 2 } && text[tokens[i - 1].End..tokens[i].Start].SequenceEqual(gap))
            || (i + 2 < tokens.Count && tokens[i + 2].Digits is { Length: 2 } && text[tokens[i + 1].End..tokens[i + 2].Start].SequenceEqual(gap));
    }

    // "06", and "12" on the next line, with nothing else on it: a number written down the page.
    private static bool IsColumn(ReadOnlySpan<char> text, Token first, Token second)
    {
        if (first.Digits is not { Length: 2 } || second.Digits is not { Length: 2 }) return false;
        var gap = text[first.End..second.Start];
        return gap.Length <= LongestGap && gap.Contains('\n') && !gap.ContainsAnyExcept(" \r\n") && (second.End == text.Length || text[second.End] is '\n' or '\r' or ' ' or '.' or ',' or '!');
    }

    private static void Copy(Normalised plain, ref FoldTarget view, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            (view.OriginalStart, view.OriginalEnd) = plain.ToOriginal(i, i + 1);
            view.Add(plain.Text[i]);
        }
    }

    private static void Put(Normalised plain, ref FoldTarget view, ReadOnlySpan<char> written, int start, int end)
    {
        (view.OriginalStart, view.OriginalEnd) = plain.ToOriginal(start, end);
        foreach (var c in written) view.Add(c);
    }

    /// <param name="Start">First character; below 0: taken into the number before.</param>
    /// <param name="End">One past the last.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Digits">Its digits; null: none.</param>
    /// <param name="Value">Of a number word that is not combined yet; below 0: none.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Token(int Start, int End, Kind Kind, string? Digits, int Value);
}
