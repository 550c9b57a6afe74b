using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Moderation.Markup;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Answers in the authority's name: public at once, marked as official.</summary>
public sealed class OfficialAnswers(CommentStore store, HubConfigurationSource configuration, SettingsStore settings, OwnTexts own, TimeProvider timeProvider, IOptions<HubOptions> options)
{
    private readonly byte[][] _requestKeys = PurposeKey.Accepted(options.Value, "official-answer");

    /// <summary>Answers a public comment.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="parent">The comment.</param>
    /// <param name="body">1 to 4,000 characters.</param>
    /// <param name="idempotencyKey">Sent again, it answers the same.</param>
    /// <param name="by">Who writes for the authority.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The answer, and whether the same was there before; 404, 409 not public, 422 key reused.</returns>
    public Task<Answer<(CommentRow Comment, bool Replayed)>> AnswerAsync(string site, CommentId parent, string body, string idempotencyKey, Actor by, CancellationToken cancellationToken) =>
        AnswerAsync(site, parent.Page, parent, body, idempotencyKey, by, cancellationToken);

    /// <summary>Answers a page itself, and no comment on it in particular: it stands where comments on the page do, also while none of them is public.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="pageKey">Key of its thread.</param>
    /// <param name="body">1 to 4,000 characters.</param>
    /// <param name="idempotencyKey">Sent again, it answers the same.</param>
    /// <param name="by">Who writes for the authority.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The answer, and whether the same was there before; 404 where nobody has written yet, 422 key reused.</returns>
    public async Task<Answer<(CommentRow Comment, bool Replayed)>> AnswerPageAsync(string site, string pageKey, string body, string idempotencyKey, Actor by, CancellationToken cancellationToken) =>
        Keys.IsKey(pageKey) ? await AnswerAsync(site, pageKey, null, body, idempotencyKey, by, cancellationToken).ConfigureAwait(false) : CommentProblems.NoSuchThread;

    private async Task<Answer<(CommentRow Comment, bool Replayed)>> AnswerAsync(string site, string pageKey, CommentId? parent, string body, string idempotencyKey, Actor by, CancellationToken cancellationToken)
    {
        var key = Keys.Idempotency($"{site} official {idempotencyKey}");
        // Keyed, so that the row says nothing of the text once it is erased.
        var requests = _requestKeys.Select(signing => Keys.Base32(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes($"{parent?.Value ?? pageKey} {body}")), 40)).ToList();
        while (true)
        {
            var known = await store.EntityAsync(site, key, cancellationToken).ConfigureAwait(false);
            if (known is not null && CommentId.TryParse(known.GetString("Comment"), out var existing))
            {
                if (!requests.Contains(known.GetString("Request"), StringComparer.Ordinal))
                    return new Problem(ProblemKind.Unprocessable, "idempotency-key-reused", "This Idempotency-Key was used for another answer; make a new one.");
                return await store.FindAsync(site, existing, cancellationToken).ConfigureAwait(false) is { } answered ? (answered, true) : CommentProblems.NoSuchComment;
            }

            var thread = await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
            var comment = parent is { } asked ? await store.FindAsync(site, asked, cancellationToken).ConfigureAwait(false) : null;
            if (thread is null || (comment is null && parent is not null))
                return parent is null ? CommentProblems.NoSuchThread : CommentProblems.NoSuchComment;
            if (comment is not (null or { State: CommentState.Published }))
                return new Problem(ProblemKind.Conflict, "parent-gone", "Only a public comment can be answered; publish it first.");
            var now = timeProvider.GetUtcNow();
            var id = CommentId.New(pageKey, now);
            // Noted for whoever wrote it, and for the desk; the authority's word is not held.
            var findings = await own.FindAsync(body, (await settings.CurrentAsync(cancellationToken).ConfigureAwait(false)).Configuration, cancellationToken).ConfigureAwait(false);
            var authority = (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).Authority.Name;
            var answer = new CommentRow(CommentRow.New(site, id, now).Entity)
            {
                Page = thread.Page,
                // Also at the deepest level, where it stands behind its question: what the question answered may be gone, and it would stand by itself.
                Parent = comment?.Id,
                Depth = comment is null ? 0 : Math.Min(comment.Depth + 1, CommentIntake.DeepestAnswer),
                Name = authority,
                Body = body,
                Html = CommentMarkup.Render(body),
                Official = true,
                Findings = findings,
                FindingsTotal = findings.Count,
                State = CommentState.Published,
                PublishedAt = now,
            };
            // The answer owns what its asker is to hear of it, and takes it along when it goes.
            var heard = comment is { Email: not null, Official: false } && await store.AuthorsHearAfterAsync(cancellationToken).ConfigureAwait(false) is { } after
                ? DueRow.New(site, Queues.MailSend, now + after, DueKinds.Hear, id.Value, AuthorMails.Answered)
                : null;
            if (heard is not null)
                answer.Owned = [heard.Key];
            thread.Count++;
            thread.Accepted++;
            thread.Version++;
            var log = CommentChange.Logged(answer, "answered", by, null, now);
            var transition = new Transition(store.Table, log, timeProvider)
                .Add(answer)
                .Replace(thread)
                .Add(new TableEntity(site, key) { ["Comment"] = id.Value, ["Request"] = requests[0], ["Expires"] = now + CommentIntake.KeyLives })
                .Add(CommentChange.Moment(log, id.Value));
            if (heard is not null)
                transition.Add(heard);
            if (await transition.CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return (answer, false);
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
