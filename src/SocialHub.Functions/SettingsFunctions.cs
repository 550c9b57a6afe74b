using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Http;

namespace SocialHub.Functions;

/// <summary>What the team edits.</summary>
public sealed class SettingsFunctions(SettingsStore settings, Authoriser authoriser)
{
    // Twice what is kept: spaces and escapes are not.
    private const int LargestBody = 2 * SettingsStore.Largest;

    /// <summary>One setting as it is now, the team's or the default of hub.json.</summary>
    [Function("GetSetting")]
    public async Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/settings/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Editor, cancellationToken);
        return caller.Problem is { } refusal ? Problems.Of(refusal) : Answer(await settings.GetAsync(name, cancellationToken));
    }

    /// <summary>Replaces one setting; the body is its value.</summary>
    [Function("PutSetting")]
    public async Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/settings/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Editor, cancellationToken);
        if (caller.Problem is { } refusal)
            return Problems.Of(refusal);
        var body = await RequestBody.JsonAsync(request, AccessBodies.Default.JsonDocument, LargestBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        using var document = body.Value;
        return Answer(await settings.PutAsync(name, document.RootElement, IfMatch.Of(request), caller.Value, cancellationToken));
    }

    private static IResult Answer(Answer<Setting> answer) => answer.Problem is { } problem
        ? Problems.Of(problem)
        : new TaggedJson(answer.Value.ETag, new JsonObject
        {
            ["name"] = answer.Value.Name,
            ["value"] = JsonNode.Parse(answer.Value.Json.Span),
            ["version"] = answer.Value.Version,
            ["etag"] = answer.Value.ETag,
            ["by"] = answer.Value.By,
            ["at"] = answer.Value.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        });
}
