using System.CommandLine;
using System.Globalization;
using SocialHub.Tests.Moderation.Disguises;
using SocialHub.Tests.Moderation.Measured;
using Answer = SocialHub.Benchmarks.Moderation.ModerateProcess.Answer;

namespace SocialHub.Benchmarks.Moderation;

/// <summary>
/// What moderation catches and what it wrongly stops, through the command <c>moderate</c>. Stopped is held or rejected.
/// Files are given by path, since none of them is ours; what is made here is made from a seed.
/// </summary>
internal static class ModerationMeasure
{
    private const int Seed = 20261128;
    private const int DisguisesEach = 200;
    private const int PersonalEach = 20;

    private static readonly Option<FileInfo?> Cases = File("--cases", "Functional cases, tab-separated: functionality, label, text.");
    private static readonly Option<FileInfo?> Dictionary = File("--dictionary", "Words, one a line.");
    private static readonly Option<FileInfo?> Communes = File("--communes", "Names of communes: one a line, or communes.json of @etalab/decoupage-administratif.");
    private static readonly Option<FileInfo?> Prose = File("--prose", "Ordinary civic prose, one passage a line.");
    private static readonly Option<FileInfo?> Details = File("--details", "Where to write what was judged otherwise than it should be (never of the cases that are kept out).");
    private static readonly Option<FileInfo?> Made = File("--made", "Where to write the disguised insults and their controls, tab-separated.");
    private static readonly Option<int> SeedOption = new("--seed") { Description = "Another seed for what is made.", DefaultValueFactory = _ => Seed };

