namespace SocialHub.Moderation.Matching;

/// <summary>
/// Letters and signs as somebody wrote a word, less what parts them, each with its place in the folded text.
/// A buffer that is filled anew for each run of characters, so that reading a text allocates nothing for it.
/// </summary>
internal sealed class Written
{
    private readonly char[] _units = new char[Longest];
    private readonly int[] _at = new int[Longest];
    private readonly bool[] _foreign = new bool[Longest];
    private readonly bool[] _failed = new bool[(Longest + 1) * (Spelling.LongestWord + 1)];

    /// <summary>More letters than any disguised word has; what is longer is read in its plain form only.</summary>
    public const int Longest = 96;

    public int Count { get; private set; }

    /// <summary>True when there was no place for a unit.</summary>
    public bool IsFull { get; private set; }

    public ReadOnlySpan<char> Units => _units.AsSpan(0, Count);

    public void Clear() => (Count, IsFull) = (0, false);

    /// <summary>Room for what a comparison has tried in vain: units × letters of a word, none of them tried.</summary>
    public Span<bool> Untried(int count)
    {
        var room = _failed.AsSpan(0, count);
        room.Clear();
        return room;
    }

    /// <summary>The place of a unit in the folded text.</summary>
    public int At(int unit) => _at[unit];

    /// <summary>True for a letter of another script, which stands here as the Latin one it looks like.</summary>
    public bool IsForeign(int unit) => _foreign[unit];

    public void Add(char unit, int at, bool foreign)
    {
        if (Count == Longest)
        {
            IsFull = true;
            return;
        }

        (_units[Count], _at[Count], _foreign[Count]) = (unit, at, foreign);
        Count++;
    }
}

/// <summary>
/// Compares what was written with a word of the lists. Two words that might be the same have one <em>key</em>:
/// letters and signs by <see cref="Leet.ClassOf"/>, each run once, <c>qu</c> as <c>k</c>. Equal keys make candidates, <see cref="Stands"/> decides.
/// </summary>
internal static class Spelling
{
    /// <summary>Letters of the longest word that is compared.</summary>
    public const int LongestWord = 32;

    /// <summary>Grows a key by one unit.</summary>
    public struct Key
    {
        private ulong _hash;
        private char _last;
        private char _lastUnit;

        public static Key Start => new() { _hash = TextHash.Empty };

        public readonly ulong Value => TextHash.Final(_hash);

        public void Add(char unit)
        {
            // However long the u behind a q is held down.
            if (unit == 'u' && _lastUnit == 'q') return;
            _lastUnit = unit;
            var c = Leet.ClassOf(unit);
            if (c == _last) return;
            _last = c;
            _hash = TextHash.With(_hash, c);
        }
    }

    public static ulong KeyOf(ReadOnlySpan<char> units)
    {
        var key = Key.Start;
        foreach (var unit in units) key.Add(unit);
        return key.Value;
    }

    /// <summary>What has to be undone to read <paramref name="word"/> in the units; null: they are not that word.</summary>
    public static Views? Stands(Written written, int from, int to, string word)
    {
        if (word.Length > LongestWord) return null;
        // A place that led nowhere once leads nowhere again, so the work is bounded by letters times letters.
        var failed = written.Untried((to - from + 1) * (word.Length + 1));
        var views = Views.Plain;
        return Match(written, from, from, to, word, 0, failed, ref views) ? views : null;
    }

    private static bool Match(Written written, int from, int i, int to, string word, int j, Span<bool> failed, ref Views views)
    {
        if (i == to) return j == word.Length;
        ref var dead = ref failed[((i - from) * (word.Length + 1)) + j];
        if (dead) return false;
        var before = views;
        if (j < word.Length && StandsFor(written, i, word[j]) is { } seen)
        {
            views = before | seen;
            if (Match(written, from, i + 1, to, word, j + 1, failed, ref views)) return true;
            // "k" writes "qu" too: "enkuler" has its own u, "nike" has none.
            if (written.Units[i] == 'k' && word[j] == 'q' && j + 1 < word.Length && word[j + 1] == 'u')
            {
                views = before | seen;
                if (Match(written, from, i + 1, to, word, j + 2, failed, ref views)) return true;
            }
        }

        if (i > from && j > 0 && (written.Units[i] == written.Units[i - 1] || StandsFor(written, i, word[j - 1]) is not null))
        {
            views = before | Views.Repeats;
            if (Match(written, from, i + 1, to, word, j, failed, ref views)) return true;
        }

        views = before;
        dead = true;
        return false;
    }

    private static Views? StandsFor(Written written, int i, char letter)
    {
        var unit = written.Units[i];
        if (unit == letter) return written.IsForeign(i) ? Views.Homoglyphs : Views.Plain;
        if (unit == 'k' && letter is ('c' or 'q')) return Views.Spelling;
        // A capital I of another script is an l to the eye.
        if (written.IsForeign(i) && unit is ('i' or 'l') && letter is ('i' or 'l')) return Views.Homoglyphs;
        return Leet.CanBe(unit, letter) ? Views.Leet : null;
    }
}
