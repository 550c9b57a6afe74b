using System.Globalization;

namespace SocialHub.Connections.Web;

/// <summary>Reads RSS, Atom and JSON feeds from any address.</summary>
/// <param name="http">The hub's outgoing HTTP.</param>
/// <param name="zone">The authority's time zone now: that of dates which name none.</param>
internal sealed class WebConnection(HubHttp http, Func<TimeZoneInfo> zone) : IReadConnection
{
    // Servers that choose by Accept should choose a feed; those that refuse everything unknown should not refuse us.
    private const string Accept = "application/feed+json, application/atom+xml, application/rss+xml, application/rdf+xml, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

    public string Network => "web";

    /// <inheritdoc/>
    public async Task<ReadAnswer> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(request.Source.Address, UriKind.Absolute, out var address))
            return new ReadAnswer(ReadOutcome.Failed) { Error = "Its address is no absolute http(s) address." };
        var (tag, modified, pace) = Split(request.Validators);
        var fetched = await http.GetAsync(new FetchRequest(address, FetchLimits.Feed) { IfNoneMatch = tag, IfModifiedSince = modified, Accept = Accept }, cancellationToken);
        var moved = fetched.MovedTo is { } to && (fetched.Succeeded || fetched.IsUnchanged) ? to.AbsoluteUri : null;
        if (fetched.IsUnchanged)
            return new ReadAnswer(ReadOutcome.Unchanged) { MovedTo = moved, Pace = pace };
        if (fetched.Status == 410)
            return new ReadAnswer(ReadOutcome.Gone) { Error = fetched.Error };
        if (!fetched.Succeeded)
            return new ReadAnswer(ReadOutcome.Failed) { Error = fetched.Error, RetryAfter = fetched.RetryAfter };
        var feed = WebFeedReader.Read(fetched.Bytes.Span, new WebFeedOrigin(fetched.Address, fetched.ContentType, zone()));
        if (!feed.IsFeed)
            return new ReadAnswer(ReadOutcome.Failed) { Error = Refusal(feed, fetched), MovedTo = moved };
        // Not the same as an empty feed: it holds something, and somebody has to hear of it.
        if (feed.Posts.Count == 0 && feed.Refusals.Count > 0)
            return new ReadAnswer(ReadOutcome.Failed) { Error = $"None of its items can be read: {feed.Refusals[0].Detail}", MovedTo = moved };
        return new ReadAnswer(ReadOutcome.Read)
        {
            Posts = feed.Posts,
            Title = feed.Title,
            // With them goes what a 304 no longer says.
            Validators = fetched.ETag is null && fetched.LastModified is null ? null : string.Create(CultureInfo.InvariantCulture, $"{fetched.ETag}\n{fetched.LastModified}\n{feed.Pace?.Ticks}"),
            Pace = feed.Pace,
            // A feed never says "deleted": an item that leaves it stays.
            ShowsDeletions = false,
            WindowStart = feed.Posts.Min(p => p.Published),
            MovedTo = moved,
        };
    }

    // Those that an older version kept have no third line.
    private static (string? Tag, string? Modified, TimeSpan? Pace) Split(string? validators) => validators?.Split('\n') is [var tag, var modified, .. var more]
        ? (tag.Length > 0 ? tag : null, modified.Length > 0 ? modified : null, more is [var pace] && long.TryParse(pace, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? TimeSpan.FromTicks(ticks) : null)
        : (null, null, null);

    private static string Refusal(WebFeed feed, Fetched fetched)
    {
        var links = FeedDiscovery.Find(fetched.Bytes.Span, fetched.ContentType, fetched.Address);
        var words = feed.Refusals.Count > 0 ? feed.Refusals[0].Detail : "It is no feed.";
        return links.Count == 0 ? words : $"{words} It names {string.Join(" and ", links.Take(3).Select(l => l.Address.AbsoluteUri))}.";
    }
}
