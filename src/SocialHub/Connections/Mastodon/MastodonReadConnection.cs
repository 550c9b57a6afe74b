using System.Globalization;
using System.Text.Json;
using SocialHub.Connections.Web;
using SocialHub.Feeds;

namespace SocialHub.Connections.Mastodon;

/// <summary>
/// Reads the public statuses of an account from its own instance, without a token
/// (<see href="https://docs.joinmastodon.org/methods/accounts/#statuses"/>). Replies and boosts are left out.
/// </summary>
internal sealed class MastodonReadConnection(HubHttp http, TimeProvider time) : IReadConnection
{
    private const int MostPages = 3;

    public string Network => "mastodon";

    /// <inheritdoc/>
    public async Task<ReadAnswer> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        if (request.Account is not { } account || !Uri.TryCreate(account.Server, UriKind.Absolute, out var server))
            return Failed("The account has no server in hub.json.");
        var found = await GetAsync(new Uri(server, $"/api/v1/accounts/lookup?acct={Uri.EscapeDataString(account.Name.TrimStart('@'))}"), cancellationToken);
        if (found.Status == 404)
            return Failed($"{server.Host} has no account \"{account.Name}\".");
        using var profile = found.Succeeded ? JsonValues.Parse(found.Bytes) : null;
        if (profile?.RootElement.StringOf("id") is not { } id)
            return Failed(found);

        List<Post> posts = [];
        DateTimeOffset? oldest = null;
        Uri? next = new(server, $"/api/v1/accounts/{Uri.EscapeDataString(id)}/statuses?limit=40&exclude_replies=true&exclude_reblogs=true");
        for (var page = 0; page < MostPages && next is not null; page++)
        {
            var fetched = await GetAsync(next, cancellationToken);
            using var list = fetched.Succeeded ? JsonValues.Parse(fetched.Bytes) : null;
            if (list?.RootElement.ValueKind != JsonValueKind.Array)
            {
                if (page == 0)
                    return Failed(fetched);
                // What was read is good as far as it goes: the window ends where it does.
                break;
            }
            foreach (var status in list.RootElement.EnumerateArray())
            {
                var read = MastodonStatuses.Read(status, server);
                var date = FeedDates.Parse(status.StringOf("created_at"), TimeZoneInfo.Utc);
                oldest = date < oldest || oldest is null ? date ?? oldest : oldest;
                if (read is not null)
                    posts.Add(read);
            }
            next = Next(fetched.Headers.GetValueOrDefault("Link"), server);
        }
        return new ReadAnswer(ReadOutcome.Read)
        {
            Posts = posts,
            Title = profile.RootElement.StringOf("display_name") is { } name ? FeedHtml.Line(name, isHtml: false, 200) : null,
            // An account that has statuses and lists none is a server with a fault, not a citizen's "delete all".
            ShowsDeletions = posts.Count > 0 || profile.RootElement.NumberOf("statuses_count") is 0,
            WindowStart = next is null ? null : oldest,
        };
    }

    private Task<Fetched> GetAsync(Uri address, CancellationToken cancellationToken) =>
        http.GetAsync(new FetchRequest(address, FetchLimits.Api) { IsAccount = true, Accept = "application/json" }, cancellationToken);

    /// <summary>The next page of the same server; any other address is not followed.</summary>
    private static Uri? Next(string? header, Uri server)
    {
        foreach (var link in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (link.StartsWith('<') && link.IndexOf('>', StringComparison.Ordinal) is > 1 and var end && link.AsSpan(end).Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase)
                && Uri.TryCreate(server, link[1..end], out var address) && Uri.Compare(address, server, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0)
                return address;
        }
        return null;
    }

    private static ReadAnswer Failed(string error) => new(ReadOutcome.Failed) { Error = error };

    private ReadAnswer Failed(Fetched fetched) => new(ReadOutcome.Failed)
    {
        Error = fetched.Error ?? $"{fetched.Address.Host} did not answer as a Mastodon server does.",
        // Its rate limit ends at a date (ISO 8601), where other servers send seconds.
        RetryAfter = fetched.RetryAfter
            ?? (fetched.Status == 429 && DateTimeOffset.TryParse(fetched.Headers.GetValueOrDefault("X-RateLimit-Reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var reset) && reset > time.GetUtcNow() ? reset - time.GetUtcNow() : null),
    };
}
