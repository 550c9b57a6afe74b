using System.Buffers;
using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.InteropServices;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>What must stand near a word before it counts.</summary>
public enum Nearness
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Somebody it is said of (tu, vous, ce maire, les élus), at most four words away in the same sentence.</summary>
    Target,

    /// <summary>The person who is spoken to (tu, vous, toi), in the same way.</summary>
    Direct,

    /// <summary>A group of people that was named before, in this sentence or an earlier one: "ils" are said to be something.</summary>
    Group,
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

    /// <summary>Why it stands in its list; null: the rule that meets it says why.</summary>
    public EntryReason? Reason { get; init; }
}

/// <summary>An entry met in a text.</summary>
/// <param name="Entry">What was met.</param>
/// <param name="FirstWord">Index of its first word in the field.</param>
/// <param name="LastWord">Index of its last word.</param>
/// <param name="Start">First character in the plain reading.</param>
/// <param name="End">One past the last.</param>
/// <param name="Verdict">Its severity here.</param>
/// <param name="Views">What was undone to see it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LexiconHit(LexiconEntry Entry, int FirstWord, int LastWord, int Start, int End, Verdict Verdict, Views Views)
{
    /// <summary>Name of the reading in which it was seen.</summary>
    public string View => ViewNames.Of(Views);
}

/// <summary>
/// Inflected words and phrases, matched on whole words of the folded text and on what a reader sees in disguised ones (<see cref="WordPaths"/>).
/// Of entries that begin at the same word the longest wins.
/// </summary>
public sealed class Lexicon
{
    private const int TargetReach = 4;
    private const int GroupReach = 25;

    // Of a word that stands in no list of common ones, beside the million of the most frequent.
    private const int RareWeight = 40;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?;");
    private static readonly SearchValues<char> Openers = SearchValues.Create(":\"«“„(*>_");

    private static readonly SearchValues<char> Closers = SearchValues.Create(",:\"»”()*_");

    // Behind one of these begins something that a harmless noun no longer belongs to: "qu'il crève, l'abcès au conseil".
    private static readonly SearchValues<char> Breaks = SearchValues.Create(",:()");

    // An insult of more letters is one in any name.
    private const int ShortestInName = 6;
    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet([.. Words.Civilities, "mm", "mmes", "messieurs", "dr", "docteur", "me", "famille", "miss"], StringComparer.Ordinal);
    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(["le", "la", "les", "de", "du", "des", "l", "d"], StringComparer.Ordinal);

    private readonly Phrases _phrases = new();
    private readonly Vocabulary _vocabulary = new();
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _direct = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly List<Anchor> _waiting = [];
    private Anchors _anchors = Anchors.None;
    private bool _disguised;

    /// <summary>Words that most texts hold, the most frequent first; they say where a search is worth its time, not what is found.</summary>
    internal IReadOnlyDictionary<string, int> Common { get; init; } = new Dictionary<string, int>();

    /// <summary>Names and phrases in which an entry is harmless (<c>Bosc-Bordel</c>, <c>nègre littéraire</c>).</summary>
    internal Lexicon? Exceptions { get; init; }

    /// <summary>Words of those who warn of advertising, or complain about it; null: none.</summary>
    internal Lexicon? Warnings { get; init; }

    /// <summary>What people write around words that are not their own; null: nothing is read as quoted.</summary>
    internal QuotationWords? Quotations { get; init; }

    /// <summary>How far its phrases go; <see cref="Reach.Anywhere"/> for the words of an authority, which may hold a full stop ("M. Untel").</summary>
    internal Reach Reach { get; init; }

    /// <summary>The hub's own lists, all languages: a French thread is also insulted in English.</summary>
    public static Lexicon BuiltIn { get; } = WordLists.Load();

    /// <summary>A list of words and phrases that hold whatever they stand beside.</summary>
    /// <param name="words">As the authority writes them.</param>
    /// <param name="disguised">True: seen in disguise, too.</param>
    public static Lexicon OfWords(IEnumerable<string> words, bool disguised)
    {
        var lexicon = new Lexicon();
        var entry = new LexiconEntry(FindingClasses.Words, Verdict.Hold, Nearness.None);
        foreach (var word in words)
        {
            if (Words.In(Normalised.Plain(word).Text).Count > 0) lexicon.Add([[word]], entry);
        }

        return lexicon.Complete(disguised);
    }

