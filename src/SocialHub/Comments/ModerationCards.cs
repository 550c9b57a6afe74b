using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Brings what waits to the moderators: a card to each webhook, and a reminder every day as long as it waits. At least once: a card may come twice,
/// a decision cannot. Where no webhook is named, the moderation page is the channel.
/// </summary>
public sealed partial class ModerationCards(
    CommentStore store,
    ModerationList list,
    HubConfigurationSource configuration,
    Secrets secrets,
    DecisionTokens tokens,
    CardDelivery delivery,
    DueWork dueWork,
    TimeProvider timeProvider,
    IOptions<HubOptions> options,
    ILogger<ModerationCards> logger)
{
    /// <summary>Works on one due row of kind <see cref="DueKinds.Card"/> or <see cref="DueKinds.Reminder"/>; safe to repeat.</summary>
    public Task RunAsync(Hint hint, CancellationToken cancellationToken) =>
        dueWork.WorkAsync(store.Table, hint, claim => SendAsync(hint.Partition, claim.Row, cancellationToken), cancellationToken);

    private async Task<bool> SendAsync(string site, DueRow due, CancellationToken cancellationToken)
    {
        if (!CommentId.TryParse(due.Owner, out var id) || !Enum.TryParse<DecisionSubject>(due.Subject, ignoreCase: true, out var subject))
            return false;
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        if (await list.FindAsync(site, id, subject, cancellationToken).ConfigureAwait(false) is { } waiting)
        {
            var card = ModerationCard.Build(await ContentAsync(hub, waiting, cancellationToken).ConfigureAwait(false));
            foreach (var name in hub.Moderation.Webhooks)
            {
                if (secrets.Get(name) is not { } address)
                {
                    Log.NoAddress(logger, name);
                    continue;
                }

                // One that fails brings the whole card again later; the others get it twice, which is allowed.
                if (await delivery.DeliverAsync(new Uri(address), card, cancellationToken).ConfigureAwait(false) is { } failure)
                {
                    Log.NotDelivered(logger, name, site, id.Value, failure);
                    return false;
                }
            }
        }

        var answer = await store.ChangeAsync(
            site,
            id,
            (change, _) =>
            {
                if (!change.Comment.Owned.Contains(due.Key, StringComparer.Ordinal))
                    return CommentStore.Decided.Nothing;
                change.Drop(subject, due.Kind);
                change.Promise(Queues.ModerationCard, DueKinds.Reminder, subject, options.Value.Times.Reminder);
                change.Comment.Cards++;
                return new CommentStore.Decided(due.Kind == DueKinds.Card ? "card-sent" : "reminded", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Succeeded;
    }

    private async Task<ModerationCardContent> ContentAsync(HubConfiguration hub, Waiting waiting, CancellationToken cancellationToken)
    {
        var comment = waiting.Comment;
        var isProposal = waiting.Subject == DecisionSubject.Proposal;
        var parent = comment.Parent is { } name && CommentId.TryParse(name, out var parentId) ? await store.FindAsync(comment.Site, parentId, cancellationToken).ConfigureAwait(false) : null;
        var (reports, objection) = await NoticesAsync(comment, cancellationToken).ConfigureAwait(false);
        return new ModerationCardContent
        {
            Language = hub.Authority.Language,
            Authority = hub.Authority.Name,
            PublicAddress = hub.Authority.PublicAddress,
            Token = tokens.Sign(TokenFor(waiting)),
            Subject = waiting.Subject,
            PageTitle = waiting.Thread?.Title ?? "",
            Page = comment.Page,
            Parent = parent is { State: CommentState.Published } ? parent.Body : null,
            Name = comment.Name,
            Text = isProposal ? comment.ProposalBody ?? "" : comment.Body,
            Findings = isProposal ? comment.ProposalFindings : comment.Findings,
            TotalFindings = isProposal ? comment.ProposalFindings.Count : comment.FindingsTotal,
            Why = comment.Why is { } why ? new Wording(why, why) : null,
            Since = waiting.Since,
            Now = timeProvider.GetUtcNow(),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(hub.Authority.TimeZone),
            Reports = reports,
            ReportCount = comment.Reports,
            Objection = objection,
        };
    }

    /// <summary>What a link about this entry decides: exactly what its card shows.</summary>
    public DecisionToken TokenFor(Waiting waiting)
    {
        var comment = waiting.Comment;
        var revision = waiting.Subject == DecisionSubject.Proposal ? comment.ProposalRevision : comment.Revision;
        return new DecisionToken(comment.Site, comment.Id, waiting.Subject, revision, comment.Round, comment.ReportsEver, tokens.ExpiryFromNow());
    }

    /// <summary>What readers reported since the last decision about it and the author objected, in their words.</summary>
    public async Task<(IReadOnlyList<string> Reports, string? Objection)> NoticesAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        var reports = new List<(DateTimeOffset At, string Reason)>();
        if (comment.Reports > 0)
        {
            await foreach (var entity in store.RangeAsync(comment.Site, Keys.ReportsOf(comment.Id), cancellationToken).ConfigureAwait(false))
            {
                // Those of an older round were decided; their rows stay, so that the same reader is known.
                var notice = new NoticeRow(entity);
                if ((notice.Round ?? comment.Round) == comment.Round)
                    reports.Add((notice.At ?? default, notice.Reason));
            }
        }

        var objection = comment.Objected && await store.EntityAsync(comment.Site, Keys.Objection(comment.Id, comment.Round - 1), cancellationToken).ConfigureAwait(false) is { } row ? new NoticeRow(row).Reason : null;
        return ([.. reports.OrderBy(report => report.At).TakeLast(comment.Reports).Select(report => report.Reason)], objection);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The setting {Name}, named under moderation.webhooks in hub.json, holds no address; its channel gets no card.")]
        public static partial void NoAddress(ILogger logger, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook of {Name} did not take the card of {Id} of {Site} ({Failure}); it is sent again later.")]
        public static partial void NotDelivered(ILogger logger, string name, string site, string id, string failure);
    }
}
