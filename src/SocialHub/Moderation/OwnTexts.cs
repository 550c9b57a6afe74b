using SocialHub.Configuration;

namespace SocialHub.Moderation;

/// <summary>
/// What the rules see in what the authority itself writes, answers and publications: told to whoever writes or approves it, and never in the way of who knows it.
/// Links are its business, its own name and titles are its to sign with, and nothing of its own is a flood.
/// </summary>
public sealed class OwnTexts(ModerationEngine engine)
{
    /// <summary>The findings that an editor should know of before it leaves, the most severe first.</summary>
    public async Task<IReadOnlyList<Finding>> FindAsync(string text, HubConfiguration hub, CancellationToken cancellationToken)
    {
        var judgement = await engine.JudgeAsync(new ModerationSubject(text), hub, cancellationToken).ConfigureAwait(false);
        return [.. judgement.Findings.Where(finding => finding.Verdict is not Verdict.Publish && finding is not { Class: FindingClasses.Impersonation } and not { Class: FindingClasses.Links, Rule: not "link-homograph" })];
    }

    /// <summary>True for what no publication leaves with unless somebody who was told of it says so: it hurts people, or shows what is theirs.</summary>
    public static bool IsGrave(Finding finding) =>
        finding?.Class is FindingClasses.Threat or FindingClasses.Hate or FindingClasses.Insult or FindingClasses.PersonalData;

    /// <summary>True for what says nothing of the text, but that not every rule has read it: where nobody else has, a person does.</summary>
    public static bool IsUnchecked(Finding finding) => finding?.Class is FindingClasses.Unchecked;

    /// <summary>Their reasons, each once; null where nothing is to be said.</summary>
    public static IReadOnlyList<string>? Reasons(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? null : [.. findings.Select(finding => finding.Reason).Distinct(StringComparer.Ordinal)];
}
