using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>
/// What is quoted is not said. A quotation in quotation marks that is condemned beside it, that somebody tells who had to hear it, or that is told with the scene
/// in which somebody said it, is noted and not stopped; quoted otherwise it is held where it would be refused, for people also quote what they mean.
/// What stands beside it counts in its own sentence; in the one before or behind, on the same line, only what can mean nothing else (<see cref="QuotationRole.Refers"/>, <see cref="QuotationRole.Whole"/>):
/// nothing that somebody adds about the market or the canteen makes what was said milder.
/// Reported without quotation marks it needs more: words that condemn right before it ("arrêtez de dire que"), that take it back right behind it ("c'est faux"),
/// or a report that is condemned. A threat is told by whom it was said to ("mon ex m'a écrit je vais te tuer").
/// A word that people call themselves by is theirs.
/// </summary>
internal static class Quotation
{
    // Words of a sentence beside a quotation that are looked at.
    private const int Reach = 20;

    // Words between "traiter de" and what somebody was called, where a report only tempers.
    private const int SpeechReach = 8;

    // Words between "que" and the phrase of a list ("que presque tous les"), and between such a phrase and "c'est faux".
    private const int Joint = 3;

    // Whoever quotes more than this gives a speech room.
    private const int LongestQuote = 40;

    private const int LongestEpithet = 3;

