using System.Buffers;
using System.Text.Json;
using SocialHub.EndToEnd.Crashes.Steps;
using SocialHub.EndToEnd.Faults;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// No secret stands in a line of the log, in anything stored, in an answer or in anything sent out, but where it is needed: keys of the hub, of storage and of
/// the accounts, sessions at the networks and of the team, the webhook's address, links of cards, author keys, keys by which requests are known again,
/// addresses of visitors and readers. No text of a citizen stands in the log.
/// </summary>
public sealed class SecretsStayInside : Invariant
{
    // Where the hub is given its own keys; what HubSettings plants.
    private const string WebhookSignature = "canary-webhook-signature";
    private static readonly string[] OfTheHub = ["canary-administrator", "canary-moderator", "canary-signing", WebhookSignature];

    public override async Task CheckAsync(CrashRun run)
    {
        var notes = run.Notes<CommentNotes>();
        var links = CardTokens.All(run).ToHashSet(StringComparer.Ordinal);
        HashSet<string> secrets = new(StringComparer.Ordinal);
        secrets.UnionWith(OfTheHub);
        secrets.UnionWith(links);
        secrets.UnionWith(notes.IdempotencyKeys);
        secrets.UnionWith(notes.ReaderEmails);
        secrets.UnionWith(notes.Accepted.Select(comment => comment.AuthorKey));
        secrets.UnionWith(notes.Accepted.Select(comment => comment.Email).OfType<string>());
        secrets.UnionWith(run.Notes<SessionNotes>().Cookies);
        secrets.UnionWith(run.Notes<ArticleNotes>().IdempotencyKeys);
        secrets.UnionWith(run.Citizen.Addresses);
        secrets.Add(run.StorageKey);
        if (run.Bluesky is { } bluesky)
            secrets.UnionWith([bluesky.Password, run.Mastodon!.Token, .. run.Faults.Requests.Where(request => request.Session.Length > 0).SelectMany(Tokens)]);
        secrets.Remove("");
        var scan = new Scan(secrets);
        InLog(run, new Scan([.. secrets, .. notes.Accepted.SelectMany(comment => comment.Words)]));
        InAnswers(run, scan, links);
        InWhatIsAsked(run, scan, links);

        await foreach (var (where, text) in StoredTexts.AllAsync(run))
            Assert.All(scan.In(text), secret => Assert.True(IsAddressInItsPlace(where, secret), $"{secret} is in {where}."));
    }

    private static void InLog(CrashRun run, Scan scan)
    {
        foreach (var line in run.Hubs.SelectMany(hub => hub.Log))
            Assert.All(scan.In(line), secret => Assert.Fail($"\"{secret}\" is in the log: {line}"));
    }

    private static void InWhatIsAsked(CrashRun run, Scan scan, IReadOnlySet<string> links)
    {
        foreach (var request in run.Faults.Requests.DistinctBy(request => (request.Service, request.Path, request.Query, request.Sent)))
        {
            // The team's channel gets the links, the network its password; the sign-in is the one place for it.
            IReadOnlyCollection<string> allowed = request.Service == "webhook" ? links : request.Path.EndsWith("createSession", StringComparison.Ordinal) ? [run.Bluesky!.Password] : [];
            Assert.All(scan.In(request.Sent), secret => Assert.True(allowed.Contains(secret), $"{secret} was sent to {request.Service}, {request.Path}."));
            // Addresses stand in others' logs: no secret at all, but for the one that is an address, the webhook's own.
            var address = Uri.UnescapeDataString($"{request.Path} {request.Query}");
            Assert.All(scan.In(address), secret => Assert.True(request.Service == "webhook" && secret == WebhookSignature, $"{secret} is in an address that was asked of {request.Service}: {address}"));
        }
    }

    private static void InAnswers(CrashRun run, Scan scan, IReadOnlySet<string> links)
    {
        var notes = run.Notes<CommentNotes>();
        var comments = notes.Accepted;
        foreach (var (told, isOfTeam) in run.Citizen.Told.Select(told => (told, false)).Concat(run.Moderator.Told.Concat(run.Administrator.Told).Select(told => (told, true))))
        {
            HashSet<string> own = new(StringComparer.Ordinal);
            // The submission and its replay repeat that author's key, the export what that author gave, a decision the link by which it is taken back.
            if (told.Request == "POST " + SubmitComment.Route(run))
                own.UnionWith(comments.Where(comment => HubClient.Json(comment.Request) == told.Sent).Select(comment => comment.AuthorKey));
            else if (told.Request == $"POST /api/v1/sites/{run.Site}/author/export")
                own.UnionWith(comments.Where(comment => told.Sent.Contains(comment.AuthorKey, StringComparison.Ordinal)).Select(comment => comment.Email).OfType<string>());
            else if (told.Request == "POST /moderation/decide")
                own.UnionWith(links.Where(link => told.Sent.Contains(link, StringComparison.Ordinal)));
            // People leave their address to be answered: a signed-in moderator reads it where the comment or the report is, and nobody anywhere else.
            else if (isOfTeam && told.Request.Split('?')[0] == "GET /api/v1/moderation/comments")
                own.UnionWith([.. notes.ReaderEmails, .. comments.Select(comment => comment.Email).OfType<string>()]);
            Assert.All(scan.In(told.Body), secret => Assert.True(own.Contains(secret), $"{told.Request} answers {secret}."));
            // A session is opened by a cookie, which is its own secret.
            Assert.All(scan.In(told.Headers), secret => Assert.True(told.Request == "POST /api/v1/session", $"{told.Request} answers {secret} in a header: {told.Headers}"));
        }
    }

    // The comment's own row needs its author's address, to answer and to let the author have it back; a report's row its reader's.
    private static bool IsAddressInItsPlace(string where, string secret) =>
        where.EndsWith(", Email", StringComparison.Ordinal)
        && ((secret.StartsWith("canary-", StringComparison.Ordinal) && where.StartsWith("table Comments, c.", StringComparison.Ordinal)) || (secret.StartsWith("lecteur-", StringComparison.Ordinal) && where.StartsWith("table Comments, r.", StringComparison.Ordinal)));

    private static IEnumerable<string> Tokens(ProxiedRequest request)
    {
        using var answer = JsonDocument.Parse(request.Session);
        return [.. new[] { "accessJwt", "refreshJwt" }.Select(name => answer.RootElement.TryGetProperty(name, out var token) ? token.GetString() : null).OfType<string>()];
    }

    /// <summary>Looks for many words at once.</summary>
    private sealed class Scan(IReadOnlyCollection<string> words)
    {
        private readonly SearchValues<string> _values = SearchValues.Create([.. words], StringComparison.Ordinal);

        /// <summary>The words that stand in a text, however it is spelt.</summary>
        public IReadOnlyCollection<string> In(string text) =>
            [.. Spellings.Of(text).Where(spelling => spelling.AsSpan().ContainsAny(_values)).SelectMany(spelling => words.Where(word => spelling.Contains(word, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal)];
    }
}
