using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Matching;

/// <summary>
/// Reads the word lists of <c>Rules/Words</c>: one folder a language, tab-separated lines <c>forms, class, verdict, needs</c>, and behind them, where they say more, the verdict when said directly and the reason (<see cref="EntryReasons"/>).
/// Forms are separated by commas; <c>connard(e)(s)</c> writes optional ends, <c>[je/on]</c> alternatives, <c>&lt;harm&gt;</c> a set of <c>sets.tsv</c>,
/// a form that begins with <c>=</c> counts with exactly its accents, one that begins with <c>^</c> only where it opens a sentence, one that ends with <c>$</c> only where a sentence or a part of it ends behind it. Lines that begin with <c>#</c> are notes.
/// <c>groups.tsv</c> names groups of people, a line each: <c>kind, all of them, one of them</c>; what stands in the second cells is the set of its kind with an s behind it, what stands in the third that of the kind.
/// <c>targets.tsv</c> lists those whom words are said of, with <c>direct</c> for the person spoken to and <c>group</c> for the people that "ils" may be;
/// <c>exceptions.tsv</c> the names and phrases in which an entry is harmless, <c>warnings.tsv</c> the words of those who warn of advertising,
/// <c>speech.tsv</c> and <c>condemns.tsv</c> those of who quotes and condemns (<see cref="QuotationRole"/>), <c>ordinary.tsv</c> the words that are never read as others, <c>masked.tsv</c> those of which the first letter is enough behind certain words.
/// </summary>
internal static class WordLists
{
    private const string Folder = "Rules.Words.";

    private static readonly string[] NoEntries = [".sets.tsv", ".groups.tsv", ".targets.tsv", ".exceptions.tsv", ".warnings.tsv", ".ordinary.tsv", ".condemns.tsv", ".speech.tsv", ".common.tsv", ".masked.tsv"];

    // A part of a pattern that multiplies into more is a mistake of its writer.
    private const int MostForms = 20_000;

    // The most frequent word.
    private const int CommonWeight = 1_000_000;

    /// <summary>Reads all lists.</summary>
    /// <param name="more">Further words that hold a text: how long a longer list takes.</param>
    /// <param name="knowsOrdinary">False: for whoever looks for the words that <c>ordinary.tsv</c> should hold.</param>
    /// <param name="anchored">False: every phrase is looked for at every word, which finds the same and takes longer.</param>
    public static Lexicon Load(bool knowsOrdinary = true, IEnumerable<string>? more = null, bool anchored = true)
    {
        var common = Common();
        var lexicon = new Lexicon { Common = common, Reach = Reach.Capital, Exceptions = new() { Common = common, Reach = Reach.Sentence }, Warnings = new() { Common = common }, Quotations = new(common) };
        var ordinary = new HashSet<string>(StringComparer.Ordinal);
        var exception = new LexiconEntry(FindingClasses.Words, Verdict.Publish, Nearness.None);
        foreach (var language in EmbeddedTable.Names(Folder).GroupBy(name => name[Folder.Length..].Split('.')[0], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var sets = Sets(language);
            foreach (var line in Lines(language, "targets")) AddTargets(lexicon, NameOf(language.Key, "targets"), line, sets);
            foreach (var line in Lines(language, "exceptions")) Add(lexicon.Exceptions, NameOf(language.Key, "exceptions"), line[0], exception, sets);
            foreach (var line in Lines(language, "masked")) lexicon.AddMasked(Patterns(line[0]), Patterns(line[1]));
            foreach (var line in Lines(language, "ordinary")) ordinary.UnionWith(line[0].Split(", "));
            foreach (var line in Lines(language, "speech")) Add(lexicon.Quotations[QuotationWords.RoleOf(line, QuotationRole.Speech)], NameOf(language.Key, "speech"), line[0], exception, sets);
            foreach (var line in Lines(language, "condemns")) Add(lexicon.Quotations[QuotationWords.RoleOf(line, QuotationRole.Condemns)], NameOf(language.Key, "condemns"), line[0], exception, sets);
            foreach (var line in Lines(language, "warnings")) Add(lexicon.Warnings, NameOf(language.Key, "warnings"), line[0], exception, sets);

            foreach (var name in language.Order(StringComparer.Ordinal))
            {
                if (NoEntries.Any(end => name.EndsWith(end, StringComparison.Ordinal))) continue;
                foreach (var line in EmbeddedTable.Lines(name)) AddLine(lexicon, name, line, sets);
            }
        }

        foreach (var word in more ?? []) lexicon.Add([[word]], new(FindingClasses.Words, Verdict.Hold, Nearness.None));
        lexicon.Exceptions.Complete(disguised: false, anchored: anchored);
        lexicon.Warnings.Complete(disguised: false, anchored: anchored);
        lexicon.Quotations.Complete(anchored);
        return lexicon.Complete(disguised: true, knowsOrdinary ? ordinary : null, anchored);
    }

    // What a word costs as the sign that a phrase may stand here: the earlier in its list, the more texts hold it.
    private static Dictionary<string, int> Common()
    {
        var common = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in EmbeddedTable.Names(Folder).Where(name => name.EndsWith(".common.tsv", StringComparison.Ordinal)))
        {
            var place = 0;
            foreach (var word in EmbeddedTable.Lines(name).SelectMany(line => line[0].Split(", ")))
            {
                var folded = Normalised.Plain(word).Text.ToString();
                // One of two languages has the weight of where it is more frequent.
                common[folded] = Math.Max(common.GetValueOrDefault(folded), CommonWeight / ++place);
            }
        }

        return common;
    }

