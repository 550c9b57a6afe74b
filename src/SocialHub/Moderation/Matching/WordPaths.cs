using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>Whether another word was written than the one that is read.</summary>
internal enum Guess
{
    /// <summary>No: only its letters are disguised.</summary>
    None,

    /// <summary>What was written is no word, and sounds as one.</summary>
    Sound,

    /// <summary>What was written is no word.</summary>
    NoWord,

    /// <summary>What was written is an ordinary word.</summary>
    Ordinary,

    /// <summary>Little more than its first letter was written, behind words that leave no doubt.</summary>
    Masked,
}

/// <summary>One word that can be read between two places of a text.</summary>
/// <param name="From">Place where it begins: word × <see cref="WordPaths.Places"/>, and more within a word.</param>
/// <param name="To">Place behind it.</param>
/// <param name="Word">Its number in the vocabulary.</param>
/// <param name="Views">What was undone to read it.</param>
/// <param name="Guess">Whether a letter had to be put in or moved.</param>
/// <param name="Start">First character in the plain reading.</param>
/// <param name="End">One past the last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordPath(int From, int To, int Word, Views Views, Guess Guess, int Start, int End);

/// <summary>
/// The words of a text as a lexicon may read them: each word as it stands, and beside it what a reader sees in disguised ones.
/// Undoing a disguise never moves the edge of a word: what is read begins and ends where a word, or a run of letters written apart, does.
/// </summary>
internal sealed class WordPaths
{
    /// <summary>Places within one written word, for words written together.</summary>
    public const int Places = 32;

    // Shorter ones are ordinary words too often: "lapute" has six letters, but so has "dispute" a pute.
    private const int ShortestSplit = 6;
    private const int ShortestHeard = 4;
    private const int MostHeard = 3; // letters held down: how a word sounds says nothing of them
    private const int LongestSplit = Places;
    private const int LongestPiece = 16;
    private const int MostPieces = 64;
    private const int ShortestPutTogether = 5; // "Saint-Pé-de-Bigorre"
    private const int LongestCut = 12; // pieces that a cut word is put together from

    private const int LongestGap = 3; // signs between letters written apart
    private const int MostAlike = 4; // letters written apart that look alike, one behind the other, as in "vieilli"

    // Words of one letter before them, so that in "il y a c o n" the run "y a c o n" begins with two; so does "j'e m m e r d e" with one.
    private const string SingleLetters = "ayol";

    // What words and sentences are ordinarily made of, in the folded text.
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz \n\r\t.,;:?'\"-_/\\)[]{}«»“”…%=~^");

    // Signs that may stand for letters between two parts of a word.
    private static readonly SearchValues<char> Signs = SearchValues.Create("@€$£¢¥§+|<");

    private const int MostKept = 1_024; // words, and ways, for which room is kept from one text to the next

    [ThreadStatic]
    private static Scratch? _scratch;

    [ThreadStatic]
    private static WordPaths? _spare;

    private readonly List<WordPath> _paths = [];
    private int[] _ids = [];
    private ulong[] _begins = [];
    private int[] _firsts = []; // for each word, and for the place behind the last, the first of the others that begins there or behind it
    private int _count;

    private WordPaths()
    {
    }

    /// <summary>The number of a word as it stands; -1 when the vocabulary has none.</summary>
    public int AsItStands(int word) => _ids[word];

    /// <summary>What else can be read, by <see cref="WordPath.From"/>.</summary>
    public List<WordPath> Others => _paths;

    /// <summary>The word that ends at a place, or holds it.</summary>
    public static int WordBefore(int place) => (place - 1) / Places;

    /// <summary>True when something else can be read where a word begins or within it.</summary>
    public bool HasOthers(int word) => _paths.Count > 0 && _firsts[word] < _firsts[word + 1];

    /// <summary>The first of <see cref="Others"/> that begins at a place or behind it.</summary>
    public int FirstFrom(int place)
    {
        if (_paths.Count == 0) return 0;
        var first = _firsts[place / Places];
        while (first < _paths.Count && _paths[first].From < place) first++;
        return first;
    }

