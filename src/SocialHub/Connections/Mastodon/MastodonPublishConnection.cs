using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using SocialHub.Configuration;

namespace SocialHub.Connections.Mastodon;

/// <summary>
/// Posts on a Mastodon instance. It remembers an Idempotency-Key for an hour (<c>post_status_service.rb</c>), so the same request is safe to send again for 50 minutes;
/// after that only looking tells.
/// </summary>
internal sealed partial class MastodonPublishConnection(HubHttp http, TimeProvider time) : IPublishConnection
{
    private const string StatusesPath = "/api/v1/statuses";
    private const int MostPages = 5;
    private const string StillProcessing = "The instance still processes the picture.";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan InstanceKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan InstanceAskedAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(1);
    private const int MostPolls = 20;

    // 18 digits on Mastodon, 26 characters on others that speak its language.
    private const int LongestId = 500;
    private const int LongestName = 100;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private readonly ConcurrentDictionary<string, (MastodonInstanceLimits Limits, DateTimeOffset Until)> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _accountIds = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Network => "mastodon";

    /// <inheritdoc/>
    public TimeSpan? RepeatWithin { get; } = TimeSpan.FromMinutes(50);

    /// <inheritdoc/>
    public int MostPictureBytes => 2_000_000;

    /// <inheritdoc/>
    public string DescriptionOf(string summary) => "";

    /// <inheritdoc/>
    public async Task<PictureRules> PictureRulesAsync(AccountConfiguration account, CancellationToken cancellationToken)
    {
        var limits = await LimitsAsync(account, cancellationToken);
        return new PictureRules(limits.Pictures, limits.Description);
    }

    /// <inheritdoc/>
    public async Task<TextRules> TextRulesAsync(AccountConfiguration account, CancellationToken cancellationToken)
    {
        var limits = await LimitsAsync(account, cancellationToken);
        return new MastodonTextRules(limits.MaxCharacters, limits.PerLink);
    }

    /// <inheritdoc/>
    public Task<FrozenRequest> PreviewAsync(AccountConfiguration account, PublishItem item, CancellationToken cancellationToken) =>
        Task.FromResult(new FrozenRequest(StatusesPath, Body(item, [.. item.Pictures.Select(_ => "(the id that the upload gives)")]), item.Key));

    /// <inheritdoc/>
    public async Task<PublishAnswer> PrepareAsync(PublishAccount account, PublishItem item, CancellationToken cancellationToken)
    {
        var (_, refusal) = await AccountIdAsync(account, cancellationToken);
        if (refusal is not null)
            return refusal;
        List<string> media = [];
        foreach (var picture in item.Pictures)
        {
            var (id, failed) = await UploadAsync(account, picture, cancellationToken);
            if (id is null)
                return failed!;
            media.Add(id);
        }

        return new PublishAnswer(PublishOutcome.Done) { Request = new FrozenRequest(StatusesPath, Body(item, media), item.Key) };
    }

