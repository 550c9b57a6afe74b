using SocialHub.EndToEnd.Crashes.Steps;
using SocialHub.EndToEnd.Peers;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>No hub key, webhook address, author key, e-mail or text of a citizen stands in a line of the log.</summary>
public sealed class SecretsStayInside : Invariant
{
    public override Task CheckAsync(CrashRun run)
    {
        var secrets = new List<string> { HubSettings.ModeratorKey, HubSettings.AdministratorKey, run.Lane.Webhook.Address.PathAndQuery };
        foreach (var comment in run.Notes<CommentNotes>().Accepted)
            secrets.AddRange([comment.AuthorKey, comment.Text]);
        foreach (var line in run.Hubs.SelectMany(hub => hub.Log))
            Assert.All(secrets, secret => Assert.False(line.Contains(secret, StringComparison.Ordinal), $"The log says: {line}"));
        return Task.CompletedTask;
    }
}
