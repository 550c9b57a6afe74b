using System.Text.Json;
using SocialHub.EndToEnd.Crashes.Steps;
using SocialHub.EndToEnd.Faults;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// No post leaves, not even again, after its publishBy, while a freeze holds, while publishing is off or once it is called off; and what was planned while
/// it was off does not leave afterwards either. Judged by the requests that passed the proxy, not by what the hub says.
/// </summary>
public sealed class NothingLeavesWhenItMayNot : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var notes = run.Notes<ArticleNotes>();
        var rows = (await StoredRows.OfAsync(run, "Publishing", "p.")).ToDictionary(row => row.GetString("NetworkKey"), StringComparer.Ordinal);
        var sent = run.Faults.Requests.Where(IsPost).ToList();
        foreach (var request in sent)
        {
            Assert.True(rows.TryGetValue(KeyOf(request), out var publication), $"Nobody planned what was sent to {request.Service}: {request.Sent}");
            // A busy machine may pass a request on when the hub, in time, has stopped waiting for it: that it did so is what is asked here.
            Assert.True(request.At <= publication.GetDateTimeOffset("PublishBy") || request.IsGivenUp, $"{publication.GetString("Body")} left at {request.At:O}, after {publication.GetDateTimeOffset("PublishBy"):O}.");
            Assert.DoesNotContain(notes.Closed, span => span.From <= request.At && !(span.Until < request.At));
            Assert.DoesNotContain(notes.Silent, text => text == publication.GetString("Body"));
            Assert.False(publication.GetString("State") is "Cancelled" or "Expired", $"{publication.GetString("Body")} is {publication.GetString("State")} and was sent.");
        }

        // Everything that is there came this way.
        foreach (var key in (run.Bluesky is null ? [] : await run.Bluesky.PostsAsync()).Select(record => record.Key).Concat(run.Mastodon is null ? [] : run.Statuses.Select(status => status.IdempotencyKey!)))
            Assert.Contains(sent, request => KeyOf(request) == key);
    }

    private static bool IsPost(ProxiedRequest request) => request.Method == "POST" && ((request.Service == "mastodon" && request.Path.EndsWith("/statuses", StringComparison.Ordinal)) || (request.Service == "pds" && request.Path.EndsWith(".putRecord", StringComparison.Ordinal)));

    private static string KeyOf(ProxiedRequest request)
    {
        if (request.Service == "mastodon")
            return request.IdempotencyKey ?? "";
        using var body = JsonDocument.Parse(request.Sent);
        return body.RootElement.GetProperty("rkey").GetString()!;
    }
}
