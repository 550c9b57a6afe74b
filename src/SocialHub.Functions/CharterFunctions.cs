using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Comments;
using SocialHub.Functions.Http;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>The rules of the debate, for everybody.</summary>
public sealed class CharterFunctions(SettingsStore settings, HubConfigurationSource configuration)
{
    [Function("GetCharter")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/charter")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(
            (_, charter) =>
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(charter, CommentWire.Default.CharterBody);
                return new Representation(body, "application/json; charset=utf-8", Keys.Hash(body), "public, max-age=300");
            },
            cancellationToken);

    [Function("GetCharterHtml")]
    public Task<IResult> GetHtml([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/charter.html")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync((hub, charter) => new CharterPage(hub, charter), cancellationToken);

    private async Task<IResult> AnswerAsync(Func<HubConfiguration, CharterBody, IResult> answer, CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken);
        if (hub.Problem is { } problem)
            return Problems.Of(problem);
        var team = await settings.CurrentAsync(cancellationToken);
        return answer(hub.Value, new CharterBody(team.Charter.Text, team.CharterVersion, hub.Value.Authority.Language));
    }
}
