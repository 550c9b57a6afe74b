using Microsoft.AspNetCore.Http;
using SocialHub.Comments;
using SocialHub.Functions.Comments;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>What moderators see and decide, by link, by page and by workflow.</summary>
public sealed class ModerationFunctions(ModerationShell shell, DebateShell debates, PageRuleShell pages, ModerationCards cards, TeamMails mails)
{
    /// <summary>What a decision link is about; nothing is decided by looking.</summary>
    [Function("ViewDecision")]
    public Task<IResult> ViewDecision([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "moderation/decide/view")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.ViewByLinkAsync(request, cancellationToken);

    /// <summary>A decision by link, taking it back, or a wish for a fresh card.</summary>
    [Function("Decide")]
    public Task<IResult> Decide([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "moderation/decide")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.DecideByLinkAsync(request, cancellationToken);

    /// <summary>What waits for a person, or was decided lately.</summary>
    [Function("ListWaiting")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/moderation/comments")] HttpRequest request, CancellationToken cancellationToken) =>
        shell.ListAsync(request, cancellationToken);

    /// <summary>What became of one comment, step by step.</summary>
    [Function("GetHistory")]
    public Task<IResult> History([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/moderation/history/{site}/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.HistoryAsync(request, site, id, cancellationToken);

    /// <summary>One comment with the personal data that lists and cards hide; who asked stands in its history.</summary>
    [Function("RevealComment")]
    public Task<IResult> Reveal([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/comments/{site}/{id}/view")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.RevealAsync(request, site, id, cancellationToken);

    /// <summary>A decision of a moderator or the workflow.</summary>
    [Function("DecideComment")]
    public Task<IResult> DecideComment([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/comments/{site}/{id}/decision")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.DecideAsync(request, site, id, cancellationToken);

    /// <summary>Takes the newest decision back.</summary>
    [Function("UndoDecision")]
    public Task<IResult> Undo([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/comments/{site}/{id}/undo")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.UndoAsync(request, site, id, cancellationToken);

    /// <summary>An answer in the name of the authority.</summary>
    [Function("AnswerComment")]
    public Task<IResult> Answer([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/comments/{site}/{id}/answer")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.AnswerAsync(request, site, id, cancellationToken);

    /// <summary>Erases one comment for good; an administrator only.</summary>
    [Function("EraseComment")]
    public Task<IResult> Erase([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/moderation/comments/{site}/{id}")] HttpRequest request, string site, string id, CancellationToken cancellationToken) =>
        shell.EraseAsync(request, site, id, cancellationToken);

    /// <summary>Debates that turned, and pages that are held.</summary>
    [Function("ListDebates")]
    public Task<IResult> Debates([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/moderation/threads")] HttpRequest request, CancellationToken cancellationToken) =>
        debates.ListAsync(request, cancellationToken);

    /// <summary>A moderator's decision about a debate that turned.</summary>
    [Function("DecideDebate")]
    public Task<IResult> DecideDebate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/threads/{site}/{thread}/decision")] HttpRequest request, string site, string thread, CancellationToken cancellationToken) =>
        debates.DecideAsync(request, site, thread, cancellationToken);

    /// <summary>All that is kept of a page's debate, for a complaint; who takes it is written into its log, so it is no GET.</summary>
    [Function("TakeEvidence")]
    public Task<IResult> Evidence([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/threads/{site}/{thread}/evidence")] HttpRequest request, string site, string thread, CancellationToken cancellationToken) =>
        debates.EvidenceAsync(request, site, thread, cancellationToken);

    /// <summary>An answer in the name of the authority to a page itself.</summary>
    [Function("AnswerPage")]
    public Task<IResult> AnswerPage([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/moderation/threads/{site}/{thread}/answer")] HttpRequest request, string site, string thread, CancellationToken cancellationToken) =>
        debates.AnswerAsync(request, site, thread, cancellationToken);

    /// <summary>Closes or opens the comments of one page, holds all of them for a time, or sets who reads them first.</summary>
    [Function("GovernThread")]
    public Task<IResult> Thread([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/threads")] HttpRequest request, CancellationToken cancellationToken) =>
        pages.GovernAsync(request, cancellationToken);

    /// <summary>What holds for one page, and where that comes from.</summary>
    [Function("ViewThreadRule")]
    public Task<IResult> ThreadRule([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/threads")] HttpRequest request, CancellationToken cancellationToken) =>
        pages.ViewAsync(request, cancellationToken);

    /// <summary>A card is due in the moderation channels.</summary>
    [Function("SendCard")]
    public Task SendCard([QueueTrigger(Queues.ModerationCard)] string hint, CancellationToken cancellationToken) =>
        Hint.Parse(hint) is { } parsed ? cards.RunAsync(parsed, cancellationToken) : Task.CompletedTask;

    /// <summary>A mail is due.</summary>
    [Function("SendMail")]
    public Task SendMail([QueueTrigger(Queues.MailSend)] string hint, CancellationToken cancellationToken) =>
        Hint.Parse(hint) is { } parsed ? mails.RunAsync(parsed, cancellationToken) : Task.CompletedTask;
}
