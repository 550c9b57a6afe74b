namespace SocialHub.Configuration.Settings;

/// <summary>What a refusal cites: an article of the charter in the version that was in force.</summary>
/// <param name="Article">As the charter's text numbers it; null: the charter as a whole.</param>
/// <param name="Version">0: the text of hub.json or the hub's own; else counts the team's changes.</param>
public sealed record CharterCitation(string? Article, int Version);
