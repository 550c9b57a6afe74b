using System.Net.Http.Headers;
using System.Text.Json;
using SocialHub.Configuration;

namespace SocialHub.Connections.Bluesky;

/// <summary>
/// Posts on Bluesky: <c>putRecord</c> under a record key that was reserved at planning, with <c>swapRecord: null</c>, so that the network itself
/// refuses a second record. That makes the same request safe to send again at any time.
/// </summary>
internal sealed class BlueskyPublishConnection(HubHttp http, BlueskySessions sessions, BlueskyIdentity identity) : IPublishConnection
{
    private const string PutPath = "/xrpc/com.atproto.repo.putRecord";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Network => "bluesky";

    /// <inheritdoc/>
    public TimeSpan? RepeatWithin => null;

    /// <inheritdoc/>
    public int MostPictureBytes => 1_000_000;

    /// <inheritdoc/>
    public string DescriptionOf(string summary) => BlueskyRecords.Cut(summary);

    /// <inheritdoc/>
    public Task<PictureRules> PictureRulesAsync(AccountConfiguration account, CancellationToken cancellationToken) => Task.FromResult(BlueskyRecords.PictureRules);

    /// <inheritdoc/>
    public Task<TextRules> TextRulesAsync(AccountConfiguration account, CancellationToken cancellationToken) => Task.FromResult<TextRules>(BlueskyTextRules.Instance);

    /// <inheritdoc/>
    public async Task<FrozenRequest> PreviewAsync(AccountConfiguration account, PublishItem item, CancellationToken cancellationToken)
    {
        // The session would name the DID; without one, the network's directory does. Where neither is to be had, the name stands.
        var did = AtIdentifiers.IsDid(account.Name) ? account.Name : (await identity.FindAsync(account, cancellationToken)).Place?.Did;
        var blobs = item.Pictures.Select(picture => new BlueskyBlob(BlueskyRecords.LinkOf(picture.Bytes.Span), PublishPicture.ContentType, picture.Bytes.Length)).ToList();
        return new FrozenRequest(PutPath, BlueskyRecords.Put(did ?? account.Name, item, blobs), item.Key);
    }

    /// <inheritdoc/>
    public async Task<PublishAnswer> PrepareAsync(PublishAccount account, PublishItem item, CancellationToken cancellationToken)
    {
        var (session, refusal) = await sessions.GetAsync(account, cancellationToken);
        if (session is null)
            return refusal!;
        List<BlueskyBlob> blobs = [];
        foreach (var picture in item.Pictures)
        {
            using var request = Request(session, "com.atproto.repo.uploadBlob", picture.Bytes, PublishPicture.ContentType);
            var uploaded = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken);
            if (BlobOf(uploaded) is not { } blob)
                return Judge(session, uploaded);
            blobs.Add(blob);
        }

