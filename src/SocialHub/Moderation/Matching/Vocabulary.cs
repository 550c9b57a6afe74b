using System.Runtime.InteropServices;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>
/// Every word that stands in a lexicon, by number, with the ways in which it may be written that a reader sees through.
/// One look-up a written word, however many words there are: a table of hashes, which costs the same for ten times as many.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>Fewest letters of a word that is known with a letter missing or two exchanged.</summary>
    private const int ShortestMisspelt = 4;

    /// <summary>Fewest letters of a word that is read as one of these: "les" is nobody's "legs"; what is no word may be.</summary>
    private const int ShortestWritten = 4;

    /// <summary>Fewest letters of a word that is known when it was cut in two.</summary>
    private const int ShortestCut = 5;

    /// <summary>Fewest letters of a word that is known by its sound.</summary>
    private const int ShortestHeard = 5;

    private readonly List<string> _words = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private HashTable<Known> _known = new(1);
    private HashTable<int> _keys = new(1);
    private HashTable<int> _sounds = new(1);
    private WordTree _tree = new([], static _ => true);
    private WordTree _cut = new([], static _ => true);
    private WordTree _cutBySigns = new([], static _ => true);
    private List<int[]> _lists = [];
    private Dictionary<int, List<int>> _masks = [];
    private readonly Dictionary<string, string[]> _behind = new(StringComparer.Ordinal);
    private bool[] _entries = [];

    /// <summary>What is known of a written form.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal struct Known
    {
        /// <summary>Its number + 1; 0: it is no word of the lists.</summary>
        public int Word;

        /// <summary>The list of words that it is a misspelling of, + 1.</summary>
        public int Misspelt;

        /// <summary>An ordinary word (or two) that must not be read as another.</summary>
        public bool Ordinary;
    }

    public int Count => _words.Count;

    public string this[int word] => _words[word];

    /// <summary>The number of a word, a new one where it is not yet known.</summary>
    /// <param name="word">Folded.</param>
    public int Add(string word)
    {
        if (!_ids.TryGetValue(word, out var id))
        {
            _ids[word] = id = _words.Count;
            _words.Add(word);
        }

        return id;
    }

    /// <summary>The number of a word; -1 when no list has it.</summary>
    public int Find(string word) => _ids.GetValueOrDefault(word, -1);

    /// <summary>Builds the tables, once all words are in.</summary>
    /// <param name="stops">True for a word that stops a text by itself.</param>
    /// <param name="stopsSomewhere">True for one that does so by itself or beside somebody.</param>
    /// <param name="ordinary">Words, and pairs of words, that are never read as others.</param>
    /// <param name="disguised">False: only words as they are.</param>
    /// <param name="common">Words of nearly every text, which are nobody's misspelling.</param>
    public void Complete(Func<int, bool> stops, Func<int, bool> stopsSomewhere, IReadOnlyCollection<string> ordinary, IEnumerable<string> common, bool disguised)
    {
        _entries = [.. Enumerable.Range(0, _words.Count).Select(stops)];
        var known = new Dictionary<ulong, Known>();
        var misspelt = new Dictionary<ulong, List<int>>();
        var keys = new Dictionary<ulong, List<int>>();
        var sounds = new Dictionary<ulong, List<int>>();
        for (var id = 0; id < _words.Count; id++) CollectionsMarshal.GetValueRefOrAddDefault(known, TextHash.Of(_words[id]), out _).Word = id + 1;
        if (disguised)
        {
            for (var id = 0; id < _words.Count; id++) AddDisguises(id, stopsSomewhere, known, misspelt, keys, sounds);
            foreach (var word in ordinary) CollectionsMarshal.GetValueRefOrAddDefault(known, TextHash.Of(word), out _).Ordinary = true;
            foreach (var word in ordinary.Concat(_words).Where(word => word.Length < ShortestWritten).Concat(common)) misspelt.Remove(TextHash.Of(word));
        }

        foreach (var (hash, ids) in misspelt)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(known, hash, out _).Misspelt = Keep(ids);
        }

        _known = new(known.Count);
        foreach (var (hash, what) in known) _known.Add(hash, what);
        _keys = new(keys.Count);
        foreach (var (hash, ids) in keys) _keys.Add(hash, Keep(ids));
        _sounds = new(sounds.Count);
        foreach (var (hash, ids) in sounds) _sounds.Add(hash, Keep(ids));
        if (!disguised) return;
        _tree = new(_words, static _ => true);
        _cut = new(_words, id => _entries[id] && _words[id].Length is >= ShortestCut and <= Spelling.LongestWord);
        _cutBySigns = new(_words, id => !_entries[id] && _words[id].Length is >= ShortestCut and <= Spelling.LongestWord);
    }

    /// <summary>The words by their letters; empty where words are read as they are.</summary>
    public WordTree Tree => _tree;

    /// <summary>Those that stop a text by themselves, and are known when they were cut in two.</summary>
    public WordTree Cut => _cut;

    /// <summary>The other words, known when nothing but signs cut them.</summary>
    public WordTree CutBySigns => _cutBySigns;

    /// <summary>What is known of a written form by its hash; a <see cref="Known.Word"/> must still be compared with <see cref="Is"/>.</summary>
    public Known Look(ulong hash) => _known.Find(hash);

    /// <summary>True when the word of that number is written so.</summary>
    public bool Is(int word, ReadOnlySpan<char> written) => written.SequenceEqual(_words[word]);

    /// <summary>Words that may be meant by a written form with this key (<see cref="Spelling.KeyOf"/>).</summary>
    public ReadOnlySpan<int> WithKey(ulong key) => _keys.Find(key) is > 0 and var list ? _lists[list - 1] : [];

    /// <summary>Words that stop a text, by themselves or said of somebody, and sound so (<see cref="Sound.KeyOf"/>).</summary>
    public ReadOnlySpan<int> Sounding(ulong key) => key != 0 && _sounds.Find(key) is > 0 and var list ? _lists[list - 1] : [];

    /// <summary>The words of a list that <see cref="Known.Misspelt"/> names.</summary>
    public ReadOnlySpan<int> Listed(int list) => list > 0 ? _lists[list - 1] : [];

    /// <summary>Words that may be meant by a first letter behind a word, or behind two with a blank between.</summary>
    public IReadOnlyList<string> MaskedBehind(ReadOnlySpan<char> before) =>
        _behind.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(before, out var words) ? words : [];

    /// <summary>Adds to <see cref="MaskedBehind"/>.</summary>
    public void AddMasked(string before, IEnumerable<string> words) => _behind[before] = [.. MaskedBehind(before).Concat(words)];

    /// <summary>Words that stop a text by themselves, with this first letter and length.</summary>
    public ReadOnlySpan<int> Masked(char first, int length) =>
        _masks.TryGetValue((first << 8) | length, out var words) ? CollectionsMarshal.AsSpan(words) : [];

    /// <summary>True for a word that stops a text by itself.</summary>
    public bool Stops(int word) => _entries[word];

    private void AddDisguises(int id, Func<int, bool> stopsSomewhere, Dictionary<ulong, Known> known, Dictionary<ulong, List<int>> misspelt, Dictionary<ulong, List<int>> keys, Dictionary<ulong, List<int>> sounds)
    {
        var word = _words[id];
        if (word.Length is < 2 or > 32 || word.AsSpan().ContainsAnyExceptInRange('a', 'z')) return;
        if (word.Length > 2 || _entries[id]) Of(keys, Spelling.KeyOf(word)).Add(id);
        if (_entries[id] && word.Length > 3)
        {
            ref var masks = ref CollectionsMarshal.GetValueRefOrAddDefault(_masks, (word[0] << 8) | word.Length, out _);
            (masks ??= []).Add(id);
        }

        if (word.Length >= ShortestHeard && stopsSomewhere(id) && Sound.KeyOf(word) is not 0 and var sound) Of(sounds, sound).Add(id);
        if (word.Length < ShortestMisspelt) return;
        for (var i = 0; i < word.Length; i++)
        {
            // One of two equal letters left out is the same misspelling twice.
            if (i == 0 || word[i] != word[i - 1]) Misspell(word.Remove(i, 1));
            if (i > 0 && word[i] != word[i - 1]) Misspell(string.Concat(word.AsSpan(0, i - 1), word.AsSpan(i, 1), word.AsSpan(i - 1, 1), word.AsSpan(i + 1)));
        }

        void Misspell(string form) => Of(misspelt, TextHash.Of(form)).Add(id);
    }

    private static List<int> Of(Dictionary<ulong, List<int>> lists, ulong hash)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, hash, out _);
        return list ??= [];
    }

    private int Keep(List<int> ids)
    {
        _lists.Add([.. ids]);
        return _lists.Count;
    }
}

