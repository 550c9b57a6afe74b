using System.Globalization;
using System.Text;

namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>
/// Disguised insults in short sentences, and beside each one a control: a harmless word of about the same length, disguised in
/// the same kinds, in the same sentence. The same seed and dictionary make the same texts.
/// </summary>
public static class DisguisedTexts
{
    private static readonly string[] OneMan = ["Le maire est un {0}.", "Tu es un vrai {0}.", "Monsieur le maire, vous êtes un {0}.", "Cet adjoint est un {0}, tout le monde le sait.", "Va donc répondre aux gens, {0} !", "Quel {0}, ce conseiller."];
    private static readonly string[] OneWoman = ["La maire est une {0}.", "Tu es une vraie {0}.", "Madame la maire, vous êtes une {0}.", "Cette adjointe est une {0}, tout le monde le sait.", "Va donc répondre aux gens, {0} !", "Quelle {0}, cette conseillère."];
    private static readonly string[] Several = ["Les élus sont des {0}.", "Vous êtes tous des {0}.", "Ces gens de la mairie, quels {0}.", "À la mairie il n'y a que des {0}.", "Rentrez chez vous, {0} !"];
    private static readonly string[] OneEnglish = ["The mayor is a {0}.", "You are a {0}.", "Get out of our town, you {0}!", "That councillor is a {0}, everybody knows it."];
    private static readonly string[] SeveralEnglish = ["These councillors are {0}.", "You are all {0}.", "Nothing but {0} at the town hall."];

    /// <summary>Insults and slurs; see <c>insults.tsv</c>.</summary>
    public static IReadOnlyList<Insult> Insults { get; } = [.. Lines("insults.tsv").Select(line => line.Split('\t')).Select(parts => new Insult(parts[0], parts[1], parts[2], parts[3] == "hard"))];

    /// <summary>Harmless words that are near an insult.</summary>
    public static IReadOnlyList<string> Neighbours { get; } = [.. Lines("neighbours.txt")];

    /// <summary>Makes <paramref name="each"/> insults and as many controls of each kind alone, and ten times as many with two and with three kinds.</summary>
    /// <param name="dictionary">Harmless words, among which the controls are chosen by length beside the neighbours; may be empty.</param>
    public static IReadOnlyList<DisguisedText> Make(int seed, int each, IReadOnlyCollection<string> dictionary)
    {
        var disguiser = new Disguiser(seed);
        var controls = new Controls(dictionary, disguiser);
        var texts = new List<DisguisedText>();
        foreach (var kind in Enum.GetValues<DisguiseKind>())
        {
            for (var i = 0; i < each; i++) Add(texts, disguiser, controls, () => [kind]);
        }

        foreach (var count in new[] { 2, 3 })
        {
            for (var i = 0; i < each * 10; i++) Add(texts, disguiser, controls, () => disguiser.Kinds(count));
        }

        return texts;
    }

    /// <summary>Letters and digits alone, in lower case and without marks.</summary>
    public static string Folded(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKD).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static void Add(List<DisguisedText> texts, Disguiser disguiser, Controls controls, Func<DisguiseKind[]> kinds)
    {
        while (true)
        {
            var insult = disguiser.One(Insults);
            var plural = disguiser.One([false, true]);
            var chosen = kinds();
            var carrier = disguiser.One(Carriers(insult.Gender, plural));
            if (Of(insult.Form(plural), carrier, chosen, false, disguiser) is not { } text) continue;
            texts.Add(text);
            texts.Add(Control(text, carrier, controls, disguiser));
            return;
        }
    }

    private static DisguisedText Control(DisguisedText insult, string carrier, Controls controls, Disguiser disguiser)
    {
        while (true)
        {
            // "cone" with a letter doubled is no control any more.
            if (Of(controls.One(insult.Word.Split(' ')[^1].Length), carrier, insult.Kinds, true, disguiser) is { } text && !controls.IsInsult(text.Written)) return text;
        }
    }

    private static DisguisedText? Of(string word, string carrier, IReadOnlyList<DisguiseKind> kinds, bool control, Disguiser disguiser)
    {
        // Of several words the last is disguised, as people do: "fils de p*u*t*e".
        var last = word.LastIndexOf(' ') + 1;
        if (disguiser.Disguise(word[last..], kinds) is not { } disguised) return null;
        var written = word[..last] + disguised;
        return new(string.Format(CultureInfo.InvariantCulture, carrier, written), string.Format(CultureInfo.InvariantCulture, carrier, word), word, written, kinds, control);
    }

    private static string[] Carriers(string gender, bool plural) => (gender, plural) switch
    {
        ("en", false) => OneEnglish,
        ("en", true) => SeveralEnglish,
        (_, true) => Several,
        ("m", _) => OneMan,
        _ => OneWoman,
    };

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", "Disguises", file)).Where(line => line.Length > 0 && line[0] != '#');

    private sealed class Controls(IReadOnlyCollection<string> dictionary, Disguiser disguiser)
    {
        private readonly HashSet<string> _insults = [.. Insults.SelectMany(insult => new[] { insult.One, insult.Several }).Select(Folded)];
        private readonly ILookup<int, string> _neighbours = Neighbours.ToLookup(word => word.Length);
        private readonly Dictionary<int, string[]> _words = dictionary.GroupBy(word => word.Length).ToDictionary(group => group.Key, group => group.ToArray());

        public string One(int length)
        {
            if (disguiser.One([false, true]) && _words.TryGetValue(length, out var words)) return disguiser.One(words);
            for (var other = length; ; other = other > 12 ? 4 : other + 1)
            {
                if (_neighbours[other].ToArray() is { Length: > 0 } near) return disguiser.One(near);
            }
        }

        public bool IsInsult(string written) => _insults.Contains(Folded(written));
    }
}
