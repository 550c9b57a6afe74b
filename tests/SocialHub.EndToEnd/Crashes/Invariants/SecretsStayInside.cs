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
        // What HubSettings plants as keys of the hub.
        List<string> secrets = ["canary-administrator", "canary-moderator", "canary-signing", run.Lane.Webhook.Address.PathAndQuery, .. comments.Select(c => c.AuthorKey), .. comments.Select(c => c.Email).OfType<string>(), .. run.Citizen.Addresses];
        if (run.Bluesky is { } bluesky)
            secrets.AddRange([bluesky.Password, run.Mastodon!.Token]);
        foreach (var line in run.Hubs.SelectMany(hub => hub.Log))
            Assert.All(secrets.Concat(comments.Select(c => c.Text)), secret => Assert.False(line.Contains(secret, StringComparison.Ordinal), $"The log says: {line}"));
        foreach (var (request, body) in run.Citizen.Told.Concat(run.Moderator.Told).Concat(run.Administrator.Told))
        {
            // The answer to a submission may repeat that author's key, the export what that author gave.
            var owners = request.StartsWith("POST ", StringComparison.Ordinal) ? comments.Where(c => body.Contains(c.Id, StringComparison.Ordinal)).Select(c => request.EndsWith("/author/export", StringComparison.Ordinal) ? c.Email! : c.AuthorKey) : [];
            Assert.All(secrets.Except(owners, StringComparer.Ordinal), secret => Assert.False(body.Contains(secret, StringComparison.Ordinal), $"{request} answers {secret}."));
        }
        await foreach (var (where, text) in StoredTexts.AllAsync(run))
            Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal) && !IsAddressOfItsAuthor(where, secret), $"{secret} is in {where}."));
    }

    // The comment's own row is the one place that needs it: to answer, and to let its author have it back.
    private static bool IsAddressOfItsAuthor(string where, string secret) => secret.Contains('@', StringComparison.Ordinal) && where.StartsWith("table Comments, c.", StringComparison.Ordinal) && where.EndsWith("Email", StringComparison.Ordinal);
}