    /// <summary>Every form that a cell of the list stands for.</summary>
    internal static IEnumerable<string> Forms(string cell, IReadOnlyDictionary<string, string> sets) =>
        Patterns(cell).SelectMany(pattern => Expand(pattern, sets));

    /// <summary>The sets of a language by their names: those of <c>groups.tsv</c>, and those of <c>sets.tsv</c>, which may be made of them.</summary>
    internal static Dictionary<string, string> Sets(string language) =>
        Sets(EmbeddedTable.Names($"{Folder}{language}.").GroupBy(_ => language, StringComparer.Ordinal).Single());

    private static Dictionary<string, string> Sets(IGrouping<string, string> language) => Sets(language.Key, Lines(language, "groups"), Lines(language, "sets"));

    /// <summary>The sets that these lines of a language's <c>groups.tsv</c> and <c>sets.tsv</c> make.</summary>
    /// <exception cref="InvalidDataException">Two of them have one name: the second would take the place of the first, and nobody would see it.</exception>
    internal static Dictionary<string, string> Sets(string language, IEnumerable<string[]> groups, IEnumerable<string[]> named)
    {
        var sets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in groups)
        {
            AddTo(line[0] + "s", line[1]);
            if (line.Length > 2) AddTo(line[0], line[2]);
        }

        foreach (var line in named)
        {
            if (line.Length < 2) throw Wrong(NameOf(language, "sets"), line, "is not a name and words");
            if (!sets.TryAdd(line[0], line[1])) throw Wrong(NameOf(language, "sets"), line, $"has the name of another set, or of a kind of groups.tsv: {line[0]}");
        }

        return sets;

