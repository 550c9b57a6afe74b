using SocialHub.Moderation;

namespace SocialHub.Comments;

/// <summary>What moderators read before a reader's own words.</summary>
public static class NoticeWords
{
    /// <summary>The kind in words where the law is named; empty for a breach of the charter.</summary>
    public static string Before(NoticeKind kind, string language) => kind switch
    {
        NoticeKind.Illegal => new Wording("Signalé comme contraire à la loi : ", "Reported as against the law: ").In(language),
        NoticeKind.ChildAbuse => new Wording("Signalé comme abus sexuel sur mineur : ", "Reported as sexual abuse of a child: ").In(language),
        _ => "",
    };
}
