namespace SocialHub.Tweetinvi;

/// <summary>What X said to one request.</summary>
/// <param name="Status">The HTTP status, 201 for a created post; null when no answer came, so that the post may or may not exist.</param>
/// <param name="Body">The answer's body, JSON as a rule; not to be trusted.</param>
public sealed record XAnswer(int? Status, string? Body);
