namespace SocialHub.Configuration;

/// <summary>Errors of hub.json as the member <c>errors</c> of a problem: a list of <c>{path, message}</c>.</summary>
internal static class ConfigurationProblems
{
    public static IReadOnlyDictionary<string, object?> Of(IReadOnlyList<ConfigurationError> errors) =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = new System.Text.Json.Nodes.JsonArray([.. errors.Select(Node)]) };

    private static System.Text.Json.Nodes.JsonObject Node(ConfigurationError error) => new() { ["path"] = error.Path, ["message"] = error.Message };
}
