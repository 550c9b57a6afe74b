using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// No key of the hub, webhook address, password, token, author key or visitor's address stands in a line of the log, in anything stored or in an
/// answer (but the author key in the answer to its author); no text of a citizen stands in the log.
/// </summary>
public sealed class SecretsStayInside : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var comments = run.Notes<CommentNotes>().Accepted;
        // Whatever the tests plant as a key of the hub begins with "canary-".
        List<string> secrets = ["canary-", run.Lane.Webhook.Address.PathAndQuery, .. comments.Select(c => c.AuthorKey), .. run.Citizen.Addresses];
        if (run.Bluesky is { } bluesky)
            secrets.AddRange([bluesky.Password, run.Mastodon!.Token]);
        foreach (var line in run.Hubs.SelectMany(hub => hub.Log))
            Assert.All(secrets.Concat(comments.Select(c => c.Text)), secret => Assert.False(line.Contains(secret, StringComparison.Ordinal), $"The log says: {line}"));
        foreach (var (request, body) in run.Citizen.Told.Concat(run.Moderator.Told).Concat(run.Administrator.Told))
        {
            var owners = request.StartsWith("POST ", StringComparison.Ordinal) && request.EndsWith("/comments", StringComparison.Ordinal) ? comments.Select(c => c.AuthorKey) : [];
            Assert.All(secrets.Except(owners, StringComparer.Ordinal), secret => Assert.False(body.Contains(secret, StringComparison.Ordinal), $"{request} answers {secret}."));
        }
        await foreach (var (where, text) in StoredTexts.AllAsync(run))
            Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} is in {where}."));
    }
}
