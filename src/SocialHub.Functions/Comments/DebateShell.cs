using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Http;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Functions.Comments;

/// <summary>Between HTTP and what people do about the debate of a page: those that turned, by link, by page, with the authority's playbook and the evidence beside it, and an answer to the page itself.</summary>
public sealed class DebateShell(HubConfigurationSource configuration, Authoriser authoriser, Debates debates, PersonalDataMask mask, Evidence evidence, OfficialAnswers answers, SettingsStore settings, TimeProvider timeProvider)
{
    /// <summary>What a link of a card about a debate shows; nothing is decided by looking.</summary>
    internal async Task<IResult> ViewAsync(HubConfiguration hub, DecisionToken token, CancellationToken cancellationToken)
    {
        if (await debates.FindAsync(token.Site, token.Id, cancellationToken) is not { } watched)
            return Problems.Of(NoSuch);
        var thread = watched.Thread;
        var choices = Debates.ChoicesOf(thread);
        if (thread.Turn != token.Round || choices.Count == 0)
            return Problems.Of(DecidedWords.Told(Debates.Otherwise(thread), hub, timeProvider.GetUtcNow()));
        var team = await settings.CurrentAsync(cancellationToken);
        // A link opens no list: whoever has a telephone and no key reads here what they decide about.
        var texts = await debates.NewestAsync(thread, cancellationToken);
        return JsonAnswer.Of(Body(watched, team) with { Authority = hub.Authority.Name, Choices = choices, Playbook = Playbook(team), Texts = [.. texts.Select(text => TextOf(text, hub))] }, ModerationWire.Default.DebateBody, 200);
    }

    /// <summary>A decision by link.</summary>
    internal async Task<IResult> DecideAsync(DecisionToken token, TokenBody body, Caller caller, CancellationToken cancellationToken)
    {
        var by = ModerationShell.Holder(caller, body, token);
        return by.Problem is { } wrong ? Problems.Of(wrong) : await DecideAsync(token.Site, token.Id, token.Round, body.Decision, body.Instead, by.Value, cancellationToken);
    }

    /// <summary>A decision of a signed-in moderator.</summary>
    internal async Task<IResult> DecideAsync(HttpRequest request, string site, string thread, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, site, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var body = await RequestBody.JsonAsync(request, ModerationWire.Default.DebateDecisionBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        if (body.Value.Turn is not { } turn)
            return Problems.Of(new Problem(ProblemKind.Invalid, "turn-required", "Send the turn of what was shown."));
        var by = ModerationShell.By(allowed.Value, body.Value.By);
        return by.Problem is { } nobody ? Problems.Of(nobody) : await DecideAsync(site, thread, turn, body.Value.Decision, body.Value.Instead, by.Value, cancellationToken);
    }

    /// <summary>Debates that turned, pages that are held or were closed because of that, with the playbook; and one thread more, which a card or a mail led to.</summary>
    internal async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, null, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var asked = CommentShell.One(request.Query["thread"])?.Split('.');
        if (asked is not null && (asked is not [{ Length: > 0 }, { Length: > 0 }] || !asked.All(Storage.Keys.IsKey)))
            return Problems.Of(new Problem(ProblemKind.Invalid, "thread-invalid", "thread is a site and the key of its thread, parted by a dot."));
        var team = await settings.CurrentAsync(cancellationToken);
        var watched = await debates.WatchedAsync(cancellationToken);
        var isListed = asked is null || watched.Any(one => one.Thread.Site == asked[0] && one.Thread.PageKey == asked[1]) || !team.Configuration.Sites.ContainsKey(asked[0]);
        var other = isListed ? null : await debates.FindAsync(asked![0], asked[1], cancellationToken);
        return JsonAnswer.Of(
            new DebateList([.. watched.Select(one => Body(one, team) with { Choices = MayDecide(one.Thread) ? Debates.ChoicesOf(one.Thread) : null })], Playbook(team)) { Thread = other is null ? null : Body(other, team) },
            ModerationWire.Default.DebateList,
            200);
    }

    /// <summary>All that is kept of a thread, for a complaint; that it was taken is logged.</summary>
    internal async Task<IResult> EvidenceAsync(HttpRequest request, string site, string thread, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, site, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        // What it reads it puts into a channel, and these are whole texts of people.
        if (allowed.Value.IsWorkflow)
            return Problems.Of(new Problem(ProblemKind.Forbidden, "people-only", "Evidence is given to people who sign in, not to a workflow."));
        var taken = await evidence.TakeAsync(site, thread, new Actor(allowed.Value.Name, allowed.Value.Id), cancellationToken);
        if (taken.Problem is { } refused)
            return Problems.Of(refused);
        return new EvidenceAnswer(taken.Value.File, taken.Value.Sha256, $"{site}-{thread}-{timeProvider.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture)}.json");
    }

