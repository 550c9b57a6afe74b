using System.Buffers;
using System.Runtime.InteropServices;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>What must stand near a word before it counts.</summary>
public enum Nearness
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Somebody it is said of (tu, vous, ce maire, les élus), at most four words away in the same sentence.</summary>
    Target,

    /// <summary>The person who is spoken to (tu, vous, toi), in the same way.</summary>
    Direct,
}

/// <summary>Where a phrase ends at the latest.</summary>
internal enum Reach
{
    /// <summary>At the end of the field.</summary>
    Anywhere,

    /// <summary>Where a sentence begins with a capital: "je vais te... tuer" is one phrase, "la rue est sale. Chiens partout" two.</summary>
    Capital,

    /// <summary>At the end of the sentence.</summary>
    Sentence,
}

/// <summary>One line of a word list.</summary>
/// <param name="Class">One of <see cref="FindingClasses"/>.</param>
/// <param name="Verdict">How severe it is.</param>
/// <param name="Needs">What must stand near it.</param>
public sealed record LexiconEntry(string Class, Verdict Verdict, Nearness Needs)
{
    /// <summary>Severity when the person spoken to stands near.</summary>
    public Verdict DirectVerdict { get; init; } = Verdict;
}

/// <summary>An entry met in a text.</summary>
/// <param name="Entry">What was met.</param>
/// <param name="FirstWord">Index of its first word in the field.</param>
/// <param name="LastWord">Index of its last word.</param>
/// <param name="Start">First character in the plain reading.</param>
/// <param name="End">One past the last.</param>
/// <param name="Verdict">Its severity here.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LexiconHit(LexiconEntry Entry, int FirstWord, int LastWord, int Start, int End, Verdict Verdict);

/// <summary>
/// Inflected words and phrases, matched on whole words of the folded text: one look-up a word, however many entries there are.
/// Of entries that begin at the same word the longest wins.
/// </summary>
public sealed class Lexicon
{
    private const int TargetReach = 4;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?;");
    private static readonly SearchValues<char> Openers = SearchValues.Create(":\"«“„(*>_");

    private static readonly SearchValues<char> Closers = SearchValues.Create(",:\"»”()*_–—");

    // Behind one of these begins something that a harmless noun no longer belongs to: "qu'il crève, l'abcès au conseil".
    private static readonly SearchValues<char> Breaks = SearchValues.Create(",:()–—");

    private readonly Node _root = new();
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _direct = new(StringComparer.Ordinal);

    /// <summary>Names and phrases in which an entry is harmless (<c>Bosc-Bordel</c>, <c>nègre littéraire</c>).</summary>
    internal Lexicon? Exceptions { get; init; }

    /// <summary>Words of those who warn of advertising, or complain about it; null: none.</summary>
    internal Lexicon? Warnings { get; init; }

    /// <summary>How far its phrases go; <see cref="Reach.Anywhere"/> for the words of an authority, which may hold a full stop ("M. Untel").</summary>
    internal Reach Reach { get; init; }

    /// <summary>The hub's own lists, all languages: a French thread is also insulted in English.</summary>
    public static Lexicon BuiltIn { get; } = WordLists.Load();

    /// <summary>A list of words and phrases that hold whatever they stand beside.</summary>
    public static Lexicon OfWords(IEnumerable<string> words)
    {
        var lexicon = new Lexicon();
        var entry = new LexiconEntry(FindingClasses.Words, Verdict.Hold, Nearness.None);
        foreach (var word in words)
        {
            if (Words.In(Normalised.Plain(word).Text).Count > 0) lexicon.Add([[word]], entry);
        }

        return lexicon;
    }

    /// <summary>Every entry met in a field, from left to right.</summary>
    public List<LexiconHit> Find(FieldReading field)
    {
        var hits = new List<LexiconHit>();
        List<LexiconHit>? exceptions = null;
        var text = field.Plain.Text;
        var words = field.Words;
        for (var i = 0; i < words.Count; i++)
        {
            if (Longest(field, text, words, i) is not { } found) continue;
            var (form, last) = found;
            // Within a hit begins another only where it reaches further and is worse: "ta race" must not hide "race de merde".
            var within = hits.Count > 0 && hits[^1].LastWord >= i;
            if (within && last <= hits[^1].LastWord) continue;
            var verdict = form.Entry.Verdict;
            if (form.Entry.Needs is not Nearness.None || form.Entry.DirectVerdict != verdict)
            {
                var direct = IsNear(_direct, text, words, i, last);
                if (form.Entry.Needs is Nearness.Direct && !direct) continue;
                if (form.Entry.Needs is Nearness.Target && !direct && !IsNear(_targets, text, words, i, last)) continue;
                if (direct) verdict = form.Entry.DirectVerdict;
            }

            if (within && verdict <= hits[^1].Verdict) continue;
            var hit = new LexiconHit(form.Entry, i, last, words[i].Start, words[last].End, verdict);
            // One that is excused is no hit, so that it hides none: "dehors les migrants sont" is a place, what they are said to be is not.
            if (Exceptions is not null && IsWithin(hit, exceptions ??= Exceptions.Find(field), text)) continue;
            hits.Add(hit);
        }

        return hits;
    }

