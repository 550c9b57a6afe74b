using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions;

/// <summary>The hub's own pages and the files that sites embed. No page decides or shows anything by being opened: scanners open links too.</summary>
public sealed class WebFunctions(HubConfigurationSource configuration)
{
    // The empty route never triggers on Azure; a parameter that can only be empty does.
    [Function("Root")]
    public Task<IResult> Root([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request, CancellationToken cancellationToken) =>
        PageAsync(WebAnswers.Root, cancellationToken);

    [Function("ModerationPage")]
    public Task<IResult> Moderation([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation")] HttpRequest request, CancellationToken cancellationToken) =>
        PageAsync(WebAnswers.Moderation, cancellationToken);

    [Function("DecidePage")]
    public Task<IResult> Decide([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation/decide")] HttpRequest request, CancellationToken cancellationToken) =>
        PageAsync(WebAnswers.Decide, cancellationToken);

    [Function("WidgetFile")]
    public IResult Stable([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "widgets/{name}")] HttpRequest request, string name) => WebAnswers.Stable(name);

    [Function("HashedFile")]
    public IResult Hashed([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "widgets/{hash}/{name}")] HttpRequest request, string hash, string name) => WebAnswers.Hashed(hash, name);

    private async Task<IResult> PageAsync(Func<HubConfiguration, IResult> page, CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken);
        return hub.Problem is { } problem ? Problems.Of(problem) : page(hub.Value);
    }
}