    /// <summary>An answer of the authority to a page, and to no comment in particular.</summary>
    internal async Task<IResult> AnswerAsync(HttpRequest request, string site, string thread, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, site, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        if (allowed.Value.IsWorkflow)
            return Problems.Of(new Problem(ProblemKind.Forbidden, "people-only", "People who sign in answer in the authority's name, not a workflow."));
        var written = await ModerationShell.WrittenAsync(request, cancellationToken);
        if (written.Problem is { } wrong)
            return Problems.Of(wrong);
        return ModerationShell.Answered(await answers.AnswerPageAsync(site, thread, written.Value.Text, written.Value.Key, new Actor(allowed.Value.Name, allowed.Value.Id), cancellationToken));
    }

    private static readonly Wording TakenBack = new("Retiré par son auteur.", "Taken back by its author.");
    private static readonly Wording RefusedByRules = new("Refusé par les règles.", "Refused by the rules.");
    private static readonly Wording Refused = new("Refusé.", "Refused.");

    private static Problem NoSuch { get; } = new(ProblemKind.NotFound, "no-such-thread", "There is no thread of that name on this site.");

    // Of a page that is held although nothing turned nobody asked.
    private static bool MayDecide(ThreadRow thread) => thread.Heat != DebateHeat.None && Debates.ChoicesOf(thread).Count > 0;

    private async Task<IResult> DecideAsync(string site, string thread, int turn, string? choice, string? instead, Actor by, CancellationToken cancellationToken)
    {
        if (choice is null || !Debates.Choices.Contains(choice, StringComparer.Ordinal))
            return Problems.Of(new Problem(ProblemKind.Invalid, "decision-invalid", "decision is hold, close or leave."));
        var decided = await debates.DecideAsync(site, thread, turn, choice, by, cancellationToken, instead);
        var team = await settings.CurrentAsync(cancellationToken);
        if (decided.Problem is { } refused)
            return Problems.Of(DecidedWords.Told(refused, team.Configuration, timeProvider.GetUtcNow()));
        return JsonAnswer.Of(Body(new WatchedThread(decided.Value, await debates.WaitingAsync(site, thread, decided.Value.HeldSince, cancellationToken)), team) with { Reason = null }, ModerationWire.Default.DebateBody, 200);
    }

    private DebateBody Body(WatchedThread watched, TeamSettings team)
    {
        var thread = watched.Thread;
        var authority = team.Configuration.Authority;
        return new DebateBody(
            "thread",
            thread.Site,
            thread.PageKey,
            watched.Page,
            thread.Title,
            thread.Closed ? "closed" : thread.IsHeld ? "held" : "open",
            thread.Heat == DebateHeat.None ? null : thread.HeatWhy,
            thread.Heat == DebateHeat.None ? null : DebateCards.ReasonOf(thread, team).In(authority.Language),
            thread.Turn,
            thread.TurnedAt,
            watched.Waiting,
            team.Duty.NextWorkingMorning(timeProvider.GetUtcNow()),
            thread.HeldSince,
            thread.HeldUntil,
            thread.TurnChoice,
            thread.DecidedBy,
            thread.DecidedAt,
            Actor.IsDeclared(thread.DecidedById) ? true : null);
    }

    private DebateText TextOf(Waiting waiting, HubConfiguration hub)
    {
        var comment = waiting.Comment;
        var isProposal = waiting.Subject == DecisionSubject.Proposal;
        var name = mask.Of(comment.Name, isProposal ? comment.ProposalFindings : comment.Findings, "name", comment.Site, hub);
        var text = mask.Of(isProposal ? comment.ProposalBody ?? "" : comment.Body, name.Findings, "text", comment.Site, hub);
        return new DebateText(comment.Id, waiting.Subject.ToString().ToLowerInvariant(), CommentWords.Word(comment.State), name.Text, text.Text, comment.WrittenAt, text.Findings)
        {
            Note = comment.State switch
            {
                CommentState.Withdrawn => TakenBack.In(hub.Authority.Language),
                CommentState.Rejected => Actor.IsRules(comment.RefusedBy, comment.RefusedById) ? RefusedByRules.In(hub.Authority.Language) : Refused.In(hub.Authority.Language),
                _ => null,
            },
        };
    }

    private static PlaybookBody Playbook(TeamSettings team) => new(
        [.. team.Playbook.Call.Select(contact => new ContactLine(contact.Name, contact.Phone, contact.When))],
        team.Playbook.Steps,
        [.. team.Playbook.Answers.Select(answer => new ReadyAnswer(answer.Title, answer.Text))]);

    private async Task<Answer<Caller>> AllowedAsync(HttpRequest request, string? site, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Moderator, cancellationToken);
        if (caller.Problem is { } problem)
            return problem;
        var usable = await configuration.UsableAsync(cancellationToken);
        if (usable.Problem is { } unusable)
            return unusable;
        return site is null || usable.Value.Sites.ContainsKey(site) ? caller : NoSuch;
    }

    private sealed class EvidenceAnswer(byte[] file, string sha256, string name) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            response.Headers.XContentTypeOptions = "nosniff";
            // RFC 9530.
            response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256))}:";
            await response.Body.WriteAsync(file, httpContext.RequestAborted);
        }
    }
}