    /// <summary>True when an entry of this lexicon stands in the field.</summary>
    internal bool IsIn(FieldReading field) => Find(field).Count > 0;

    /// <summary>Takes away the hits that lie within an entry of this lexicon.</summary>
    internal void TakeFrom(List<LexiconHit> hits, FieldReading field)
    {
        var exceptions = Find(field);
        if (exceptions.Count == 0) return;
        // Both lists run from left to right and end ever later, so one walk over the two is enough.
        var next = 0;
        hits.RemoveAll(hit =>
        {
            while (next < exceptions.Count && exceptions[next].LastWord < hit.LastWord) next++;
            return next < exceptions.Count && exceptions[next].FirstWord <= hit.FirstWord;
        });
    }

    private static bool IsWithin(LexiconHit hit, List<LexiconHit> exceptions, ReadOnlySpan<char> text)
    {
        var (from, to) = (0, exceptions.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (exceptions[middle].LastWord < hit.LastWord) from = middle + 1;
            else to = middle;
        }

        return from < exceptions.Count && exceptions[from].FirstWord <= hit.FirstWord
            && (hit.Entry.Class != FindingClasses.Threat || !text[hit.Start..exceptions[from].End].ContainsAny(Breaks))
            // "Je suis contre, les migrants sont ..." speaks of nothing that they suffer.
            && (hit.Entry.Class != FindingClasses.Hate || !text[exceptions[from].Start..hit.Start].ContainsAny(Breaks));
    }

    /// <summary>Adds a phrase: segments that follow each other, each with its choices of one or several words.</summary>
    /// <param name="segments">No choice is empty.</param>
    /// <param name="entry">What it means.</param>
    /// <param name="accents">The phrase in NFC lower case where it must stand with exactly these accents (<c>sale</c>, not <c>salé</c>); else null.</param>
    /// <param name="opens">True: only where it opens a sentence (<c>va crever</c>, not <c>le platane va crever</c>).</param>
    /// <param name="closes">True: only where a sentence or a part of it ends behind it (<c>les camps pour les migrants !</c>, not <c>les camps pour les migrants à Calais</c>).</param>
    internal void Add(IReadOnlyList<IReadOnlyList<string>> segments, LexiconEntry entry, string? accents = null, bool opens = false, bool closes = false)
    {
        // The choices of a segment meet again in one node, so a phrase costs the sum of its choices, not their product.
        var from = _root;
        for (var i = 0; i < segments.Count; i++)
        {
            var join = new Node { Form = i == segments.Count - 1 ? new(entry, accents, opens, closes) : null };
            var inner = new Dictionary<string, Node>(StringComparer.Ordinal);
            foreach (var words in segments[i].Select(Split).DistinctBy(words => string.Join(' ', words), StringComparer.Ordinal))
            {
                var node = from;
                for (var w = 0; w < words.Length - 1; w++)
                {
                    var prefix = string.Join(' ', words[..(w + 1)]);
                    if (!inner.TryGetValue(prefix, out var step)) node.Lead(words[w], inner[prefix] = step = new());
                    node = step;
                }

                node.Lead(words[^1], join);
            }

            from = join;
        }
    }

    private static string[] Split(string choice)
    {
        var folded = Normalised.Plain(choice);
        var words = Words.In(folded.Text).ConvertAll(word => folded.Text[word.Start..word.End].ToString());
        return words.Count > 0 ? [.. words] : throw new InvalidDataException($"'{choice}' is no word.");
    }

    internal void AddTarget(string word, bool direct)
    {
        var folded = Normalised.Plain(word).Text.ToString();
        _targets.Add(folded);
        if (direct) _direct.Add(folded);
    }

