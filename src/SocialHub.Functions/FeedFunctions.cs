using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Feeds;
using SocialHub.Functions.Http;
using SocialHub.Media;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>Feeds, what editors choose in them, and their pictures.</summary>
public sealed class FeedFunctions(FeedReader feeds, FeedDesk desk, MediaStore media, SourceRefresh sources, Authoriser authoriser, HubConfigurationSource configuration)
{
    /// <summary>A feed: JSON Feed 1.1, or by its ending RSS (<c>.rss</c>) or a piece of HTML (<c>.html</c>).</summary>
    [Function("Feed")]
    public async Task<IResult> Feed([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/feeds/{feed}")] HttpRequest request, string feed, CancellationToken cancellationToken)
    {
        var (name, form) = FeedAnswer.Split(feed);
        var query = FeedQuery.Parse(request.Query["network"], request.Query["q"], request.Query["after"]);
        if (query.Problem is { } malformed)
            return Problems.Of(malformed);
        var answer = await feeds.ReadAsync(name, form, query.Value, cancellationToken);
        return answer.Problem is { } problem ? Problems.Of(problem) : new FeedAnswer(answer.Value, name, configuration.Current ?? new HubConfiguration());
    }

    /// <summary>Hides or shows, pins or unpins one post.</summary>
    [Function("FeedPost")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/feeds/{feed}/posts/{key}")] HttpRequest request, string feed, string key, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Editor,
            caller => RequestBody.JsonAsync(request, FeedBodies.Default.PostChoice, cancellationToken).ThenAsync(choice =>
                desk.ChooseAsync(feed, key, choice, caller, cancellationToken).ThenAsync(chosen => JsonAnswer.Of(chosen, FeedBodies.Default.ChosenPost))),
            cancellationToken);

    /// <summary>A picture of a post.</summary>
    [Function("Media")]
    public Task<IResult> Media([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{hash}")] HttpRequest request, string hash, CancellationToken cancellationToken) =>
        media.FindAsync(hash, cancellationToken).ThenAsync(file => new MediaAnswer(hash, file));

    /// <summary>Takes a picture for a text that an editor writes; the body is a form (<c>multipart/form-data</c>) with <c>picture</c> and <c>alt</c>.</summary>
    [Function("UploadMedia")]
    public Task<IResult> Upload([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/media")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Editor,
            _ => PictureForm.ReadAsync(request, cancellationToken).ThenAsync(form =>
                media.UploadAsync(form.Picture, form.Alt, cancellationToken).ThenAsync(uploaded => JsonAnswer.Of(uploaded, MediaBodies.Default.UploadedMedia, 201))),
            cancellationToken);

    /// <summary>A source is due.</summary>
    [Function("SourceRefresh")]
    public Task Refresh([QueueTrigger(Queues.SourceRefresh)] string hint, CancellationToken cancellationToken) => sources.RunAsync(hint, cancellationToken);
}