    /// <summary>Every entry met in a field, from left to right.</summary>
    public List<LexiconHit> Find(FieldReading field)
    {
        var hits = new List<LexiconHit>();
        List<LexiconHit>? exceptions = null;
        var text = field.Plain.Text;
        var words = field.WordList;
        var paths = _disguised ? WordPaths.Of(field, _vocabulary) : WordPaths.AsWritten(field, _vocabulary);
        var walk = Walk.Rent(this, field, paths);
        var others = paths.Others;
        var next = 0;
        var begins = paths.Begins(_anchors);
        for (var i = begins.Length > 0 ? 0 : words.Count; i < words.Count; i++)
        {
            var kinds = begins[i];
            if (kinds == 0 && !paths.HasOthers(i)) continue;
            walk.Found.Clear();
            var word = paths.AsItStands(i);
            if (word >= 0 && (_anchors.Firsts(word) & kinds) != 0) walk.Begin(word, i);
            while (next < others.Count && others[next].From < (i + 1) * WordPaths.Places)
            {
                // What begins within a word that was taken apart begins there by itself.
                var other = others[next++];
                if ((_anchors.Firsts(other.Word) & kinds) != 0) walk.Begin(other);
            }

            foreach (var found in walk.Found)
            {
                var (form, last) = (found.Form, found.LastWord);
                // Within a hit begins another only where it reaches further and is worse: "ta race" must not hide "race de merde".
                var within = hits.Count > 0 && hits[^1].LastWord >= i;
                if (within && last <= hits[^1].LastWord) continue;
                var verdict = found.Verdict;
                // What had to be guessed is for a person to read.
                if (found.Guessed && verdict > Verdict.Hold) verdict = Verdict.Hold;
                if (within && verdict <= hits[^1].Verdict) continue;
                var hit = new LexiconHit(form.Entry, i, last, found.Start, found.End, verdict, found.Views);
                if (found.Views.HasFlag(Views.Split) && last == i && IsFamilyName(field, text, words, i, found)) continue;
                // One that is excused is no hit, so that it hides none: "dehors les migrants sont" is a place, what they are said to be is not.
                if (Exceptions is not null && IsWithin(hit, exceptions ??= Exceptions.Find(field), text)) continue;
                hits.Add(hit);
            }
        }

        walk.Return();
        paths.Return();
        return hits;
    }

    /// <summary>How many words its lines are made of.</summary>
    internal int Count => _vocabulary.Count;

    /// <summary>True for a word that stands in a list.</summary>
    internal bool Knows(string word) => _vocabulary.Find(word) >= 0;

    /// <summary>True when a word alone is read as another one of the lists, by itself or within a phrase.</summary>
    internal bool ReadsAsAnother(string word) =>
        WordPaths.Of(new("text", word), _vocabulary).Others is { Count: > 0 } others && (others.Exists(path => path.Views != Views.Split) || Find(new FieldReading("text", word)).Exists(hit => hit.Views != Views.Plain));

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

    // Every dash is folded to a hyphen; one with a blank beside it parts what is said.
    private static bool IsBroken(ReadOnlySpan<char> text) => text.ContainsAny(Breaks) || text.IndexOf(" -") >= 0 || text.IndexOf("- ") >= 0;

    private static bool IsWithin(LexiconHit hit, List<LexiconHit> exceptions, ReadOnlySpan<char> text)
    {
        var from = Ordered.FirstFrom(CollectionsMarshal.AsSpan(exceptions), hit.LastWord, static exception => exception.LastWord);
        return from < exceptions.Count && exceptions[from].FirstWord <= hit.FirstWord
            && (hit.Entry.Class != FindingClasses.Threat || !IsBroken(text[hit.Start..exceptions[from].End]))
            // "Je suis contre, les migrants sont ..." speaks of nothing that they suffer. A sign that is read as a letter lies before the word ("|les").
            && (hit.Entry.Class != FindingClasses.Hate || !IsBroken(text[Math.Min(hit.Start, exceptions[from].Start)..hit.Start]));
    }

