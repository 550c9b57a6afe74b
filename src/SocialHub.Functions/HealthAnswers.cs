using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Operations;

namespace SocialHub.Functions;

/// <summary>How the hub is, as answers.</summary>
internal static class HealthAnswers
{
    /// <summary>The schema of hub.json; it changes only with the hub's version.</summary>
    public static IResult Schema { get; } =
        new Representation(ConfigurationSchema.Json.ToMemory(), "application/schema+json", ConfigurationReader.Read(ConfigurationSchema.Json).ETag, "public, max-age=3600");

    /// <summary>For anyone: one word.</summary>
    public static IResult Of(bool isUp) => JsonAnswer.Of(new JsonObject { ["status"] = isUp ? "up" : "down" }, isUp ? 200 : 503);

    /// <summary>For whoever holds a key.</summary>
    public static IResult Of(HealthReport report)
    {
        var body = report.Details;
        body.Insert(0, "status", report.Status.ToString().ToLowerInvariant());
        return JsonAnswer.Of(body, report.Status == HealthStatus.Down ? 503 : 200);
    }

    /// <summary>What a round did.</summary>
    public static IResult Of(TickOutcome outcome) => JsonAnswer.Of(
        new JsonObject { ["ran"] = outcome.Ran, ["failed"] = new JsonArray([.. outcome.Failed.Select(name => JsonValue.Create(name))]) },
        StatusCodes.Status202Accepted);

    /// <summary>Makes a timer's run fail where a part of it failed, so that the platform's own figures show it.</summary>
    /// <exception cref="InvalidOperationException">Names the parts.</exception>
    public static void Demand(TickOutcome outcome)
    {
        if (outcome.Failed.Count > 0)
            throw new InvalidOperationException($"{outcome.Failed.Count} of {outcome.Ran} failed: {string.Join(", ", outcome.Failed)}.");
    }
}
