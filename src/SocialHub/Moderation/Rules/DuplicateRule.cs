namespace SocialHub.Moderation.Rules;

/// <summary>
/// The same text again, or nearly: by the same author, by others when it is long enough that nobody writes it twice by chance.
/// "Merci !" under several pages is no repetition, least of all from an address that a whole library shares.
/// Comments between two equal ones don't hide them (A, B, A).
/// </summary>
public sealed class DuplicateRule : ModerationRule
{
    /// <summary>
    /// Likeness from which two texts are nearly the same (<see cref="Fingerprint.Likeness"/>): ten of sixteen bands, which a text with a word or two exchanged has
    /// and two texts with a formula in common have not.
    /// </summary>
    public const double NearlyTheSame = 0.625;

    /// <summary>Fewer letters and digits are anybody's words, however many write them and however often under other pages: "Merci beaucoup !".</summary>
    public const int FewestOfMany = 16;

    /// <summary>So many others who wrote a short text before, under more than this page, are a campaign.</summary>
    public const int MostOthers = 2;

    /// <summary>At most so many earlier comments are compared.</summary>
    public const int MostCompared = 500;

    public override string Id => "duplicate";

    public override string FindingClass => FindingClasses.Duplicate;

    public override RuleNeeds Needs => RuleNeeds.Recent;

    public override Wording Reason { get; } = new("Le même texte a déjà été envoyé.", "The same text was sent before.");

    private static Wording Nearly { get; } = new("Un texte presque identique a déjà été envoyé.", "A nearly identical text was sent before.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        if (reading.Subject.Recent is not { } recent) return;
        var own = Fingerprint.Of(reading.Text.Plain, recent.Key);
        var letters = Letters(reading.Text.Plain.Text);
        var nearly = false;
        var (others, elsewhere) = (0, false);
        for (var i = Math.Max(0, recent.Comments.Count - MostCompared); i < recent.Comments.Count; i++)
        {
            var earlier = recent.Comments[i];
            if (!own.HasBands && !earlier.SameAuthor && string.Equals(own.Exact, earlier.Fingerprint.Exact, StringComparison.Ordinal))
            {
                others++;
                elsewhere |= !earlier.SameThread;
            }

            var likeness = own.Likeness(earlier.Fingerprint);
            if (likeness < NearlyTheSame || !(own.HasBands || (earlier.SameAuthor && (earlier.SameThread || letters >= FewestOfMany)))) continue;
            if (string.Equals(own.Exact, earlier.Fingerprint.Exact, StringComparison.Ordinal))
            {
                findings.AddWhole();
                return;
            }

            nearly = true;
        }

        if (others >= MostOthers && elsewhere && letters >= FewestOfMany) findings.AddWhole();
        else if (nearly) findings.AddWhole(reason: Nearly);
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
        {
            if (Text.Words.IsLetterOrDigit(c)) letters++;
        }

        return letters;
    }
}