        return new PublishAnswer(PublishOutcome.Done) { Request = new FrozenRequest(PutPath, BlueskyRecords.Put(session.Did, item, blobs), item.Key) };
    }

    /// <inheritdoc/>
    public async Task<PublishAnswer> PostAsync(PublishAccount account, FrozenRequest request, TimeSpan within, CancellationToken cancellationToken)
    {
        var (session, refusal) = await sessions.GetAsync(account, cancellationToken);
        if (session is null)
            return refusal!;
        using var message = Request(session, "com.atproto.repo.putRecord", request.Body, "application/json");
        var answer = await http.SendOnceAsync(message, FetchLimits.Api with { Within = within }, cancellationToken);
        if (answer.Succeeded)
        {
            return PublishOutcomes.Json(answer)?.StringOf("uri") is { } uri && AtIdentifiers.RecordKeyOf(uri) == request.Key
                ? PublishAnswer.Done(Url(session.Did, request.Key), uri)
                : new PublishAnswer(PublishOutcome.Unknown) { Error = "The answer does not name the record." };
        }

        if (Code(answer) != "InvalidSwap")
            return Judge(session, answer);
        // Something is there under our key. Only our own earlier request can have put it there; if it is not equal, a person edited it.
        var found = await RecordAsync(session, request.Key, cancellationToken);
        return found is { } value && IsEqual(value, request)
            ? PublishAnswer.Done(Url(session.Did, request.Key), Uri(session.Did, request.Key))
            : new PublishAnswer(PublishOutcome.Unknown) { Error = "A record with this key exists and differs from what was sent." };
    }

    /// <inheritdoc/>
    public async Task<LookAnswer> LookAsync(PublishAccount account, PublishMark mark, CancellationToken cancellationToken)
    {
        var (session, refusal) = await sessions.GetAsync(account, cancellationToken);
        if (session is null)
            return new LookAnswer((bool?)null) { Error = refusal!.Error, RetryAfter = refusal.RetryAfter };
        var answer = await GetRecordAsync(session, mark.Request.Key, cancellationToken);
        if (answer.Succeeded && PublishOutcomes.Json(answer)?.Member("value") is { } value)
        {
            return IsEqual(value, mark.Request)
                ? new LookAnswer(true) { Url = Url(session.Did, mark.Request.Key), NativeId = Uri(session.Did, mark.Request.Key) }
                : new LookAnswer((bool?)null) { Error = "A record with this key exists and differs from what was sent." };
        }

        return Code(answer) == "RecordNotFound" ? new LookAnswer(false) : new LookAnswer((bool?)null) { Error = answer.Error, RetryAfter = PublishOutcomes.Of(answer).RetryAfter };
    }

    /// <inheritdoc/>
    public async Task<RecentAnswer> RecentAsync(PublishAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (session, refusal) = await sessions.GetAsync(account, cancellationToken);
        if (session is null)
            return RecentAnswer.Of(refusal!);
        List<RecentPost> posts = [];
        string? cursor = null;
        for (var page = 0; page < 2; page++)
        {
            var address = new Uri(session.Server, $"/xrpc/com.atproto.repo.listRecords?repo={System.Uri.EscapeDataString(session.Did)}&collection={BlueskyRecords.Collection}&limit=100{(cursor is null ? "" : "&cursor=" + System.Uri.EscapeDataString(cursor))}");
            var answer = await http.GetAsync(new FetchRequest(address, FetchLimits.Api) { IsAccount = true }, cancellationToken);
            if (!answer.Succeeded || PublishOutcomes.Json(answer) is not { } json)
                return RecentAnswer.Of(PublishOutcomes.Of(answer)) with { NeedsAttention = false };
            var read = json.Member("records").Items().Select(record => Post(session, record)).OfType<RecentPost>().ToList();
            posts.AddRange(read.Where(post => post.At >= since - Skew));
            cursor = json.StringOf("cursor");
            // Newest record key first: a page that is older as a whole ends it.
            if (cursor is null || (read.Count > 0 && read.TrueForAll(post => post.At < since - Skew)))
                return new RecentAnswer(posts);
        }

        return new RecentAnswer(posts) { IsIncomplete = true };
    }

    /// <inheritdoc/>
    public async Task<PublishAnswer> DeleteAsync(PublishAccount account, string nativeId, CancellationToken cancellationToken)
    {
        var (session, refusal) = await sessions.GetAsync(account, cancellationToken);
        if (session is null)
            return refusal!;
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("repo", session.Did);
            json.WriteString("collection", BlueskyRecords.Collection);
            json.WriteString("rkey", AtIdentifiers.RecordKeyOf(nativeId) ?? nativeId);
            json.WriteEndObject();
        }

        using var request = Request(session, "com.atproto.repo.deleteRecord", body.ToArray(), "application/json");
        var answer = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken);
        return answer.Succeeded ? PublishAnswer.Done(null, null) : Judge(session, answer);
    }

    private async Task<JsonElement?> RecordAsync(BlueskySession session, string key, CancellationToken cancellationToken)
    {
        var answer = await GetRecordAsync(session, key, cancellationToken);
        return answer.Succeeded ? PublishOutcomes.Json(answer)?.Member("value") : null;
    }

    private Task<Fetched> GetRecordAsync(BlueskySession session, string key, CancellationToken cancellationToken) => http.GetAsync(
        new FetchRequest(new Uri(session.Server, $"/xrpc/com.atproto.repo.getRecord?repo={System.Uri.EscapeDataString(session.Did)}&collection={BlueskyRecords.Collection}&rkey={key}"), FetchLimits.Api) { IsAccount = true },
        cancellationToken);

    private PublishAnswer Judge(BlueskySession session, Fetched answer)
    {
        var code = Code(answer);
        if (code is "ExpiredToken" or "InvalidToken")
        {
            // Refused before anything was done (400, not 401): the session is renewed and the request may be sent again.
            sessions.Expire(session);
            return new PublishAnswer(PublishOutcome.Later) { Error = "The session had ended.", MayRepeatAtOnce = true };
        }

        var outcome = PublishOutcomes.Of(answer, code);
        return code is "AccountTakedown" or "AccountDeactivated" or "AccountSuspended" ? outcome with { Outcome = PublishOutcome.NeedsAttention } : outcome;
    }

    private static string? Code(Fetched answer) => answer.Status == 0 ? null : PublishOutcomes.Json(answer)?.StringOf("error");

    private static HttpRequestMessage Request(BlueskySession session, string method, ReadOnlyMemory<byte> body, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(session.Server, "/xrpc/" + method)) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        return request;
    }

    private static BlueskyBlob? BlobOf(Fetched answer)
    {
        if (!answer.Succeeded || PublishOutcomes.Json(answer)?.Member("blob") is not { } blob)
            return null;
        return blob.Member("ref")?.StringOf("$link") is { } link && blob.StringOf("mimeType") is { } type && blob.Member("size") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt64(out var bytes)
            ? new BlueskyBlob(link, type, bytes)
            : null;
    }

    private static bool IsEqual(JsonElement value, FrozenRequest request)
    {
        using var frozen = JsonDocument.Parse(request.Body);
        return JsonElement.DeepEquals(value, frozen.RootElement.GetProperty("record"));
    }

    private static RecentPost? Post(BlueskySession session, JsonElement record)
    {
        if (AtIdentifiers.RecordKeyOf(record.StringOf("uri")) is not { } key || record.Member("value") is not { } value)
            return null;
        var at = DateTimeOffset.TryParse(value.StringOf("createdAt"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var created) ? created : DateTimeOffset.MinValue;
        List<string> links = [.. value.Member("facets").Items().SelectMany(facet => facet.Member("features").Items()).Select(feature => feature.StringOf("uri")).OfType<string>()];
        if (value.Member("embed")?.Member("external")?.StringOf("uri") is { } card)
            links.Add(card);
        return new RecentPost(record.StringOf("uri")!, Url(session.Did, key), value.StringOf("text") ?? "", links, at)
        {
            // Who answers themselves writes a thread.
            IsAside = value.Member("reply") is { } reply && !(IsOwn(session, reply.Member("root")) && IsOwn(session, reply.Member("parent"))),
        };
    }

    private static bool IsOwn(BlueskySession session, JsonElement? post) => post?.StringOf("uri")?.StartsWith($"at://{session.Did}/", StringComparison.Ordinal) is true;

    private static string Url(string did, string key) => $"https://bsky.app/profile/{did}/post/{key}";

    private static string Uri(string did, string key) => $"at://{did}/{BlueskyRecords.Collection}/{key}";
}