    private static readonly FrozenSet<string> Leading = FrozenSet.ToFrozenSet(
        ["le", "la", "les", "un", "une", "est", "sont", "es", "etes", "the", "a", "an", "is", "are"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Pointing = FrozenSet.ToFrozenSet(["ce", "cet", "cette", "ces", "notre", "nos", "votre", "vos", "sale", "sales", "this", "these", "those", "our", "your"], StringComparer.Ordinal);

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?;\n");
    private static readonly SearchValues<char> Breaks = SearchValues.Create(",.!?;\n()\"«»“”„");

    private static readonly SearchValues<char> Pauses = SearchValues.Create(",:.!?;\n(");
    private static readonly SearchValues<char> Openers = SearchValues.Create("\"«“„'<");

    // Faces that laugh at whoever condemns.
    private static readonly SearchValues<string> Laughter = SearchValues.Create(["😂", "🤣", "😏", "😜", "🙃", "😆", "😹", "🤡"], StringComparison.Ordinal);

    /// <summary>Lowers the verdicts of hits that are quoted or reported.</summary>
    public static void Temper(List<LexiconHit> hits, FieldReading field, Lexicon lexicon)
    {
        if (lexicon.Quotations is not { } words || !hits.Exists(IsTempered)) return;
        var context = new Context(field, words, hits);
        if (!context.HoldsAny) return;
        var reported = -1;
        for (var i = 0; i < hits.Count; i++)
        {
            var hit = hits[i];
            if (!IsTempered(hit)) continue;
            var quote = context.QuoteAround(hit);
            var verdict = quote is null ? hit.Verdict : context.VerdictOf(hit, quote.Value);
            // In quotation marks somebody may tell what was said, too: « on m'a traité de ... ».
            if ((quote is null || quote.Value.First < hit.FirstWord) && context.VerdictOfReported(hit, ref reported) is var told && told < verdict) verdict = told;
            if (verdict < hit.Verdict) hits[i] = hit with { Verdict = verdict };
        }
    }

    private static bool IsTempered(LexiconHit hit) =>
        hit.Verdict > Verdict.Publish && hit.Entry.Class is FindingClasses.Insult or FindingClasses.Hate or FindingClasses.Threat;

    // What stands around the hits of one text. All that is looked for is found once; beside a hit a bounded number of words is looked at.
    private sealed class Context
    {
        // Without one of these, what stands in no quotation marks is said.
        private static readonly QuotationRole[] Reporting = [QuotationRole.Speech, QuotationRole.Reports, QuotationRole.Hurt, QuotationRole.Told, QuotationRole.Before, QuotationRole.Denies, QuotationRole.Named, QuotationRole.Self, QuotationRole.Proud];

        private readonly FieldReading _field;
        private readonly List<Word> _words;
        private readonly List<Quote> _quotes;
        private readonly List<LexiconHit>[] _found;
        private readonly bool _isDefended;

        public Context(FieldReading field, QuotationWords words, List<LexiconHit> hits)
        {
            (_field, _words, _quotes) = (field, field.WordList, QuotesIn(field));
            _found = [.. Enum.GetValues<QuotationRole>().Select(role => words[role].Find(field))];
            // "C'est raciste ?" asks; "Vous trouvez cela drôle ?" does not.
            Found(QuotationRole.Condemns).RemoveAll(one => one.FirstWord == one.LastWord && IsAsked(one));
            Found(QuotationRole.Plainly).RemoveAll(IsAsked);
            Found(QuotationRole.Denies).RemoveAll(IsAsked);
            // "Hitler avait raison" is what is quoted, and says nothing of who quotes it.
            Found(QuotationRole.Not).RemoveAll(one => IsPartOf(one, hits));
            _isDefended = Found(QuotationRole.Not).Count > 0 || field.Original.AsSpan().ContainsAny(Laughter);
        }

        public bool HoldsAny => _quotes.Count > 0 || Reporting.Any(role => Found(role).Count > 0);

        public Quote? QuoteAround(LexiconHit hit)
        {
            var from = Ordered.FirstFrom(CollectionsMarshal.AsSpan(_quotes), hit.End, static quote => quote.End);
            // A phrase of the lists may begin with the word before ("vos « les ...").
            return from < _quotes.Count && _quotes[from].First <= hit.FirstWord + 1 && _quotes[from].Start < hit.End ? _quotes[from] : null;
        }

        public Verdict VerdictOf(LexiconHit hit, Quote quote)
        {
            var around = AroundOf(quote.First, quote.Last, quote.Start, quote.End);
            if (_isDefended || quote.Last - quote.First >= LongestQuote) return Verdict.Hold;
            if (quote.First == quote.Last && IsOwnName(hit)) return Verdict.Publish;
            var noted = IsNoted(quote.First);
            var said = noted || IsBeside(QuotationRole.Speech, around) || IsIntroduced(quote, around);
            // What whoever writes has said themselves they mean.
            var mine = IsNear(QuotationRole.Mine, around);
            var hurt = !mine && IsBeside(QuotationRole.Hurt, around);
            var told = !mine && IsBeside(QuotationRole.Told, around);
            var plainly = IsBeside(QuotationRole.Plainly, around) || IsReferredTo(around) || IsDenied(quote.Last);
            var condemned = plainly || IsBeside(QuotationRole.Condemns, around) || (!mine && IsBeside(QuotationRole.Scene, around));
            // "Cette « ... » de maire" calls her so, with marks or without them.
            if (IsBehind(Pointing, quote) || (IsBehind(Leading, quote) && !IsTold(quote, around))) return Verdict.Hold;
            var addressed = Any(QuotationRole.Addressed, quote.First, quote.Last + 1);
            var heard = addressed && (hurt || told || (noted && !mine));
            var isHarmless = hit.Entry.Class == FindingClasses.Threat
                ? heard || (condemned && (said || hurt || told) && !mine)
                : heard || plainly || hurt || (condemned && (said || told)) || (told && Any(QuotationRole.Thrown, quote.First, quote.Last + 1));
            return isHarmless ? Verdict.Publish : Verdict.Hold;
        }

        // Sets reported to the last word of what is reported, for what goes on behind it ("... sont des voleurs et des menteurs").
        public Verdict VerdictOfReported(LexiconHit hit, ref int reported)
        {
            var isHeard = LeadsTo(QuotationRole.Told, hit) || LeadsTo(QuotationRole.Hurt, hit) || LeadsTo(QuotationRole.Threatened, hit);
            if (hit.Entry.Class == FindingClasses.Threat)
            {
                // What somebody threatened goes on behind a comma.
                var isTold = (reported >= 0 && hit.FirstWord == reported + 1 && !IsEnd(reported)) || (isHeard && (LeadsTo(QuotationRole.Threatened, hit) || Any(QuotationRole.Addressed, hit.FirstWord, hit.LastWord + 1)));
                if (_isDefended || !isTold) return hit.Verdict;
                reported = hit.LastWord;
                return Verdict.Publish;
            }

            if (IsOwnName(hit)) return Verdict.Publish;
            var around = AroundOf(hit.FirstWord, hit.LastWord, hit.Start, hit.End);
            var condemned = IsBeside(QuotationRole.Plainly, around) || IsReferredTo(around) || IsBeside(QuotationRole.Condemns, around);
            var isReported = LeadsTo(QuotationRole.Reports, hit) && !LeadsTo(QuotationRole.Own, hit);
            // "Arrêtez de dire que les X sont gentils, les X sont ..." says it itself behind the comma.
            var isHarmless = !_isDefended && !Text[hit.Start..hit.End].ContainsAny(Breaks) && (IsJoined(reported, hit) || IsListed(reported, hit) || LeadsTo(QuotationRole.Before, hit) || IsNamed(hit)
                || (isReported && condemned) || (isHeard && IsBeside(QuotationRole.Scene, around) && !IsBeside(QuotationRole.Mine, around) && !IsDoer(hit)) || (hit.Entry.Class == FindingClasses.Hate && IsDenied(hit.LastWord)));
            if (isHarmless)
            {
                reported = hit.LastWord;
                return Verdict.Publish;
            }

            return isReported || (condemned && Any(QuotationRole.Speech, Math.Max(around.First, hit.FirstWord - SpeechReach), hit.FirstWord)) ? Verdict.Hold : hit.Verdict;
        }

        private List<LexiconHit> Found(QuotationRole role) => _found[(int)role];

        private ReadOnlySpan<char> Text => _field.Plain.Text;

        private bool IsAsked(LexiconHit hit)
        {
            var end = hit.LastWord + 1 < _words.Count ? _words[hit.LastWord + 1].Start : Text.Length;
            return Text[hit.End..end].Contains('?');
        }

        private static bool IsPartOf(LexiconHit one, List<LexiconHit> hits)
        {
            var i = FirstFrom(hits, one.LastWord + 1) - 1;
            return i >= 0 && hits[i].LastWord >= one.FirstWord;
        }

        // In the same sentence.
        private bool IsBeside(QuotationRole role, Around around) => Any(role, around.First, around.From) || Any(role, around.To, around.Last);

        // In the same sentence or, on the same line, one beside it.
        private bool IsNear(QuotationRole role, Around around) => Any(role, around.Before, around.From) || Any(role, around.To, around.After);

        // The sentence before or behind condemns it and can mean nothing else: a place, a trade, or what is said of the canteen there is another matter.
        private bool IsReferredTo(Around around) => IsNear(QuotationRole.Refers, around) || IsWhole(around.Before, around.First) || IsWhole(around.Last, around.After);

        // "C'est honteux." and nothing behind it, not even "..., le prix de la cantine".
        private bool IsWhole(int from, int to)
        {
            var found = Found(QuotationRole.Whole);
            var i = FirstFrom(found, from);
            return i < found.Count && found[i].FirstWord == from && found[i].LastWord == to - 1 && (from == 0 || IsEnd(from - 1)) && (to == _words.Count || IsEnd(to - 1));
        }

        // "Encore un « ... »", "avec vos « ... »".
        private bool IsNoted(int first) => IsRightBefore(QuotationRole.Noted, first);

        private bool IsRightBefore(QuotationRole role, int word)
        {
            var found = Found(role);
            var i = FirstFrom(found, word) - 1;
            return i >= 0 && found[i].LastWord == word - 1 && !IsEnd(word - 1);
        }

        // "Sur l'abribus : « ... »".
        private bool IsIntroduced(Quote quote, Around around) => quote.First > 0 && Any(QuotationRole.Scene, around.First, around.From) && Text[_words[quote.First - 1].End..quote.Start].Contains(':');

        // Words of saying may reach into what is said ("l'appelait « le ...").
        private bool Any(QuotationRole role, int from, int to)
        {
            var found = Found(role);
            var i = FirstFrom(found, from);
            return i < found.Count && (role is QuotationRole.Speech or QuotationRole.Hurt or QuotationRole.Told ? found[i].FirstWord : found[i].LastWord) < to;
        }

        private static int FirstFrom(List<LexiconHit> found, int word) => Ordered.FirstFrom(CollectionsMarshal.AsSpan(found), word, static hit => hit.FirstWord);

        // "Arrêtez de dire que" stands right before the hit, or the hit begins within it ("que les").
        private bool LeadsTo(QuotationRole role, LexiconHit hit)
        {
            var found = Found(role);
            var i = FirstFrom(found, hit.FirstWord) - 1;
            return i >= 0 && found[i].LastWord < hit.LastWord && IsJoined(found[i].LastWord, hit);
        }

        // "En tant que pédé", "le mot « gouine »": a word of scorn that those whom it means have made their own, or that is spoken about.
        private bool IsOwnName(LexiconHit hit)
        {
            if (hit.FirstWord != hit.LastWord) return false;
            var isNamed = IsBehindOwn(hit);
            var isProud = Found(QuotationRole.Proud) is var proud && FirstFrom(proud, hit.LastWord) is var i && i < proud.Count && proud[i].FirstWord == hit.LastWord + 1 && !IsEnd(hit.LastWord);
            if (!isNamed && !isProud) return false;
            var around = AroundOf(hit.FirstWord, hit.LastWord, hit.Start, hit.End);
            var isFirst = Any(QuotationRole.First, around.First, around.Last);
            // "Tu es un ... en colère" is said to somebody, and an insult that names no group is nobody's name but one's own.
            var isAddressed = Any(QuotationRole.Addressed, around.First, around.From) || Any(QuotationRole.Addressed, around.To, around.Last) || IsPointedAt(hit);
            return isFirst ? !isAddressed || (isNamed && hit.Entry.Class == FindingClasses.Hate) : isNamed && !isAddressed && hit.Entry.Class == FindingClasses.Hate;
        }

        private bool IsBehindOwn(LexiconHit hit)
        {
            var found = Found(QuotationRole.Self);
            var i = FirstFrom(found, hit.FirstWord) - 1;
            return i >= 0 && (found[i].LastWord > hit.LastWord || (found[i].LastWord == hit.FirstWord - 1 && !Text[_words[found[i].LastWord].End..hit.Start].ContainsAny(Pauses)));
        }

        private bool IsPointedAt(LexiconHit hit) => hit.FirstWord > 0 && Pointing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(WordAt(hit.FirstWord - 1));

        // One to three words in marks, right behind what leads to somebody's name ("cette « ... »", "est une « ... »").
        private bool IsBehind(FrozenSet<string> leading, Quote quote) =>
            quote.Last - quote.First < LongestEpithet && quote.First > 0 && quote.Start - _words[quote.First - 1].End <= 3
            && leading.GetAlternateLookup<ReadOnlySpan<char>>().Contains(WordAt(quote.First - 1));

        // "On l'appelle la « ... »", "un client lâche un « ... »", "dire d'elle qu'elle est « ... »", "les « ... » que ma mère reçoit", "appeler quelqu'un « ... »".
        private bool IsTold(Quote quote, Around around) =>
            Any(QuotationRole.Hurt, around.First, quote.First) || Any(QuotationRole.Named, around.First, quote.First) || IsRightBefore(QuotationRole.Speech, quote.First - 1) || IsRightBefore(QuotationRole.Told, quote.First - 1) || IsRightBefore(QuotationRole.Reports, quote.First)
            || (quote.Last + 1 < _words.Count && !IsEnd(quote.Last) && WordAt(quote.Last + 1) is "que" or "qu" && (IsBeside(QuotationRole.Hurt, around) || IsBeside(QuotationRole.Told, around)))
            || (quote.First > 1 && WordAt(quote.First - 2) is "quelqu");

        private ReadOnlySpan<char> WordAt(int word) => Text[_words[word].Start.._words[word].End];

        // "On m'a traité de" and the word itself: whatever else stands between them, the word may be meant.
        private bool IsNamed(LexiconHit hit)
        {
            var found = Found(QuotationRole.Named);
            var i = FirstFrom(found, hit.FirstWord) - 1;
            return i >= 0 && found[i].LastWord == hit.FirstWord - 1 && !Text[_words[found[i].LastWord].End..hit.Start].ContainsAny(Pauses);
        }

        // "Agressé par des sales ...": who did it, in the words of whoever tells it.
        private bool IsDoer(LexiconHit hit)
        {
            for (var i = hit.FirstWord; i >= 0 && i >= hit.FirstWord - Joint; i--)
            {
                if (WordAt(i) is "par" or "by") return true;
            }

            return false;
        }

        private bool IsJoined(int last, LexiconHit hit) =>
            last >= hit.FirstWord || (last >= 0 && hit.FirstWord - last <= Joint && !Text[_words[last].End..hit.Start].ContainsAny(Breaks));

        // "Une merde, une pute": what somebody was called goes on behind a comma.
        private bool IsListed(int last, LexiconHit hit) =>
            last >= 0 && hit.FirstWord - last == 2 && WordAt(last + 1) is "un" or "une" or "des" or "de" && !Text[_words[last].End..hit.Start].ContainsAny(SentenceEnds);

        private bool IsDenied(int last)
        {
            var found = Found(QuotationRole.Denies);
            var i = FirstFrom(found, last + 1);
            if (i >= found.Count || found[i].FirstWord - last > Joint + 1) return false;
            // A sentence of its own is no more than that, and on the same line.
            var behind = found[i].LastWord + 1;
            if (_words[last].Sentence != _words[found[i].FirstWord].Sentence && (Text[_words[last].End.._words[behind - 1].Start].ContainsAny('\n', '\r') || (behind < _words.Count && !IsEnd(behind - 1)))) return false;
            // "C'est faux, ils sont pires" takes nothing back.
            return behind >= _words.Count || _words[behind].Sentence != _words[behind - 1].Sentence || !Text[_words[behind - 1].End.._words[behind].Start].Contains(',') || Any(QuotationRole.Plainly, behind, EndOf(behind)) || Any(QuotationRole.Condemns, behind, EndOf(behind));
        }

        private Around AroundOf(int first, int last, int start, int end)
        {
            var (begin, stop) = (first, last + 1);
            if (first > 0 && !Text[_words[first - 1].End..start].ContainsAny(SentenceEnds)) begin = BeginOf(first - 1);
            if (last + 1 < _words.Count && !Text[end.._words[last + 1].Start].ContainsAny(SentenceEnds)) stop = EndOf(last + 1);
            // What stands on another line is another matter.
            return new(begin > 0 && !IsBroken(begin - 1) ? BeginOf(begin - 1) : begin, begin, first, last + 1, stop, stop < _words.Count && !IsBroken(stop - 1) ? EndOf(stop) : stop);
        }

        // Whether a sentence ends behind this word; the last word is followed by nothing.
        private bool IsEnd(int word) => _words[word].Sentence != _words[word + 1].Sentence;

        // Whether a line does.
        private bool IsBroken(int word) => Text[_words[word].End.._words[word + 1].Start].ContainsAny('\n', '\r');

        private int BeginOf(int word)
        {
            var i = word;
            while (i > 0 && _words[i - 1].Sentence == _words[word].Sentence && word - i < Reach) i--;
            return i;
        }

        private int EndOf(int word)
        {
            var i = word;
            while (i < _words.Count && _words[i].Sentence == _words[word].Sentence && i - word < Reach) i++;
            return i;
        }
    }

    // An unclosed mark quotes nothing: a new opening mark takes its place, and a blank line ends whatever was opened.
    private static List<Quote> QuotesIn(FieldReading field)
    {
        var quotes = new List<Quote>();
        var text = field.Plain.Text;
        if (!text.ContainsAny(Openers)) return quotes;
        var words = field.WordList;
        var word = 0;
        var opened = -1;
        var mark = '\0';
        var isPaired = true;
        var paragraph = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // Marks are counted in their own paragraph.
            if (i >= paragraph)
            {
                (opened, paragraph) = (-1, EndOfParagraph(text, i));
                isPaired = int.IsEvenInteger(text[i..paragraph].Count('"'));
            }

            var closing = Opening(text, i, opened < 0 ? '\0' : mark, isPaired);
            // An apostrophe gives way to a real mark, and stands for nothing within one.
            if (closing != '\0' && (opened < 0 || closing == mark || (mark == '\'' && closing != '\''))) (mark, opened) = (closing, i + 1);
            if (opened < 0 || i < opened || !IsClosing(text, i, mark)) continue;
            while (word < words.Count && words[word].Start < opened) word++;
            var first = word;
            while (word < words.Count && words[word].End <= i) word++;
            // One that stands for an apostrophe as often reaches no further than its sentence.
            if (word > first && (mark != '\'' || words[first].Sentence == words[word - 1].Sentence)) quotes.Add(new(opened, i, first, word - 1));
            opened = -1;
        }

        return quotes;
    }

    // Behind the next line that holds nothing.
    private static int EndOfParagraph(ReadOnlySpan<char> text, int from)
    {
        while (text[from..].IndexOf('\n') is var line and >= 0)
        {
            from += line + 1;
            var next = text[from..].IndexOf('\n');
            if (next >= 0 && text.Slice(from, next).IsWhiteSpace()) return from;
        }

        return text.Length;
    }

    // The mark that closes what this one opens; 0: it opens nothing. Which mark would close what is open already is 0 where nothing is.
    private static char Opening(ReadOnlySpan<char> text, int i, char open, bool isPaired) => text[i] switch
    {
        '"' when OpensStraight(text, i, open == '"', isPaired) => '"',
        '«' => '»',
        '„' => '”',
        '“' when IsBlankBefore(text, i) || open != '”' => '”',
        '<' when i > 0 && text[i - 1] == '<' => '>',
        '\'' when (IsBlankBefore(text, i) || text[i - 1] is '(' or ':' or '\'') && i + 1 < text.Length && Words.IsLetterOrDigit(text[i + 1]) => '\'',
        _ => '\0',
    };

    // Straight marks open and close alike. One that is written as only an opening one is opens; of others each second closes, if every one has a second.
    private static bool OpensStraight(ReadOnlySpan<char> text, int i, bool isOpen, bool isPaired)
    {
        var (isBefore, isBehind) = (IsBlankBefore(text, i), i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]));
        if (isOpen) return isBefore && (!isBehind || !isPaired);
        return isBefore || text[i - 1] is '(' or ':' or ',' || (i + 1 < text.Length && Words.IsLetterOrDigit(text[i + 1]));
    }

    private static bool IsBlankBefore(ReadOnlySpan<char> text, int i) => i == 0 || char.IsWhiteSpace(text[i - 1]);

    private static bool IsClosing(ReadOnlySpan<char> text, int i, char mark) => mark switch
    {
        '”' => text[i] is '”' or '“',
        '\'' => text[i] == '\'' && (i + 1 == text.Length || !Words.IsLetterOrDigit(text[i + 1])),
        // Behind a digit it says inches.
        '"' => text[i] == '"' && !char.IsAsciiDigit(text[i - 1]),
        _ => text[i] == mark,
    };

    // In places of the folded text and in words.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Quote(int Start, int End, int First, int Last);

    // Bounds in words: the sentence before, the same sentence up to what is quoted, and the same behind it.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Around(int Before, int First, int From, int To, int Last, int After);
}
