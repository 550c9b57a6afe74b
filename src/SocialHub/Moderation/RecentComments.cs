namespace SocialHub.Moderation;

/// <summary>The comments of the last hours that a new one is compared with; the caller leaves out the comment that is judged.</summary>
/// <param name="Now">When the judged text was written.</param>
/// <param name="Comments">At most the 500 latest are looked at.</param>
/// <param name="Key">Key of the fingerprints in <paramref name="Comments"/>: the judged text is fingerprinted with the same.</param>
public sealed record RecentComments(DateTimeOffset Now, IReadOnlyList<RecentComment> Comments, FingerprintKey Key);

/// <summary>One earlier comment, without its text.</summary>
/// <param name="At">When it got the text that is compared: received, or changed since.</param>
/// <param name="Fingerprint">Of its text.</param>
/// <param name="SameAuthor">By the same author key or from the same address.</param>
/// <param name="SameThread">Under the same page.</param>
public sealed record RecentComment(DateTimeOffset At, Fingerprint Fingerprint, bool SameAuthor, bool SameThread);
