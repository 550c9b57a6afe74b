using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions;

/// <summary>The hub's own pages and the files that sites embed. No page decides or shows anything by being opened: scanners open links too.</summary>
public sealed class WebFunctions(HubConfigurationSource configuration)
{
    /// <summary>What the hub is, and the lines that a site pastes.</summary>
    // The empty route never triggers on Azure; a parameter that can only be empty does.
    [Function("Root")]
    public Task<IResult> Root([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request, CancellationToken cancellationToken) =>
        PageAsync(WebAnswers.Root, cancellationToken);

    /// <summary>The list of what waits for the team.</summary>
    [Function("ModerationPage")]
    public Task<IResult> Moderation([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation")] HttpRequest request, CancellationToken cancellationToken) =>
        PageAsync(WebAnswers.Moderation, cancellationToken);

    /// <summary>The page behind the link of a card.</summary>
    [Function("DecidePage")]
    public Task<IResult> Decide([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation/decide")] HttpRequest request, CancellationToken cancellationToken) =>
        PageAsync(WebAnswers.Decide, cancellationToken);

    /// <summary>A file under its name, of today.</summary>
    [Function("WidgetFile")]
    public IResult Stable([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "widgets/{name}")] HttpRequest request, string name) => WebAnswers.Stable(name);

    /// <summary>A file under the hash of its content, of any release.</summary>
    [Function("HashedFile")]
    public IResult Hashed([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "widgets/{hash}/{name}")] HttpRequest request, string hash, string name) => WebAnswers.Hashed(hash, name);

    private async Task<IResult> PageAsync(Func<HubConfiguration, IResult> page, CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken);
        return hub.Problem is { } problem ? Problems.Of(problem) : page(hub.Value);
    }
}
