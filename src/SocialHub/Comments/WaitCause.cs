using SocialHub.Moderation;

namespace SocialHub.Comments;

/// <summary>Why a comment waits, as far as its author is told of it in words of their own.</summary>
public enum WaitCause
{
    /// <summary>Whatever else.</summary>
    Other,

    /// <summary>No person has published one of its author yet.</summary>
    FirstOfAuthor,

    /// <summary>Readers reported it, and that took it from the page.</summary>
    Reported,
}

/// <summary>What the words on rows of versions of the hub that kept no cause say of it.</summary>
internal static class WaitCauses
{
    // As those versions had them, whatever the table says today.
    private static readonly string[] First = ["Le premier commentaire de chaque auteur est lu avant d’être publié.", "Each author's first comment is read before it is published."];
    private static readonly string[] Reports = ["Plusieurs lecteurs ont signalé ce commentaire : une personne le relit.", "Several readers reported this comment: a person reads it again."];

    /// <summary>The cause of what the policy says.</summary>
    public static WaitCause Of(Wording? why) => why == PolicyTable.FirstRead ? WaitCause.FirstOfAuthor : why == PolicyTable.Reported ? WaitCause.Reported : WaitCause.Other;

    /// <summary>The cause of words that stand on a row alone.</summary>
    public static WaitCause OfOlder(string? why) =>
        First.Contains(why, StringComparer.Ordinal) ? WaitCause.FirstOfAuthor : Reports.Contains(why, StringComparer.Ordinal) ? WaitCause.Reported : WaitCause.Other;
}
