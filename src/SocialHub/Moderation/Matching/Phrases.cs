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
    // Ways from one state to another that are kept, some hundred bytes each.
    private const int MostWays = 500_000;

    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Node _root = new(0);
    private readonly int _most;
    private int _nodes = 1;
    private int _ways;
    private State? _start;

    /// <param name="most">Ways from one state to another that are kept before all are made anew.</param>
    public Phrases(int most = MostWays) => _most = most;

    /// <summary>Where every phrase begins. A walk goes on in the states it began with.</summary>
    public State Start => _start ??= new(this, [_root]);

    /// <summary>How many ways are kept.</summary>
    public int Count => _ways;

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

    // Whoever wrote texts for that could make ever more states; from the limit on all begins anew, and those that a walk still stands in go with it.
    private void Bound()
    {
        if (_ways < _most) return;
        _states.Clear();
        _ways = 0;
        _start = null;
    }

    private State StateOf(List<Node> nodes)
    {
        nodes.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        var key = string.Join(' ', nodes.Select(node => node.Number));
        if (!_states.TryGetValue(key, out var state)) _states[key] = state = new(this, [.. nodes]);
        return state;
    }

    /// <summary>What a phrase means and where it may stand.</summary>
    /// <param name="Entry">Its line.</param>
    /// <param name="Accents">The phrase in NFC lower case where it must stand with exactly these accents; else null.</param>
    /// <param name="Opens">True: only where it opens a sentence.</param>
    /// <param name="Closes">True: only where a sentence or a part of it ends behind it.</param>
    internal sealed record Form(LexiconEntry Entry, string? Accents, bool Opens, bool Closes);

    /// <summary>All phrases that the same words have led into.</summary>
    internal sealed class State
    {
        private readonly Phrases _phrases;
        private readonly Node[] _nodes;
        private const int KeyOfFirst = 2; // of word -1 it is 1

        private Way[] _ways = new Way[4]; // a power of two; what was once written in it stays
        private int _count;

        internal State(Phrases phrases, Node[] nodes)
        {
            (_phrases, _nodes) = (phrases, nodes);
            Forms = [.. nodes.Select(node => node.Form).OfType<Form>()];
        }

        /// <summary>Phrases that end here.</summary>
        public Form[] Forms { get; }

        /// <summary>Where a word leads; null: nowhere.</summary>
        /// <param name="word">Its number; -1 for one that no list has, which only a gap takes.</param>
        public State? After(int word)
        {
            var ways = Volatile.Read(ref _ways);
            for (var place = PlaceOf(word, ways); ; place = (place + 1) & (ways.Length - 1))
            {
                ref var way = ref ways[place];
                var key = Volatile.Read(ref way.Key);
                if (key == word + KeyOfFirst) return way.To;
                if (key == 0) return Learn(word);
            }
        }

        private static int PlaceOf(int word, Way[] ways) => (int)((uint)word * 0x9E3779B1u >> (32 - BitOperations.Log2((uint)ways.Length)));

        // Only what a text asked for: behind "les" come hundreds of words, and behind a gap all of them again.
        private State? Learn(int word)
        {
            lock (_phrases._lock)
            {
                // Somebody else may have learnt it meanwhile, also while this thread looked at a table that has grown since.
                for (var place = PlaceOf(word, _ways); _ways[place].Key != 0; place = (place + 1) & (_ways.Length - 1))
                {
                    if (_ways[place].Key == word + KeyOfFirst) return _ways[place].To;
                }

                _phrases.Bound();
                var nodes = new HashSet<Node>();
                foreach (var node in _nodes)
                {
                    if (node.Next.TryGetValue(word, out var followers)) nodes.UnionWith(followers);
                    nodes.UnionWith(node.Any);
                }

                var state = nodes.Count == 0 ? null : _phrases.StateOf([.. nodes]);
                if (++_count * 2 > _ways.Length)
                {
                    var larger = new Way[_ways.Length * 2];
                    foreach (var way in _ways)
                    {
                        if (way.Key != 0) Put(larger, way.Key - KeyOfFirst, way.To);
                    }

                    Volatile.Write(ref _ways, larger);
                }

                Put(_ways, word, state);
                _phrases._ways++;
                return state;
            }
        }

        // Who looks at the same time without the lock finds the key last, and then what it leads to.
        private static void Put(Way[] ways, int word, State? to)
        {
            var place = PlaceOf(word, ways);
            while (ways[place].Key != 0) place = (place + 1) & (ways.Length - 1);
            ways[place].To = to;
            Volatile.Write(ref ways[place].Key, word + KeyOfFirst);
        }

        [StructLayout(LayoutKind.Auto)]
        private struct Way
        {
            /// <summary>The word's number and <see cref="KeyOfFirst"/>; 0: none yet.</summary>
            public int Key;

            public State? To;
        }
    }

    /// <summary>A point within one phrase.</summary>
    internal sealed class Node(int number)
    {
        public int Number { get; } = number;

        public Form? Form { get; init; }

        public Dictionary<int, List<Node>> Next { get; } = [];

        /// <summary>Where any word leads.</summary>
        public List<Node> Any { get; } = [];

        public void Lead(int word, Node node)
        {
            if (!Next.TryGetValue(word, out var nodes)) Next[word] = nodes = [];
            if (!nodes.Contains(node)) nodes.Add(node);
        }
    }
}

/// <summary>A part of a phrase.</summary>
/// <param name="Choices">What may stand there, as word numbers.</param>
/// <param name="Gap">More than 0: instead of them any words, none to so many.</param>
internal sealed record PhraseSegment(int[][] Choices, int Gap = 0);
