using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;

namespace SocialHub.Functions;

/// <summary>The hub's own pages and the files that sites embed. No page decides or shows anything by being opened: scanners open links too.</summary>
public sealed class WebFunctions(HubConfigurationSource configuration)
{
    // The empty route never triggers on Azure; a parameter that can only be empty does.
    [Function("Root")]
    public async Task<IResult> Root([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request, CancellationToken cancellationToken) =>
        WebAnswers.Root(await configuration.CurrentAsync(cancellationToken));

    [Function("ModerationPage")]
    public async Task<IResult> Moderation([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation")] HttpRequest request, CancellationToken cancellationToken) =>
        WebAnswers.Moderation(await configuration.CurrentAsync(cancellationToken));

    [Function("DecidePage")]
    public async Task<IResult> Decide([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation/decide")] HttpRequest request, CancellationToken cancellationToken) =>
        WebAnswers.Decide(await configuration.CurrentAsync(cancellationToken));

    [Function("WidgetFile")]
    public IResult Stable([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "widgets/{name}")] HttpRequest request, string name) => WebAnswers.Stable(name);

    [Function("HashedFile")]
    public IResult Hashed([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "widgets/{hash}/{name}")] HttpRequest request, string hash, string name) => WebAnswers.Hashed(hash, name);
}
