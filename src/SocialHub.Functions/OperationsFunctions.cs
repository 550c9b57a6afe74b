using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Operations;
using SocialHub.Publishing;

namespace SocialHub.Functions;

/// <summary>What IT calls, and the two clocks of the hub.</summary>
public sealed class OperationsFunctions(Health health, Ticks ticks, HubConfigurationSource configuration, PublishingGate gate, Authoriser authoriser)
{
    /// <summary>Up or down for anyone; with a key also how each part is.</summary>
    [Function("Health")]
    public async Task<IResult> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = await authoriser.IdentifyAsync(RequestCredentials.Of(request), cancellationToken);
        return caller.Role == Role.None
            ? HealthAnswers.Of(await health.IsUpAsync(cancellationToken))
            : HealthAnswers.Of(await health.AskAsync(cancellationToken));
    }

    /// <summary>Does at once what the clock does each minute; the second way where a timer has stopped.</summary>
    [Function("RunTick")]
    public Task<IResult> RunTick([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/operations/tick")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.RequireAdministratorOrWorkflowAsync(RequestCredentials.Of(request), cancellationToken).AsTask().ThenAsync(async _ => HealthAnswers.Of(await ticks.RunAsync(cancellationToken)));

    /// <summary>Brings in a whole new hub.json, or refuses it with every error.</summary>
    [Function("ReplaceConfiguration")]
    public Task<IResult> ReplaceConfiguration([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/operations/configuration")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.RequireEvenUnconfiguredAsync(RequestCredentials.Of(request), Role.Administrator, cancellationToken).AsTask().ThenAsync(_ =>
            RequestBody.BytesAsync(request, ConfigurationReader.LongestDocument, cancellationToken).ThenAsync(body =>
                configuration.ReplaceAsync(BinaryData.FromBytes(body), IfMatch.Of(request), cancellationToken).ThenAsync(etag => JsonAnswer.Of(new JsonObject { ["etag"] = etag }, tag: etag))));

    /// <summary>Says that this storage was brought back from a copy: what the copy had planned is not sent, and each feed's next look asks before it announces.</summary>
    [Function("MarkRestored")]
    public Task<IResult> MarkRestored([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/operations/restored")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Administrator,
            async caller => JsonAnswer.Of(new JsonObject { ["restoredAt"] = (await gate.MarkRestoredAsync(caller, cancellationToken)).UtcDateTime }),
            cancellationToken);

    /// <summary>The schema of hub.json, for editors.</summary>
    [Function("ConfigurationSchema")]
    public IResult ConfigurationSchema([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hub.schema.json")] HttpRequest request) =>
        HealthAnswers.Schema;

    /// <summary>The description of this interface for programs.</summary>
    [Function("OpenApi")]
    public IResult OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        WebAnswers.Stable("openapi.json");

    /// <summary>The clock of due work.</summary>
    [Function("EveryMinute")]
    public async Task EveryMinute([TimerTrigger("%TickSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        HealthAnswers.Demand(await ticks.RunAsync(cancellationToken));

    /// <summary>The clock of retention.</summary>
    [Function("EveryDay")]
    public async Task EveryDay([TimerTrigger("%DailySchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        HealthAnswers.Demand(await ticks.RunDailyAsync(cancellationToken));
}
