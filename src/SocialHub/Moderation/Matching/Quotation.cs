using System.Buffers;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>
/// What is quoted is not said. A quotation in quotation marks, with a word of saying and a condemnation beside it in one sentence, is noted and not stopped;
/// quoted or reported otherwise it is held where it would be refused, for people also quote what they mean. A threat is tempered in quotation marks only, and never below a hold.
/// </summary>
internal static class Quotation
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?;\n");

    // Words between what is said of a quotation and the quotation itself.
    private const int Reach = 14;

    // Words between "traiter de" and what somebody was called.
    private const int SpeechReach = 8;

    /// <summary>Lowers the verdicts of hits that are quoted.</summary>
    public static void Temper(List<LexiconHit> hits, FieldReading field, Lexicon lexicon)
    {
        if (lexicon.Condemnations is not { } condemning || lexicon.Speech is not { } speech) return;
        if (!hits.Exists(hit => hit.Verdict > Verdict.Publish && IsTempered(hit))) return;
        var quotes = QuotesIn(field);
        var condemned = condemning.Find(field);
        var spoken = condemned.Count > 0 ? speech.Find(field) : [];
        if (quotes.Count == 0 && spoken.Count == 0) return;
        // "... ceux qui disent le contraire mentent" defends what it quotes.
        var isDefended = condemning.Exceptions?.IsIn(field) is true;
        for (var i = 0; i < hits.Count; i++)
        {
            var hit = hits[i];
            if (hit.Verdict is Verdict.Publish || !IsTempered(hit)) continue;
            var quote = quotes.Find(quote => quote.Start <= hit.Start && hit.End <= quote.End);
            var isQuoted = quote.End > 0;
            if (!isQuoted && hit.Entry.Class == FindingClasses.Threat) continue;
            var isReported = isQuoted || spoken.Exists(one => one.LastWord < hit.FirstWord && hit.FirstWord - one.LastWord <= SpeechReach && field.WordList[one.LastWord].Sentence == field.WordList[hit.FirstWord].Sentence);
            if (!isReported) continue;
            var isCondemned = condemned.Exists(one => (one.LastWord < hit.FirstWord || one.FirstWord > hit.LastWord) && (!isQuoted || one.End <= quote.Start || one.Start >= quote.End) && IsNear(one, hit, field, isQuoted ? quote : default));
            if (!isCondemned && !isQuoted) continue;
            var isSaid = isQuoted && !isDefended && spoken.Exists(one => (one.End <= quote.Start || one.Start >= quote.End) && IsNear(one, hit, field, quote));
            var verdict = isCondemned && isSaid && hit.Entry.Class != FindingClasses.Threat ? Verdict.Publish : Verdict.Hold;
            if (verdict < hit.Verdict) hits[i] = hit with { Verdict = verdict };
        }
    }

    private static bool IsTempered(LexiconHit hit) => hit.Entry.Class is FindingClasses.Insult or FindingClasses.Hate or FindingClasses.Threat;

    // Within the sentence that quotes, counted from the edges of the quotation, in which any number of words and sentences may stand.
    private static bool IsNear(LexiconHit condemnation, LexiconHit hit, FieldReading field, (int Start, int End) quote)
    {
        var words = field.WordList;
        var (from, to) = (hit.FirstWord, hit.LastWord);
        if (quote.End > 0)
        {
            while (from > 0 && words[from - 1].Start >= quote.Start) from--;
            while (to + 1 < words.Count && words[to + 1].End <= quote.End) to++;
        }

        var text = field.Plain.Text;
        return condemnation.LastWord < from
            ? from - condemnation.LastWord <= Reach && words[from - 1].Sentence == words[condemnation.LastWord].Sentence && !text[words[from - 1].End..words[from].Start].ContainsAny(SentenceEnds)
            : condemnation.FirstWord - to <= Reach && words[to + 1].Sentence == words[condemnation.FirstWord].Sentence
                && !text[(quote.End > 0 ? quote.End : words[to].End)..words[to + 1].Start].ContainsAny(SentenceEnds);
    }

    // In places of the folded text. Typographic marks open and close; of straight ones every second closes.
    private static List<(int Start, int End)> QuotesIn(FieldReading field)
    {
        var quotes = new List<(int, int)>();
        var text = field.Plain.Text;
        var opened = -1;
        var mark = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            if (opened < 0)
            {
                mark = text[i] switch { '"' => '"', '«' => '»', '“' or '„' => '”', _ => '\0' };
                if (mark != '\0') opened = i + 1;
            }
            else if (text[i] == mark || (mark == '”' && text[i] == '“'))
            {
                quotes.Add((opened, i));
                opened = -1;
            }
        }

        return quotes;
    }
}
