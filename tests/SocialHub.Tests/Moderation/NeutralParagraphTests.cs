using CsCheck;
using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>
/// Whatever has nothing to do with a text makes nothing in it milder, before it or behind it, on a line of its own or on the same: the paragraphs are those of <c>neutral.txt</c>,
/// which hold what quotes, tells and condemns elsewhere, and the civic sentences. The texts are what is told, what hides in a quotation and what must be stopped.
/// </summary>
public sealed class NeutralParagraphTests
{
    private const int Seed = 20261129;
    private const int CivicEach = 8;

    // Of the texts and paragraphs, in the quick test.
    private const int Samples = 1_500;

    private static readonly string[] Classes = [FindingClasses.Words, FindingClasses.Insult, FindingClasses.Hate, FindingClasses.Threat, FindingClasses.PersonalData];

    private static readonly string[] Groups = [.. Lines("Proof", "groups.tsv").Select(line => line.Split('\t')).Where(line => line[0] == "fr").Select(line => line[1])];

    private static readonly string[] Own = [.. Lines("neutral.txt")];

    private static readonly string[] Civic = [.. Lines("civic-fr.txt").Concat(Lines("civic-en.txt")).Where(line => Judge.Everything(new(line)).Count == 0)];

    // What is quoted once more with a mark that nobody closes.
    private static readonly string[] Texts =
    [
        .. Lines("Quoted", "told.tsv").Concat(Lines("Quoted", "hidden.tsv")).Select((line, i) => Of(line, Groups[i % Groups.Length])),
        .. Lines("refused-fr.txt").Select(line => line.Split('\t')[0]),
        .. Lines("refused-fr.txt").Where((_, i) => i % 5 == 0).Select((line, i) => new[] { "« ", "\"", "\" ", "“", "„", "'", "<<" }[i % 7] + line.Split('\t')[0]),
    ];

    [Fact]
    public void Neutral_paragraphs_are_neutral() => Assert.DoesNotContain(Own, line => Judge.Everything(new(line)).Count > 0);

    [Fact]
    public void A_neutral_paragraph_beside_a_text_makes_nothing_in_it_milder()
    {
        var random = new Random(Seed);
        AssertNoMilder(Enumerable.Range(0, Samples).Select(_ => (Texts[random.Next(Texts.Length)], random.Next(2) == 0 ? Own[random.Next(Own.Length)] : Civic[random.Next(Civic.Length)])));
    }

    [Fact]
    [Trait("run", "thorough")]
    public void No_neutral_paragraph_beside_any_text_makes_anything_in_it_milder()
    {
        var random = new Random(Seed);
        AssertNoMilder(Texts.SelectMany(text => Own.Concat(random.GetItems(Civic, CivicEach)).Select(neutral => (text, neutral))));
    }

    [Fact]
    [Trait("run", "thorough")]
    public void Nor_does_one_behind_any_string() => Gen.Select(AnyText.Strings, Gen.OneOf(Gen.OneOf(Own), Gen.OneOf(Civic))).Sample((text, neutral) =>
        Assert.Empty(Milder(Judge.Everything(new(text)), text + "\n\n" + neutral, at: 0)), iter: 2_500);

    [Theory]
    [InlineData("Je me suis fait agresser par des sales arabes.", "Merci au facteur.", Verdict.Reject)]
    [InlineData("J'ai été insultée par ces sales gouines du deuxième.", "La gendarmerie tient une permanence le mardi.", Verdict.Reject)]
    [InlineData("« Mort aux juifs » disait mon oncle.", "Le prix de la cantine est scandaleux.", Verdict.Hold)]
    [InlineData("« Je vais te tuer", "Le film « Amélie » passe jeudi.", Verdict.Reject)]
    [InlineData("\"Je vais te tuer", "Le film \"Amélie\" passe jeudi.", Verdict.Reject)]
    [InlineData("\"Je vais te tuer", "Le film \" Amélie \" passe jeudi.", Verdict.Reject)]
    [InlineData("“Je vais te tuer", "Le film “Amélie” passe jeudi.", Verdict.Reject)]
    [InlineData("'Je vais te tuer", "Les p'tits déj' reprennent.", Verdict.Reject)]
    public void Neither_places_nor_trades_nor_marks_elsewhere_excuse_what_was_said(string text, string neutral, Verdict verdict) =>
        Assert.All(Beside(text, neutral), both => Assert.Equal(verdict, Judge.Text(both.Text).Verdict));

    private static void AssertNoMilder(IEnumerable<(string Text, string Neutral)> pairs)
    {
        var milder = pairs.ToLookup(pair => pair.Text, pair => pair.Neutral).AsParallel().SelectMany(Milder).Take(20).ToList();
        Assert.True(milder.Count == 0, string.Join('\n', milder));
    }

    private static IEnumerable<string> Milder(IGrouping<string, string> pair)
    {
        foreach (var text in new[] { pair.Key, Ended(pair.Key) }.Distinct(StringComparer.Ordinal))
        {
            var findings = Judge.Everything(new(text));
            foreach (var both in pair.SelectMany(neutral => Beside(text, neutral)))
            {
                if (both.IsSameLine && text != Ended(text)) continue;
                foreach (var one in Milder(findings, both.Text, both.At)) yield return one;
            }
        }
    }

    // A phrase may go on into the paragraph behind: what was found is still found, as severe as before. One before may name a group or an official whom the text means, so that another rule finds it.
    private static IEnumerable<string> Milder(IReadOnlyList<Finding> findings, string text, int at)
    {
        var all = Judge.Everything(new(text));
        return findings.Where(finding => finding.Verdict > Verdict.Publish && Classes.Contains(finding.Class) && !all.Any(other => other.Verdict >= finding.Verdict
            && (at > 0 ? Classes.Contains(other.Class) : other.Rule == finding.Rule && other.Field == finding.Field && other.Start <= finding.Start && other.Start + other.Length >= finding.Start + finding.Length)))
            .Select(finding => $"{finding.Rule} {finding.Verdict}: {text}");
    }

    private static IEnumerable<(string Text, int At, bool IsSameLine)> Beside(string text, string neutral)
    {
        var before = Ended(neutral);
        return [($"{text}\n\n{neutral}", 0, false), ($"{neutral}\n\n{text}", neutral.Length + 2, false), ($"{Ended(text)} {neutral}", 0, true), ($"{before} {text}", before.Length + 1, true)];
    }

    // On the same line only a full stop says that something else begins.
    private static string Ended(string text) => text.TrimEnd(' ', '»', '”', '"', '\'', ')')[^1] is '.' or '!' or '?' or '…' ? text : text + ".";

    private static string Of(string line, string group)
    {
        var text = line.Replace("{groupe}", group, StringComparison.Ordinal);
        var first = text.AsSpan().IndexOfAnyExcept("«\"' ");
        return text[..first] + char.ToUpperInvariant(text[first]) + text[(first + 1)..];
    }

    private static IEnumerable<string> Lines(params string[] path) =>
        File.ReadLines(Path.Combine([AppContext.BaseDirectory, "Moderation", .. path])).Where(line => line.Length > 0 && line[0] != '#');
}
