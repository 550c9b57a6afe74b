using System.Globalization;
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

    /// <summary>Takes back what the team wrote: what hub.json says holds again, or the hub's own text.</summary>
    [Function("DeleteSetting")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/settings/{name}")] HttpRequest request, string name, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Editor, caller => settings.ReturnAsync(name, IfMatch.Of(request), caller, cancellationToken).ThenAsync(Body), cancellationToken);

    /// <summary>Who changed one setting and when, newest first.</summary>
    [Function("GetSettingVersions")]
    public Task<IResult> Versions([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/settings/{name}/versions")] HttpRequest request, string name, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Editor, async _ => TryBefore(request, out var before) ? await settings.HistoryAsync(name, before, cancellationToken).ThenAsync(Body) : Problems.Of(WrongVersion), cancellationToken);

    /// <summary>What words that are not saved would do to a text or to the newest comments.</summary>
    [Function("TryWords")]
    public Task<IResult> TryWords([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/settings/words/try")] HttpRequest request, CancellationToken cancellationToken) =>
        authoriser.AsAsync(request, Role.Editor, _ => trial.TryAsync(request, LargestBody, cancellationToken), cancellationToken);

    private static Problem WrongVersion { get; } = new(ProblemKind.Invalid, "version-invalid", "before is the number of a version: those before it are listed.");

    private static bool TryBefore(HttpRequest request, out int? before)
    {
        before = null;
        if (!request.Query.ContainsKey("before"))
            return true;
        var isNumber = int.TryParse(CommentShell.One(request.Query["before"]), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        before = number;
        return isNumber;
    }

    private static JsonAnswer Body(SettingHistory history) => JsonAnswer.Of(new JsonObject
    {
        ["items"] = new JsonArray([.. history.Changes.Select(change => new JsonObject { ["version"] = change.Version, ["what"] = change.What, ["by"] = change.By, ["at"] = Moment(change.At) })]),
        ["next"] = history.Next,
    });

    private static JsonAnswer Body(Setting setting)
    {
        var body = new JsonObject
        {
            ["name"] = setting.Name,
            ["value"] = JsonNode.Parse(setting.Json.Span),
            ["version"] = setting.Version,
            ["default"] = setting.IsDefault,
            ["etag"] = setting.ETag,
            ["by"] = setting.By,
            ["at"] = setting.At is { } at ? Moment(at) : null,
        };
        if (setting.Warnings is { Count: > 0 } warnings)
            body["warnings"] = new JsonArray([.. warnings.Select(warning => JsonValue.Create(warning))]);
        if (setting.Added is { } added)
            body["added"] = new JsonArray([.. added.Select(word => new JsonObject { ["list"] = word.List, ["word"] = word.Word, ["by"] = word.By, ["at"] = Moment(word.At) })]);
        return JsonAnswer.Of(body, tag: setting.ETag);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
