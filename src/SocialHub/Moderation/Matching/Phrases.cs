using System.Numerics;
using System.Runtime.InteropServices;

namespace SocialHub.Moderation.Matching;

/// <summary>
/// The phrases of a lexicon as one automaton over word numbers. Phrases are added as a net of nodes;
/// what can be reached by the same words is one state, made when a text first comes that way: so a way through a text costs one look-up a word,
/// however many phrases begin alike, and an unused phrase costs its nodes only.
/// </summary>
internal sealed class Phrases
{
    private const int Nowhere = 0;

    // Ways from one state to another that are kept, some dozen bytes each.
    private const int MostWays = 500_000;

    private readonly Node _root = new(0);
    private readonly int _most;
    private int _nodes = 1;
    private Ways? _ways;

    /// <param name="most">Ways from one state to another that are kept before all are made anew, as soon as no walk needs them.</param>
    public Phrases(int most = MostWays) => _most = most;

    /// <summary>Where every phrase begins. A walk goes on in the states it began with.</summary>
    public State Start
    {
        get
        {
            // Whoever wrote texts for that could make ever more states; from the limit on all begins anew.
            var ways = Volatile.Read(ref _ways);
            if (ways is null || ways.Count >= _most) Volatile.Write(ref _ways, ways = new(_root));
            return ways.Start;
        }
    }

    /// <summary>How many ways are kept.</summary>
    public int Count => Volatile.Read(ref _ways)?.Count ?? 0;

    /// <summary>The phrases that are one word, before any text was read.</summary>
    public IEnumerable<Form> OfOne(int word) => _root.Next.TryGetValue(word, out var nodes) ? nodes.All.Select(static node => node.Form).OfType<Form>() : [];

