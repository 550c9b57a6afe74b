namespace SocialHub.Configuration.Settings;

/// <summary>What a refusal cites: an article of the charter in the version that was in force.</summary>
/// <param name="Article">As the charter's text numbers it; null: the charter as a whole.</param>
/// <param name="Version">Counts the texts that were in force: those of hub.json and of the hub itself, and the team's. 0: a default, by a version of the hub that gave it no number.</param>
public sealed record CharterCitation(string? Article, int Version);
