using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Comments;
using SocialHub.Functions.Http;

namespace SocialHub.Functions;

/// <summary>What the team edits.</summary>
public sealed class SettingsFunctions(SettingsStore settings, WordTrialShell trial, Authoriser authoriser)
{
    // Twice what is kept: spaces and escapes are not.
    private const int LargestBody = 2 * SettingsStore.Largest;

    /// <summary>One setting as it is now, the team's or the default of hub.json.</summary>
    [Function("GetSetting")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/settings/{name}")] HttpRequest request, string name, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Editor, _ => settings.GetAsync(name, cancellationToken).ThenAsync(Body), cancellationToken);

    /// <summary>Replaces one setting; the body is its value.</summary>
    [Function("PutSetting")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/settings/{name}")] HttpRequest request, string name, CancellationToken cancellationToken) =>
        authoriser.AsAsync(
            request,
            Role.Editor,
            caller => RequestBody.JsonAsync(request, AccessBodies.Default.JsonDocument, LargestBody, cancellationToken).ThenAsync(async document =>
            {
                using (document)
                    return await settings.PutAsync(name, document.RootElement, IfMatch.Of(request), caller, cancellationToken).ThenAsync(Body);
            }),
            cancellationToken);

    /// <summary>What words that are not saved would do to a text or to the newest comments.</summary>
    [Function("TryWords")]
    public Task<IResult> TryWords([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/settings/words/try")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Editor, _ => trial.TryAsync(request, LargestBody, cancellationToken), cancellationToken);

    private static JsonAnswer Body(Setting setting)
    {
        var body = new JsonObject
        {
            ["name"] = setting.Name,
            ["value"] = JsonNode.Parse(setting.Json.Span),
            ["version"] = setting.Version,
            ["etag"] = setting.ETag,
            ["by"] = setting.By,
            ["at"] = setting.At is { } at ? Moment(at) : null,
        };
        if (setting.Added is { } added)
            body["added"] = new JsonArray([.. added.Select(word => new JsonObject { ["list"] = word.List, ["word"] = word.Word, ["by"] = word.By, ["at"] = Moment(word.At) })]);
        return JsonAnswer.Of(body, tag: setting.ETag);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
