using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Moderation.Markup;

namespace SocialHub.Functions.Comments;

/// <summary>Between HTTP and moderators' work: links, page, workflow.</summary>
public sealed class ModerationShell(
    HubConfigurationSource configuration,
    Authoriser authoriser,
    DecisionTokens tokens,
    ModerationList list,
    DecidedList decided,
    ModerationCards cards,
    PublicContexts contexts,
    PersonalDataMask mask,
    CommentDecisions decisions,
    CommentStore store,
    CommentErasure erasure,
    OfficialAnswers answers,
    ContestedRefusals contested,
    DebateShell debates,
    TimeProvider time)
{
    internal async Task<IResult> ViewByLinkAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(request, cancellationToken);
        if (opened.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, token, id, body) = opened.Value;
        if (token.Subject == DecisionSubject.Thread)
            return await debates.ViewAsync(hub, token, cancellationToken);
        var waiting = await list.FindAsync(token.Site, id, token.Subject, cancellationToken);
        if (waiting is null || !Fits(cards.TokenFor(waiting), token))
            return Problems.Of(DecidedWords.Told(await OtherwiseAsync(token.Site, id, cancellationToken), hub, time.GetUtcNow()));
        // A link lies in a channel; whom a report came from is for those whose names are known.
        var caller = await authoriser.IdentifyAsync(RequestCredentials.Of(request), cancellationToken);
        if (body.Reveal == true)
        {
            if (caller.IsWorkflow)
                return Problems.Of(NotToWorkflows);
            var by = Holder(caller, body, token);
            if (by.Problem is { } nameless)
                return Problems.Of(nameless);
            // What could not be written down is not shown.
            var revealed = await cards.RevealAsync(token.Site, id, by.Value, cancellationToken);
            if (revealed.Problem is { } unwritten)
                return Problems.Of(DecidedWords.Told(unwritten, hub, time.GetUtcNow()));
        }

        // Of a link of one's own its holder is known before any name is given.
        var holder = caller.Role >= Role.Moderator ? new Actor(caller.Name, caller.Id) : token.Person is { } person ? Actor.Declared("", person) : null;
        var item = await ItemAsync(hub, waiting, new AuthorRecords(store), MayAnswer(caller), body.Reveal == true, holder, cancellationToken) with
        {
            Authority = hub.Authority.Name,
            Choices = ["publish", "reject"],
            Reasons = Reasons(hub),
            MayAct = true,
        };
        return JsonAnswer.Of(item, ModerationWire.Default.WaitingBody, 200);
    }

    internal async Task<IResult> DecideByLinkAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(request, cancellationToken);
        if (opened.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, token, id, body) = opened.Value;
        var caller = await authoriser.IdentifyAsync(RequestCredentials.Of(request), cancellationToken);
        if (token.Subject == DecisionSubject.Thread)
            return await debates.DecideAsync(token, body, caller, cancellationToken);
        if (body.Decision == "card")
            return Decided(await cards.AskAsync(token.Site, id, caller.Role >= Role.Moderator ? new Actor(caller.Name, caller.Id) : Actor.Link(token.Person), cancellationToken), null, hub);
        var by = Holder(caller, body, token);
        if (by.Problem is { } wrong)
            return Problems.Of(wrong);
        if (body.Decision == "undo")
            return Decided(await decisions.UndoAsync(token.Site, id, token.Round, token, by.Value, cancellationToken), null, hub);
        if (Choice(body.Decision) is not { } choice)
            return Problems.Of(UnknownDecision with { Detail = "decision is publish, reject, undo, or card to ask for a fresh card." });
        var decision = new CommentDecision(token.Subject, token.Revision, token.Round, token.Reports, choice, body.Reason, by.Value);
        return Decided(await decisions.DecideAsync(token.Site, id, decision, cancellationToken), CommentDecisions.MayUndo(token.Subject, choice) ? body.Token : null, hub);
    }

    internal async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, Role.Moderator, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var state = CommentShell.One(request.Query["state"]) ?? "waiting";
        var after = CommentShell.One(request.Query["after"]);
        if (state is not ("waiting" or "published" or "rejected") || (after is not null && !(state == "waiting" ? Storage.Keys.IsKey(after) && after.StartsWith("q.", StringComparison.Ordinal) : DecidedList.IsPlace(after))))
            return Problems.Of(new Problem(ProblemKind.Invalid, "list-invalid", "state is waiting, published or rejected, and after is the \"next\" of the page before."));
        var (hub, caller) = allowed.Value;
        // Site and page key, as a card about a debate names them.
        var thread = CommentShell.One(request.Query["thread"])?.Split('.');
        if (thread is not null && (state != "waiting" || thread is not [{ Length: > 0 }, { Length: > 0 }] || !thread.All(Storage.Keys.IsKey)))
            return Problems.Of(new Problem(ProblemKind.Invalid, "thread-invalid", "thread is a site and the key of its thread, parted by a dot; it goes with what is waiting."));
        var body = state == "waiting" ? await WaitingAsync(hub, caller, after, thread is null ? null : (thread[0], thread[1]), cancellationToken) : await DecidedAsync(hub, caller, state == "published" ? CommentState.Published : CommentState.Rejected, after, cancellationToken);
        return JsonAnswer.Of(body, ModerationWire.Default.WaitingList, 200);
    }

    internal async Task<IResult> RevealAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, Role.Moderator, site, id, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var body = await RequestBody.JsonAsync(request, ModerationWire.Default.RevealBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        if (SubjectOf(body.Value.Subject) is not { } subject)
            return Problems.Of(UnknownSubject);
        var (hub, caller, name) = allowed.Value;
        if (caller.IsWorkflow)
            return Problems.Of(NotToWorkflows);
        var revealed = await cards.RevealAsync(site, name, new Actor(caller.Name, caller.Id), cancellationToken);
        if (revealed.Problem is { } unwritten)
            return Problems.Of(DecidedWords.Told(unwritten, hub, time.GetUtcNow()));
        var comment = revealed.Value;
        var waiting = await list.FindAsync(site, name, subject, cancellationToken)
            ?? new Waiting(comment, await store.FindThreadAsync(site, name.Page, cancellationToken), DecisionSubject.Comment, comment.DecidedAt ?? comment.Received, "");
        return JsonAnswer.Of(await ItemAsync(hub, waiting, new AuthorRecords(store), MayAnswer(caller), true, Viewer(caller), cancellationToken), ModerationWire.Default.WaitingBody, 200);
    }

    internal async Task<IResult> HistoryAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, Role.Moderator, site, id, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var entries = await store.HistoryAsync(site, allowed.Value.Id, cancellationToken)
            .Select(row => new HistoryEntry(row.Seq, row.At, row.What, row.State.ToLowerInvariant(), row.Who, Actor.IsDeclared(row.WhoId) ? true : null, row.Why, row.Revision, row.Round) { Hearing = Hearings.WordOf(row) }).ToListAsync(cancellationToken);
        return entries.Count == 0 ? Problems.Of(NoSuch) : JsonAnswer.Of(new HistoryBody(site, id, entries), ModerationWire.Default.HistoryBody, 200);
    }

    internal async Task<IResult> DecideAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, Role.Moderator, site, id, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var body = await RequestBody.JsonAsync(request, ModerationWire.Default.DecisionBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        if (Choice(body.Value.Decision) is not { } choice)
            return Problems.Of(UnknownDecision);
        if (body.Value.Revision is not { } revision || body.Value.Round is not { } round)
            return Problems.Of(new Problem(ProblemKind.Invalid, "round-required", "Send the revision and the round of what was shown."));
        if (SubjectOf(body.Value.Subject) is not { } subject)
            return Problems.Of(UnknownSubject);
        var by = By(allowed.Value.Caller, body.Value.By);
        if (by.Problem is { } nobody)
            return Problems.Of(nobody);
        var decision = new CommentDecision(subject, revision, round, null, choice, body.Value.Reason, by.Value) { OpenReports = body.Value.Reports };
        return Decided(await decisions.DecideAsync(site, allowed.Value.Id, decision, cancellationToken), null, allowed.Value.Hub);
    }

    internal async Task<IResult> UndoAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, Role.Moderator, site, id, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var body = await RequestBody.JsonAsync(request, ModerationWire.Default.UndoBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        if (body.Value.Round is not { } round)
            return Problems.Of(new Problem(ProblemKind.Invalid, "round-required", "Send the round of the decision that is taken back."));
        var by = By(allowed.Value.Caller, body.Value.By);
        return by.Problem is { } nobody ? Problems.Of(nobody) : Decided(await decisions.UndoAsync(site, allowed.Value.Id, round, null, by.Value, cancellationToken), null, allowed.Value.Hub);
    }

    internal async Task<IResult> AnswerAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, Role.Moderator, site, id, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var written = await WrittenAsync(request, cancellationToken);
        if (written.Problem is { } wrong)
            return Problems.Of(wrong);
        var caller = allowed.Value.Caller;
        return Answered(await answers.AnswerAsync(site, allowed.Value.Id, written.Value.Text, written.Value.Key, new Actor(caller.Name, caller.Id), cancellationToken));
    }

    internal static IResult Answered(Answer<(CommentRow Comment, bool Replayed)> answer) =>
        answer.Problem is { } refused ? Problems.Of(refused) : JsonAnswer.Of(BodyOf(answer.Value.Comment, null) with { Remarks = OwnTexts.Reasons(answer.Value.Comment.Findings) }, ModerationWire.Default.DecidedBody, answer.Value.Replayed ? 200 : 201);

    /// <summary>The text of an answer, and the key under which it appears once.</summary>
    internal static async Task<Answer<(string Text, string Key)>> WrittenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.JsonAsync(request, ModerationWire.Default.AnswerBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return unreadable;
        var text = CommentInput.Text(body.Value.Text);
        if (text.Problem is { } wrong)
            return wrong;
        return CommentShell.One(request.Headers["Idempotency-Key"]) is { Length: <= CommentInput.LongestKey } key ? (text.Value, key) : KeyRequired;
    }

    private static Problem KeyRequired { get; } = new(ProblemKind.PreconditionRequired, "idempotency-key-required", $"Send an Idempotency-Key of at most {CommentInput.LongestKey} characters, so that the answer appears once.");

    internal async Task<IResult> EraseAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, Role.Administrator, site, id, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var caller = allowed.Value.Caller;
        var answer = await erasure.EraseAsync(site, allowed.Value.Id, new Actor(caller.Name, caller.Id), cancellationToken);
        return answer.Problem is { } refused ? Problems.Of(refused) : Results.NoContent();
    }

    private static Problem NoSuch { get; } = new(ProblemKind.NotFound, "no-such-comment", "There is no comment of that name on this site.");

    // Of a comment; a thread is decided about elsewhere.
    private static DecisionSubject? SubjectOf(string? written) =>
        Enum.TryParse<DecisionSubject>(written ?? "comment", ignoreCase: true, out var subject) && Enum.IsDefined(subject) && subject != DecisionSubject.Thread ? subject : null;

    private static Problem UnknownSubject { get; } = new(ProblemKind.Invalid, "subject-invalid", "subject is comment, proposal, report or objection.");

    // It puts what it reads into a channel, which keeps it.
    private static Problem NotToWorkflows { get; } = new(ProblemKind.Forbidden, "people-only", "Personal data are shown to people whose name the history keeps, not to a workflow.");

    private static Problem UnknownDecision { get; } = new(ProblemKind.Invalid, "decision-invalid", "decision is publish or reject.");

    private static bool Fits(DecisionToken now, DecisionToken then) => now.Revision == then.Revision && now.Round == then.Round && now.Reports == then.Reports;

    private static DecisionChoice? Choice(string? word) => word switch { "publish" => DecisionChoice.Publish, "reject" => DecisionChoice.Reject, _ => null };

    private static IReadOnlyList<ChoiceBody> Reasons(HubConfiguration hub) => [.. RefusalReasons.All.Select(reason => new ChoiceBody(reason.Code, reason.Label.In(hub.Authority.Language)))];

    // Whoever decides is a person: a workflow says which one answered its card.
    internal static Answer<Actor> By(Caller caller, ResponderBody? responder)
    {
        if (!caller.IsWorkflow)
            return new Actor(caller.Name, caller.Id);
        if (responder is not { Id: { Length: > 0 and <= 100 } id, Name: { Length: > 0 and <= Actor.LongestName } name })
            return new Problem(ProblemKind.Unprocessable, "responder-required", "A workflow names who answered: by.id (object id) and by.name.");
        return Actor.WrongName(name.Trim()) is { } wrong ? wrong : new Actor(name, id);
    }

    // A moderator whom the hub knows, or whoever holds the link and says a name: the history keeps one.
    internal static Answer<Actor> Holder(Caller caller, TokenBody body, DecisionToken token)
    {
        if (caller.Role >= Role.Moderator)
            return new Actor(caller.Name, caller.Id);
        var declared = (body.By ?? "").Trim();
        return Actor.WrongName(declared) is { } wrong ? wrong : Actor.Declared(declared, token.Person);
    }

    // The workflow puts what it reads into a channel.
    private static bool MayAnswer(Caller caller) => caller.Role >= Role.Moderator && !caller.IsWorkflow;

    // A workflow shows it to a whole channel.
    private static Actor? Viewer(Caller caller) => caller.IsWorkflow ? null : new Actor(caller.Name, caller.Id);

    private IResult Decided(Answer<CommentRow> answer, string? undo, HubConfiguration hub) =>
        answer.Problem is { } problem ? Problems.Of(DecidedWords.Told(problem, hub, time.GetUtcNow())) : JsonAnswer.Of(BodyOf(answer.Value, undo), ModerationWire.Default.DecidedBody, 200);

    private static DecidedBody BodyOf(CommentRow comment, string? undo) =>
        new(comment.Site, comment.Id, CommentWords.Word(comment.State), comment.Revision, comment.Round, comment.DecidedBy, comment.DecidedAt, undo, Actor.IsDeclared(comment.DecidedById) ? true : null);

    private async Task<WaitingList> WaitingAsync(HubConfiguration hub, Caller caller, string? after, (string Site, string PageKey)? thread, CancellationToken cancellationToken)
    {
        var (entries, next) = await list.ListAsync(after, cancellationToken, thread);
        var items = new List<WaitingBody>();
        var authors = new AuthorRecords(store);
        foreach (var waiting in entries)
            items.Add(await ItemAsync(hub, waiting, authors, MayAnswer(caller), false, Viewer(caller), cancellationToken));
        return new WaitingList(items, next, Reasons(hub));
    }

    private async Task<WaitingList> DecidedAsync(HubConfiguration hub, Caller caller, CommentState state, string? after, CancellationToken cancellationToken)
    {
        var (entries, next) = await decided.ListAsync(state, after, cancellationToken);
        var items = new List<WaitingBody>();
        var authors = new AuthorRecords(store);
        foreach (var entry in entries)
        {
            items.Add(await ItemAsync(hub, new Waiting(entry.Comment, entry.Thread, DecisionSubject.Comment, entry.At, ""), authors, MayAnswer(caller), false, null, cancellationToken) with
            {
                DecidedBy = entry.By.Name,
                ByRules = Actor.IsRules(entry.By.Name, entry.By.Id) ? true : null,
                Declared = Actor.IsDeclared(entry.By.Id) ? true : null,
                Refusal = RefusalReasons.Find(entry.Reason)?.Label.In(hub.Authority.Language),
                MayUndo = CommentDecisions.MayUndo(entry.Comment),
            });
        }

        return new WaitingList(items, next, Reasons(hub));
    }

    private async Task<WaitingBody> ItemAsync(HubConfiguration hub, Waiting waiting, AuthorRecords authors, bool mayAnswer, bool isWhole, Actor? viewer, CancellationToken cancellationToken)
    {
        var comment = waiting.Comment;
        var isProposal = waiting.Subject == DecisionSubject.Proposal;
        var parent = comment.Parent is { } name && CommentId.TryParse(name, out var id) ? await store.FindAsync(comment.Site, id, cancellationToken) : null;
        var (reports, objection) = await cards.NoticesAsync(waiting, cancellationToken);
        var context = await contexts.FindAsync(waiting, cancellationToken);
        var record = await authors.OfAsync(comment, cancellationToken);
        var contacts = mayAnswer ? reports.Select((report, place) => (place, report.Email, report.Name)).Where(contact => contact.Email is not null).Select(contact => new ContactBody(contact.place, contact.Email!, contact.Name)).ToList() : [];
        var shown = new Shown(isWhole || comment.Official ? null : mask, comment.Site, hub);
        var (findings, html) = isProposal ? (comment.ProposalFindings, comment.ProposalHtml ?? "") : (comment.Findings, comment.Html);
        var authorName = shown.Of(comment.Name, ref findings, "name");
        var before = shown.Count;
        var text = shown.Of(isProposal ? comment.ProposalBody ?? "" : comment.Body, ref findings, "text");
        if (shown.Count > before)
            html = CommentMarkup.Render(text);
        var first = isProposal || comment.FirstBody is not { } written ? null : shown.Of(written);
        return new WaitingBody(
            comment.Site,
            comment.Id,
            waiting.Subject.ToString().ToLowerInvariant(),
            CommentWords.Word(comment.State),
            comment.Page,
            waiting.Thread?.Title ?? comment.Page,
            authorName,
            text,
            html,
            parent is { State: CommentState.Published } ? new ParentBody(parent.Id, parent.Name, parent.Body) : null,
            comment.Received,
            waiting.Since,
            isProposal ? comment.ProposalRevision : comment.Revision,
            comment.Round,
            comment.Reports > 0 ? comment.Reports : reports.Count,
            [.. reports.Select(report => NoticeWords.Before(report.Kind, hub.Authority.Language) + shown.Of(report.Reason))],
            objection is null ? null : shown.Of(objection),
            isProposal ? comment.ProposalWhy : comment.Why,
            (isProposal ? comment.ProposalVerdict : comment.Verdict).ToString().ToLowerInvariant(),
            findings)
        {
            Author = record is null ? null : new AuthorRecordBody(record.Published, record.Refused, record.Waiting, record.Withdrawn, record.IsPart ? true : null, record.Words.In(hub.Authority.Language)),
            Masked = shown.Count > 0 ? shown.Count : null,
            Contacts = contacts.Count > 0 ? contacts : null,
            FirstText = first,
            RewordUntil = Rewording.IsOpen(comment, time.GetUtcNow()) ? comment.RewordUntil : null,
            PublicText = context?.Text,
            Answers = context?.Answers,
            OfficialAnswers = context?.OfficialAnswers,
            Official = comment.Official ? true : null,
            Contested = await ContestedAsync(hub, waiting, viewer, cancellationToken),
        };
    }

    private async Task<ContestedBody?> ContestedAsync(HubConfiguration hub, Waiting waiting, Actor? viewer, CancellationToken cancellationToken)
    {
        // What is in the list of what was decided has no place in the queue.
        if (waiting.Key.Length == 0 || await contested.FindAsync(waiting, cancellationToken) is not { } refusal)
            return null;
        var (statement, language) = (refusal.Statement, hub.Authority.Language);
        return new ContestedBody(
            refusal.Words(hub.Authority.TimeZone).In(language),
            statement.Reason,
            statement.Label.In(language),
            statement.Cited?.Article,
            statement.Cited?.Version,
            statement.CharterPath,
            refusal.By,
            statement.ByRules ? true : null,
            Actor.IsDeclared(refusal.ById) ? true : null,
            statement.At,
            refusal.Answerer?.In(language),
            viewer is not null && await contested.IsOfAsync(refusal, viewer, cancellationToken) ? true : null);
    }

    // The texts of one item, hidden or whole, and how much of them is hidden.
    private sealed class Shown(PersonalDataMask? mask, string site, HubConfiguration hub)
    {
        public int Count { get; private set; }

        public string Of(string text)
        {
            IReadOnlyList<Finding> none = [];
            return Of(text, ref none, "text");
        }

        public string Of(string text, ref IReadOnlyList<Finding> findings, string field)
        {
            if (mask is null)
                return text;
            var masked = mask.Of(text, findings, field, site, hub);
            findings = masked.Findings;
            Count += masked.Count;
            return masked.Text;
        }
    }

    private async Task<Problem> OtherwiseAsync(string site, CommentId id, CancellationToken cancellationToken) =>
        await store.FindAsync(site, id, cancellationToken) is { } comment ? CommentDecisions.Otherwise(comment) : NoSuch;

    private async Task<Answer<(HubConfiguration Hub, DecisionToken Token, CommentId Id, TokenBody Body)>> OpenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var usable = await configuration.UsableAsync(cancellationToken);
        if (usable.Problem is { } problem)
            return problem;
        var body = await RequestBody.JsonAsync(request, ModerationWire.Default.TokenBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return unreadable;
        var read = tokens.Read(body.Value.Token);
        if (read.State == TokenState.Expired)
            return new Problem(ProblemKind.Gone, "link-expired", "This link is older than a week; find the comment in the list.");
        CommentId id = default;
        if (read.Token is not { } token || (token.Subject != DecisionSubject.Thread && !CommentId.TryParse(token.Id, out id)))
            return new Problem(ProblemKind.Invalid, "link-forged", "This link was not made by this hub; open it again from the card.");
        return (usable.Value, token, id, body.Value);
    }

    private async Task<Answer<(HubConfiguration Hub, Caller Caller)>> AllowedAsync(HttpRequest request, Role role, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), role, cancellationToken);
        if (caller.Problem is { } problem)
            return problem;
        var usable = await configuration.UsableAsync(cancellationToken);
        return usable.Problem is { } unusable ? unusable : (usable.Value, caller.Value);
    }

    private async Task<Answer<(HubConfiguration Hub, Caller Caller, CommentId Id)>> AllowedAsync(HttpRequest request, Role role, string site, string id, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, role, cancellationToken);
        if (allowed.Problem is { } problem)
            return problem;
        return allowed.Value.Hub.Sites.ContainsKey(site) && CommentId.TryParse(id, out var name) ? (allowed.Value.Hub, allowed.Value.Caller, name) : NoSuch;
    }
}
