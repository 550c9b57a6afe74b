namespace SocialHub.Comments;

/// <summary>What some rows of the log hold besides who, what and why; the short rows by time hold it, too.</summary>
internal static class LogMarks
{
    /// <summary>Of a refusal: one of the decisions of <see cref="StatementOfReasons"/>.</summary>
    public const string Decision = "Decision";

    /// <summary>Of a refusal: the article that it cites.</summary>
    public const string Article = "Article";

    /// <summary>Of a refusal: the version of the charter.</summary>
    public const string Charter = "Charter";

    /// <summary>Of a refusal: true where readers had reported the text.</summary>
    public const string OnNotice = "OnNotice";

    /// <summary>Of a refusal: the classes of what the rules had found, parted by spaces.</summary>
    public const string Found = "Found";

    /// <summary>Of a person's decision: what it was about, in the word that keys have.</summary>
    public const string Subject = "Subject";

    /// <summary>Of a publication: whether no month's figures count one of this comment yet.</summary>
    public const string First = "First";

    /// <summary>Of a comment that is held: until when its author is asked for other words.</summary>
    public const string AskedUntil = "AskedUntil";

    /// <summary>Of an objection to the refusal of a change: the revision that the change had.</summary>
    public const string Change = "Change";

    /// <summary>Of a report: a <see cref="NoticeKind"/>.</summary>
    public const string Kind = "Kind";

    /// <summary>Of what ends the reports of a comment, a decision or that it goes: when the first of them came.</summary>
    public const string ReportedAt = "ReportedAt";

    /// <summary>Of mails that were refused, and not because of the mailbox alone: their recipients' domains, each as one of a thousand: enough to tell that they are several, and no address.</summary>
    public const string Domain = "Domain";

    /// <summary>Of a decision about an objection: one of <see cref="Hearing"/>.</summary>
    public const string Hearing = "Hearing";
}
