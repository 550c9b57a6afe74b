using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Functions.Comments;

/// <summary>Between HTTP and the room of comments: reads and checks requests, writes answers in JSON, HTML and RSS.</summary>
public sealed class CommentShell(
    HubConfigurationSource configuration,
    CommentIntake intake,
    CommentReading reading,
    ThreadAnswers threads,
    CommentReports reports,
    CommentStore store,
    AuthorActions author,
    CitizenMails mails,
    ObjectionLinks objections,
    TimeProvider time,
    IOptions<HubOptions> options)
{
    private const string ThreadCache = "public, max-age=15, stale-if-error=300";

    /// <summary>Header of an author key.</summary>
    public const string AuthorKeyHeader = "Author-Key";

    internal async Task<IResult> SubmitAsync(HttpRequest request, string site, CancellationToken cancellationToken)
    {
        var isForm = RequestBody.IsForm(request);
        // A comment is anonymous: a form that hides where it stands does nothing that anybody could not do, and its page is checked all the same.
        var found = await SiteAsync(request, site, cancellationToken, mayHide: isForm);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, settings) = found.Value;
        var body = isForm ? await FormAsync(request, cancellationToken) : await RequestBody.JsonAsync(request, CommentWire.Default.SubmitBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        var header = request.Headers["Idempotency-Key"];
        var submission = CommentInput.Submission(header.Count == 1 ? body.Value with { IdempotencyKey = header[0] } : body.Value, site, settings, ClientAddress.Of(request, options.Value), isForm);
        if (submission.Problem is { } wrong)
            return Problems.Of(wrong);
        var submitted = await intake.SubmitAsync(submission.Value, cancellationToken);
        if (submitted.Problem is { } refused)
            return Problems.Of(refused);
        var comment = submitted.Value.Comment;
        if (isForm)
            return new ReceiptPage(hub, site, comment, submitted.Value.AuthorKey ?? submission.Value.AuthorKey, time.GetUtcNow());
        var language = VisitorLanguage.Of(request, hub);
        // Of one that is sent again; the rules have not seen a new one yet.
        var reword = RewordPiece.Of(comment, language, time.GetUtcNow());
        var message = reword is null ? CommentWords.Of(comment.State) : RewordPiece.Ask(reword.Until, hub.Authority.TimeZone);
        // Nobody is told whether this address is among them: it may not be theirs.
        if (comment is { State: CommentState.Received, Email: not null } && hub.Mail is not null)
            message = new($"{message.French} {CommentWords.Mailed.French}", $"{message.English} {CommentWords.Mailed.English}");
        var answer = new SubmitAnswer(comment.Id, CommentWords.Word(comment.State), message.In(language), comment.Revision, submitted.Value.AuthorKey, reword);
        return JsonAnswer.Of(answer, CommentWire.Default.SubmitAnswer, submitted.Value.Replayed ? 200 : 201);
    }

    internal async Task<IResult> ThreadAsync(HttpRequest request, string site, string format, CancellationToken cancellationToken)
    {
        var found = await SiteAsync(null, site, cancellationToken);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        var sort = One(request.Query["sort"]) ?? "oldest";
        var asked = new ThreadRequest(site, One(request.Query["page"]) ?? "", format, sort == "newest", One(request.Query["after"]), format == "json" && request.Query.ContainsKey("lang") ? VisitorLanguage.Of(request, found.Value.Hub) : null);
        if (sort is not ("oldest" or "newest"))
            return Problems.Of(new Problem(ProblemKind.Invalid, "sort-invalid", "sort is oldest (default) or newest."));
        if (asked.After is not null && !CommentId.TryParse(asked.After, out _))
            return Problems.Of(new Problem(ProblemKind.Invalid, "after-invalid", "after is the \"next\" of the page before."));
        if (threads.Known(asked, found.Value.Hub) is { } known)
            return known;
        var page = PageAddress.Canonical(asked.Page, found.Value.Settings);
        if (page.Problem is { } wrong)
            return Problems.Of(wrong);
        return await threads.ReadAsync(asked, page.Value, found.Value.Hub, cancellationToken);
    }

    internal async Task<IResult> CountsAsync(HttpRequest request, string site, CancellationToken cancellationToken)
    {
        var found = await SiteAsync(null, site, cancellationToken);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        var asked = request.Query["page"].OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (asked.Count is 0 or > CommentReading.MostCounted)
            return Problems.Of(new Problem(ProblemKind.Invalid, "pages-invalid", $"Ask for 1 to {CommentReading.MostCounted} pages, each as page=."));
        var pages = new List<string>();
        foreach (var page in asked)
        {
            var canonical = PageAddress.Canonical(page, found.Value.Settings);
            if (canonical.Problem is { } wrong)
                return Problems.Of(wrong);
            pages.Add(canonical.Value);
        }

        var counts = await reading.CountsAsync(site, pages, cancellationToken);
        var body = new CountsBody(asked.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        return Kept(JsonSerializer.SerializeToUtf8Bytes(body, CommentWire.Default.CountsBody), "application/json; charset=utf-8");
    }

    internal async Task<IResult> CommentAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var isAuthor = request.Headers.TryGetValue(AuthorKeyHeader, out var key);
        var found = await SiteAsync(null, site, cancellationToken, isRight: isAuthor);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        if (!CommentId.TryParse(id, out var name))
            return Problems.Of(NoSuch);
        if (isAuthor)
            return Shown(request, await author.ViewAsync(site, name, One(key), cancellationToken), found.Value.Hub, site, null, isForm: false, 200);
        if (await store.FindAsync(site, name, cancellationToken) is not { } comment)
            return Problems.Of(NoSuch);
        return comment.State switch
        {
            // Its author, who sends a key, is answered otherwise: no cache may take the one for the other.
            CommentState.Published => Kept(JsonSerializer.SerializeToUtf8Bytes(CommentBody.Of(PublicComment.Of(comment)), CommentWire.Default.CommentBody), "application/json; charset=utf-8", AuthorKeyHeader),
            CommentState.Erased => Problems.Of(CommentProblems.Gone(comment)),
            // Whether something waits under this name is its author's business alone.
            _ => Problems.Of(NoSuch),
        };
    }

    internal async Task<IResult> ViewAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(request, site, id, CommentWire.Default.AuthorBody, form => new AuthorBody(form("authorKey")), body => body.AuthorKey, cancellationToken, isRight: true);
        if (read.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, name, _, key, isForm) = read.Value;
        return Shown(request, await author.ViewAsync(site, name, key, cancellationToken), hub, site, key, isForm, 200);
    }

    internal async Task<IResult> EditAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(
            request,
            site,
            id,
            CommentWire.Default.EditBody,
            form => new EditBody(form("text"), int.TryParse(form("revision"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null, form("authorKey")),
            body => body.AuthorKey,
            cancellationToken);
        if (read.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, name, body, key, isForm) = read.Value;
        var text = CommentInput.Text(body.Text);
        return text.Problem is { } wrong
            ? Problems.Of(wrong)
            : Shown(request, await author.EditAsync(site, name, key, text.Value, body.Revision, ClientAddress.Of(request, options.Value), cancellationToken), hub, site, key, isForm, isForm ? 200 : 202);
    }

    internal async Task<IResult> KeepAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(request, site, id, CommentWire.Default.AuthorBody, form => new AuthorBody(form("authorKey")), body => body.AuthorKey, cancellationToken);
        if (read.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, name, _, key, isForm) = read.Value;
        return Shown(request, await author.KeepAsync(site, name, key, cancellationToken), hub, site, key, isForm, 200);
    }

    internal async Task<IResult> WithdrawAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(request, site, id, CommentWire.Default.AuthorBody, form => new AuthorBody(form("authorKey")), body => body.AuthorKey, cancellationToken, isRight: true);
        if (read.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, name, _, key, isForm) = read.Value;
        var answer = await author.WithdrawAsync(site, name, key, cancellationToken);
        return answer.Succeeded && !isForm ? Results.NoContent() : Shown(request, answer, hub, site, key, isForm, 200);
    }

    internal async Task<IResult> ReportAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(request, site, id, CommentWire.Default.NoticeBody, form => new NoticeBody(form("reason"), form("email"), null, form("name"), form("kind"), form("goodFaith") is not null), _ => null, cancellationToken);
        if (read.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, name, body, _, isForm) = read.Value;
        var notice = CommentInput.Notice(body);
        if (notice.Problem is { } wrong)
            return Problems.Of(wrong);
        var answer = await reports.ReportAsync(site, name, ClientAddress.Of(request, options.Value), notice.Value, cancellationToken);
        var receipt = answer is { Succeeded: true, Value: { Repeated: false, Comment: { } reported } } ? CommentWords.ReportedAt(time.GetUtcNow(), hub.Authority.TimeZone, CommentReports.AddressOf(reported)) : CommentWords.Reported;
        return Noticed(request, answer, _ => "received", _ => receipt, hub, isForm, comment => CommentReports.AddressOf(comment));
    }

    internal async Task<IResult> ObjectAsync(HttpRequest request, string site, string id, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(request, site, id, CommentWire.Default.NoticeBody, form => new NoticeBody(form("reason"), null, form("authorKey")), body => body.AuthorKey, cancellationToken);
        if (read.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, name, body, key, isForm) = read.Value;
        var reason = CommentInput.Reason(body.Reason);
        return reason.Problem is { } wrong
            ? Problems.Of(wrong)
            : Noticed(request, await author.ObjectAsync(site, name, key, reason.Value, ClientAddress.Of(request, options.Value), cancellationToken), comment => CommentWords.Word(comment.State), CommentWords.ObjectedTo, hub, isForm);
    }

    internal async Task<IResult> ExportAsync(HttpRequest request, string site, CancellationToken cancellationToken)
    {
        var wish = await WishAsync(request, site, cancellationToken);
        if (wish.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, key, isForm, form) = wish.Value;
        var comments = await author.ExportAsync(site, key, cancellationToken);
        if (comments.Problem is { } refused)
            return Problems.Of(refused);
        var body = new ExportBody(site, [.. comments.Value.Select(authored => ExportOf(authored, hub))]);
        if (isForm && form("format") != "json")
            return new ExportPage(hub, body, key!);
        return JsonAnswer.Of(body, CommentWire.Default.ExportBody, fileName: isForm ? $"{site}.json" : null);
    }

    internal async Task<IResult> EraseAuthorAsync(HttpRequest request, string site, CancellationToken cancellationToken)
    {
        var wish = await WishAsync(request, site, cancellationToken);
        if (wish.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, key, isForm, form) = wish.Value;
        if (isForm && form("confirm") != "yes")
            return new EraseAuthorPage(hub, site, key!);
        var answer = await author.EraseAllAsync(site, key, ClientAddress.Of(request, options.Value), cancellationToken);
        if (answer.Problem is { } refused)
            return Problems.Of(refused);
        return isForm ? new MessagePage(hub, CommentWords.Erasing.In(hub.Authority.Language)) : Results.StatusCode(202);
    }

    internal async Task<IResult> AuthorAsync(string site, CancellationToken cancellationToken)
    {
        var found = await SiteAsync(null, site, cancellationToken, isRight: true);
        return found.Problem is { } problem ? Problems.Of(problem) : new AuthorPage(found.Value.Hub, site);
    }

    internal async Task<IResult> UnsubscribePageAsync(string site, string recipient, CancellationToken cancellationToken)
    {
        var found = await SiteAsync(null, site, cancellationToken, isRight: true);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        return await mails.HasEndedAsync(site, recipient, cancellationToken) is { } hasEnded ? new UnsubscribePage(found.Value.Hub, hasEnded) : Problems.Of(NoRecipient);
    }

    internal async Task<IResult> UnsubscribeAsync(HttpRequest request, string site, string recipient, CancellationToken cancellationToken)
    {
        // No Origin is looked at: a mail program has none. The link proves that it was in a mail of this hub, and whoever has it may do no more than this.
        var found = await SiteAsync(null, site, cancellationToken, isRight: true);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, _) = found.Value;
        // What a mail program sends by one click is a form without this field, and whatever cannot be read ends them, too.
        var isAgain = RequestBody.IsForm(request) && await FieldsAsync(request, cancellationToken) is { Succeeded: true } form && form.Value(UnsubscribePage.AgainField) == "yes";
        if (!await (isAgain ? mails.ResumeAsync(site, recipient, cancellationToken) : mails.UnsubscribeAsync(site, recipient, cancellationToken)))
            return Problems.Of(NoRecipient);
        return isAgain ? new MessagePage(hub, CommentWords.MailsAgain.In(hub.Authority.Language)) : new UnsubscribePage(hub, hasEnded: true);
    }

    internal async Task<IResult> ObjectionPageAsync(string site, string link, CancellationToken cancellationToken)
    {
        var found = await SiteAsync(null, site, cancellationToken);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        var id = await objections.ReadAsync(site, link, cancellationToken);
        if (id.Problem is { } wrong)
            return Problems.Of(wrong);
        if (await store.FindAsync(site, id.Value, cancellationToken) is not { } comment)
            return Problems.Of(NoSuch);
        if (comment.State == CommentState.Erased)
            return Problems.Of(CommentProblems.Gone(comment));
        var thread = await store.FindThreadAsync(site, id.Value.Page, cancellationToken);
        return new ObjectionPage(found.Value.Hub, comment, thread?.Title ?? comment.Page, time.GetUtcNow());
    }

    internal async Task<IResult> ObjectByLinkAsync(HttpRequest request, string site, string link, CancellationToken cancellationToken)
    {
        var found = await SiteAsync(request, site, cancellationToken);
        if (found.Problem is { } problem)
            return Problems.Of(problem);
        var id = await objections.ReadAsync(site, link, cancellationToken);
        if (id.Problem is { } wrong)
            return Problems.Of(wrong);
        // The page's form and nothing else: a program has the author's code.
        var form = await FieldsAsync(request, cancellationToken);
        if (form.Problem is { } unreadable)
            return Problems.Of(unreadable);
        var reason = CommentInput.Reason(form.Value("reason"));
        if (reason.Problem is { } empty)
            return Problems.Of(empty);
        var answer = await author.ObjectByLinkAsync(site, id.Value, reason.Value, ClientAddress.Of(request, options.Value), cancellationToken);
        return Noticed(request, answer, comment => CommentWords.Word(comment.State), CommentWords.ObjectedTo, found.Value.Hub, isForm: true);
    }

    private static Problem NoRecipient { get; } = new(ProblemKind.NotFound, "no-such-recipient", "This is no link of a mail of this hub; use the whole link.");

    private static Problem CodeIncomplete { get; } = new(ProblemKind.Unauthenticated, "author-key-incomplete", "Send the author key in authorKey: 22 characters of base64url.");

    private static Problem NoSuch { get; } = new(ProblemKind.NotFound, "no-such-comment", "There is no public comment of that name on this site.");

    internal static string? One(StringValues values) => values.Count == 1 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    private static Representation Kept(byte[] body, string contentType, string? vary = null) => new(body, contentType, Keys.Hash(body), ThreadCache) { Vary = vary };

    private static ExportedComment ExportOf(AuthoredComment authored, HubConfiguration hub)
    {
        var language = hub.Authority.Language;
        var comment = authored.Comment;
        return new ExportedComment(
            comment.Id,
            comment.Page,
            CommentWords.Word(comment.State),
            comment.Parent,
            comment.Name,
            comment.Body,
            comment.FirstBody,
            comment.ProposalWaits ? comment.ProposalBody : null,
            comment.ProposalState == ProposalState.Rejected ? new RefusedProposalBody(comment.ProposalBody ?? "", RefusalReasons.Find(comment.ProposalRefusal)?.Label.In(language), comment.ProposalDecidedAt) : null,
            comment.Email,
            comment.Received,
            comment.PublishedAt,
            comment.EditedAt,
            comment.Revision,
            ReasonsOf(comment),
            WhyOf(comment),
            RefusalOf(comment, language),
            StatementOf(comment, hub, language),
            [.. authored.Objections.Select(objection => new ExportedObjection(objection.At, objection.Reason, objection.Decision, objection.DecidedAt, RefusalReasons.Find(objection.Refusal)?.Label.In(language)))]);
    }

    private IResult Shown(HttpRequest request, Answer<CommentRow> answer, HubConfiguration hub, string site, string? key, bool isForm, int status)
    {
        if (answer.Problem is { } problem)
            return Problems.Of(problem);
        var comment = answer.Value;
        return isForm ? new ReceiptPage(hub, site, comment, key, time.GetUtcNow()) : JsonAnswer.Of(ViewOf(comment, VisitorLanguage.Of(request, hub), hub, hub.Sites.ContainsKey(site), time.GetUtcNow()), CommentWire.Default.AuthorView, status);
    }

    // Of what the author wrote last.
    private static IReadOnlyList<ReasonBody> ReasonsOf(CommentRow comment) =>
        [.. (comment.IsNewestProposed ? comment.ProposalFindings : comment.Findings).Where(finding => finding.Verdict != Verdict.Publish).Select(finding => new ReasonBody(finding.Class, finding.Reason, finding.Start, finding.Length))];

    private static string? WhyOf(CommentRow comment) => comment.IsNewestProposed ? comment.ProposalWhy : comment.Why;

    private static string? RefusalOf(CommentRow comment, string language) => RefusalReasons.Find(comment.Refusal)?.Label.In(language);

    // text, revision and reasons are of what the author wrote last, where the next edit begins; html is what readers see.
    private static AuthorView ViewOf(CommentRow comment, string language, HubConfiguration hub, bool isNamed, DateTimeOffset now)
    {
        // Beside a public text; what was refused beside one that is public no more is only told.
        var isProposed = comment.IsNewestProposed;
        var isRefused = comment.ProposalState == ProposalState.Rejected;
        return new AuthorView(
            comment.Id,
            comment.Parent,
            CommentWords.Word(comment.State),
            CommentWords.ForAuthor(comment, hub.Authority.TimeZone, now).In(language),
            comment.Page,
            comment.Name,
            isProposed ? comment.ProposalBody ?? comment.Body : comment.Body,
            comment.Html,
            comment.Received,
            comment.PublishedAt,
            comment.Depth,
            comment.ChangeableRevision,
            ReasonsOf(comment),
            WhyOf(comment),
            RefusalOf(comment, language),
            comment.MayObject && isNamed,
            comment.ProposalState == ProposalState.None ? null : new ProposalBody(
                comment.ProposalState.ToString().ToLowerInvariant(),
                comment.ProposalBody ?? "",
                comment.ProposalRevision,
                isRefused ? RefusalReasons.Find(comment.ProposalRefusal)?.Label.In(language) : null,
                isRefused ? comment.ProposalDecidedAt : null),
            StatementOf(comment, hub, language),
            isNamed ? RewordPiece.Of(comment, language, now) : null);
    }

    private static StatementBody? StatementOf(CommentRow comment, HubConfiguration hub, string language) => StatementOfReasons.Of(comment) is not { } statement ? null : new StatementBody(
        statement.Decision,
        statement.At,
        statement.Reason,
        statement.Label.In(language),
        statement.Ground,
        statement.Cited?.Article,
        statement.Cited?.Version,
        hub.Authority.PublicAddress + statement.CharterPath,
        statement.Detected,
        statement.ByRules,
        statement.OnNotice,
        statement.Means.In(language),
        [.. ReasonsOf(comment).Select(reason => reason.Reason).Distinct(StringComparer.Ordinal)],
        statement.Redress(hub.Authority.TimeZone, hub.Retention.RefusedDays).In(language),
        StatementPiece.Html(statement, hub, language));

    private static IResult Noticed(HttpRequest request, Answer<(CommentRow Comment, bool Repeated)> answer, Func<CommentRow, string> state, Func<CommentRow, Wording> message, HubConfiguration hub, bool isForm, Func<CommentRow, string>? place = null)
    {
        if (answer.Problem is { } problem)
            return Problems.Of(problem);
        var (comment, repeated) = answer.Value;
        return isForm
            ? new MessagePage(hub, message(comment).In(hub.Authority.Language), place is null ? comment.Page : place(comment))
            : JsonAnswer.Of(new ReceiptBody(comment.Id, state(comment), message(comment).In(VisitorLanguage.Of(request, hub)), place?.Invoke(comment)), CommentWire.Default.ReceiptBody, repeated ? 200 : 201);
    }

    private static async Task<Answer<SubmitBody>> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await FieldsAsync(request, cancellationToken);
        if (form.Problem is { } problem)
            return problem;
        var field = form.Value;
        DateTimeOffset? started = DateTimeOffset.TryParse(field("started"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        return new SubmitBody(field("page"), field("parent"), field("text"), field("name"), field("email"), field("idempotencyKey"), field("authorKey"), started, field("website"));
    }

    // By name; a field that is empty or stands twice is as good as none.
    private static async Task<Answer<Func<string, string?>>> FieldsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await RequestBody.FormAsync(request, cancellationToken);
        if (form.Problem is { } problem)
            return problem;
        Func<string, string?> field = name => form.Value.TryGetValue(name, out var values) ? One(values) : null;
        return field;
    }

    // What an author asks about everything under the key.
    private async Task<Answer<Wish>> WishAsync(HttpRequest request, string site, CancellationToken cancellationToken)
    {
        var found = await SiteAsync(request, site, cancellationToken, isRight: true);
        if (found.Problem is { } problem)
            return problem;
        // The key may stand in the header alone.
        var header = One(request.Headers[AuthorKeyHeader]);
        if (HttpMethods.IsPost(request.Method) && !RequestBody.IsEmpty(request))
        {
            if (RequestBody.IsForm(request))
            {
                var form = await FieldsAsync(request, cancellationToken);
                if (form.Problem is { } wrong)
                    return wrong;
                // Typed or pasted by hand, often with a blank, and of no comment in particular: a wrong length is all that can be wrong with it.
                var typed = form.Value("authorKey")?.Trim() ?? header;
                return AuthorKeys.IsKey(typed) ? new Wish(found.Value.Hub, typed, true, form.Value) : CodeIncomplete;
            }

            var body = await RequestBody.JsonAsync(request, CommentWire.Default.AuthorBody, cancellationToken);
            return body.Problem is { } unreadable ? unreadable : new Wish(found.Value.Hub, body.Value.AuthorKey ?? header, false, _ => null);
        }

        return new Wish(found.Value.Hub, header, false, _ => null);
    }

    private async Task<Answer<Read<T>>> ReadAsync<T>(HttpRequest request, string site, string id, JsonTypeInfo<T> type, Func<Func<string, string?>, T> fromForm, Func<T, string?> keyOf, CancellationToken cancellationToken, bool isRight = false)
        where T : class
    {
        var found = await SiteAsync(request, site, cancellationToken, isRight: isRight);
        if (found.Problem is { } problem)
            return problem;
        if (!CommentId.TryParse(id, out var name))
            return NoSuch;
        var header = One(request.Headers[AuthorKeyHeader]);
        var isForm = RequestBody.IsForm(request);
        T body;
        if (isForm)
        {
            var form = await FieldsAsync(request, cancellationToken);
            if (form.Problem is { } wrong)
                return wrong;
            body = fromForm(form.Value);
        }
        else if (HttpMethods.IsDelete(request.Method) || (typeof(T) == typeof(AuthorBody) && header is not null && RequestBody.IsEmpty(request)))
        {
            body = fromForm(_ => null);
        }
        else
        {
            var json = await RequestBody.JsonAsync(request, type, cancellationToken);
            if (json.Problem is { } unreadable)
                return unreadable;
            body = json.Value;
        }

        return new Read<T>(found.Value.Hub, name, body, keyOf(body) ?? header, isForm);
    }

    // What an author may ask of the own words (to see them, take them along, take them back, have them erased) outlives the site's place in hub.json, or its name there: as long as the words are kept.
    private async Task<Answer<(HubConfiguration Hub, SiteConfiguration Settings)>> SiteAsync(HttpRequest? write, string site, CancellationToken cancellationToken, bool mayHide = false, bool isRight = false)
    {
        var usable = await configuration.UsableAsync(cancellationToken);
        if (usable.Problem is { } problem)
            return problem;
        if (!usable.Value.Sites.TryGetValue(site, out var settings))
        {
            if (!isRight || !await store.HoldsAsync(site, cancellationToken))
                return new Problem(ProblemKind.NotFound, "no-such-site", "This hub has no site of that name.");
            // The same pages may stand under another id now.
            settings = new SiteConfiguration { Origins = [.. usable.Value.Sites.Values.SelectMany(other => other.Origins).Distinct(StringComparer.Ordinal)] };
        }

        if (write is not null && Origins.Check(One(write.Headers.Origin), One(write.Headers.Referer), settings, usable.Value, mayHide) is { } foreign)
            return foreign;
        return (usable.Value, settings);
    }

    private sealed record Wish(HubConfiguration Hub, string? Key, bool IsForm, Func<string, string?> Form);

    private sealed record Read<T>(HubConfiguration Hub, CommentId Id, T Body, string? AuthorKey, bool IsForm);
}