    /// <summary>Adds a phrase: segments that follow each other, each with its choices of one or several words.</summary>
    /// <param name="segments">No choice is empty.</param>
    /// <param name="entry">What it means.</param>
    /// <param name="accents">The phrase in NFC lower case where it must stand with exactly these accents (<c>sale</c>, not <c>salé</c>); else null.</param>
    /// <param name="opens">True: only where it opens a sentence (<c>va crever</c>, not <c>le platane va crever</c>).</param>
    /// <param name="closes">True: only where a sentence or a part of it ends behind it (<c>les camps pour les migrants !</c>, not <c>les camps pour les migrants à Calais</c>).</param>
    internal void Add(IReadOnlyList<IReadOnlyList<string>> segments, LexiconEntry entry, string? accents = null, bool opens = false, bool closes = false)
    {
        PhraseSegment[] phrase = [.. segments.Select(Segment)];
        _waiting.Add(AnchorOf(phrase));
        _phrases.Add(phrase, new(entry, accents, opens, closes));
    }

    // No phrase is met without a word of each of its segments. Its anchor is the segment that texts hold least often:
    // only so many words before one of its words need anybody look for the beginning.
    private Anchor AnchorOf(PhraseSegment[] phrase)
    {
        var (anchor, least, distances, before) = (phrase[0], long.MaxValue, 0UL, 1UL); // bit n: n words before
        foreach (var segment in phrase)
        {
            if (segment.Gap > 0)
            {
                for (var i = 0; i < segment.Gap; i++) before |= before << 1;
                continue;
            }

            var weight = segment.Choices.Sum(choice => (long)Weight(choice[Rarest(choice)])) * (BitOperations.PopCount(before) + 1);
            if (weight < least) (anchor, least, distances) = (segment, weight, before);
            before = segment.Choices.Aggregate(0UL, (all, choice) => all | (before << choice.Length));
        }

        int[] firsts = [.. phrase[0].Choices.Select(choice => choice[0]).Distinct().Order()];
        var words = anchor.Choices.Select(choice => Rarest(choice) is var rarest ? (choice[rarest], distances << rarest) : default);
        return new(firsts, firsts.Sum(word => (long)Weight(word)), [.. words]);
    }

    private int Rarest(int[] words)
    {
        var rarest = 0;
        for (var i = 1; i < words.Length; i++)
        {
            if (Weight(words[i]) < Weight(words[rarest])) rarest = i;
        }

        return rarest;
    }

    private int Weight(int word) => Common.GetValueOrDefault(_vocabulary[word], RareWeight);

    /// <summary>Ends the making of the lexicon.</summary>
    /// <param name="disguised">True: its words are also seen in disguise.</param>
    /// <param name="ordinary">Words, and pairs of words, that are never read as others.</param>
    /// <param name="anchored">False: phrases are looked for at every word.</param>
    internal Lexicon Complete(bool disguised, IReadOnlyCollection<string>? ordinary = null, bool anchored = true)
    {
        _disguised = disguised;
        _anchors = anchored ? Anchors.Of(_waiting, _vocabulary.Count) : Anchors.Everywhere(_vocabulary.Count);
        _waiting.Clear();
        _waiting.TrimExcess();
        // Of an authority's own words nothing says what else sounds like them.
        _vocabulary.Complete(StopsAlone, Common.Count > 0 ? StopsSomewhere : static _ => false, ordinary ?? [], Common.Keys, disguised);
        return this;
    }

    private bool StopsAlone(int word) =>
        _phrases.OfOne(word).Any(form => form is { Accents: null, Opens: false, Closes: false, Entry: { Verdict: not Verdict.Publish, Needs: Nearness.None } });

    private bool StopsSomewhere(int word) => _phrases.OfOne(word).Any(form => form is { Accents: null, Entry.Verdict: not Verdict.Publish });

    // "~3" stands for up to three words of any kind.
    private PhraseSegment Segment(IReadOnlyList<string> choices) =>
        choices is [['~', var digit]] && char.IsAsciiDigit(digit) ? new([], digit - '0') : new([.. choices.Select(Split)]);

