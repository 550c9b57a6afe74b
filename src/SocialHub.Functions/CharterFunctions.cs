using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Comments;
using SocialHub.Functions.Http;
using SocialHub.Storage;

namespace SocialHub.Functions;

/// <summary>The rules of the debate, for everybody: as they are, or as they were in the version that a refusal cites.</summary>
public sealed class CharterFunctions(SettingsStore settings, HubConfigurationSource configuration)
{
    [Function("GetCharter")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/charter")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(
            request,
            (_, charter, _) =>
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(charter, CommentWire.Default.CharterBody);
                return new Representation(body, "application/json; charset=utf-8", Keys.Hash(body), "public, max-age=300");
            },
            cancellationToken);

    [Function("GetCharterHtml")]
    public Task<IResult> GetHtml([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/charter.html")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(request, (hub, charter, newest) => new CharterPage(hub, charter, newest), cancellationToken);

    private static Problem WrongVersion { get; } = new(ProblemKind.Invalid, "version-invalid", "version is the number of a version of the charter, as a refusal cites it.");

    private static Problem NoSuchVersion { get; } = new(ProblemKind.NotFound, "no-such-version", "The charter never had this version.");

    // The newest version goes along: whoever reads an older one is told.
    private async Task<IResult> AnswerAsync(HttpRequest request, Func<HubConfiguration, CharterBody, int, IResult> answer, CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken);
        if (hub.Problem is { } problem)
            return Problems.Of(problem);
        var language = hub.Value.Authority.Language;
        var team = await settings.CurrentAsync(cancellationToken);
        var version = team.CharterVersion;
        if (request.Query.ContainsKey("version") && !int.TryParse(CommentShell.One(request.Query["version"]), NumberStyles.None, CultureInfo.InvariantCulture, out version))
            return Problems.Of(WrongVersion);
        if (await settings.CharterAsync(version, cancellationToken) is not { } found)
            return Problems.Of(NoSuchVersion);
        return answer(hub.Value, new CharterBody(found.Charter.Text, version, language, found.Charter.Articles, found.At), Math.Max(version, team.CharterVersion));
    }
}