    /// <summary>For each word the kinds of phrases that may begin at it, or within it, as an anchor stands where it should; empty where none may begin anywhere. Valid until <see cref="Return"/>.</summary>
    public ReadOnlySpan<ulong> Begins(Anchors anchors)
    {
        if (_begins.Length < _count) _begins = new ulong[_ids.Length];
        var begins = _begins.AsSpan(0, _count);
        begins.Clear();
        var any = false;
        // A word that was taken apart is more than one, so that what should begin before the first one may begin at it.
        var apart = _paths.Exists(static path => path.To % Places != 0);
        for (int i = _count - 1, other = _paths.Count - 1; i >= 0; i--)
        {
            if (_ids[i] >= 0) any |= anchors.Ask(_ids[i], begins[..(i + 1)], apart);
            var (taken, together) = (false, false);
            for (; other >= 0 && _paths[other].From >= i * Places; other--)
            {
                var path = _paths[other];
                any |= anchors.Ask(path.Word, begins[..(i + 1)], apart);
                taken |= path.To % Places != 0;
                together |= path.To > (i + 1) * Places;
            }

            if (together)
            {
                // A word that was written apart is fewer than it looks: whatever stands before it may begin a phrase.
                begins[..(i + 1)].Fill(ulong.MaxValue);
                return begins;
            }

            // Words written together are more than one: what should begin so many words before this one may begin at any after that.
            if (taken && any) Anchors.Spread(begins[..(i + 1)]);
        }

        return any ? begins : [];
    }

    /// <summary>Words only as they stand.</summary>
    public static WordPaths AsWritten(FieldReading field, Vocabulary vocabulary)
    {
        var words = field.WordList;
        var paths = Rent(words.Count);
        var text = field.Plain.Text;
        for (var i = 0; i < paths._count; i++)
        {
            var word = text[words[i].Start..words[i].End];
            var known = vocabulary.Look(TextHash.Of(word)).Word;
            paths._ids[i] = known > 0 && vocabulary.Is(known - 1, word) ? known - 1 : -1;
        }

        return paths;
    }

    /// <summary>Ends the use of it, so that the next text of this thread finds its room.</summary>
    public void Return()
    {
        if (_ids.Length > MostKept || _paths.Capacity > MostKept) return;
        _paths.Clear();
        _spare = this;
    }

    private static WordPaths Rent(int words)
    {
        var paths = _spare ?? new WordPaths();
        _spare = null;
        paths._count = words;
        if (paths._ids.Length < words) paths._ids = new int[Math.Max(words, 64)];
        return paths;
    }

    /// <summary>Words as they stand and as they may be meant.</summary>
    public static WordPaths Of(FieldReading field, Vocabulary vocabulary)
    {
        var words = CollectionsMarshal.AsSpan(field.WordList);
        var paths = Rent(words.Length);
        var reader = new Reader(field, vocabulary, words, paths, _scratch ??= new());
        reader.ReadWords();
        reader.ReadChunks();
        if (reader.HasSpaced) reader.ReadSpaced();
        paths.Order();
        return paths;
    }