/// <summary>
/// Values by a hash that is never 0: open addressing, filled once.
/// Most of what is asked is not in it; a bit a hash says so, from a table that is small enough to stay near the processor.
/// </summary>
internal sealed class HashTable<T>
    where T : struct
{
    private const int BitsAPlace = 4;
    private const int OtherHalf = 32; // the lower half of a hash chooses its place

    private readonly (ulong Hash, T Value)[] _places;
    private readonly ulong[] _seen;
    private readonly int _mask;
    private readonly int _seenMask;

    public HashTable(int count)
    {
        var size = 64;
        while (size < count * 2) size *= 2;
        (_places, _mask) = (new (ulong, T)[size], size - 1);
        (_seen, _seenMask) = (new ulong[size * BitsAPlace / 64], (size * BitsAPlace) - 1);
    }

    public void Add(ulong hash, T value)
    {
        var bit = (int)(hash >> OtherHalf) & _seenMask;
        _seen[bit / 64] |= 1UL << bit;
        var place = (int)hash & _mask;
        while (_places[place].Hash != 0) place = (place + 1) & _mask;
        _places[place] = (hash, value);
    }

    /// <summary>The value; its default where there is none.</summary>
    public T Find(ulong hash)
    {
        var bit = (int)(hash >> OtherHalf) & _seenMask;
        return (_seen[bit / 64] & (1UL << bit)) == 0 ? default : FindPlace(hash);
    }

    private T FindPlace(ulong hash)
    {
        for (var place = (int)hash & _mask; ; place = (place + 1) & _mask)
        {
            ref var here = ref _places[place];
            if (here.Hash == hash) return here.Value;
            if (here.Hash == 0) return default;
        }
    }
}