    /// <inheritdoc/>
    public async Task<PublishAnswer> PostAsync(PublishAccount account, FrozenRequest request, TimeSpan within, CancellationToken cancellationToken)
    {
        using var message = Request(account, HttpMethod.Post, request.Path);
        message.Content = new ReadOnlyMemoryContent(request.Body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add("Idempotency-Key", request.Key);
        var answer = await http.SendOnceAsync(message, FetchLimits.Api with { Within = within }, cancellationToken);
        if (!answer.Succeeded)
            return answer.Status == 422 && await IsProcessingAsync(account, request, cancellationToken) ? new PublishAnswer(PublishOutcome.Later) { Error = StillProcessing } : PublishOutcomes.Of(answer);
        return PublishOutcomes.Json(answer) is { } status && status.StringOf("id") is { Length: > 0 and <= LongestId } id
            ? PublishAnswer.Done(status.StringOf("url") ?? status.StringOf("uri"), id)
            : new PublishAnswer(PublishOutcome.Unknown) { Error = "The answer is no status." };
    }

    /// <inheritdoc/>
    public async Task<LookAnswer> LookAsync(PublishAccount account, PublishMark mark, CancellationToken cancellationToken)
    {
        var recent = await RecentAsync(account, mark.Since, cancellationToken);
        if (recent.Posts is not { } posts)
            return new LookAnswer((bool?)null) { Error = recent.Error, RetryAfter = recent.RetryAfter };
        var text = Bare(RemoteMention().Replace(mark.Text, "${user}"));
        var found = posts.FirstOrDefault(post => mark.LinkMark is { } link
            ? post.Links.Any(l => l.Contains(link, StringComparison.Ordinal))
            : Bare(post.Text) == text);
        if (found is not null)
            return new LookAnswer(true) { Url = found.Url, NativeId = found.NativeId };
        return recent.IsIncomplete ? new LookAnswer((bool?)null) { Error = "The account posted too much since to look through all of it." } : new LookAnswer(false);
    }

    /// <inheritdoc/>
    public async Task<RecentAnswer> RecentAsync(PublishAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (id, refusal) = await AccountIdAsync(account, cancellationToken);
        if (id is null)
            return RecentAnswer.Of(refusal!);
        List<RecentPost> posts = [];
        string? before = null;
        for (var page = 0; page < MostPages; page++)
        {
            var address = new Uri(new Uri(account.Configuration.Server), $"/api/v1/accounts/{Uri.EscapeDataString(id)}/statuses?limit=40&exclude_reblogs=true{(before is null ? "" : "&max_id=" + Uri.EscapeDataString(before))}");
            var answer = await http.GetAsync(new FetchRequest(address, FetchLimits.Api) { IsAccount = true, Bearer = account.Secret }, cancellationToken);
            if (!answer.Succeeded || PublishOutcomes.Json(answer) is not { ValueKind: JsonValueKind.Array } json)
                return RecentAnswer.Of(PublishOutcomes.Of(answer));
            if (Posts(id, json) is not { } read)
                return new RecentAnswer((IReadOnlyList<RecentPost>?)null) { Error = "The account's posts could not be read in time." };
            posts.AddRange(read.Where(post => post.At >= since - Skew));
            if (read.Count == 0 || read[^1].At < since - Skew)
                return new RecentAnswer(posts);
            before = read[^1].NativeId;
        }

        return new RecentAnswer(posts) { IsIncomplete = true };
    }

    /// <inheritdoc/>
    public async Task<PublishAnswer> DeleteAsync(PublishAccount account, string nativeId, CancellationToken cancellationToken)
    {
        // Of a status of another account the server says that there is none, which would pass for deleted.
        if ((await AccountIdAsync(account, cancellationToken)).Refusal is { } refusal)
            return refusal;
        using var request = Request(account, HttpMethod.Delete, $"{StatusesPath}/{Uri.EscapeDataString(nativeId)}");
        var answer = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken);
        return answer.Succeeded || answer.Status is 404 or 410 ? PublishAnswer.Done(null, null) : PublishOutcomes.Of(answer);
    }

    private async Task<(string? Id, PublishAnswer? Refusal)> AccountIdAsync(PublishAccount account, CancellationToken cancellationToken)
    {
        var known = $"{account.Configuration.Server} {account.Configuration.Name} {Storage.Keys.Hash(account.Secret)}";
        if (_accountIds.TryGetValue(known, out var id))
            return (id, null);
        var answer = await http.GetAsync(new FetchRequest(new Uri(new Uri(account.Configuration.Server), "/api/v1/accounts/verify_credentials"), FetchLimits.Api) { IsAccount = true, Bearer = account.Secret }, cancellationToken);
        if (answer.Succeeded && PublishOutcomes.Json(answer) is { } json && json.StringOf("id") is { Length: > 0 and <= LongestId } read)
        {
            // Made in the browser of whoever was signed in there, it may be a colleague's own.
            if (json.StringOf("username") is { } owner && !string.Equals(owner, account.Configuration.Name, StringComparison.OrdinalIgnoreCase))
                return (null, new PublishAnswer(PublishOutcome.NeedsAttention) { Error = $"The access token is that of @{Cut(owner, LongestName)}; hub.json names {account.Configuration.Name}." });
            return (_accountIds[known] = read, null);
        }

        var refusal = PublishOutcomes.Of(answer);
        return (null, refusal.Outcome == PublishOutcome.NeedsAttention ? refusal : refusal with { Outcome = PublishOutcome.Later });
    }

