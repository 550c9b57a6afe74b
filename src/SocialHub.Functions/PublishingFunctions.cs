using System.Globalization;
using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Functions.Http;
using SocialHub.Publishing;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>The calendar of publications, and the work on one that is due.</summary>
public sealed class PublishingFunctions(Publications publications, ArticlePictures pictures, PublicationWork work, Authoriser authoriser)
{
    /// <summary>What was posted and what will be.</summary>
    [Function("ListPublications")]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/publications")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Contributor, cancellationToken);
        if (caller.Problem is { } refusal)
            return Problems.Of(refusal);
        if (!TryTime(request.Query["from"], out var from) || !TryTime(request.Query["to"], out var to))
            return Problems.Of(new Problem(ProblemKind.Invalid, "time-invalid", "Write from and to as in 2027-03-01T08:00:00Z."));
        var list = await publications.ListAsync(from, to, request.Query["state"].FirstOrDefault(), cancellationToken);
        return list.Problem is { } problem ? Problems.Of(problem) : PublicationAnswers.Of(list.Value);
    }

    /// <summary>One publication.</summary>
    [Function("GetPublication")]
    public async Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/publications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Contributor, cancellationToken);
        return caller.Problem is { } refusal ? Problems.Of(refusal) : PublicationAnswers.Of(await publications.GetAsync(id, cancellationToken));
    }

    /// <summary>The picture of its article, as the site has it now.</summary>
    [Function("PublicationPicture")]
    public async Task<IResult> Picture([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/publications/{id}/picture")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Contributor, cancellationToken);
        return caller.Problem is { } refusal ? Problems.Of(refusal) : PublicationAnswers.Of(await pictures.FindAsync(id, cancellationToken));
    }

    /// <summary>A text written by hand, on several accounts at once.</summary>
    [Function("WritePublication")]
    public async Task<IResult> Write([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Contributor, cancellationToken);
        if (caller.Problem is { } refusal)
            return Problems.Of(refusal);
        var body = await RequestBody.JsonAsync(request, PublicationJson.Default.WrittenPublication, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        var answer = await publications.WriteAsync(body.Value, request.Headers["Idempotency-Key"].FirstOrDefault(), caller.Value, cancellationToken);
        return answer.Problem is { } problem ? Problems.Of(problem) : PublicationAnswers.Of(answer.Value.List, answer.Value.IsReplay ? 200 : 201);
    }

    /// <summary>Changes one before it is sent.</summary>
    [Function("ChangePublication")]
    public async Task<IResult> Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/publications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Editor, cancellationToken);
        if (caller.Problem is { } refusal)
            return Problems.Of(refusal);
        var body = await RequestBody.JsonAsync(request, PublicationJson.Default.PublicationChange, cancellationToken);
        return body.Problem is { } unreadable
            ? Problems.Of(unreadable)
            : PublicationAnswers.Of(await publications.ChangeAsync(id, body.Value, IfMatch.Of(request), caller.Value, cancellationToken));
    }

    /// <summary>Deletes a published one on its network.</summary>
    [Function("DeletePublication")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/publications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        AsEditorAsync(request, caller => publications.DeleteAsync(id, IfMatch.Of(request), caller, cancellationToken), cancellationToken);

    /// <summary>Agrees to one that awaits it.</summary>
    [Function("ApprovePublication")]
    public Task<IResult> Approve([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications/{id}/approve")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        AsEditorAsync(request, caller => publications.ApproveAsync(id, IfMatch.Of(request), caller, cancellationToken), cancellationToken);

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
    public async Task<IResult> Confirm([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/publications/{id}/confirm")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Editor, cancellationToken);
        if (caller.Problem is { } refusal)
            return Problems.Of(refusal);
        string? url = null;
        if (request.ContentType is not null)
        {
            var body = await RequestBody.JsonAsync(request, PublicationJson.Default.PublicationConfirmation, cancellationToken);
            if (body.Problem is { } unreadable)
                return Problems.Of(unreadable);
            url = body.Value.Url;
        }

        return PublicationAnswers.Of(await publications.ConfirmAsync(id, url, IfMatch.Of(request), caller.Value, cancellationToken));
    }

    /// <summary>A publication is due.</summary>
    [Function("SendPublication")]
    public Task Send([QueueTrigger(Queues.PublicationSend)] string hint, CancellationToken cancellationToken) => work.RunAsync(hint, cancellationToken);

    private async Task<IResult> AsEditorAsync(HttpRequest request, Func<Caller, Task<Answer<PublicationView>>> act, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Editor, cancellationToken);
        return caller.Problem is { } refusal ? Problems.Of(refusal) : PublicationAnswers.Of(await act(caller.Value));
    }

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
