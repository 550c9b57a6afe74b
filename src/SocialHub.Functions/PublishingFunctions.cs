using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Functions.Http;
using SocialHub.Publishing;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>The calendar of publications, and the work on one that is due.</summary>
public sealed class PublishingFunctions(Publications publications, ArticlePictures pictures, PublicationWork work, PublicationRemarks remarks, Authoriser authoriser)
{
    /// <summary>What was posted and what will be.</summary>
    [Function("ListPublications")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/publications")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Contributor,
            async _ => TryTime(request.Query["from"], out var from) && TryTime(request.Query["to"], out var to)
                ? await publications.ListAsync(from, to, request.Query["state"].FirstOrDefault(), cancellationToken).ThenAsync(async list => PublicationAnswers.Of(await remarks.WithAsync(list, cancellationToken)))
                : Problems.Of(new Problem(ProblemKind.Invalid, "time-invalid", "Write from and to as in 2027-03-01T08:00:00Z.")),
            cancellationToken);

    /// <summary>One publication.</summary>
    [Function("GetPublication")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/publications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Contributor, _ => publications.GetAsync(id, cancellationToken).ThenAsync(one => WithRemarksAsync(one, cancellationToken)), cancellationToken);

    /// <summary>The picture of its article, as the site has it now.</summary>
    [Function("PublicationPicture")]
    public Task<IResult> Picture([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/publications/{id}/picture")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Contributor, _ => pictures.FindAsync(id, cancellationToken).ThenAsync(PublicationAnswers.Of), cancellationToken);

    /// <summary>A text written by hand, on several accounts at once.</summary>
    [Function("WritePublication")]
    public Task<IResult> Write([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Contributor,
            caller => RequestBody.JsonAsync(request, PublicationJson.Default.WrittenPublication, cancellationToken).ThenAsync(text =>
                publications.WriteAsync(text, request.Headers["Idempotency-Key"].FirstOrDefault(), caller, cancellationToken).ThenAsync(async written => PublicationAnswers.Of(await remarks.WithAsync(written.List, cancellationToken), written.IsReplay ? 200 : 201))),
            cancellationToken);

    /// <summary>Changes one before it is sent.</summary>
    [Function("ChangePublication")]
    public Task<IResult> Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/publications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Editor,
            caller => RequestBody.JsonAsync(request, PublicationJson.Default.PublicationChange, cancellationToken).ThenAsync(change =>
                publications.ChangeAsync(id, change, IfMatch.Of(request), caller, cancellationToken).ThenAsync(one => WithRemarksAsync(one, cancellationToken))),
            cancellationToken);

    /// <summary>Deletes a published one on its network.</summary>
    [Function("DeletePublication")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/publications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        AsEditorAsync(request, caller => publications.DeleteAsync(id, IfMatch.Of(request), caller, cancellationToken), cancellationToken);

    /// <summary>Agrees to one that awaits it; the body may say that it is despite what the rules see in it.</summary>
    [Function("ApprovePublication")]
    public Task<IResult> Approve([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications/{id}/approve")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Editor,
            caller => SaidAsync(request, PublicationJson.Default.PublicationApproval, new PublicationApproval(), cancellationToken).ThenAsync(said =>
                publications.ApproveAsync(id, IfMatch.Of(request), caller, cancellationToken, said.Despite).ThenAsync(one => WithRemarksAsync(one, cancellationToken))),
            cancellationToken);

    /// <summary>Calls one off; of an uncertain one it says that it is not there.</summary>
    [Function("CancelPublication")]
    public Task<IResult> Cancel([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications/{id}/cancel")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        AsEditorAsync(request, caller => publications.CancelAsync(id, IfMatch.Of(request), caller, cancellationToken), cancellationToken);

    /// <summary>Sends a failed or an uncertain one again.</summary>
    [Function("RetryPublication")]
    public Task<IResult> Retry([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        AsEditorAsync(request, caller => publications.RetryAsync(id, IfMatch.Of(request), caller, cancellationToken), cancellationToken);

    /// <summary>Says of an uncertain one that it is there; the body may say where.</summary>
    [Function("ConfirmPublication")]
    public Task<IResult> Confirm([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications/{id}/confirm")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Editor,
            caller => SaidAsync(request, PublicationJson.Default.PublicationConfirmation, new PublicationConfirmation(null), cancellationToken).ThenAsync(there => publications.ConfirmAsync(id, there.Url, IfMatch.Of(request), caller, cancellationToken).ThenAsync(PublicationAnswers.Of)),
            cancellationToken);

    /// <summary>A publication is due.</summary>
    [Function("SendPublication")]
    public Task Send([QueueTrigger(Queues.PublicationSend)] string hint, CancellationToken cancellationToken) => work.RunAsync(hint, cancellationToken);

    private async Task<IResult> WithRemarksAsync(PublicationView one, CancellationToken cancellationToken) => PublicationAnswers.Of(await remarks.WithAsync(one, cancellationToken));

    private Task<IResult> AsEditorAsync(HttpRequest request, Func<Caller, Task<Answer<PublicationView>>> act, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Editor, caller => act(caller).ThenAsync(one => WithRemarksAsync(one, cancellationToken)), cancellationToken);

    // A request without a body says nothing more.
    private static async Task<Answer<T>> SaidAsync<T>(HttpRequest request, JsonTypeInfo<T> type, T nothing, CancellationToken cancellationToken)
        where T : class =>
        request.ContentType is null || RequestBody.IsEmpty(request) ? nothing : await RequestBody.JsonAsync(request, type, cancellationToken);

    private static bool TryTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read))
            return false;
        time = read;
        return true;
    }
}