    private void Order()
    {
        if (_paths.Count == 0) return;
        // The surest reading first; an order of all of them, or what stands elsewhere in the text would choose between two.
        _paths.Sort(static (a, b) => a.From != b.From ? a.From.CompareTo(b.From)
            : a.To != b.To ? a.To.CompareTo(b.To)
            : a.Guess != b.Guess ? a.Guess.CompareTo(b.Guess)
            : a.Views != b.Views ? a.Views.CompareTo(b.Views)
            : a.Word != b.Word ? a.Word.CompareTo(b.Word)
            : a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        if (_firsts.Length <= _count) _firsts = new int[_ids.Length + 1];
        for (int word = 0, i = 0; word <= _count; word++)
        {
            while (i < _paths.Count && _paths[i].From < word * Places) i++;
            _firsts[word] = i;
        }
    }

    private sealed class Scratch
    {
        public Written Written { get; } = new();

        public List<(int Start, int End, char Unit, bool Foreign)> Units { get; } = [];

        public List<(int From, int To, int Id)> Pieces { get; } = [];
    }

    private ref struct Reader(FieldReading field, Vocabulary vocabulary, ReadOnlySpan<Word> words, WordPaths paths, Scratch scratch)
    {
        private readonly ReadOnlySpan<char> _text = field.Plain.Text;
        private readonly ReadOnlySpan<Word> _words = words;
        private bool _spaced;

        /// <summary>True when letters may stand alone in a row: after <see cref="ReadWords"/>.</summary>
        public readonly bool HasSpaced => _spaced || _text.ContainsAnyInRange('\uD800', '\uDFFF');

        public void ReadWords()
        {
            var singles = 0;
            var signs = _text.ContainsAny(Signs);
            for (var i = 0; i < _words.Length; i++)
            {
                var word = _text[_words[i].Start.._words[i].End];
                var hash = TextHash.Empty;
                var repeats = 0;
                var last = '\0';
                foreach (var c in word)
                {
                    hash = TextHash.With(hash, c);
                    if (c == last) repeats++;
                    last = c;
                }

                // Two words of one letter in a row, held down or not.
                singles = repeats == word.Length - 1 ? singles + 1 : 0;
                _spaced |= singles > 1;

                var known = vocabulary.Look(TextHash.Final(hash));
                // Two words of one hash of 64 bits are not met by chance, and whoever looks for them finds another way to be held.
                paths._ids[i] = known.Word - 1;
                if (i + 1 < _words.Length && !(word.Length == 1 && i > 0 && IsSingle(i - 1) && IsNext(i - 1))) PutTogether(i);
                if (signs && IsInsideSigns(i)) paths._ids[i] = -1;
                if (word.Length == 1 && i > 0 && _words[i].End < _text.Length && _text[_words[i].End] is '*' or '.' or '…') ReadMasked(i);
                var isKnown = known.Ordinary || paths._ids[i] >= 0;
                // Names of people and places are one letter from anything: "Trannes", "Denazé".
                if ((isKnown && known.Misspelt == 0) || IsName(i)) continue;
                if (known.Misspelt > 0 && !IsBeforeSign(i))
                {
                    var guess = isKnown ? Guess.Ordinary : Guess.NoWord;
                    foreach (var id in vocabulary.Listed(known.Misspelt))
                    {
                        // "(onnard": what is left out stands before it as a sign.
                        var sign = IsBehindSignFor(i, vocabulary[id]);
                        Add(new(i * Places, (i + 1) * Places, id, sign ? Views.Leet : Views.Spelling, guess, _words[i].Start - (sign ? 1 : 0), _words[i].End));
                    }
                }

                if (isKnown) continue;
                if (word.Length > 2 && (repeats > 0 || word.Contains('k') || (word.Contains('i') && HasTallI(i)))) ReadLetters(i);
                if (word.Length is >= ShortestHeard and <= Sound.Longest && repeats < MostHeard && !word.ContainsAnyExceptInRange('a', 'z')) Hear(i, word);
                if (word.Length is >= ShortestSplit and <= LongestSplit) TakeApart(i);
            }
        }

        // A capital within a sentence, and small letters behind it.
        private readonly bool IsName(int word)
        {
            if (word == 0 || _words[word - 1].Sentence != _words[word].Sentence) return false;
            var (from, to) = field.Plain.ToOriginal(_words[word].Start, _words[word].End);
            var written = field.Original.AsSpan(from, to - from);
            return char.IsUpper(written[0]) && written.Length > 1 && char.IsLower(written[^1]);
        }

        // "salop€tte" is one word, of which "salop" is no part; so is "con+r3", but "abruti+menteur" is two.
        private readonly bool IsInsideSigns(int word)
        {
            var (start, end) = (_words[word].Start, _words[word].End);
            var before = start > 1 && Joins(_text[start - 1], word - 1) && char.IsAsciiLetterOrDigit(_text[start - 2]);
            return before || (end + 1 < _text.Length && Joins(_text[end], word + 1) && char.IsAsciiLetterOrDigit(_text[end + 1]));
        }

        private readonly bool Joins(char sign, int neighbour) => sign switch
        {
            '@' or '€' or '$' or '£' or '¢' or '¥' or '§' => true,
            '+' or '|' or '<' => neighbour >= 0 && neighbour < _words.Length && _words[neighbour].End - _words[neighbour].Start <= 2,
            _ => false,
        };

        private readonly bool IsBeforeSign(int word)
        {
            var end = _words[word].End;
            return end + 1 < _text.Length && Leet.IsSign(_text[end]) && char.IsAsciiLetterOrDigit(_text[end + 1]);
        }

        private readonly bool IsBehindSignFor(int word, string whole)
        {
            var (start, end) = (_words[word].Start, _words[word].End);
            return start > 0 && whole.Length == end - start + 1 && Leet.CanBe(_text[start - 1], whole[0]) && _text[start..end].SequenceEqual(whole.AsSpan(1));
        }

        /// <summary>Runs without blanks that hold signs, digits or foreign letters beside letters.</summary>
        public readonly void ReadChunks()
        {
            var word = 0;
            for (var at = 0; at < _text.Length;)
            {
                var odd = _text[at..].IndexOfAnyExcept(Plain);
                if (odd < 0) return;
                var start = at + odd;
                while (start > at && !char.IsWhiteSpace(_text[start - 1])) start--;
                var end = at + odd;
                while (end < _text.Length && !char.IsWhiteSpace(_text[end])) end++;
                at += odd + 1; // a rare blank is odd, too
                if (end > at) at = end;
                // A bracket before it and marks behind it belong to the sentence; without a letter it is a number.
                var (from, to) = (start, end);
                while (from < to && _text[from] is '(' or '"' or '«' or '“') from++;
                while (to > from && _text[to - 1] is '!' or '?' or '.' or ',' or ')' or ';' or ':' or '"' or '»' or '”' or '…' or '-' or '_' or '~' or '=') to--;
                if (to - from < 2 || !_text[from..to].ContainsAnyExcept(Plain) || !HasLetter(_text[from..to])) continue;
                while (word < _words.Length && _words[word].End <= start) word++;
                // A mark of the sentence may be a letter after all ("c0n!"); a long row of them is none.
                if (end - to < 8) to = end;
                if (from - start < 8) from = start;
                if (to - from > 2 && word < _words.Length && _words[word].Start < to) ReadChunk(from, to, word);
            }
        }

        private static bool HasLetter(ReadOnlySpan<char> text)
        {
            foreach (var c in text)
            {
                if (char.IsAsciiLetter(c) || c > 0x7F) return true;
            }

            return false;
        }

        /// <summary>Letters that stand alone, at least three in a row.</summary>
        public readonly void ReadSpaced()
        {
            var units = scratch.Units;
            units.Clear();
            for (var at = 0; at < _text.Length;)
            {
                var unit = UnitAt(at, out var foreign, out var length);
                if (unit == '\0')
                {
                    at += length;
                    continue;
                }

                // What touches it: a letter held down is still one unit, two letters are a word.
                var start = at;
                var alone = true;
                for (at += length; at < _text.Length; at += length)
                {
                    var next = UnitAt(at, out _, out length);
                    if (next == '\0') break;
                    // "c o n n a r d!" ends with a mark, not with a letter.
                    alone &= next == unit || (next == '!' && (at + 1 >= _text.Length || !char.IsAsciiLetterOrDigit(_text[at + 1])));
                }

                if (units.Count > 0 && (!alone || start - units[^1].End > LongestGap || _text[units[^1].End..start].Contains('\n')))
                {
                    Segment(units);
                    units.Clear();
                }

                if (!alone) continue;
                // However many of one look follow each other, no word has more: "1 ! l 1 ! l".
                if (IsHeld(units, unit)) units[^1] = units[^1] with { End = at };
                else units.Add((start, at, unit, foreign));
            }

            Segment(units);
        }

        private static bool IsHeld(List<(int Start, int End, char Unit, bool Foreign)> units, char unit)
        {
            if (units.Count < MostAlike) return false;
            for (var i = units.Count - MostAlike; i < units.Count; i++)
            {
                if (Leet.ClassOf(units[i].Unit) != Leet.ClassOf(unit)) return false;
            }

            return true;
        }

        // The letter, digit or sign at a place of the folded text; 0: something that only parts.
        private readonly char UnitAt(int at, out bool foreign, out int length)
        {
            var c = _text[at];
            (foreign, length) = (IsTallI(at), 1);
            if (c is >= 'a' and <= 'z' || Leet.IsSign(c)) return c;
            if (c < 0x80) return '\0';
            length = char.IsHighSurrogate(c) && at + 1 < _text.Length ? 2 : 1;
            var (from, _) = field.Plain.ToOriginal(at, at + 1);
            _ = Rune.DecodeFromUtf16(field.Original.AsSpan(from), out var rune, out _);
            var letter = Homoglyphs.LetterFor(rune);
            if (letter == '\0') return Text.Words.IsLetterOrDigit(c) ? '\uFFFF' : '\0';
            foreign = true;
            return letter;
        }

        // A capital I behind a small letter is an l to the eye: "saIope".
        private readonly bool IsTallI(int at)
        {
            if (_text[at] != 'i' || at == 0) return false;
            var (from, to) = field.Plain.ToOriginal(at, at + 1);
            var (before, _) = field.Plain.ToOriginal(at - 1, at);
            // With a mark it is no l, whether the mark is a character of its own (NFD) or not.
            return field.Original[from] == 'I' && char.IsLower(field.Original[before]) && (to == field.Original.Length || !LetterFold.IsMark(char.GetUnicodeCategory(field.Original[to])));
        }

        private readonly bool HasTallI(int word)
        {
            for (var at = _words[word].Start; at < _words[word].End; at++)
            {
                if (IsTallI(at)) return true;
            }

            return false;
        }

        private readonly void Add(WordPath path) => paths._paths.Add(path);

        // A word cut by blanks or signs: "co nnard", "en-culé". Only words that stop a text by themselves are put together,
        // and, where nothing but signs cuts them, all others ("fu-mier").
        private readonly void PutTogether(int first)
        {
            PutTogether(first, vocabulary.Cut, bySigns: false);
            if (!IsBlank(first)) PutTogether(first, vocabulary.CutBySigns, bySigns: true);
        }

        private readonly bool IsBlank(int before) => _text[_words[before].End.._words[before + 1].Start].ContainsAny(" \n\r\t");

        private readonly void PutTogether(int first, WordTree tree, bool bySigns)
        {
            var node = After(tree, WordTree.Root, first);
            var length = _words[first].End - _words[first].Start;
            var single = length == 1;
            for (var i = first + 1; node >= 0 && i < Math.Min(_words.Length, first + LongestCut) && IsNext(i - 1); i++)
            {
                if (bySigns && IsBlank(i - 1)) return;
                node = After(tree, node, i);
                if (node < 0) return;
                var part = _words[i].End - _words[i].Start;
                length += part;
                single &= part == 1;
                // A run of single letters is read as such, and none is taken out of its middle.
                var whole = !single && !(part == 1 && i + 1 < _words.Length && IsSingle(i + 1) && IsNext(i));
                if (whole && length >= ShortestPutTogether && tree.WordAt(node) is >= 0 and var id && !IsOrdinary(first, i))
                {
                    Add(new(first * Places, (i + 1) * Places, id, Views.Joined, Guess.None, _words[first].Start, _words[i].End));
                }
            }
        }

        private readonly int After(WordTree tree, int node, int word)
        {
            foreach (var c in _text[_words[word].Start.._words[word].End])
            {
                node = tree.After(node, c);
                if (node < 0) break;
            }

            return node;
        }

        private readonly bool IsSingle(int word) => _words[word].End - _words[word].Start == 1;

        // The next word follows with no more than a blank and a sign between them; a point before a small letter ends no sentence ("con.nard").
        private readonly bool IsNext(int word)
        {
            var gap = _words[word + 1].Start - _words[word].End;
            return _words[word + 1].Sentence == _words[word].Sentence ? gap <= 2 : gap == 1 && _text[_words[word].End] == '.' && !field.IsCapital(_words[word + 1].Start);
        }

        private readonly bool IsOrdinary(int first, int last)
        {
            var hash = TextHash.Empty;
            for (var i = first; i <= last; i++)
            {
                if (i > first) hash = TextHash.With(hash, ' ');
                foreach (var c in _text[_words[i].Start.._words[i].End]) hash = TextHash.With(hash, c);
            }

            return vocabulary.Look(TextHash.Final(hash)).Ordinary;
        }

        // One word of letters with too many of them.
        private readonly void ReadLetters(int word)
        {
            var written = scratch.Written;
            written.Clear();
            for (var at = _words[word].Start; at < _words[word].End; at++)
            {
                if (_text[at] is < 'a' or > 'z') return; // the run it stands in is read as a chunk
                if (!AddUnit(written, _text[at], at, foreign: IsTallI(at))) return;
            }

            Candidates(written, 0, written.Count, word, word + 1, Views.Plain);
        }

        // Of one letter held down a few are kept: no word has more than two, and the rest would fill the buffer.
        private static bool AddUnit(Written written, char unit, int at, bool foreign)
        {
            var units = written.Units;
            if (units.Length > 3 && units[^1] == unit && units[^2] == unit && units[^3] == unit) return true;
            written.Add(unit, at, foreign);
            return !written.IsFull;
        }

        private readonly void Candidates(Written written, int from, int to, int firstWord, int beyond, Views views)
        {
            foreach (var id in vocabulary.WithKey(Spelling.KeyOf(written.Units[from..to])))
            {
                if (Spelling.Stands(written, from, to, vocabulary[id]) is not { } seen) continue;
                if ((seen | views) == Views.Plain) continue;
                var start = Math.Min(written.At(from), _words[firstWord].Start);
                var end = Math.Max(written.At(to - 1) + 1, _words[beyond - 1].End);
                Add(new(firstWord * Places, beyond * Places, id, seen | views, Guess.None, start, end));
            }
        }

        // "konar", "raklur": written as it sounds.
        private readonly void Hear(int word, ReadOnlySpan<char> written)
        {
            foreach (var id in vocabulary.Sounding(Sound.KeyOf(written)))
            {
                Add(new(word * Places, (word + 1) * Places, id, Views.Spelling, Guess.Sound, _words[word].Start, _words[word].End));
            }
        }

        // Words written together: the whole of it must be words of the lists.
        private readonly void TakeApart(int word)
        {
            var text = _text[_words[word].Start.._words[word].End];
            if (text.ContainsAnyExceptInRange('a', 'z')) return;
            var tree = vocabulary.Tree;
            var pieces = scratch.Pieces;
            pieces.Clear();
            var ends = 1UL; // bit n: a row of words ends before letter n
            for (var from = 0; from < text.Length; from++)
            {
                if ((ends & (1UL << from)) == 0) continue;
                var node = WordTree.Root;
                for (var to = from; to < Math.Min(text.Length, from + LongestPiece); to++)
                {
                    node = tree.After(node, text[to]);
                    if (node < 0) break;
                    if (to == from || tree.WordAt(node) is not (>= 0 and var id) || pieces.Count == MostPieces) continue;
                    pieces.Add((from, to + 1, id));
                    ends |= 1UL << (to + 1);
                }
            }

            if ((ends & (1UL << text.Length)) == 0) return;
            // From the end back: only pieces on a way through the whole word remain.
            var leads = 1UL << text.Length;
            for (var i = pieces.Count - 1; i >= 0; i--)
            {
                // Pieces lie by their beginning, so every piece behind this one was seen already.
                var (from, to, id) = pieces[i];
                if ((leads & (1UL << to)) == 0) continue;
                leads |= 1UL << from;
                var start = _words[word].Start;
                Add(new(Place(word, from, text.Length), Place(word, to, text.Length), id, Views.Split, Guess.None, start + from, start + to));
            }
        }

        private static int Place(int word, int at, int length) => at == length ? (word + 1) * Places : (word * Places) + at;

        // A run without blanks: signs for letters, letters of other scripts, letters parted by signs, stars for letters.
        private readonly void ReadChunk(int at, int end, int word)
        {
            var last = word;
            while (last + 1 < _words.Length && _words[last + 1].Start < end) last++;
            // "l'" and "d'" are words of their own before what is disguised.
            while (word < last && _words[word + 1].Start <= _words[word].End + 2 && _text[_words[word].End] == '\'' && _words[word].End - _words[word].Start <= 6)
            {
                at = _words[word].End + 1;
                word++;
            }

            if (end - at <= Written.Longest * 2) ReadPart(at, end, word, last + 1);
            // Parts between signs that join words: "maire/c0nnard", "sale-c0n".
            var from = at;
            var first = word;
            for (var i = at; i <= end; i++)
            {
                if (i < end && _text[i] is not ('/' or '-' or ',' or '.' or ':' or ';' or '"' or '»' or '«' or '…' or '_' or ')' or '’')) continue;
                if (i - from > 2 && (from > at || i < end))
                {
                    while (first <= last && _words[first].End <= from) first++;
                    var beyond = first;
                    while (beyond <= last && _words[beyond].Start < i) beyond++;
                    if (beyond > first) ReadPart(from, i, first, beyond);
                }

                from = i + 1;
            }
        }

        private readonly void ReadPart(int at, int end, int word, int beyond)
        {
            var written = scratch.Written;
            written.Clear();
            var stars = 0;
            var parted = false;
            var odd = false;
            for (var i = at; i < end;)
            {
                var unit = UnitAt(i, out var foreign, out var length);
                if (_text[i] is '*' or '#' or '•')
                {
                    if (written.Count > 0) stars++;
                    written.Add('*', i, foreign: false);
                }
                else if (unit == '\0')
                {
                    parted |= written.Count > 0;
                }
                else
                {
                    odd |= foreign || unit is < 'a' or > 'z';
                    if (!AddUnit(written, unit, i, foreign)) return;
                }

                i += length;
            }

            if (written.IsFull) return;
            Trim(written, out var from, out var to);
            if (to - from < 3) return;
            if (IsOrdinary(word, beyond - 1)) return;
            if (stars > 0) Unmask(written, from, to, word, beyond);
            if (written.Units[from..to].Contains('*'))
            {
                // Stars may also only part: "c*o*n*n*a*r*d".
                Unstar(written);
                Trim(written, out from, out to);
                parted = true;
                if (to - from < 3) return;
            }

            if (!odd && !parted && written.Count == end - at) return; // plain letters were read as a word
            // A sign at either end is a letter ("$alope", "!diot") or a mark of the sentence ("connard!").
            var (left, right) = (from, to);
            while (left < right && !char.IsAsciiLetterOrDigit(written.Units[left])) left++;
            while (right > left && !char.IsAsciiLetterOrDigit(written.Units[right - 1])) right--;
            var joined = IsParted(written, left, right) ? Views.Joined : Views.Plain;
            if (!HasLetter(written, left, right)) return;
            Candidates(written, left, right, word, beyond, joined);
            if (left > from) Candidates(written, from, right, word, beyond, joined);
            if (right < to) Candidates(written, left, to, word, beyond, joined);
            if (left > from && right < to) Candidates(written, from, to, word, beyond, joined);
        }

        private static void Trim(Written written, out int from, out int to)
        {
            (from, to) = (0, written.Count);
            while (from < to && written.Units[from] == '*') from++;
            while (to > from && written.Units[to - 1] == '*' && to - from > 12) to--;
        }

        private static void Unstar(Written written)
        {
            Span<char> units = stackalloc char[written.Count];
            Span<int> at = stackalloc int[written.Count];
            Span<bool> foreign = stackalloc bool[written.Count];
            var count = 0;
            for (var i = 0; i < written.Count; i++)
            {
                if (written.Units[i] == '*') continue;
                (units[count], at[count], foreign[count]) = (written.Units[i], written.At(i), written.IsForeign(i));
                count++;
            }

            written.Clear();
            for (var i = 0; i < count; i++) written.Add(units[i], at[i], foreign[i]);
        }

        private static bool HasLetter(Written written, int from, int to) => written.Units[from..to].ContainsAnyInRange('a', 'z');

        private static bool IsParted(Written written, int from, int to)
        {
            for (var i = from + 1; i < to; i++)
            {
                if (written.At(i) > written.At(i - 1) + 2) return true;
                if (written.At(i) == written.At(i - 1) + 2 && !written.IsForeign(i - 1)) return true;
            }

            return false;
        }

        // Each star is one letter, at least half of the letters are shown, the first among them.
        private readonly void Unmask(Written written, int from, int to, int word, int beyond)
        {
            var units = written.Units[from..to];
            while (units.Length > 0 && !char.IsAsciiLetterOrDigit(units[^1]) && units[^1] != '*') units = units[..^1];
            var shown = 0;
            foreach (var unit in units) shown += unit is >= 'a' and <= 'z' ? 1 : 0;
            if (units.Length < 4 || shown * 2 < units.Length || units[0] is < 'a' or > 'z') return;
            foreach (var id in vocabulary.Masked(units[0], units.Length))
            {
                var whole = vocabulary[id];
                var same = true;
                for (var i = 0; same && i < units.Length; i++) same = units[i] == '*' || units[i] == whole[i] || Leet.CanBe(units[i], whole[i]);
                if (same) Add(new(word * Places, beyond * Places, id, Views.Masked, Guess.None, Math.Min(written.At(from), _words[word].Start), Math.Max(written.At(from + units.Length - 1) + 1, _words[beyond - 1].End)));
            }
        }

        // "bande de c...", "gros c*n": stars for each letter, or points for all of them, behind what is never said of anything else.
        private readonly void ReadMasked(int word)
        {
            var (start, end) = (_words[word].Start, _words[word].End);
            var points = _text[end] is not '*';
            if (points)
            {
                while (end < _text.Length && _text[end] is '.' or '…') end++;
                // One point ends a sentence, and a capital before several stands for a name: "M. C...".
                if ((end == _words[word].End + 1 && _text[end - 1] is '.') || field.IsCapital(start)) return;
            }
            else
            {
                for (; end < _text.Length && end - start < LongestPiece && (_text[end] is '*' or (>= 'a' and <= 'z')); end++)
                {
                }

                if (end - start < 3) return;
            }

            var beyond = word + 1;
            while (!points && beyond < _words.Length && _words[beyond].Start < end) beyond++;
            ReadMasked(word, beyond, end, points, _text[_words[word - 1].Start.._words[word - 1].End]);
            if (word > 1) ReadMasked(word, beyond, end, points, _text[_words[word - 2].Start.._words[word - 1].End]);
        }

        private readonly void ReadMasked(int word, int beyond, int end, bool points, ReadOnlySpan<char> before)
        {
            var written = _text[_words[word].Start..end];
            foreach (var whole in vocabulary.MaskedBehind(before))
            {
                var same = whole[0] == written[0] && (points || whole.Length == written.Length);
                for (var i = 1; same && !points && i < whole.Length; i++) same = written[i] == '*' || written[i] == whole[i];
                if (same && vocabulary.Find(whole) is >= 0 and var id) Add(new(word * Places, beyond * Places, id, Views.Masked, Guess.Masked, _words[word].Start, Math.Max(end, _words[beyond - 1].End)));
            }
        }

        // A run of letters written apart must be words of the lists from end to end, behind at most two words of one letter.
        private readonly void Segment(List<(int Start, int End, char Unit, bool Foreign)> units)
        {
            if (units.Count < 3) return;
            // A sign at either end may be a letter ("$ a l o p €") or a mark of the sentence ("c o n n a r d !").
            var (from, to, mark) = (0, units.Count, units.Count);
            while (from < to && !char.IsAsciiLetterOrDigit(units[from].Unit)) from++;
            while (to > from && !char.IsAsciiLetterOrDigit(units[to - 1].Unit)) to--;
            while (mark > to && units[mark - 1].Unit == '!') mark--;
            if (to - from >= 3 && Segment(units, from, to)) return;
            if (from > 0 && Segment(units, 0, to)) return;
            if (mark > to && (Segment(units, from, mark) || (from > 0 && Segment(units, 0, mark)))) return;
            if (mark < units.Count) Segment(units, 0, units.Count);
        }

        private readonly bool Segment(List<(int Start, int End, char Unit, bool Foreign)> units, int first, int beyond)
        {
            var whole = TextHash.Empty;
            for (var i = first; i < beyond; i++) whole = TextHash.With(whole, units[i].Unit);
            if (vocabulary.Look(TextHash.Final(whole)).Ordinary) return true;
            var count = beyond - first;
            var reach = new bool[count + 1];
            reach[0] = true;
            List<(int From, int To, int Id, Views Views)>? pieces = null;
            var written = scratch.Written;
            for (var from = 0; from < count; from++)
            {
                if (!reach[from]) continue;
                if (IsLeadingLetter(units, first, from)) reach[from + 1] = true;
                var key = Spelling.Key.Start;
                written.Clear();
                for (var to = from + 1; to <= Math.Min(count, from + LongestPiece + 4); to++)
                {
                    var (start, end, unit, foreign) = units[first + to - 1];
                    if (unit == '\uFFFF') break;
                    for (var i = start; i < Math.Min(end, start + 3); i++) written.Add(unit, i, foreign);
                    key.Add(unit);
                    if (to - from < 2) continue;
                    foreach (var id in vocabulary.WithKey(key.Value))
                    {
                        if (Spelling.Stands(written, 0, written.Count, vocabulary[id]) is not { } seen) continue;
                        reach[to] = true;
                        (pieces ??= []).Add((from, to, id, seen | Views.Joined));
                    }
                }
            }

            if (!reach[count] || pieces is null) return false;
            var leads = new bool[count + 1];
            leads[count] = true;
            for (var i = pieces.Count - 1; i >= 0; i--)
            {
                var (from, to, id, views) = pieces[i];
                if (!leads[to]) continue;
                leads[from] = true;
                AddSpaced(units, first + from, first + to, id, views);
            }

            return true;
        }

        private readonly bool IsLeadingLetter(List<(int Start, int End, char Unit, bool Foreign)> units, int first, int at) =>
            at < 2 && (SingleLetters.Contains(units[first + at].Unit) || (units[first + at].End < _text.Length && _text[units[first + at].End] == '\''));

        private readonly void AddSpaced(List<(int Start, int End, char Unit, bool Foreign)> units, int from, int to, int id, Views views)
        {
            var (start, end) = (units[from].Start, units[to - 1].End);
            var first = FirstWordBehind(start);
            var beyond = FirstWordBehind(end);
            if (beyond > first) Add(new(first * Places, beyond * Places, id, views, Guess.None, start, end));
        }

        // The first word that begins at or behind a place of the text.
        private readonly int FirstWordBehind(int at) => Ordered.FirstFrom(_words, at, static word => word.Start);
    }
}
