using SocialHub.Moderation.Matching;

namespace SocialHub.Moderation;

/// <summary>Gathers what the rules say, with spans widened to whole characters of the original.</summary>
public sealed class FindingSink
{
    private const int MostLookedAt = 200;

    private readonly Reading _reading;
    private readonly List<Finding> _findings = [];
    private ModerationRule? _rule;

    internal FindingSink(Reading reading) => _reading = reading;

    internal IReadOnlyList<Finding> All => _findings;

    internal int Count => _findings.Count;

    /// <summary>A finding about what the word lists met.</summary>
    public void Add(FieldReading field, LexiconHit hit, Verdict? verdict = null, Wording? reason = null)
    {
        var (from, to) = field.Plain.ToOriginal(hit.Start, hit.End);
        AddOriginal(field, from, to, verdict ?? hit.Verdict, reason ?? hit.Entry.Reason?.Wording, hit.View);
        _findings[^1] = _findings[^1] with { Code = hit.Entry.Reason?.Code };
    }

    /// <summary>A finding about a span of a field's plain reading, or of another one, which then says nothing again that the rule said of the same place.</summary>
    public void Add(FieldReading field, int start, int end, Verdict? verdict = null, Wording? reason = null, Text.Normalised? view = null)
    {
        var (from, to) = (view ?? field.Plain).ToOriginal(start, end);
        if (view is null || ReferenceEquals(view, field.Plain)) AddOriginal(field, from, to, verdict, reason);
        else if (!Said(field, from, to)) AddOriginal(field, from, to, verdict, reason, view.View);
    }

    /// <summary>A finding about a span of a field as it was written.</summary>
    public void AddOriginal(FieldReading field, int start, int end, Verdict? verdict = null, Wording? reason = null, string view = "plain")
    {
        var (from, to) = start == end ? (start, end) : field.Graphemes.Widen(start, end);
        var rule = _rule!;
        _findings.Add(new(rule.Id, rule.FindingClass, verdict ?? rule.Verdict, from, to - from, view, (reason ?? rule.Reason).In(_reading.Language)) { Field = field.Name });
    }

    /// <summary>A finding about the whole.</summary>
    public void AddWhole(Verdict? verdict = null, Wording? reason = null) =>
        _findings.Add(new(_rule!.Id, _rule.FindingClass, verdict ?? _rule.Verdict, 0, 0, "plain", (reason ?? _rule.Reason).In(_reading.Language)));

    /// <summary>True when the rule that speaks has a finding that touches this span of the original.</summary>
    internal bool Said(FieldReading field, int start, int end)
    {
        // A text made of addresses would be looked through once for each of them; beyond that far back one may be said twice.
        var last = Math.Max(0, _findings.Count - MostLookedAt);
        for (var i = _findings.Count - 1; i >= last && ReferenceEquals(_findings[i].Rule, _rule!.Id); i--)
        {
            if (_findings[i].Start < end && start < _findings[i].Start + _findings[i].Length && string.Equals(_findings[i].Field, field.Name, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    internal void For(ModerationRule rule) => _rule = rule;

    internal void AddUnchecked(ModerationRule rule) =>
        _findings.Add(new(rule.Id, FindingClasses.Unchecked, Verdict.Hold, 0, 0, "plain", ModerationEngine.UncheckedReason.In(_reading.Language)));

    internal Judgement ToJudgement()
    {
        if (_findings.Count == 0) return new(Verdict.Publish, []);
        // OrderBy is stable: rules of one severity stay in the order they ran, each from left to right.
        var kept = _findings.OrderByDescending(f => f.Verdict).Take(Judgement.MostFindings).ToArray();
        return new(kept[0].Verdict, kept) { Total = _findings.Count };
    }
}