    private async Task<MastodonInstanceLimits> LimitsAsync(AccountConfiguration account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_instances.TryGetValue(account.Server, out var known) && known.Until > now)
            return known.Limits;
        var answer = await http.GetAsync(new FetchRequest(new Uri(new Uri(account.Server), "/api/v2/instance"), FetchLimits.Api) { IsAccount = true }, cancellationToken);
        var limits = answer.Succeeded && PublishOutcomes.Json(answer)?.Member("configuration") is { } configuration ? MastodonInstanceLimits.Of(configuration) : null;
        _instances[account.Server] = (limits ?? known.Limits ?? MastodonInstanceLimits.Default, now + (limits is null ? InstanceAskedAgain : InstanceKept));
        return _instances[account.Server].Limits;
    }

    private async Task<(string? Id, PublishAnswer? Refusal)> UploadAsync(PublishAccount account, PublishPicture picture, CancellationToken cancellationToken)
    {
        var limits = await LimitsAsync(account.Configuration, cancellationToken);
        using var form = new MultipartFormDataContent();
        var file = new ReadOnlyMemoryContent(picture.Bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(PublishPicture.ContentType);
        form.Add(file, "file", "picture.jpg");
        if (picture.Alt.Length > 0)
            form.Add(new StringContent(Cut(picture.Alt, limits.Description)), "description");
        using var request = Request(account, HttpMethod.Post, "/api/v2/media");
        request.Content = form;
        var answer = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken);
        if (!answer.Succeeded || PublishOutcomes.Json(answer)?.StringOf("id") is not { Length: > 0 and <= LongestId } id)
            return (null, PublishOutcomes.Of(answer));
        // 202, then 206 while it is processed; a status that names it earlier is refused.
        for (var poll = 0; answer.Status is 202 or 206; poll++)
        {
            if (poll == MostPolls)
                return (null, new PublishAnswer(PublishOutcome.Later) { Error = StillProcessing });
            await Task.Delay(BetweenPolls, time, cancellationToken);
            answer = await MediaAsync(account, id, cancellationToken);
            if (!answer.Succeeded)
                return (null, PublishOutcomes.Of(answer));
        }

        return (id, null);
    }

    private Task<Fetched> MediaAsync(PublishAccount account, string id, CancellationToken cancellationToken) =>
        http.GetAsync(new FetchRequest(new Uri(new Uri(account.Configuration.Server), $"/api/v1/media/{Uri.EscapeDataString(id)}"), FetchLimits.Api) { IsAccount = true, Bearer = account.Secret }, cancellationToken);

    // 422 says "not yet" of a picture that is not processed (media_attachments.validations.not_ready), in words of any language; the picture itself says it by its status.
    private async Task<bool> IsProcessingAsync(PublishAccount account, FrozenRequest request, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(request.Body);
        foreach (var id in body.RootElement.Member("media_ids").Items())
        {
            if ((await MediaAsync(account, id.GetString()!, cancellationToken)).Status is 202 or 206)
                return true;
        }

        return false;
    }

    private static byte[] Body(PublishItem item, List<string> media)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("status", item.Text);
            if (media.Count > 0)
            {
                json.WriteStartArray("media_ids");
                foreach (var id in media)
                    json.WriteStringValue(id);
                json.WriteEndArray();
            }

            json.WriteString("visibility", "public");
            json.WriteString("language", item.Language);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static HttpRequestMessage Request(PublishAccount account, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(new Uri(account.Configuration.Server), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.Secret);
        return request;
    }

    // Null: their HTML, which is the server's to write, took longer to look through than it may.
    private static List<RecentPost>? Posts(string account, JsonElement statuses)
    {
        try
        {
            return [.. statuses.EnumerateArray().Select(status => Post(account, status)).OfType<RecentPost>()];
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static RecentPost? Post(string account, JsonElement status)
    {
        if (status.StringOf("id") is not { Length: > 0 and <= LongestId } id)
            return null;
        var html = status.StringOf("content") ?? "";
        List<string> links = [.. Href().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["href"].Value))];
        if (status.Member("card")?.StringOf("url") is { } card)
            links.Add(card);
        var at = DateTimeOffset.TryParse(status.StringOf("created_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : DateTimeOffset.MinValue;
        return new RecentPost(id, status.StringOf("url") ?? status.StringOf("uri") ?? "", WebUtility.HtmlDecode(Element().Replace(html, " ").Replace("\u200B", "", StringComparison.Ordinal)), links, at)
        {
            // Who answers themselves writes a thread. Servers that name no visibility have none.
            IsAside = ((status.StringOf("in_reply_to_id") ?? status.StringOf("in_reply_to_account_id")) is not null && status.StringOf("in_reply_to_account_id") != account) || status.StringOf("visibility") is not (null or "public" or "unlisted"),
        };
    }

    // The instance may set white space and no-break spaces as it likes.
    private static string Bare(string text) => string.Concat(text.Normalize(NormalizationForm.FormC).Where(c => !char.IsWhiteSpace(c)));

    // Counted in code points (media_attachments.description_limit).
    private static string Cut(string text, int most) =>
        text.EnumerateRunes().Count() <= most ? text : string.Concat(text.EnumerateRunes().Take(most - 1).Select(rune => rune.ToString())) + "…";

    [GeneratedRegex("href=\"(?<href>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Href();

    // Ends at the next "<" too: a megabyte of them costs no square of it.
    [GeneratedRegex("<[^<>]*>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Element();

    [GeneratedRegex(@"(?<=^|[^\w/])(?<user>@[A-Za-z0-9_]+)@[A-Za-z0-9.-]+[A-Za-z0-9]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RemoteMention();
}
