using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Rules;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation;

/// <summary>One subject as the rules see it; what several rules need is worked out once, when the first asks.</summary>
public sealed class Reading
{
    private IReadOnlyList<Link>? _links;

    internal Reading(ModerationSubject subject, CompiledAuthority authority, Lexicon lexicon)
    {
        Subject = subject;
        Authority = authority;
        Lexicon = lexicon;
        Language = subject.Language ?? authority.Language;
        Text = new("text", subject.Text, this);
        Fields = (subject.Name, subject.Url) switch
        {
            (null or "", null or "") => [Text],
            ({ } name, null or "") => [Text, new("name", name, this)],
            (null or "", { } url) => [Text, new("url", url, this)],
            ({ } name, { } url) => [Text, new("name", name, this), new("url", url, this)],
        };
    }

    public ModerationSubject Subject { get; }

    public CompiledAuthority Authority { get; }

    public Lexicon Lexicon { get; }

    /// <summary>Of the reasons.</summary>
    public string Language { get; }

    /// <summary>The text itself.</summary>
    public FieldReading Text { get; }

    /// <summary>The text, then the name and the address where they were given.</summary>
    public IReadOnlyList<FieldReading> Fields { get; }

    /// <summary>Web addresses in all fields, those of allowed domains included.</summary>
    public IReadOnlyList<Link> Links => _links ??= LinkFinder.In(this);
}

/// <summary>One field of the subject.</summary>
public sealed class FieldReading
{
    private readonly Reading? _reading;
    private Normalised? _plain;
    private List<Word>? _words;
    private List<LexiconHit>? _hits;
    private Graphemes? _graphemes;
    private Normalised[]? _numbers;

    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="original">As written.</param>
    /// <param name="reading">What it belongs to; null: it stands alone, and no word list looks at it.</param>
    internal FieldReading(string name, string original, Reading? reading = null) => (Name, Original, _reading) = (name, original, reading);

    /// <summary><c>text</c>, <c>name</c> or <c>url</c>.</summary>
    public string Name { get; }

    public string Original { get; }

    /// <summary>The folded reading.</summary>
    public Normalised Plain => _plain ??= Normalised.Plain(Original);

    /// <summary>Words of <see cref="Plain"/>.</summary>
    public IReadOnlyList<Word> Words => WordList;

    internal List<Word> WordList => _words ??= Text.Words.In(Plain.Text);

    /// <summary>What the word lists found in it, less what the authority allows, and milder where it is quoted (<see cref="Quotation"/>).</summary>
    public IReadOnlyList<LexiconHit> Hits => _hits ??= FindHits();

    /// <summary>The readings in which numbers are looked for: none where none can be, the plain one, and the one without disguises where it says more.</summary>
    internal Normalised[] Numbers => _numbers ??= FindNumbers();

    /// <summary>True where the character at a place of <see cref="Plain"/> was written as a capital.</summary>
    internal bool IsCapital(int place) => char.IsUpper(Original[Plain.ToOriginal(place, place + 1).Start]);

    internal Graphemes Graphemes => _graphemes ??= new(Original);

    private Normalised[] FindNumbers()
    {
        var digits = DigitView.Of(Plain);
        if (digits is not null) return [Plain, digits];
        return Plain.Text.IndexOfAnyInRange('0', '9') >= 0 ? [Plain] : [];
    }

    private List<LexiconHit> FindHits()
    {
        if (_reading is null || string.Equals(Name, "url", StringComparison.Ordinal)) return [];
        var hits = _reading.Lexicon.Find(this);
        if (hits.Count == 0) return hits;
        _reading.Authority.Allowed?.TakeFrom(hits, this);
        Quotation.Temper(hits, this, _reading.Lexicon);
        return hits;
    }
}
