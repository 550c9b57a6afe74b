using System.Globalization;
using System.Text.Json;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Connections.Web;
using SocialHub.Feeds;

namespace SocialHub.Connections.Mastodon;

/// <summary>
/// Reads the public statuses of an account from its own instance (<see href="https://docs.joinmastodon.org/methods/accounts/#statuses"/>), with the account's token
/// where hub.json names one: some instances answer nobody else. A token that is refused is said, and the account is read as anyone may. Replies and boosts are left out.
/// </summary>
internal sealed class MastodonReadConnection(HubHttp http, TimeProvider time, Secrets? secrets = null) : IReadConnection
{
    private const int MostPages = 3;

    public string Network => "mastodon";

    /// <inheritdoc/>
    public async Task<ReadAnswer> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        if (request.Account is not { } account || !Uri.TryCreate(account.Server, UriKind.Absolute, out var server))
            return Failed("The account has no server in hub.json.");
        if (account.Secret is not { } setting || secrets?.Get(setting) is not { } token)
            return (await ReadAsync(account, server, null, cancellationToken)).Answer;
        var (answer, status) = await ReadAsync(account, server, token, cancellationToken);
        if (status is not (401 or 403))
            return answer;
        var refused = $"{server.Host} does not accept the token in the setting {setting} for reading ({status}); make a new one with read:accounts and read:statuses.";
        var (anyone, _) = await ReadAsync(account, server, null, cancellationToken);
        // A token that may only post (403) is no fault as long as anyone may read.
        return anyone.Outcome != ReadOutcome.Read ? anyone with { Error = refused } : status == 401 ? anyone with { Attention = refused } : anyone;
    }

    private async Task<(ReadAnswer Answer, int Status)> ReadAsync(AccountConfiguration account, Uri server, string? token, CancellationToken cancellationToken)
    {
        var found = await GetAsync(new Uri(server, $"/api/v1/accounts/lookup?acct={Uri.EscapeDataString(account.Name.TrimStart('@'))}"), token, cancellationToken);
        if (found.Status == 404)
            return (Failed($"{server.Host} has no account \"{account.Name}\"."), found.Status);
        using var profile = found.Succeeded ? JsonValues.Parse(found.Bytes) : null;
        if (profile?.RootElement.StringOf("id") is not { } id)
            return (Failed(found), found.Status);

        List<Post> posts = [];
        DateTimeOffset? oldest = null;
        Uri? next = new(server, $"/api/v1/accounts/{Uri.EscapeDataString(id)}/statuses?limit=40&exclude_replies=true&exclude_reblogs=true");
        for (var page = 0; page < MostPages && next is not null; page++)
        {
            var fetched = await GetAsync(next, token, cancellationToken);
            using var list = fetched.Succeeded ? JsonValues.Parse(fetched.Bytes) : null;
            if (list?.RootElement.ValueKind != JsonValueKind.Array)
            {
                if (page == 0)
                    return (Failed(fetched), fetched.Status);
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
        return (new ReadAnswer(ReadOutcome.Read)
        {
            Posts = posts,
            Title = profile.RootElement.StringOf("display_name") is { } name ? FeedHtml.Line(name, isHtml: false, 200) : null,
            // An account that has statuses and lists none is a server with a fault, not a citizen's "delete all".
            ShowsDeletions = posts.Count > 0 || profile.RootElement.NumberOf("statuses_count") is 0,
            WindowStart = next is null ? null : oldest,
        }, 200);
    }

    private Task<Fetched> GetAsync(Uri address, string? token, CancellationToken cancellationToken) =>
        http.GetAsync(new FetchRequest(address, FetchLimits.Api) { IsAccount = true, Bearer = token, Accept = "application/json" }, cancellationToken);

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