    public static Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("What moderation catches and what it wrongly stops, through `moderate`.") { Cases, Dictionary, Communes, Prose, Details, Made, SeedOption };
        command.SetAction(parsed => MeasureAsync(parsed, string.Join(' ', args)));
        return command.Parse(args).InvokeAsync();
    }

    private static Option<FileInfo?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static async Task<int> MeasureAsync(ParseResult parsed, string arguments)
    {
        var figures = new Figures();
        var dictionary = parsed.GetValue(Dictionary) is { } words ? await DictionaryAsync(words.FullName, figures) : [];
        if (parsed.GetValue(Communes) is { } communes) await CommunesAsync(communes.FullName, figures);
        if (parsed.GetValue(Cases) is { } cases) await CasesAsync(cases.FullName, figures);
        if (parsed.GetValue(Prose) is { } prose) await ProseAsync(prose.FullName, figures);
        await DisguisesAsync(DisguisedTexts.Make(parsed.GetValue(SeedOption), DisguisesEach, dictionary), parsed.GetValue(Made)?.FullName, figures);
        await RejectedAsync("harmless swearing without a target", [.. Lines(Path.Combine(AppContext.BaseDirectory, "Moderation", "Measured", "swearing.txt"))], figures);
        await RejectedAsync("quotations that condemn", [.. CondemnedQuotations.All()], figures);
        await PersonalAsync(new PersonalData(parsed.GetValue(SeedOption)), figures);

        Machine.Describe("What moderation stops", $"moderation {arguments}");
        figures.Print(Console.Out);
        if (parsed.GetValue(Details) is { } details) await figures.WriteDetailsAsync(details.FullName);
        return 0;
    }

    private static IEnumerable<string> Lines(string path) => System.IO.File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#');

    // The words that are harmless so far: what the signed list holds and what is stopped by itself makes no control.
    private static async Task<IReadOnlyCollection<string>> DictionaryAsync(string path, Figures figures)
    {
        var words = Lines(path).Distinct(StringComparer.Ordinal).ToList();
        var (alone, addressed) = (new List<string>(), new List<string>());
        foreach (var (measure, sentence, stopped) in new[] { ("alone in a sentence", DictionaryInsults.Alone, alone), ("after \"Vous êtes\"", DictionaryInsults.Addressed, addressed) })
        {
            var texts = words.ConvertAll(word => sentence.Replace("{0}", word, StringComparison.Ordinal));
            var answers = await ModerateProcess.JudgeAsync(texts);
            var signed = DictionaryInsults.Read(addressed: sentence == DictionaryInsults.Addressed);
            var hits = words.Index().Where(word => answers[word.Index].IsStopped).ToList();
            var unsigned = hits.Where(word => !signed.Contains(word.Item)).ToList();
            stopped.AddRange(hits.Select(word => word.Item));
            if (sentence == DictionaryInsults.Alone) figures.Count("dictionary words alone in a sentence, stopped outside the signed list", 0, unsigned.Count, words.Count);
            else figures.Beside($"dictionary words {measure}, stopped outside the signed list", unsigned.Count, words.Count);
            figures.Beside($"dictionary words {measure}, stopped", hits.Count, words.Count);
            figures.Detail($"dictionary words {measure}, stopped outside the signed list", unsigned.Select(word => $"{word.Item}\t{answers[word.Index].Describe(texts[word.Index])}"));
            figures.Detail($"dictionary words {measure}, stopped and signed", hits.Except(unsigned).Select(word => $"{word.Item}\t{answers[word.Index].Describe(texts[word.Index])}"));
        }

        var insults = DictionaryInsults.Read(addressed: true);
        var notStopped = insults.Where(word => !addressed.Contains(word)).Order(StringComparer.Ordinal).ToList();
        figures.Detail("signed insults of the dictionary that are not stopped after \"Vous êtes\"", notStopped);
        var harmful = insults.Concat(alone).Concat(addressed).ToHashSet(StringComparer.Ordinal);
        return [.. words.Where(word => word.Length > 2 && !harmful.Contains(word))];
    }

    private static async Task CommunesAsync(string path, Figures figures)
    {
        var names = DictionaryInsults.Communes(path);
        var texts = names.Select(name => DictionaryInsults.Commune.Replace("{0}", name, StringComparison.Ordinal)).ToList();
        var answers = await ModerateProcess.JudgeAsync(texts);
        figures.Count("commune names in a sentence, stopped", 2, answers.Count(answer => answer.IsStopped), names.Count);
        Stopped("communes, stopped", texts, answers, figures);
    }

    private static async Task CasesAsync(string path, Figures figures)
    {
        var cases = FunctionalCase.Read(path);
        var answers = await ModerateProcess.JudgeAsync([.. cases.Select(c => c.Text)]);
        var judged = cases.Select((c, i) => (Case: c, answers[i].IsStopped, c.IsKeptOut, Answer: answers[i])).ToList();
        foreach (var (suffix, part) in new[] { ("all", judged), ("developed on", judged.Where(j => !j.IsKeptOut).ToList()), ("kept out", judged.Where(j => j.IsKeptOut).ToList()) })
        {
            var hateful = part.Where(j => j.Case.IsHateful).ToList();
            var harmless = part.Where(j => !j.Case.IsHateful).ToList();
            var threats = hateful.Where(j => j.Case.Functionality.StartsWith("threat", StringComparison.Ordinal)).ToList();
            var spelling = hateful.Where(j => j.Case.Functionality.StartsWith("spell", StringComparison.Ordinal)).ToList();
            figures.AtLeast($"functional cases, hateful stopped, {suffix}", .65, hateful.Count(j => j.IsStopped), hateful.Count);
            figures.AtMost($"functional cases, harmless stopped, {suffix}", .15, harmless.Count(j => j.IsStopped), harmless.Count);
            figures.AtLeast($"threats in them, {suffix}", .85, threats.Count(j => j.IsStopped), threats.Count);
            figures.AtLeast($"spelling disguises in them, {suffix}", .60, spelling.Count(j => j.IsStopped), spelling.Count);
        }

        figures.Table("Functional cases: share stopped", ["functionality", "hateful", "developed on", "n", "kept out", "n"], judged.GroupBy(j => j.Case.Functionality).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            var (tuned, kept) = (g.Where(j => !j.IsKeptOut).ToList(), g.Where(j => j.IsKeptOut).ToList());
            return new[] { g.Key, g.First().Case.IsHateful ? "yes" : "no", ShareOf(tuned.Count(j => j.IsStopped), tuned.Count), Number(tuned.Count), ShareOf(kept.Count(j => j.IsStopped), kept.Count), Number(kept.Count) };
        }));
        figures.Detail("functional cases developed on: hateful, missed", judged.Where(j => j.Case.IsHateful && !j.IsStopped && !j.IsKeptOut).Select(j => $"{j.Case.Functionality}\t{j.Case.Text}"));
        figures.Detail("functional cases developed on: harmless, stopped", judged.Where(j => !j.Case.IsHateful && j.IsStopped && !j.IsKeptOut).Select(j => $"{j.Case.Functionality}\t{j.Case.Text}\t{j.Answer.Describe(j.Case.Text)}"));
    }

    private static async Task ProseAsync(string path, Figures figures)
    {
        var texts = Lines(path).ToList();
        var answers = await ModerateProcess.JudgeAsync(texts);
        figures.AtMost("civic prose, passages stopped", .001, answers.Count(answer => answer.IsStopped), texts.Count);
        // A link is held wherever no hub.json allows its domain, as here.
        figures.Beside("civic prose, passages stopped by another rule than those of links", answers.Count(answer => answer.IsStopped && answer.Findings.Any(f => f.Class != "links")), texts.Count);
        figures.Beside("civic prose, passages stopped by words, threats or personal data", answers.Count(answer => answer.IsStopped && answer.Findings.Any(f => f.Class is "insult" or "hate" or "threat" or "personal-data")), texts.Count);
        figures.Table("Civic prose: passages stopped by rule", ["rule", "passages", "rejected"], answers.Where(answer => answer.IsStopped)
            .SelectMany(answer => answer.Findings.Select(f => f.Rule).Distinct(StringComparer.Ordinal).Select(rule => (rule, answer))).GroupBy(hit => hit.rule)
            .OrderByDescending(g => g.Count()).Select(g => new[] { g.Key, Number(g.Count()), Number(g.Count(hit => hit.answer.IsRejected)) }));
        Stopped("civic prose, stopped", texts, answers, figures);
    }

    private static async Task DisguisesAsync(IReadOnlyList<DisguisedText> texts, string? made, Figures figures)
    {
        if (made is not null)
        {
            await System.IO.File.WriteAllLinesAsync(made, texts.Select(t => $"{(t.IsControl ? "control" : "insult")}\t{string.Join('+', t.Kinds)}\t{t.Word}\t{t.Text}"));
        }

        var answers = await ModerateProcess.JudgeAsync([.. texts.Select(t => t.Text)]);
        var plain = await ModerateProcess.JudgeAsync([.. texts.Select(t => t.Plain)]);
        var judged = texts.Select((t, i) => new Disguised(t, answers[i], plain[i].IsStopped)).ToList();
        var insults = judged.Where(d => !d.Text.IsControl).ToList();
        var controls = judged.Where(d => d.Text.IsControl).ToList();
        // A word that no rule stops as it is cannot be found behind a disguise, and a control that is stopped as it is says little about disguises: both are told apart.
        // The goal is for all controls, since whoever writes such a word is stopped.
        var known = insults.Where(d => d.PlainStopped).ToList();
        var harmless = controls.Where(d => !d.PlainStopped).ToList();
        figures.AtLeast("made disguises, all", .95, insults.Count(d => d.Answer.IsStopped), insults.Count);
        figures.AtLeast("made disguises of words that are stopped undisguised", .95, known.Count(d => d.Answer.IsStopped), known.Count);
        figures.AtMost("controls of them, all", .005, controls.Count(d => d.Answer.IsStopped), controls.Count);
        figures.Beside("controls that pass undisguised, stopped", harmless.Count(d => d.Answer.IsStopped), harmless.Count);
        figures.Beside("controls that are stopped undisguised", controls.Count - harmless.Count, controls.Count);

        static string[] Row(string name, List<Disguised> hits, List<Disguised> others) =>
        [
            name, ShareOf(hits.Count(d => d.Answer.IsStopped), hits.Count), Number(hits.Count), ShareOf(hits.Count(d => d.PlainStopped && d.Answer.IsStopped), hits.Count(d => d.PlainStopped)), Number(hits.Count(d => d.PlainStopped)),
            PercentOf(others.Count(d => d.Answer.IsStopped), others.Count), Number(others.Count),
        ];

        string[] columns = ["disguise", "stopped", "n", "stopped, of those stopped undisguised", "n", "controls stopped", "n"];
        figures.Table("Made disguises, one kind at a time", columns, Enum.GetValues<DisguiseKind>().Select(kind =>
            Row(kind.ToString(), [.. insults.Where(d => d.Text.Kinds.Count == 1 && d.Text.Kinds[0] == kind)], [.. controls.Where(d => d.Text.Kinds.Count == 1 && d.Text.Kinds[0] == kind)])));
        figures.Table("Made disguises, each kind among two or three", columns, Enum.GetValues<DisguiseKind>().Select(kind =>
            Row(kind.ToString(), [.. insults.Where(d => d.Text.Kinds.Count > 1 && d.Text.Kinds.Contains(kind))], [.. controls.Where(d => d.Text.Kinds.Count > 1 && d.Text.Kinds.Contains(kind))])));
        figures.Table("Made disguises by how many kinds at once", columns, Enumerable.Range(1, 3).Select(count =>
            Row(Number(count), [.. insults.Where(d => d.Text.Kinds.Count == count)], [.. controls.Where(d => d.Text.Kinds.Count == count)])));

        figures.Table("Insults that are not stopped undisguised", ["stopped", "words"],
        [
            ["in none", Join(insults.GroupBy(d => d.Text.Word).Where(g => g.All(d => !d.PlainStopped)).Select(g => g.Key))],
            ["in some only", Join(insults.GroupBy(d => d.Text.Word).Where(g => g.Any(d => !d.PlainStopped) && g.Any(d => d.PlainStopped)).Select(g => g.Key))],
        ]);
        figures.Detail("insults that are not stopped undisguised, in at least one sentence", insults.Where(d => !d.PlainStopped).Select(d => d.Text.Plain).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        figures.Detail("disguised insults, missed though stopped undisguised", known.Where(d => !d.Answer.IsStopped).Select(d => $"{string.Join('+', d.Text.Kinds)}\t{d.Text.Word}\t{d.Text.Text}"));
        figures.Detail("controls, stopped", controls.Where(d => d.Answer.IsStopped).Select(d => $"{string.Join('+', d.Text.Kinds)}\t{d.Text.Word}\t{d.Text.Text}\t{d.Answer.Describe(d.Text.Text)}"));
        figures.Detail("controls that are stopped undisguised", controls.Where(d => d.PlainStopped).Select(d => d.Text.Plain).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static async Task RejectedAsync(string measure, IReadOnlyList<string> texts, Figures figures)
    {
        var answers = await ModerateProcess.JudgeAsync(texts);
        figures.Count($"{measure}, rejected", 0, answers.Count(answer => answer.IsRejected), texts.Count);
        figures.Beside($"{measure}, held", answers.Count(answer => answer is { IsStopped: true, IsRejected: false }), texts.Count);
        Stopped($"{measure}, stopped", texts, answers, figures);
    }

    private static async Task PersonalAsync(PersonalData data, Figures figures)
    {
        var hub = Path.Combine(Directory.CreateTempSubdirectory("socialhub-measure-").FullName, "hub.json");
        try
        {
            await System.IO.File.WriteAllTextAsync(hub, PersonalData.HubFile);
            var personal = data.Personal(PersonalEach).ToList();
            var alike = data.LookAlikes(PersonalEach).ToList();
            var found = await ModerateProcess.JudgeAsync([.. personal.Select(p => p.Text)], hub);
            var stopped = await ModerateProcess.JudgeAsync([.. alike.Select(p => p.Text)], hub);
            // Stopped for another reason is not found.
            var hits = personal.Select((p, i) => (Datum: p, Found: found[i].Findings.Any(f => f.Class == "personal-data"))).ToList();
            var alarms = alike.Select((p, i) => (Datum: p, Answer: stopped[i])).ToList();
            figures.AtLeast("personal data with disguises", .95, hits.Count(h => h.Found), hits.Count);
            figures.AtLeast("of it, written plainly", .95, hits.Count(h => h.Found && h.Datum.Way == "plain"), hits.Count(h => h.Datum.Way == "plain"));
            figures.AtMost("look-alikes of personal data", .01, alarms.Count(a => a.Answer.IsStopped), alarms.Count);
            var elsewhere = alarms.Where(a => a.Datum.What != "town-hall").ToList();
            figures.Beside("of them, without the town hall's own numbers and addresses", elsewhere.Count(a => a.Answer.IsStopped), elsewhere.Count);
            figures.Table("Personal data: share found", ["data", "found", "n"], hits.GroupBy(h => h.Datum.What).Select(g => new[] { g.Key, ShareOf(g.Count(h => h.Found), g.Count()), Number(g.Count()) }));
            figures.Table("Personal data: share found by the way it is written", ["way", "found", "n"], hits.GroupBy(h => (h.Datum.What == "email" ? "email: " : h.Datum.What is "mobile" or "landline" or "overseas" or "international" ? "phone: " : "number: ") + h.Datum.Way)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new[] { g.Key, ShareOf(g.Count(h => h.Found), g.Count()), Number(g.Count()) }));
            figures.Table("Look-alikes: share stopped", ["look-alike", "stopped", "n"], alarms.GroupBy(a => a.Datum.What).Select(g => new[] { g.Key, ShareOf(g.Count(a => a.Answer.IsStopped), g.Count()), Number(g.Count()) }));
            figures.Detail("personal data, missed", hits.Where(h => !h.Found).Select(h => $"{h.Datum.What}\t{h.Datum.Way}\t{h.Datum.Text}"));
            figures.Detail("look-alikes, stopped", alarms.Where(a => a.Answer.IsStopped).Select(a => $"{a.Datum.What}\t{a.Datum.Text}\t{a.Answer.Describe(a.Datum.Text)}"));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(hub)!, recursive: true);
        }
    }

    private static void Stopped(string heading, IReadOnlyList<string> texts, IReadOnlyList<Answer> answers, Figures figures) =>
        figures.Detail(heading, texts.Index().Where(text => answers[text.Index].IsStopped).Select(text => $"{answers[text.Index].Describe(text.Item)}\t{text.Item}"));

    private static string Join(IEnumerable<string> words) => string.Join(", ", words.Order(StringComparer.Ordinal));

    private static string ShareOf(int hits, int of) => of == 0 ? "–" : Figures.Share((double)hits / of);

    private static string PercentOf(int hits, int of) => of == 0 ? "–" : Figures.Percent((double)hits / of);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Disguised(DisguisedText Text, Answer Answer, bool PlainStopped);
}