        void AddTo(string set, string words) => sets[set] = sets.TryGetValue(set, out var others) ? $"{others}, {words}" : words;
    }

    /// <summary>Adds those whom a line of <c>targets.tsv</c> names.</summary>
    /// <exception cref="InvalidDataException">Its second cell is neither empty nor <c>direct</c> nor <c>group</c>.</exception>
    internal static void AddTargets(Lexicon lexicon, string file, string[] line, IReadOnlyDictionary<string, string> sets)
    {
        var role = line.Length > 1 ? line[1] : "";
        if (role is not ("" or "direct" or "group")) throw Wrong(file, line, "names neither direct nor group");
        foreach (var word in Forms(line[0], sets)) lexicon.AddTarget(word, role == "direct", role == "group");
    }

    private static InvalidDataException Wrong(string file, string[] line, string what) => new($"{file}: '{string.Join('|', line)}' {what}.");

    private static string NameOf(string language, string file) => $"{Folder}{language}.{file}.tsv";

    // A language need not have every file.
    private static IEnumerable<string[]> Lines(IGrouping<string, string> language, string file) =>
        NameOf(language.Key, file) is var name && language.Contains(name, StringComparer.Ordinal) ? EmbeddedTable.Lines(name) : [];

    private static string[] Patterns(string cell) => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // The parts between spaces that stand in no bracket, each with all it stands for.
    private static List<IReadOnlyList<string>> Segments(string pattern, IReadOnlyDictionary<string, string> sets)
    {
        List<IReadOnlyList<string>> segments = [];
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= pattern.Length; i++)
        {
            if (i < pattern.Length && pattern[i] is '(' or '[') depth++;
            else if (i < pattern.Length && pattern[i] is ')' or ']') depth--;
            else if (i == pattern.Length || (pattern[i] == ' ' && depth == 0))
            {
                segments.Add(Expand(pattern[start..i], sets));
                start = i + 1;
            }
        }

        return segments;
    }

    private static void AddLine(Lexicon lexicon, string file, string[] line, Dictionary<string, string> sets)
    {
        if (line.Length < 4 || !FindingClasses.All.Contains(line[1], StringComparer.Ordinal) || !Enum.TryParse<Verdict>(line[2], ignoreCase: true, out var verdict)
            || !Enum.TryParse<Nearness>(line[3], ignoreCase: true, out var needs))
        {
            throw Wrong(file, line, "is not forms, class, verdict, needs");
        }

        var entry = new LexiconEntry(line[1], verdict, needs) { Reason = EntryReasons.For(line[1], file) };
        foreach (var cell in line.Skip(4).Where(cell => cell.Length > 0))
        {
            if (Enum.TryParse<Verdict>(cell, ignoreCase: true, out var direct)) entry = entry with { DirectVerdict = direct };
            else entry = entry with { Reason = EntryReasons.Find(cell) ?? throw new InvalidDataException($"{file}: '{cell}' is neither a verdict nor a reason.") };
        }

        Add(lexicon, file, line[0], entry, sets);
    }

    /// <summary>Adds the forms of a cell.</summary>
    /// <exception cref="InvalidDataException">A mark stands where it would be read as a letter: <c>=^mot</c> is written <c>^=mot</c>.</exception>
    internal static void Add(Lexicon lexicon, string file, string cell, LexiconEntry entry, IReadOnlyDictionary<string, string> sets)
    {
        foreach (var written in Patterns(cell))
        {
            var opens = written.StartsWith('^');
            var closes = written.EndsWith('$');
            var pattern = written[(opens ? 1 : 0)..^(closes ? 1 : 0)];
            if (pattern.AsSpan(pattern.StartsWith('=') ? 1 : 0).ContainsAny('^', '$', '=')) throw Wrong(file, [written], "holds ^, = or $ elsewhere than first, then, and last");
            if (!pattern.StartsWith('=')) lexicon.Add(Segments(pattern, sets), entry, opens: opens, closes: closes);
            else foreach (var form in Expand(pattern[1..], sets)) lexicon.Add([[form]], entry, Accented.Of(form), opens, closes);
        }
    }

    private static List<string> Expand(string pattern, IReadOnlyDictionary<string, string> sets)
    {
        List<string> forms = [""];
        var i = 0;
        while (i < pattern.Length)
        {
            List<string> choices;
            switch (pattern[i])
            {
                case '(':
                    choices = ["", .. Alternatives(Inside(pattern, ref i, '(', ')'), sets)];
                    break;
                case '[':
                    choices = Alternatives(Inside(pattern, ref i, '[', ']'), sets);
                    break;
                case '<':
                    var set = Inside(pattern, ref i, '<', '>');
                    choices = [.. Forms(sets.TryGetValue(set, out var cell) ? cell : throw new InvalidDataException($"No set is called {set}."), sets)];
                    break;
                default:
                    var next = pattern.AsSpan(i).IndexOfAny("([<");
                    var literal = next < 0 ? pattern[i..] : pattern.Substring(i, next);
                    choices = [literal];
                    i += literal.Length;
                    break;
            }

            if (forms.Count * choices.Count > MostForms) throw new InvalidDataException($"'{pattern}' stands for more than {MostForms} forms.");
            forms = [.. forms.SelectMany(form => choices.Select(choice => form + choice))];
        }

        return forms;
    }

    // Split at the slashes that stand in no inner bracket, each alternative written out in its turn.
    private static List<string> Alternatives(string inside, IReadOnlyDictionary<string, string> sets)
    {
        List<string> alternatives = [];
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= inside.Length; i++)
        {
            if (i < inside.Length && inside[i] is '(' or '[') depth++;
            else if (i < inside.Length && inside[i] is ')' or ']') depth--;
            else if (i == inside.Length || (inside[i] == '/' && depth == 0))
            {
                alternatives.AddRange(Expand(inside[start..i], sets));
                start = i + 1;
            }
        }

        return alternatives;
    }

    private static string Inside(string pattern, ref int i, char open, char close)
    {
        var depth = 0;
        for (var end = i; end < pattern.Length; end++)
        {
            if (pattern[end] == open) depth++;
            else if (pattern[end] == close && --depth == 0)
            {
                var inside = pattern[(i + 1)..end];
                i = end + 1;
                return inside;
            }
        }

        throw new InvalidDataException($"'{pattern}' has no {close}.");
    }
}
