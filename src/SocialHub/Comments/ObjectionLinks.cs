using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Links of the mails that tell a refusal: whoever has one reads why, and objects, without the author's code; nothing else of the comment or of its author is
/// to be had by it. Format <c>{comment id}.{end of its time}.{proof}</c>; the proof is signed as links that end mails are (<see cref="MailRecipients"/>), so a
/// change of the signing key takes from nobody the time that the refusal gave them.
/// </summary>
public sealed class ObjectionLinks(MailRecipients recipients, TimeProvider timeProvider)
{
    // What is refused is erased by the daily round, which comes up to a day after its time.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    /// <summary>The last part of a link's address.</summary>
    /// <param name="site">Of the comment.</param>
    /// <param name="id">The comment.</param>
    /// <param name="until">Until when its author may object.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<string> MakeAsync(string site, CommentId id, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var end = Keys.Time(until + Margin);
        return $"{id}.{end}.{await recipients.SignObjectionAsync(Signed(site, id, end), cancellationToken).ConfigureAwait(false)}";
    }

    /// <summary>Which comment a link is for; 404 when no mail of this hub had it, 410 when its time is over.</summary>
    /// <param name="site">That it names.</param>
    /// <param name="link">Its last part.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Answer<CommentId>> ReadAsync(string site, string link, CancellationToken cancellationToken)
    {
        if (!Keys.IsKey(link) || link.Split('.') is not [var name, { Length: 9 } end, var proof] || !CommentId.TryParse(name, out var id)
            || !await recipients.IsObjectionSignedAsync(Signed(site, id, end), proof, cancellationToken).ConfigureAwait(false))
            return NoLink;
        return Keys.ParseTime(end) > timeProvider.GetUtcNow() ? id : Over;
    }

    private static Problem NoLink { get; } = new(ProblemKind.NotFound, "no-such-link", "This is no link of a mail of this hub; use the whole link.");

    private static Problem Over { get; } = new(ProblemKind.Gone, "objection-over", "The time to object to this refusal is over.");

    private static string Signed(string site, CommentId id, string end) => $"{site} {id} {end}";
}
