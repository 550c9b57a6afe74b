namespace SocialHub.Configuration;

/// <summary>Errors of hub.json as the member <c>errors</c> of a problem: a list of <c>{path, message}</c>.</summary>
internal static class ConfigurationProblems
{
    public static IReadOnlyDictionary<string, object?> Of(IReadOnlyList<ConfigurationError> errors) =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = new System.Text.Json.Nodes.JsonArray([.. errors.Select(Node)]) };

    /// <summary>How many, as a sentence says it.</summary>
    public static string Count(IReadOnlyList<ConfigurationError> errors) => errors.Count == 1 ? "one error" : $"{errors.Count} errors";

    private static System.Text.Json.Nodes.JsonObject Node(ConfigurationError error) => new() { ["path"] = error.Path, ["message"] = error.Message };
}
