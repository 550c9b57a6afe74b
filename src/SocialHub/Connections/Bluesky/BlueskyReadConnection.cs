using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Connections.Web;
using SocialHub.Feeds;

namespace SocialHub.Connections.Bluesky;

/// <summary>
/// Reads an account's posts from its own PDS, which holds the truth: edits and deletions show at once, no token is needed. Where that server can't be found
/// or doesn't answer, the AppView's author feed is read, which may lag and so says nothing of deletions.
/// </summary>
internal sealed class BlueskyReadConnection(HubHttp http, BlueskyIdentity identity, IOptions<HubOptions> options) : IReadConnection
{
    private const int MostPages = 2;

    public string Network => "bluesky";

    /// <inheritdoc/>
    public async Task<ReadAnswer> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        if (request.Account is not { } account)
            return new ReadAnswer(ReadOutcome.Failed) { Error = "The source names no account." };
        var (place, error) = await identity.FindAsync(account, cancellationToken);
        // The directory may be out while the server is not: where the account was at the last read is still a good guess.
        place ??= Kept(request.Validators);
        var answer = place is null ? new ReadAnswer(ReadOutcome.Failed) { Error = error } : await RecordsAsync(place, cancellationToken);
        if (answer.Outcome == ReadOutcome.Failed && options.Value.AppView.Length > 0)
            answer = await AuthorFeedAsync(place?.Did ?? account.Name.TrimStart('@'), place, answer, cancellationToken);
        return answer.Outcome == ReadOutcome.Read && place is not null ? answer with { Validators = $"{place.Did}\n{place.Server}" } : answer;
    }

    private async Task<ReadAnswer> RecordsAsync(BlueskyPlace place, CancellationToken cancellationToken)
    {
        List<Post> posts = [];
        string? last = null;
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var address = new Uri(place.Server, $"/xrpc/com.atproto.repo.listRecords?repo={Uri.EscapeDataString(place.Did)}&collection=app.bsky.feed.post&limit=100{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            var fetched = await http.GetAsync(new FetchRequest(address, FetchLimits.Api) { IsAccount = true, Accept = "application/json" }, cancellationToken);
            using var answer = fetched.Succeeded ? JsonValues.Parse(fetched.Bytes) : null;
            if (answer is null || !answer.RootElement.TryGetProperty("records", out _))
            {
                if (page == 0)
                    return new ReadAnswer(ReadOutcome.Failed) { Error = fetched.Error ?? $"{place.Server.Host} did not answer as a PDS does.", RetryAfter = fetched.RetryAfter };
                break;
            }
            foreach (var record in answer.RootElement.ListOf("records"))
            {
                if (record.StringOf("uri") is not { } uri)
                    continue;
                last = AtIdentifiers.RecordKeyOf(uri) is null ? last : uri;
                if (BlueskyPosts.Read(uri, record.ObjectOf("value"), default, place) is { } post)
                    posts.Add(post);
            }
            cursor = answer.RootElement.StringOf("cursor");
            if (cursor is null)
                break;
        }
        return new ReadAnswer(ReadOutcome.Read)
        {
            Posts = posts,
            // A list that is empty though the account has posts is a server with a fault, not a citizen's "delete all".
            ShowsDeletions = last is not null || await IsEmptyAsync(place, cancellationToken),
            // The list goes by record key, newest first: the date of a record is what its author wrote into it, an imported one's is years old.
            Covers = cursor is null ? null : id => last is not null && string.CompareOrdinal(id, last) >= 0,
        };
    }

    // The server counts by what it holds: a collection without a record is not named.
    private async Task<bool> IsEmptyAsync(BlueskyPlace place, CancellationToken cancellationToken)
    {
        var fetched = await http.GetAsync(new FetchRequest(new Uri(place.Server, $"/xrpc/com.atproto.repo.describeRepo?repo={Uri.EscapeDataString(place.Did)}"), FetchLimits.Api) { IsAccount = true, Accept = "application/json" }, cancellationToken);
        using var answer = fetched.Succeeded ? JsonValues.Parse(fetched.Bytes) : null;
        return answer is not null && answer.RootElement.TryGetProperty("collections", out _) && answer.RootElement.ListOf("collections").All(collection => collection.ValueKind != System.Text.Json.JsonValueKind.String || collection.GetString() != "app.bsky.feed.post");
    }

    private async Task<ReadAnswer> AuthorFeedAsync(string actor, BlueskyPlace? place, ReadAnswer failed, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate($"{options.Value.AppView.TrimEnd('/')}/xrpc/app.bsky.feed.getAuthorFeed?actor={Uri.EscapeDataString(actor)}&filter=posts_no_replies&limit=100", UriKind.Absolute, out var address))
            return failed;
        var fetched = await http.GetAsync(new FetchRequest(address, FetchLimits.Api) { IsAccount = true, Accept = "application/json" }, cancellationToken);
        using var answer = fetched.Succeeded ? JsonValues.Parse(fetched.Bytes) : null;
        if (answer is null || !answer.RootElement.TryGetProperty("feed", out _))
            return failed with { RetryAfter = failed.RetryAfter ?? fetched.RetryAfter };
        List<Post> posts = [];
        string? title = null;
        foreach (var item in answer.RootElement.ListOf("feed").Where(i => !i.ObjectOf("reason").IsObject()))
        {
            var post = item.ObjectOf("post");
            if (post.ObjectOf("author").StringOf("did") is not { } did || !AtIdentifiers.IsDid(did) || post.StringOf("uri") is not { } uri)
                continue;
            title ??= post.ObjectOf("author").StringOf("displayName");
            if (BlueskyPosts.Read(uri, post.ObjectOf("record"), post.ObjectOf("embed"), place ?? new BlueskyPlace(did, address)) is { } read)
                posts.Add(read);
        }
        return new ReadAnswer(ReadOutcome.Read) { Posts = posts, Title = title is null ? null : FeedHtml.Line(title, isHtml: false, 200), ShowsDeletions = false };
    }

    private static BlueskyPlace? Kept(string? validators) =>
        validators?.Split('\n') is [var did, var server] && AtIdentifiers.IsDid(did) && Uri.TryCreate(server, UriKind.Absolute, out var address) ? new BlueskyPlace(did, address) : null;
}
