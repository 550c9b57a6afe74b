namespace SocialHub.Configuration;

/// <summary>One thing to change in hub.json.</summary>
/// <param name="Path">Where, as a JSON path from the root: <c>$.sites.mairie.origins[0]</c>.</param>
/// <param name="Message">What is wrong and what to write instead. Never repeats a value that may be a secret.</param>
public sealed record ConfigurationError(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