    private int[] Split(string choice)
    {
        var folded = Normalised.Plain(choice);
        var words = Words.In(folded.Text).ConvertAll(word => _vocabulary.Add(folded.Text[word.Start..word.End].ToString()));
        return words.Count > 0 ? [.. words] : throw new InvalidDataException($"'{choice}' is no word.");
    }

    /// <summary>Adds words that are known by their first letter where one of <paramref name="before"/> (a word or two) stands before them.</summary>
    internal void AddMasked(IEnumerable<string> before, IEnumerable<string> words)
    {
        var meant = words.Select(word => Normalised.Plain(word).Text.ToString()).ToArray();
        foreach (var word in before) _vocabulary.AddMasked(Normalised.Plain(word).Text.ToString(), meant);
    }

    internal void AddTarget(string word, bool direct, bool group)
    {
        var folded = Normalised.Plain(word).Text.ToString();
        if (group)
        {
            _groups.Add(folded);
            return;
        }

        _targets.Add(folded);
        if (direct) _direct.Add(folded);
    }

    // How severe a line is where it stands; null: what it needs is not there.
    private Verdict? VerdictOf(LexiconEntry entry, ReadOnlySpan<char> text, List<Word> words, int first, int last)
    {
        if (entry.Needs is Nearness.None && entry.DirectVerdict == entry.Verdict) return entry.Verdict;
        var direct = IsNear(_direct, text, words, first, last);
        return entry.Needs switch
        {
            Nearness.Direct when !direct => null,
            Nearness.Target when !direct && !IsNear(_targets, text, words, first, last) => null,
            Nearness.Group when !IsGroupBefore(text, words, first) => null,
            _ => direct ? entry.DirectVerdict : entry.Verdict,
        };
    }

    private bool IsGroupBefore(ReadOnlySpan<char> text, List<Word> words, int first)
    {
        var lookup = _groups.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = first - 1; i >= Math.Max(0, first - GroupReach); i--)
        {
            if (lookup.Contains(text[words[i].Start..words[i].End])) return true;
        }

