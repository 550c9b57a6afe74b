using SocialHub.Moderation.Matching;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// The phrases of advertising. One that nobody writes for another purpose, or two different ones, with a link to another site are plain advertising,
/// which an authority may refuse without a person. Where a citizen may have written it, or warns of it, a person looks.
/// </summary>
public sealed class AdvertisingRule : ModerationRule
{
    public override string Id => "advertising-words";

    public override string FindingClass => FindingClasses.Advertising;

    public override Wording Reason { get; } = new("Le passage ressemble à de la publicité.", "The passage looks like advertising.");

    private static Wording Plain { get; } = new("Le texte fait de la publicité et renvoie vers un autre site.", "The text advertises and sends readers to another site.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        List<(FieldReading Field, LexiconHit Hit)>? found = null;
        foreach (var field in reading.Fields)
        {
            foreach (var hit in field.Hits)
            {
                if (hit.Entry.Class == FindingClass) (found ??= []).Add((field, hit));
            }
        }

        if (found is null) return;
        var outside = reading.Links.Any(link => link.Host is not { } host || !reading.Authority.Allows(host));
        // Whoever warns of a swindle quotes it. An advertiser who writes "no swindle" meets a person: that costs a look, the other mistake silences a citizen.
        var plain = outside && !IsWarning(reading);
        var two = found.Where(one => one.Hit.Verdict is Verdict.Hold).Select(one => one.Field.Plain.Text[one.Hit.Start..one.Hit.End].ToString()).Distinct(StringComparer.Ordinal).Count() > 1;
        foreach (var (field, hit) in found)
        {
            // "Un prêt d'argent" and "livraison gratuite" say something only beside a link.
            if (hit.Verdict is not Verdict.Reject && !outside) continue;
            var reject = plain && (hit.Verdict is Verdict.Reject || (two && hit.Verdict is Verdict.Hold));
            findings.Add(field, hit, reject ? Verdict.Reject : Verdict.Hold, reject ? Plain : Reason);
        }
    }

    private static bool IsWarning(Reading reading) => reading.Lexicon.Warnings is { } warnings && reading.Fields.Any(warnings.IsIn);
}
