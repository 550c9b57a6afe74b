using System.Text.Json.Serialization;

namespace SocialHub.Moderation;

/// <summary>What the rules say of a text, from the mildest to the most severe.</summary>
public enum Verdict
{
    Publish = 0,
    Hold = 1,
    Reject = 2,
}

/// <summary>One rule that fired.</summary>
/// <param name="Rule">Stable id, kebab-case.</param>
/// <param name="Class">Rule class, kebab-case: see <see cref="FindingClasses"/>.</param>
/// <param name="Verdict">How severe this finding is by itself.</param>
/// <param name="Start">First UTF-16 unit of the span in the original field.</param>
/// <param name="Length">Length of the span in UTF-16 units; 0 when the finding is about the whole.</param>
/// <param name="View">The reading of the text in which it was seen (<c>plain</c>, <c>digits</c>, <c>address</c>, ...).</param>
/// <param name="Reason">In words, in the authority's language, for moderators and the author.</param>
public sealed record Finding(string Rule, string Class, Verdict Verdict, int Start, int Length, string View, string Reason)
{
    /// <summary><c>text</c>, <c>name</c> or <c>url</c>: the field that the span lies in.</summary>
    public string Field { get; init; } = "text";

    /// <summary>Of the word lists the code of <see cref="Reason"/> (<see cref="Matching.EntryReasons"/>), by which it can be said in another language; null: the rule has but one reason.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }
}

/// <summary>The verdict with every rule that fired.</summary>
/// <param name="Verdict">The most severe of all findings, kept or not; publish where there is none.</param>
/// <param name="Findings">The most severe first, at most <see cref="MostFindings"/>.</param>
public sealed record Judgement(Verdict Verdict, IReadOnlyList<Finding> Findings)
{
    /// <summary>How many findings are kept.</summary>
    public const int MostFindings = 100;

    /// <summary>How many there were.</summary>
    public int Total { get; init; } = Findings.Count;
}