        return false;
    }

    // A quotation, a bracket and what follows a colon open a sentence too; a comma does not ("ce platane, malade, va crever").
    private static bool Opens(ReadOnlySpan<char> text, List<Word> words, int first) =>
        first == 0 || words[first - 1].Sentence != words[first].Sentence || text[words[first - 1].End..words[first].Start].ContainsAny(Openers);

    private static bool Closes(ReadOnlySpan<char> text, List<Word> words, int last) =>
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

    // "M. Lepute": an article and a short word, with a capital behind a title, is what somebody is called.
    private static bool IsFamilyName(FieldReading field, ReadOnlySpan<char> text, List<Word> words, int word, in FoundPhrase found) =>
        word > 0 && found.End - found.Start < ShortestInName && HasCapital(field, words[word])
        && Titles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[word - 1].Start..words[word - 1].End])
        && Articles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[word].Start..found.Start]);

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
        return Accented.Is(field.Original.AsSpan(from, to - from), accents);
    }

    private static bool IsNear(HashSet<string> set, ReadOnlySpan<char> text, List<Word> words, int first, int last)
    {
        var lookup = set.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = Math.Max(0, first - TargetReach); i <= Math.Min(words.Count - 1, last + TargetReach); i++)
        {
            // The words of the entry itself count too: "espèce de" needs nobody else.
            if (words[i].Sentence == words[first].Sentence && lookup.Contains(text[words[i].Start..words[i].End])) return true;
        }

        return false;
    }

    // Follows all ways through the words that begin at one place, and keeps the longest phrase they lead to.
    private sealed class Walk
    {
        // A guess within a short phrase would read an ordinary word as another.
        private const int ShortestGuessed = 7;
        private const int FewestWordsGuessed = 3;
        private const int ShortestGuessedInPhrase = 4; // letters as written

        // A guess that reads an ordinary word as another ("cancre", "rein") needs so many words around it.
        private const int FewestWordsOrdinary = 6;

        // Ways through one place of a text that are followed at a time.
        private const int MostSteps = 64;

        [ThreadStatic]
        private static Walk? _spare;

        private readonly List<Step> _steps = new(MostSteps);
        private readonly List<FoundPhrase> _found = [];
        private Lexicon _lexicon = null!;
        private FieldReading _field = null!;
        private WordPaths _paths = null!;
        private Phrases.State _start;
        private int _began = -1;

        /// <summary>A walk that has begun nowhere yet.</summary>
        public static Walk Rent(Lexicon lexicon, FieldReading field, WordPaths paths)
        {
            var walk = _spare ?? new Walk();
            _spare = null;
            (walk._lexicon, walk._field, walk._paths, walk._start) = (lexicon, field, paths, lexicon._phrases.Start);
            return walk;
        }

        /// <summary>Ends the use of it, so that the next text of this thread finds its room, and nothing of this one stays.</summary>
        public void Return()
        {
            (_lexicon, _field, _paths, _start) = (null!, null!, null!, default);
            _steps.Clear();
            _found.Clear();
            _spare = this;
        }

        /// <summary>What was found since the first beginning at a word, at most one for each place in it.</summary>
        public List<FoundPhrase> Found => _found;

        public void Begin(int word, int at)
        {
            if (_start.After(word) is { Exists: true } state) RunPlain(state, word, at);
        }

        public void Begin(WordPath path)
        {
            if (_start.After(path.Word) is not { Exists: true } state) return;
            _steps.Add(Step.First(state, path));
            Run(path.From / WordPaths.Places, null);
        }

        // There is one way through most texts, until a word that may be read as another.
        private void RunPlain(Phrases.State state, int word, int first)
        {
            _began = first;
            var words = _field.WordList;
            FoundPhrase? longest = null;
            var start = words[first].Start;
            for (var i = first; ; i++)
            {
                if (i + 1 < words.Count && _paths.HasOthers(i + 1) && LeadOn(state, (i + 1) * WordPaths.Places))
                {
                    _steps.Add(new(state, (i + 1) * WordPaths.Places, i, i - first + 1, Views.Plain, Guess.None, 0, word, start, words[i].End));
                    Run(first, longest);
                    return;
                }

                if (state.Ends && Ending(new(state, (i + 1) * WordPaths.Places, i, i - first + 1, Views.Plain, Guess.None, 0, word, start, words[i].End)) is { } found) longest = found;
                if (i + 1 == words.Count || _lexicon.IsBeyond(_field, _field.Plain.Text, words[i], words[i + 1])) break;
                word = _paths.AsItStands(i + 1);
                if (word < 0 && words[i].Sentence != words[i + 1].Sentence) break;
                state = state.After(word);
                if (!state.Exists) break;
            }

            if (longest is { } one) _found.Add(one);
        }

        private bool LeadOn(Phrases.State state, int place)
        {
            var others = _paths.Others;
            for (var i = _paths.FirstFrom(place); i < others.Count && others[i].From == place; i++)
            {
                if (Meant(state, others[i].Word).Exists) return true;
            }

            return false;
        }

        // A gap takes a word as it stands.
        private static Phrases.State Meant(Phrases.State state, int word) =>
            state.After(word) is { Exists: true } other && other != state.After(-1) ? other : default;

        private void Run(int first, FoundPhrase? longest)
        {
            _began = first;
            while (_steps.Count > 0)
            {
                // The least place first: only then is every way to it known.
                var least = 0;
                for (var i = 1; i < _steps.Count; i++) if (_steps[i].To < _steps[least].To) least = i;
                var step = _steps[least];
                _steps.RemoveAt(least);
                if (Ending(step) is { } found && (longest is null || found.LastWord > longest.Value.LastWord || (found.LastWord == longest.Value.LastWord && found.Verdict > longest.Value.Verdict)))
                {
                    longest = found;
                }

                Follow(step);
            }

            if (longest is { } one) _found.Add(one);
        }

        private FoundPhrase? Ending(in Step step)
        {
            if (!IsPlausible(step)) return null;
            // What was written together is read to its end: of "conseils" neither "con" nor "se" nor "ils" is meant.
            if (step.To % WordPaths.Places != 0) return null;
            Phrases.Form? best = null;
            var verdict = Verdict.Publish;
            var text = _field.Plain.Text;
            foreach (var form in step.State.Forms)
            {
                if (best is not null && Math.Max((int)form.Entry.Verdict, (int)form.Entry.DirectVerdict) <= (int)verdict) continue;
                if (form.Opens && !Opens(text, _field.WordList, _began)) continue;
                if (form.Closes && !Closes(text, _field.WordList, step.LastWord)) continue;
                // "n'y a que des ordres": an ordinary word is read as another only where a group is hated or somebody threatened.
                if (step.Guess is Guess.Ordinary && form.Entry.Class is not (FindingClasses.Hate or FindingClasses.Threat)) continue;
                // Accents cannot be asked of a disguise.
                if (form.Accents is not null && step.Guess is Guess.None && (step.Views is Views.Plain ? !HasAccents(_field, step.Start, step.End, form.Accents) : step.Views.HasFlag(Views.Spelling))) continue;
                if (_lexicon.VerdictOf(form.Entry, text, _field.WordList, _began, step.LastWord) is not { } here || (best is not null && here <= verdict)) continue;
                (best, verdict) = (form, here);
            }

            return best is null ? null : new(best, verdict, step.LastWord, step.Start, step.End, step.Views, step.Guess is not Guess.None);
        }

        // Ways that meet again are one, so that what repeats in a text does not multiply.
        private void AddStep(in Step step)
        {
            foreach (var known in _steps)
            {
                if (known.State == step.State && known.To == step.To && known.Guess == step.Guess) return;
            }

            if (_steps.Count < MostSteps) _steps.Add(step);
        }

        private bool IsPlausible(in Step step) => step.Guess switch
        {
            Guess.None or Guess.Sound or Guess.Masked => true,
            Guess.Ordinary => step.Words >= FewestWordsOrdinary,
            _ => step.Words >= FewestWordsOrdinary || (step.Words >= FewestWordsGuessed && step.Guessed >= ShortestGuessedInPhrase) || (step.Words == 1 && _lexicon._vocabulary[step.Word].Length >= ShortestGuessed),
        };

        private void Follow(in Step step)
        {
            var word = step.To / WordPaths.Places;
            var words = _field.WordList;
            if (word >= words.Count) return;
            var inside = step.To % WordPaths.Places != 0;
            if (!inside && _lexicon.IsBeyond(_field, _field.Plain.Text, words[step.LastWord], words[word])) return;
            var plain = inside ? -1 : _paths.AsItStands(word);
            // A word of no list is skipped within a sentence only.
            if (!inside && (plain >= 0 || words[step.LastWord].Sentence == words[word].Sentence) && step.State.After(plain) is { Exists: true } state)
            {
                AddStep(step with { State = state, To = (word + 1) * WordPaths.Places, LastWord = word, Words = step.Words + 1, Word = plain, End = words[word].End });
            }

            var others = _paths.Others;
            for (var i = _paths.FirstFrom(step.To); i < others.Count && others[i].From == step.To; i++)
            {
                // One guess is the most that counts.
                if (step.Guess is not Guess.None && others[i].Guess is not Guess.None) continue;
                if (Meant(step.State, others[i].Word) is { Exists: true } other) AddStep(step.With(other, others[i]));
            }
        }
    }

    // How far a way has come. It holds one guess at most; Guessed is how many letters were written for it.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(Phrases.State State, int To, int LastWord, int Words, Views Views, Guess Guess, int Guessed, int Word, int Start, int End)
    {
        public static Step First(Phrases.State state, WordPath path) =>
            new(state, path.To, WordPaths.WordBefore(path.To), 1, path.Views, path.Guess, path.End - path.Start, path.Word, path.Start, path.End);

        public Step With(Phrases.State state, WordPath path)
        {
            var on = this with { State = state, To = path.To, LastWord = WordPaths.WordBefore(path.To), Words = Words + 1, Views = Views | path.Views, Word = path.Word, End = path.End };
            return path.Guess is Guess.None ? on : on with { Guess = path.Guess, Guessed = path.End - path.Start };
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct FoundPhrase(Phrases.Form Form, Verdict Verdict, int LastWord, int Start, int End, Views Views, bool Guessed);
}
