using System.Text;

namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>
/// Writes a word as somebody writes it who wants readers to see it and a list not to. The same seed makes the same disguises.
/// It was written before the matcher that it measures, knows nothing of it, and is not mended where the matcher fails.
/// </summary>
public sealed class Disguiser(int seed)
{
    private const int Attempts = 20;

    private static readonly Dictionary<char, string[]> Leet = new()
    {
        ['a'] = ["4", "@"],
        ['b'] = ["8"],
        ['c'] = ["("],
        ['e'] = ["3", "€"],
        ['g'] = ["9"],
        ['i'] = ["1", "!", "|"],
        ['l'] = ["1", "|"],
        ['o'] = ["0"],
        ['q'] = ["9"],
        ['s'] = ["5", "$"],
        ['t'] = ["7", "+"],
        ['z'] = ["2"],
    };

    private static readonly Dictionary<char, string> Accented = new()
    {
        ['a'] = "àâäáãåā",
        ['c'] = "çćč",
        ['d'] = "ďđ",
        ['e'] = "éèêëēę",
        ['g'] = "ğĝ",
        ['i'] = "îïíìī",
        ['l'] = "łĺ",
        ['n'] = "ñńň",
        ['o'] = "ôöóòõø",
        ['r'] = "řŕ",
        ['s'] = "šśş",
        ['t'] = "ťţ",
        ['u'] = "ùûüúū",
        ['y'] = "ÿý",
        ['z'] = "žźż",
    };

    // Grave, acute, circumflex, tilde, macron, dot, diaeresis, ring, cedilla, and the strokes through a letter.
    private const string Marks = "\u0300\u0301\u0302\u0303\u0304\u0307\u0308\u030A\u0327\u0335\u0336\u0338\u0323\u0331";

    private static readonly string[] Invisible = ["\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u034F", "\u180E", "\u2063"];

    private static readonly string[] Separators = [" ", ".", "-", "_", "*", "/"];

    // First letters of the mathematical alphabets: upper case, and 26 further the lower case.
    private static readonly int[] Alphabets = [0x1D400, 0x1D434, 0x1D468, 0x1D49C, 0x1D4D0, 0x1D504, 0x1D538, 0x1D56C, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670];

    // Letters that Unicode had before their alphabet, so that their place in it is empty.
    private static readonly Dictionary<int, int> Earlier = new()
    {
        [0x1D455] = 0x210E,
        [0x1D49D] = 0x212C,
        [0x1D4A0] = 0x2130,
        [0x1D4A1] = 0x2131,
        [0x1D4A3] = 0x210B,
        [0x1D4A4] = 0x2110,
        [0x1D4A7] = 0x2112,
        [0x1D4A8] = 0x2133,
        [0x1D4AD] = 0x211B,
        [0x1D4BA] = 0x212F,
        [0x1D4BC] = 0x210A,
        [0x1D4C4] = 0x2134,
        [0x1D506] = 0x212D,
        [0x1D50B] = 0x210C,
        [0x1D50C] = 0x2111,
        [0x1D515] = 0x211C,
        [0x1D51D] = 0x2128,
        [0x1D53A] = 0x2102,
        [0x1D53F] = 0x210D,
        [0x1D545] = 0x2115,
        [0x1D547] = 0x2119,
        [0x1D548] = 0x211A,
        [0x1D549] = 0x211D,
        [0x1D551] = 0x2124,
    };

    private readonly Random _random = new(seed);

