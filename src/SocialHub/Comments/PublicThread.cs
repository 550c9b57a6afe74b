using SocialHub.Configuration;
using SocialHub.Configuration.Settings;

namespace SocialHub.Comments;

/// <summary>A comment as everybody may read it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Parent">The comment it answers; in a thread the one that it stands under.</param>
/// <param name="Name">Of its author.</param>
/// <param name="Html">Safe HTML.</param>
/// <param name="Official">An answer of the authority.</param>
/// <param name="Published">When it became public.</param>
/// <param name="Edited">When its text last changed since.</param>
/// <param name="Depth">0 to 2.</param>
/// <param name="Revision">Of the text.</param>
public sealed record PublicComment(string Id, string? Parent, string Name, string Html, bool Official, DateTimeOffset Published, DateTimeOffset? Edited, int Depth, int Revision)
{
    /// <summary>What everybody may read of a stored comment.</summary>
    public static PublicComment Of(CommentRow row) =>
        new(row.Id, row.Parent, row.Name, row.Html, row.Official, row.PublishedAt ?? row.Received, row.EditedAt, row.Depth, row.Revision);
}

/// <summary>A thread as everybody may read it, at one version.</summary>
/// <param name="Page">Canonical address.</param>
/// <param name="Title">Of the page.</param>
/// <param name="Version">Of what readers see.</param>
/// <param name="Open">Whether new comments are taken.</param>
/// <param name="Closes">When the clock closes it.</param>
/// <param name="Policy">Who reads first.</param>
/// <param name="Comments">All that are public: each followed by its answers, both oldest first.</param>
public sealed record PublicThread(string Page, string Title, long Version, bool Open, DateTimeOffset? Closes, CommentPolicy Policy, IReadOnlyList<PublicComment> Comments)
{
    /// <summary>Until when every new comment waits, whatever the policy; null: they go their usual way.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>A freeze of the site's comments that lasts, on all its pages; null: none.</summary>
    public CommentFreeze? Freeze { get; init; }
}

/// <summary>One page of a thread.</summary>
/// <param name="Thread">The whole.</param>
/// <param name="Comments">This page's.</param>
/// <param name="Next">Key of the next page (<c>after</c>); null on the last.</param>
public sealed record ThreadPage(PublicThread Thread, IReadOnlyList<PublicComment> Comments, string? Next);
