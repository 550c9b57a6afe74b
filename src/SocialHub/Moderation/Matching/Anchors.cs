using System.Numerics;
using System.Runtime.InteropServices;

namespace SocialHub.Moderation.Matching;

/// <summary>Where to look for one phrase.</summary>
/// <param name="Firsts">Numbers of the words that it begins with, in their order.</param>
/// <param name="Weight">How often texts hold one of them.</param>
/// <param name="Words">The words one of which it holds, each with bit n for: it begins n words before.</param>
internal sealed record Anchor(int[] Firsts, long Weight, (int Word, ulong Distances)[] Words);

/// <summary>
/// Where in a text phrases may begin. Phrases that begin with the same words are of one kind, a bit of 64 (the rarer ones share theirs):
/// a phrase is looked for only at a word that begins one of its kind, so many words before its anchor as the phrase has them.
/// </summary>
internal sealed class Anchors
{
    private const int Kinds = 64;

    // Kinds that begin with the most common words have a bit for themselves.
    private const int OwnKinds = 48;

    // Bits of a distance.
    private const int Farthest = 64;

    private readonly Entry[] _entries;
    private readonly (int Distance, ulong Kinds)[] _asks;

    private Anchors(Entry[] entries, (int Distance, ulong Kinds)[] asks) => (_entries, _asks) = (entries, asks);

    /// <summary>Of a lexicon that has no phrase.</summary>
    public static Anchors None { get; } = new([], []);

    /// <summary>Every phrase is looked for at every word.</summary>
    /// <param name="words">How many the vocabulary has.</param>
    public static Anchors Everywhere(int words)
    {
        var asks = Enumerable.Range(0, Farthest).Select(static distance => (distance, ulong.MaxValue)).ToArray();
        var entries = new Entry[words];
        Array.Fill(entries, new() { Firsts = ulong.MaxValue, From = 0, Count = asks.Length });
        return new(entries, asks);
    }

    /// <param name="phrases">One for each phrase.</param>
    /// <param name="words">How many the vocabulary has.</param>
    public static Anchors Of(IReadOnlyList<Anchor> phrases, int words)
    {
        var kinds = phrases.GroupBy(phrase => string.Join(' ', phrase.Firsts), StringComparer.Ordinal)
            .OrderByDescending(kind => kind.First().Weight).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        var entries = new Entry[words];
        var asked = new Dictionary<int, ulong[]>();
        for (var i = 0; i < kinds.Count; i++)
        {
            var kind = 1UL << (i < OwnKinds ? i : OwnKinds + (i % (Kinds - OwnKinds)));
            foreach (var phrase in kinds[i])
            {
                foreach (var word in phrase.Firsts) entries[word].Firsts |= kind;
                foreach (var (word, distances) in phrase.Words)
                {
                    ref var asks = ref CollectionsMarshal.GetValueRefOrAddDefault(asked, word, out _);
                    asks ??= new ulong[Farthest];
                    for (var bits = distances; bits != 0; bits &= bits - 1) asks[BitOperations.TrailingZeroCount(bits)] |= kind;
                }
            }
        }

        var all = new List<(int Distance, ulong Kinds)>();
        foreach (var (word, asks) in asked)
        {
            entries[word].From = all.Count;
            for (var distance = 0; distance < Farthest; distance++)
            {
                if (asks[distance] != 0) all.Add((distance, asks[distance]));
            }

            entries[word].Count = all.Count - entries[word].From;
        }

        return new(entries, [.. all]);
    }

    /// <summary>The kinds of phrases that begin with a word.</summary>
    public ulong Firsts(int word) => _entries[word].Firsts;

    /// <summary>Adds the kinds of phrases that begin so many words before a word as they would with it for an anchor.</summary>
    /// <param name="word">Its number.</param>
    /// <param name="begins">For each word of the text up to this one.</param>
    /// <param name="all">True: those that would begin before the first word may begin at it.</param>
    /// <returns>False: it is no anchor.</returns>
    public bool Ask(int word, Span<ulong> begins, bool all)
    {
        ref var entry = ref _entries[word];
        foreach (var (distance, kinds) in _asks.AsSpan(entry.From, entry.Count))
        {
            if (distance < begins.Length) begins[begins.Length - 1 - distance] |= kinds;
            else if (all) begins[0] |= kinds;
            else break;
        }

        return entry.Count > 0;
    }

    /// <summary>What may begin at one word may begin at any behind it, as far as a distance goes.</summary>
    public static void Spread(Span<ulong> begins)
    {
        for (var i = Math.Max(1, begins.Length - Farthest); i < begins.Length; i++) begins[i] |= begins[i - 1];
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        public ulong Firsts;

        public int From;

        public int Count;
    }
}
