namespace SocialHub.Publishing;

/// <summary>Why a publication waits for a person's approval, as rows and answers write it.</summary>
public static class AskReason
{
    /// <summary>More new articles in one look than a site ordinarily has.</summary>
    public const string Burst = "burst";

    /// <summary>None of the feed's items was known: a relaunched site, or the first article of a new one.</summary>
    public const string Relaunch = "relaunch";

    /// <summary>The feed's first look after this storage was brought back from a copy.</summary>
    public const string Restored = "restored";

    /// <summary>Nothing says when it appeared, and it stands behind articles that are known: it may be an old one that came back into the feed.</summary>
    public const string Undated = "undated";

    /// <summary>Another article of that day has the same title.</summary>
    public const string SameTitle = "same-title";

    /// <summary>Its page is that of an article that is known, and nobody can tell whether it is that one, changed, or another.</summary>
    public const string SamePage = "same-page";

    /// <summary>Not even its link fits the template and the network.</summary>
    public const string TooLong = "text-too-long";

    /// <summary>The text changed after somebody had agreed to another one.</summary>
    public const string Changed = "changed";

    /// <summary>The moderation rules see a threat, hate, an insult or personal data in it.</summary>
    public const string Remarks = "remarks";

    /// <summary>The moderation rules could not look at all of it: one failed, or came too late.</summary>
    public const string Unchecked = "unchecked";

    /// <summary>The authority reads every announcement first.</summary>
    public const string Policy = "policy";

    /// <summary>Written by somebody who proposes and does not publish.</summary>
    public const string Proposal = "proposal";
}
