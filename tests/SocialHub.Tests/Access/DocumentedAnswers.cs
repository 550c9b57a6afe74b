using System.Text.Json.Nodes;
using SocialHub.Web;

namespace SocialHub.Tests.Access;

/// <summary>Holds every answer that a test of the routes gets to openapi.json: a status that is not in it is a mistake of one of the two.</summary>
internal static class DocumentedAnswers
{
    private static readonly (string[] Route, JsonObject Operations)[] Paths =
        [.. JsonNode.Parse(WebFiles.Find("openapi.json")!.Content)!["paths"]!.AsObject().Select(path => (path.Key.Split('/'), path.Value!.AsObject()))];

    public static void Check(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var asked = request.RequestUri!.AbsolutePath.Split('/');
        var fitting = Paths.Where(path => path.Route.Length == asked.Length && path.Route.Zip(asked).All(step => step.First.StartsWith('{') || step.First == step.Second)).ToList();
        if (fitting.Count == 0)
            return;
        // Where two fit, one with a place and one without, the route is the one without.
        var operation = fitting.MinBy(path => path.Route.Count(step => step.StartsWith('{'))).Operations[request.Method.Method.ToLowerInvariant()];
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(operation is null || operation["responses"]![status] is not null, $"{request.Method} {request.RequestUri.AbsolutePath} answered {status}, which openapi.json does not know.");
    }
}