    /// <summary>The word with every one of the kinds in it; null where it has no letter for one of them.</summary>
    public string? Disguise(string word, IReadOnlyCollection<DisguiseKind> kinds)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (Attempt(word, kinds) is { } disguised && disguised != word) return disguised;
        }

        return null;
    }

    /// <summary>Kinds that can stand together, one to three; whole alphabets exclude each other, as one word is written with one keyboard of them.</summary>
    public DisguiseKind[] Kinds(int count)
    {
        while (true)
        {
            var kinds = Enum.GetValues<DisguiseKind>();
            _random.Shuffle(kinds);
            kinds = kinds[..count];
            if (kinds.Count(kind => kind is DisguiseKind.FullWidth or DisguiseKind.Mathematical or DisguiseKind.Circled) <= 1
                && !(kinds.Contains(DisguiseKind.Homoglyphs) && kinds.Contains(DisguiseKind.MixedScripts))) return [.. kinds.Order()];
        }
    }

    /// <summary>One of the words.</summary>
    public T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private string? Attempt(string word, IReadOnlyCollection<DisguiseKind> kinds)
    {
        var letters = Letters(word);
        // Marks and repeats first: what stands for a letter later may take none. Whole alphabets last, over what is left.
        DisguiseKind[] order = [DisguiseKind.Accents, DisguiseKind.Leet, DisguiseKind.Homoglyphs, DisguiseKind.MixedScripts, DisguiseKind.FullWidth, DisguiseKind.Mathematical, DisguiseKind.Circled];
        var left = order.Count(kinds.Contains);
        foreach (var kind in order.Where(kinds.Contains))
        {
            left--;
            var done = kind switch
            {
                DisguiseKind.Accents => Accents(letters, left),
                DisguiseKind.Leet => Replace(letters, left, letter => Leet.GetValueOrDefault(letter.Base)),
                DisguiseKind.Homoglyphs => OneScript(letters, left),
                DisguiseKind.MixedScripts => SeveralScripts(letters, left),
                DisguiseKind.FullWidth => Alphabet(letters, FullWidth, whole: 85),
                DisguiseKind.Mathematical => Mathematical(letters),
                _ => Circled(letters),
            };
            if (!done) return null;
        }

        if (kinds.Contains(DisguiseKind.Repeats)) Repeat(letters);
        if (kinds.Contains(DisguiseKind.ZeroWidth)) Insert(letters);
        if (kinds.Contains(DisguiseKind.Spacing)) Space(letters);
        return string.Concat(letters.Select(letter => letter.Text + letter.After));
    }

    private List<Letter> Letters(string word)
    {
        // Most in lower case, some with a capital, few in capitals.
        var style = _random.Next(100);
        var written = style < 78 ? word : style < 92 ? char.ToUpperInvariant(word[0]) + word[1..] : word.ToUpperInvariant();
        return [.. written.Select(c => new Letter(c.ToString(), BaseOf(c)))];
    }

    private static char BaseOf(char c) => char.ToLowerInvariant(c.ToString().Normalize(NormalizationForm.FormD)[0]);

    // A number of the letters that still are as they were, one at least; enough are left for the kinds that come.
    private List<Letter> Some(IEnumerable<Letter> letters, int left)
    {
        var free = letters.Where(letter => !letter.Changed).ToList();
        if (free.Count <= left) return [];
        var chosen = free.ToArray();
        _random.Shuffle(chosen);
        return [.. chosen.Take(1 + _random.Next(free.Count - left))];
    }

    private bool Replace(List<Letter> letters, int left, Func<Letter, string[]?> ways)
    {
        var some = Some(letters.Where(letter => ways(letter) is not null), left);
        foreach (var letter in some) letter.Write(One(ways(letter)!));
        return some.Count > 0;
    }

    private bool OneScript(List<Letter> letters, int left)
    {
        var script = One(LookAlikes.Scripts);
        return Replace(letters, left, letter => script.GetValueOrDefault(letter.Base));
    }

    private bool SeveralScripts(List<Letter> letters, int left)
    {
        var scripts = LookAlikes.Scripts.ToArray();
        _random.Shuffle(scripts);
        var used = new HashSet<int>();
        var some = Some(letters.Where(letter => scripts.Any(script => script.ContainsKey(letter.Base))), left);
        foreach (var letter in some)
        {
            // In turns, so that a word of a few letters has letters of several scripts too.
            for (var i = 0; i < scripts.Length; i++)
            {
                var script = (used.Count + i) % scripts.Length;
                if (!scripts[script].TryGetValue(letter.Base, out var ways)) continue;
                letter.Write(One(ways));
                used.Add(script);
                break;
            }
        }

        return used.Count > 1;
    }

    private bool Accents(List<Letter> letters, int left)
    {
        if (_random.Next(100) < 15 && letters.Any(letter => letter.Text.Normalize(NormalizationForm.FormD).Length > 1))
        {
            // "encule": what was accented loses it.
            foreach (var letter in letters.Where(letter => letter.Text.Normalize(NormalizationForm.FormD).Length > 1)) letter.Write(Cased(letter, letter.Base.ToString()), changed: left == 0);
            return true;
        }

        if (_random.Next(100) < 65) return Replace(letters, left, letter => Accented.TryGetValue(letter.Base, out var ways) ? [.. ways.Select(way => Cased(letter, way.ToString()))] : null);
        var marks = _random.Next(10) < 7 ? 1 : 3;
        var some = Some(letters.Where(letter => char.IsAsciiLetter(letter.Base)), left);
        foreach (var letter in some) letter.Write(letter.Text + string.Concat(Enumerable.Range(0, 1 + _random.Next(marks)).Select(_ => Marks[_random.Next(Marks.Length)])));
        return some.Count > 0;
    }

    private static string Cased(Letter letter, string way) => letter.IsUpper ? way.ToUpperInvariant() : way;

    // The whole word most of the time: such letters come from a keyboard or a page that converts.
    private bool Alphabet(List<Letter> letters, Func<char, string> write, int whole)
    {
        var free = letters.Where(letter => !letter.Changed && char.IsAsciiLetter(letter.Base)).ToList();
        if (free.Count == 0) return false;
        foreach (var letter in _random.Next(100) < whole ? free : Some(free, 0))
        {
            var c = letter.IsUpper ? char.ToUpperInvariant(letter.Base) : letter.Base;
            var mark = letter.Text.Normalize(NormalizationForm.FormD)[1..];
            letter.Write(write(c) + (_random.Next(2) == 0 ? mark : ""));
        }

        return true;
    }

    private static string FullWidth(char c) => ((char)(c - '!' + '\uFF01')).ToString();

    private bool Mathematical(List<Letter> letters)
    {
        var alphabet = One(Alphabets);
        return Alphabet(letters, c => char.ConvertFromUtf32(InAlphabet(alphabet, c)), whole: 85);
    }

    private static int InAlphabet(int alphabet, char c)
    {
        var place = alphabet + (char.IsAsciiLetterUpper(c) ? c - 'A' : c - 'a' + 26);
        return Earlier.GetValueOrDefault(place, place);
    }

    private bool Circled(List<Letter> letters)
    {
        // In a circle, on a black circle, in a square, on a black square, in brackets.
        var first = One([0x24B6, 0x24B6, 0x1F150, 0x1F130, 0x1F170, 0x249C]);
        return Alphabet(letters, c => char.ConvertFromUtf32(first switch
        {
            0x24B6 when char.IsAsciiLetterLower(c) => 0x24D0 + c - 'a',
            _ => first + char.ToLowerInvariant(c) - 'a',
        }), whole: 85);
    }

    private void Repeat(List<Letter> letters)
    {
        var some = letters.ToArray();
        _random.Shuffle(some);
        foreach (var letter in some.Take(1 + _random.Next(Math.Min(3, some.Length)))) letter.Repeat(1 + _random.Next(6));
    }

    private void Insert(List<Letter> letters)
    {
        var character = One(Invisible);
        var several = _random.Next(4) == 0;
        var places = letters[..^1].ToArray();
        _random.Shuffle(places);
        foreach (var letter in places.Take(1 + _random.Next(places.Length))) letter.After += several ? One(Invisible) : character;
    }

    private void Space(List<Letter> letters)
    {
        var way = _random.Next(100);
        var separator = One(Separators);
        switch (way)
        {
            case < 55: // c.o.n.n.a.r.d
                foreach (var letter in letters[..^1]) letter.After += separator;
                break;
            case < 62: // "c . o . n", "c  o  n"
                foreach (var letter in letters[..^1]) letter.After += separator == " " ? "  " : $" {separator} ";
                break;
            case < 78: // c.o-n n_a.r d
                foreach (var letter in letters[..^1]) letter.After += One(Separators);
                break;
            case < 92 when letters.Count > 4: // con.n.a.r.d, c o n nard
                var length = 3 + _random.Next(letters.Count - 3);
                var start = _random.Next(letters.Count - length + 1);
                foreach (var letter in letters[start..(start + length - 1)]) letter.After += separator;
                if (start > 0) letters[start - 1].After += separator;
                if (start + length < letters.Count) letters[start + length - 1].After += separator;
                break;
            default: // con-nard, conn_ard: a sign, since with a blank alone it is two words
                letters[_random.Next(letters.Count - 1)].After += One(Separators[1..]);
                break;
        }
    }

    private sealed class Letter(string text, char @base)
    {
        public string Text { get; private set; } = text;

        public char Base { get; } = @base;

        public bool IsUpper { get; } = char.IsUpper(text[0]);

        public bool Changed { get; private set; }

        public string After { get; set; } = "";

        public void Write(string text, bool changed = true) => (Text, Changed) = (text, changed);

        public void Repeat(int times) => Text = string.Concat(Enumerable.Repeat(Text, times + 1));
    }
}