    private (Form Form, int Last)? Longest(FieldReading field, ReadOnlySpan<char> text, IReadOnlyList<Word> words, int first)
    {
        if (_root.Find(text[words[first].Start..words[first].End]) is not { } active) return null;
        (Form, int)? longest = null;
        for (var i = first; ; i++)
        {
            Form? found = null;
            foreach (var node in active)
            {
                if (node.Form is not { } form || (found is not null && form.Entry.Verdict <= found.Entry.Verdict)) continue;
                if (form.Opens && !Opens(text, words, first)) continue;
                if (form.Closes && !Closes(text, words, i)) continue;
                if (form.Accents is null || HasAccents(field, words[first].Start, words[i].End, form.Accents)) found = form;
            }

            if (found is not null) longest = (found, i);
            if (i + 1 == words.Count || IsBeyond(field, text, words[i], words[i + 1])) return longest;
            var next = Following(active, text[words[i + 1].Start..words[i + 1].End]);
            if (next is null) return longest;
            active = next;
        }
    }

    private static List<Node>? Following(List<Node> active, ReadOnlySpan<char> word)
    {
        List<Node>? all = null;
        var owned = false;
        foreach (var node in active)
        {
            if (node.Find(word) is not { } found) continue;
            if (all is null)
            {
                all = found;
                continue;
            }

            if (!owned) all = [.. all];
            owned = true;
            all.AddRange(found);
        }

        return all;
    }

    // A quotation, a bracket and what follows a colon open a sentence too; a comma does not ("ce platane, malade, va crever").
    private static bool Opens(ReadOnlySpan<char> text, IReadOnlyList<Word> words, int first) =>
        first == 0 || words[first - 1].Sentence != words[first].Sentence || text[words[first - 1].End..words[first].Start].ContainsAny(Openers);

    private static bool Closes(ReadOnlySpan<char> text, IReadOnlyList<Word> words, int last) =>
        last + 1 == words.Count || words[last + 1].Sentence != words[last].Sentence || text[words[last].End..words[last + 1].Start].ContainsAny(Closers);

    private bool IsBeyond(FieldReading field, ReadOnlySpan<char> text, Word word, Word next) => Reach switch
    {
        _ when word.Sentence == next.Sentence => false,
        Reach.Anywhere => false,
        Reach.Capital => EndsSentence(text[word.End..next.Start]) && HasCapital(field, next),
        _ => true,
    };

    // Telephones write a capital after each line, and a group is often written with one: only a full stop with a blank behind it parts "sale. Chiens partout",
    // and none of the points that hold a word back ("mort aux... Juifs").
    private static bool EndsSentence(ReadOnlySpan<char> gap) =>
        gap.IndexOf("..") < 0 && !gap.Contains('…') && gap.IndexOfAny(SentenceEnds) is >= 0 and var end && gap[(end + 1)..].ContainsAny(" \n\t\u00A0\u202F");

    // A word all in capitals has none that would begin a sentence.
    private static bool HasCapital(FieldReading field, Word word)
    {
        var (from, to) = field.Plain.ToOriginal(word.Start, word.End);
        var written = field.Original.AsSpan(from, to - from);
        return char.IsUpper(written[0]) && (written.Length == 1 || !char.IsUpper(written[1]));
    }

    private static bool HasAccents(FieldReading field, int start, int end, string accents)
    {
        var (from, to) = field.Plain.ToOriginal(start, end);
        (_, to) = field.Graphemes.Widen(from, to);
        var written = Accented.Of(field.Original.AsSpan(from, to - from));
        return string.Equals(written, accents, StringComparison.Ordinal);
    }

    private static bool IsNear(HashSet<string> set, ReadOnlySpan<char> text, IReadOnlyList<Word> words, int first, int last)
    {
        var lookup = set.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = Math.Max(0, first - TargetReach); i <= Math.Min(words.Count - 1, last + TargetReach); i++)
        {
            // The words of the entry itself count too: "espèce de" needs nobody else.
            if (words[i].Sentence == words[first].Sentence && lookup.Contains(text[words[i].Start..words[i].End])) return true;
        }

        return false;
    }

    private sealed record Form(LexiconEntry Entry, string? Accents, bool Opens, bool Closes);

    private sealed class Node
    {
        private Dictionary<string, List<Node>>? _next;

        public Form? Form { get; init; }

        public List<Node>? Find(ReadOnlySpan<char> word) =>
            _next is not null && _next.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var nodes) ? nodes : null;

        public void Lead(string word, Node node)
        {
            _next ??= new(StringComparer.Ordinal);
            if (!_next.TryGetValue(word, out var nodes)) _next[word] = nodes = [];
            nodes.Add(node);
        }
    }
}