    /// <summary>Adds a phrase: segments that follow each other, each with its choices of one or several words.</summary>
    /// <param name="segments">At least one with choices, and none of those empty; the first is no gap.</param>
    /// <param name="form">What it means.</param>
    public void Add(IReadOnlyList<PhraseSegment> segments, Form form)
    {
        // The choices of a segment meet again in one node, so a phrase costs the sum of its choices, not their product.
        List<Node> from = [_root];
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i].Gap > 0)
            {
                from = Skipping(from, segments[i].Gap);
                continue;
            }

            var join = new Node(_nodes++) { Form = i == segments.Count - 1 ? form : null };
            var inner = new Dictionary<string, Node>(StringComparer.Ordinal);
            foreach (var words in segments[i].Choices)
            {
                var nodes = from;
                for (var w = 0; w < words.Length - 1; w++)
                {
                    var prefix = string.Join(' ', words[..(w + 1)]);
                    if (!inner.TryGetValue(prefix, out var step)) inner[prefix] = step = new(_nodes++);
                    foreach (var node in nodes) node.Lead(words[w], step);
                    nodes = [step];
                }

                foreach (var node in nodes) node.Lead(words[^1], join);
            }

            from = [join];
        }
    }

    private List<Node> Skipping(List<Node> from, int most)
    {
        List<Node> all = [.. from];
        var last = from;
        for (var i = 0; i < most; i++)
        {
            var skipped = new Node(_nodes++);
            foreach (var node in last) node.Any.Add(skipped);
            last = [skipped];
            all.Add(skipped);
        }

        return all;
    }

    /// <summary>What a phrase means and where it may stand.</summary>
    /// <param name="Entry">Its line.</param>
    /// <param name="Accents">The phrase in NFC lower case where it must stand with exactly these accents; else null.</param>
    /// <param name="Opens">True: only where it opens a sentence.</param>
    /// <param name="Closes">True: only where a sentence or a part of it ends behind it.</param>
    internal sealed record Form(LexiconEntry Entry, string? Accents, bool Opens, bool Closes);

    /// <summary>All phrases that the same words have led into; none: these words lead nowhere.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct State
    {
        private readonly Ways _ways;
        private readonly int _value; // twice its number, and 1 where phrases end; 0: nowhere

        internal State(Ways ways, int value) => (_ways, _value) = (ways, value);

        /// <summary>False: no phrase goes on so.</summary>
        public bool Exists => _value != Nowhere;

        /// <summary>True when phrases end here.</summary>
        public bool Ends => (_value & 1) != 0;

        /// <summary>Phrases that end here.</summary>
        public Form[] Forms => Ends ? _ways.FormsOf(_value >> 1) : [];

        /// <summary>Where a word leads from a state that exists.</summary>
        /// <param name="word">Its number; -1 for one that no list has, which only a gap takes.</param>
        public State After(int word) => new(_ways, _ways.After(_value >> 1, word));
    }

    /// <summary>What was learnt of the ways through the phrases: one table, in which a step is one place.</summary>
    internal sealed class Ways
    {
        private const int KeyOfFirst = 2; // of word -1 it is 1

        private readonly Lock _lock = new();
        private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
        private readonly List<Node[]> _nodes = [[]]; // that of number 0 is nowhere
        private Form[][] _forms = [];
        private Way[] _table = new Way[1 << 10]; // a power of two; what was once written in it stays
        private int _count;

        public Ways(Node root) => Start = new(this, ValueOf([root]));

        public State Start { get; }

        public int Count => Volatile.Read(ref _count);

        public Form[] FormsOf(int state) => Volatile.Read(ref _forms)[state];

        public int After(int state, int word)
        {
            var table = Volatile.Read(ref _table);
            var key = KeyOf(state, word);
            for (var place = PlaceOf(key, table); ; place = (place + 1) & (table.Length - 1))
            {
                ref var way = ref table[place];
                var known = Volatile.Read(ref way.Key);
                if (known == key) return way.To;
                if (known == 0) return Learn(state, word);
            }
        }

        private static ulong KeyOf(int state, int word) => ((ulong)(uint)state << 32) | (uint)(word + KeyOfFirst);

        private static int PlaceOf(ulong key, Way[] table) => (int)((key * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)table.Length)));

        // Only what a text asked for: behind "les" come hundreds of words, and behind a gap all of them again.
        private int Learn(int state, int word)
        {
            lock (_lock)
            {
                // Somebody else may have learnt it meanwhile, also while this thread looked at a table that has grown since.
                var key = KeyOf(state, word);
                for (var place = PlaceOf(key, _table); _table[place].Key != 0; place = (place + 1) & (_table.Length - 1))
                {
                    if (_table[place].Key == key) return _table[place].To;
                }

                var nodes = new HashSet<Node>();
                foreach (var node in _nodes[state])
                {
                    if (node.Next.TryGetValue(word, out var followers)) nodes.UnionWith(followers.All);
                    nodes.UnionWith(node.Any);
                }

                var value = nodes.Count == 0 ? Nowhere : ValueOf([.. nodes]);
                if ((_count + 1) * 2 > _table.Length)
                {
                    var larger = new Way[_table.Length * 2];
                    foreach (var way in _table)
                    {
                        if (way.Key != 0) Put(larger, way.Key, way.To);
                    }

                    Volatile.Write(ref _table, larger);
                }

                Put(_table, key, value);
                Volatile.Write(ref _count, _count + 1);
                return value;
            }
        }

        private int ValueOf(List<Node> nodes)
        {
            nodes.Sort(static (a, b) => a.Number.CompareTo(b.Number));
            ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, string.Join(' ', nodes.Select(node => node.Number)), out var known);
            if (known) return value;
            var number = _nodes.Count;
            var forms = nodes.Select(node => node.Form).OfType<Form>().ToArray();
            _nodes.Add([.. nodes]);
            if (number >= _forms.Length)
            {
                var more = new Form[Math.Max(256, _forms.Length * 2)][];
                _forms.CopyTo(more, 0);
                Volatile.Write(ref _forms, more);
            }

            _forms[number] = forms;
            return value = (number * 2) + (forms.Length > 0 ? 1 : 0);
        }

        // Who looks at the same time without the lock finds the key last, and then what it leads to.
        private static void Put(Way[] table, ulong key, int to)
        {
            var place = PlaceOf(key, table);
            while (table[place].Key != 0) place = (place + 1) & (table.Length - 1);
            table[place].To = to;
            Volatile.Write(ref table[place].Key, key);
        }

        [StructLayout(LayoutKind.Auto)]
        private struct Way
        {
            /// <summary>A state and a word's number and <see cref="KeyOfFirst"/>; 0: none yet.</summary>
            public ulong Key;

            public int To;
        }
    }

    /// <summary>A point within one phrase.</summary>
    internal sealed class Node(int number)
    {
        public int Number { get; } = number;

        public Form? Form { get; init; }

        public Dictionary<int, Followers> Next { get; } = [];

        /// <summary>Where any word leads.</summary>
        public List<Node> Any { get; } = [];

        public void Lead(int word, Node node) => CollectionsMarshal.GetValueRefOrAddDefault(Next, word, out _).Add(node);
    }

    /// <summary>Where a word leads: to one node nearly always, which needs no list of its own. Hundreds of names of groups lead out of hundreds of nodes.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal struct Followers
    {
        private Node? _first;
        private List<Node>? _others;

        public readonly IEnumerable<Node> All => _first is null ? [] : _others is null ? [_first] : [_first, .. _others];

        public void Add(Node node)
        {
            if (_first is null) _first = node;
            else if (_first != node && _others?.Contains(node) is not true) (_others ??= []).Add(node);
        }
    }
}

/// <summary>A part of a phrase.</summary>
/// <param name="Choices">What may stand there, as word numbers.</param>
/// <param name="Gap">More than 0: instead of them any words, none to so many.</param>
internal sealed record PhraseSegment(int[][] Choices, int Gap = 0);
