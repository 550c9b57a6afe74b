using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Rules;

namespace SocialHub.Benchmarks;

/// <summary>
/// The engine alone, from text to verdict and spans, on one thread: comments of 200 characters, with the lists as they are and with ten times the words,
/// what each rule costs, and the longest time that a text of 16,000 characters takes.
/// </summary>
internal static class EngineBenchmark
{
    private const int Characters = 200;
    private const int Rounds = 5;

    public static void Run(string? prose)
    {
        var comments = Comments(prose);
        var hub = new HubConfiguration();
        var rules = RuleCatalogue.All(new HubOptions().Times);
        var lexicon = Lexicon.BuiltIn;
        var engine = Engine(rules, lexicon);
        var larger = Engine(rules, WordLists.Load(more: Words(lexicon.Count * 9)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{comments.Count} comments of {Characters} characters, {lexicon.Count} words in the lists"));
        // In turns, so that what else the machine does falls on both.
        double best = 0, bestLarger = 0;
        for (var round = 0; round < Rounds; round++)
        {
            best = Math.Max(best, PerSecond(engine, hub, comments));
            bestLarger = Math.Max(bestLarger, PerSecond(larger, hub, comments));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"comments/s, one thread: {best:N0}; with ten times the words: {bestLarger:N0} (× {bestLarger / best:F2})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated: {Allocated(engine, hub, comments):N0} bytes a comment"));
        Console.WriteLine("\n| rule | µs a comment |\n|---|---|");
        foreach (var (rule, cost) in Costs(rules, hub, comments, 5)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {rule} | {cost:F2} |"));
        Console.WriteLine("\n| 16,000 characters of | ms | most of it in |\n|---|---|---|");
        foreach (var (name, text) in Worst()) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Slowest(engine, hub, text):F2} | {Costs(rules, hub, [text], 8).First().Rule} |"));
    }

    private static ModerationEngine Engine(IReadOnlyList<ModerationRule> rules, Lexicon lexicon) =>
        new(rules, lexicon, TimeSpan.FromSeconds(30), TimeProvider.System, NullLogger<ModerationEngine>.Instance);

    private static List<string> Comments(string? prose)
    {
        var text = prose is null
            ? string.Join(' ', Enumerable.Repeat("Merci pour la réouverture de la piscine, les nouveaux horaires du jeudi soir sont une bonne idée ! Le trottoir de la rue Nationale reste dangereux pour les poussettes, on attend depuis des mois.", 200))
            : File.ReadAllText(prose).ReplaceLineEndings(" ");
        var comments = new List<string>();
        for (var i = 0; i + Characters <= text.Length && comments.Count < 5_000; i += Characters) comments.Add(text.Substring(i, Characters));
        return comments;
    }

    // Words that nobody writes: a lexicon grows by words that most texts don't hold.
    private static IEnumerable<string> Words(int count)
    {
        var random = new Random(42);
        for (var i = 0; i < count; i++)
        {
            var word = new StringBuilder();
            var length = random.Next(5, 12);
            for (var c = 0; c < length; c++) word.Append((char)('a' + random.Next(26)));
            yield return word.ToString();
        }
    }

    private static double PerSecond(ModerationEngine engine, HubConfiguration hub, List<string> comments)
    {
        // The processor's time, so that what else the machine does is not counted.
        var count = 0;
        var start = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        while (clock.ElapsedMilliseconds < 1_000)
        {
            foreach (var comment in comments) engine.Judge(new(comment) { Name = "Camille" }, hub);
            count += comments.Count;
        }

        return count / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static double Allocated(ModerationEngine engine, HubConfiguration hub, List<string> comments)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var comment in comments) engine.Judge(new(comment) { Name = "Camille" }, hub);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)comments.Count;
    }

    // What several rules need is paid by the first that asks for it: the words by threat-words, the numbers by email.
    private static IEnumerable<(string Rule, double Microseconds)> Costs(IReadOnlyList<ModerationRule> rules, HubConfiguration hub, List<string> comments, int warm)
    {
        TimedRule[] timed = [.. rules.Select(rule => new TimedRule(rule))];
        var engine = Engine(timed, Lexicon.BuiltIn);
        for (var i = 0; i < warm; i++) foreach (var comment in comments) engine.Judge(new(comment) { Name = "Camille" }, hub);
        foreach (var rule in timed) rule.Ticks = 0;
        foreach (var comment in comments) engine.Judge(new(comment) { Name = "Camille" }, hub);
        return timed.Select(rule => (rule.Id, rule.Ticks * 1e6 / Stopwatch.Frequency / comments.Count)).OrderByDescending(pair => pair.Item2);
    }

    private sealed class TimedRule(ModerationRule rule) : ModerationRule
    {
        public long Ticks { get; set; }

        public override string Id => rule.Id;

        public override string FindingClass => rule.FindingClass;

        public override Verdict Verdict => rule.Verdict;

        public override Wording Reason => rule.Reason;

        public override void Judge(Reading reading, FindingSink findings)
        {
            var began = Stopwatch.GetTimestamp();
            rule.Judge(reading, findings);
            Ticks += Stopwatch.GetTimestamp() - began;
        }
    }

    // As a hub takes it that has been at work for a while: for a second the code that this text needs is compiled as it stays.
    private static double Slowest(ModerationEngine engine, HubConfiguration hub, string text)
    {
        const int Times = 15;
        var warm = Stopwatch.StartNew();
        while (warm.ElapsedMilliseconds < 1_000) engine.Judge(new(text), hub);
        var times = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            // The processor's time: see PerSecond.
            var start = Environment.CpuUsage.TotalTime;
            engine.Judge(new(text), hub);
            times.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
        }

        return times.Order().ElementAt(Times / 2);
    }

    private static IEnumerable<(string Name, string Text)> Worst()
    {
        foreach (var part in new[]
        {
            "a", "a ", "1", "1 ", "1 1,", "0 6.", "06,", "06 12 ", "connard ", "c o n n a r d ", "c.o.n.n.a.r.d.", "c0nn@rd ", "co nn ar d ", "jevaistetuer ", "lesfemmessont ", "je vais te ", "les femmes sont ",
            "c*nn*rd ", "«connard» ", "\"les juifs sont des rats\" ", "l'", "il faut les ", "les migrants ils sont ", "tuer les ", "http://a.fr ", "a@b.fr ", "@", "a.", "a-", "fr76 ", "\uFDFA", "ﷺ ", "é", "e\u0301", "c\u0301\u0302\u0303onnard ",
            "🅲🅾🅽 ", "ⲤⲟⲚ", "ⲤⲟⲚⲚⲁⲅԁ ", "con", "conn", "depute ", "enculeenculee ", "ta race de ", "!", "! a ", "arobase ", "zéro six ", "12 rue des ", "\uD800", "👏", "le maire est un ", "vous êtes une bande de ", "va donc ", "n'y a que des ",
            // What a search over all of Unicode and over phrases of the lists, grown from what was slowest, came to on 29 November 2026.
            "¼,", "½ ", "½ ,", "⑴", "🄁", "³,", "0'0'0'0'000'0'0'0'000'0'0'0'000'0'0'0'00", "[rivemont.fr](https://a.fr) ", "a-b.fr-c.fr.", "Signé le maire ", "né le 1.1.1980 ",
        })
        {
            yield return (part.Replace("|", "\\|", StringComparison.Ordinal), string.Concat(Enumerable.Repeat(part, (16_000 / part.Length) + 1))[..16_000]);
        }
    }
}
