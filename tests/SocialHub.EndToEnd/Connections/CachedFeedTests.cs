using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using SkiaSharp;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Mastodon;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Connections;

/// <summary>Two hub processes on one storage account gather a real Bluesky account, a Mastodon account and a web feed; everything is asked over their public routes.</summary>
public sealed class CachedFeedTests(AzuriteFixture azurite)
{
    private static readonly byte[] Picture = Png();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_cached_feed_of_three_networks_is_refreshed_kept_through_failures_served_alike_and_edited()
    {
        await using var pds = await BlueskyPds.StartAsync();
        await using var mastodon = await MastodonDouble.StartAsync();
        await using var site = await SmallSite.StartAsync();
        var account = await pds.CreateAccountAsync();
        var user = mastodon.Instance.AddUser("ville");
        mastodon.Habits.RequiresToken = true;
        await account.PostAsync("Marché de Noël samedi sur la grande place");
        mastodon.Instance.Post(user, "La bibliothèque ouvre plus tôt cette semaine", "", "public", "fr", null, [], null);
        var articles = site.Feed("/feed", "Le site");
        var article = articles.Publish("/conseil", "Conseil municipal", TimeProvider.System.GetUtcNow().AddHours(-1), "Ordre du jour", site.Picture("/photo.png", Picture));
        var settings = Settings(await azurite.NewAccountAsync(), pds, mastodon, site, account, user);
        await using var first = new HubProcess(settings);
        await using var second = new HubProcess(settings);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        // Gathered, in three forms.
        var feed = await UntilAsync(first, "", text => Has(text, "Marché de Noël", "La bibliothèque", "Conseil municipal"));
        var items = JsonDocument.Parse(feed).RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["bluesky", "mastodon", "web"], items.Select(item => item.GetProperty("_socialhub").GetProperty("network").GetString()).Order(StringComparer.Ordinal));
        Assert.Contains("<rss", await UntilAsync(first, ".rss", text => Has(text, "Marché de Noël", "La bibliothèque", "Conseil municipal")), StringComparison.Ordinal);
        var html = await UntilAsync(first, ".html", text => Has(text, "Marché de Noël", "La bibliothèque", "Conseil municipal"));
        Assert.DoesNotContain(site.Address.Authority + "/photo.png", html, StringComparison.Ordinal);

        // Pictures come from the hub, as what they are.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Picture));
        feed = await UntilAsync(first, "", text => Has(text, "/media/" + hash));
        foreach (var hub in new[] { first, second })
        {
            using var picture = await _client.GetAsync(new Uri(hub.Address, "/media/" + hash), Stop);
            Assert.Equal("image/png", picture.Content.Headers.ContentType?.ToString());
            Assert.Equal(Picture, await picture.Content.ReadAsByteArrayAsync(Stop));
            Assert.Contains("immutable", picture.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        }

        // A new post shows at the next reading.
        await account.PostAsync("La piscine rouvre ses portes dès lundi matin");
        await UntilAsync(first, "", text => Has(text, "La piscine rouvre", "Marché de Noël"));

        // A source that fails keeps its posts, and health names its age and error.
        mastodon.Habits.Down = 503;
        var failing = await HealthAsync(first, health => health.GetProperty("sources").GetProperty("toots").GetProperty("failures").GetInt32() > 0);
        var toots = failing.GetProperty("sources").GetProperty("toots");
        Assert.True(toots.GetProperty("ageSeconds").GetInt64() >= 0);
        Assert.Contains("503", toots.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(user.Token, failing.GetRawText(), StringComparison.Ordinal);
        await UntilAsync(second, "", text => Has(text, "La bibliothèque", "La piscine rouvre"));

        // Two processes answer the same bytes under the same tag, and each knows the other's.
        foreach (var form in new[] { "", ".rss", ".html" })
        {
            var (tag, body) = await SameAsync(first, second, form);
            foreach (var hub in new[] { first, second })
            {
                using var again = new HttpRequestMessage(HttpMethod.Get, Feed(hub, form)) { Headers = { { "If-None-Match", tag } } };
                using var answer = await _client.SendAsync(again, Stop);
                Assert.True(answer.StatusCode == HttpStatusCode.NotModified, $"{form}: {answer.StatusCode}");
                Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Stop));
            }

            Assert.NotEmpty(body);
        }

        // Hidden on one, pinned on the other: both show both.
        items = [.. JsonDocument.Parse(await UntilAsync(first, "", text => Has(text, "La piscine rouvre"))).RootElement.GetProperty("items").EnumerateArray()];
        await PutAsync(first, KeyOf(items, "Marché de Noël"), """{"hidden":true}""");
        await PutAsync(second, KeyOf(items, "Conseil municipal"), """{"pinned":true}""");
        foreach (var hub in new[] { first, second })
        {
            var edited = await UntilAsync(hub, "", text => !Has(text, "Marché de Noël") && IdOfFirst(text) == KeyOf(items, "Conseil municipal"));
            Assert.Contains("La bibliothèque", edited, StringComparison.Ordinal);
        }

        Assert.Equal(article.Link, JsonDocument.Parse(await UntilAsync(second, "", _ => true)).RootElement.GetProperty("items")[0].GetProperty("url").GetString());
    }

    private static HubSettings Settings(string storage, BlueskyPds pds, MastodonDouble mastodon, SmallSite site, BlueskyAccount account, MastodonUser user) => new()
    {
        Storage = storage,
        AllowedOrigins = [pds.Address, pds.PublicAddress, pds.DirectoryAddress, mastodon.Address, site.Address],
        Configuration = $$"""
            {
              "authority": { "name": "Ville de Saint-Exemple", "publicAddress": "https://hub.saint-exemple.example" },
              "accounts": {
                "skies": { "network": "bluesky", "server": "{{Origin(pds.Address)}}", "name": "{{account.Did}}" },
                "toots": { "network": "mastodon", "server": "{{Origin(mastodon.Address)}}", "name": "ville", "secret": "TOOTS" }
              },
              "sources": { "site": { "address": "{{site.AddressOf("/feed")}}", "everyMinutes": 5 }, "skies": { "account": "skies", "everyMinutes": 5 }, "toots": { "account": "toots", "everyMinutes": 5 } },
              "feeds": { "accueil": { "title": "La ville", "sources": ["site", "skies", "toots"] } }
            }
            """,
        More = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TOOTS"] = user.Token,
            ["SocialHub__PlcDirectory"] = Origin(pds.DirectoryAddress),
            ["SocialHub__AppView"] = "",
            // Sources are read every two seconds or so.
            ["SocialHub__Times__Minute"] = "00:00:00.4",
            ["SocialHub__Times__Busy"] = "00:00:20",
        },
    };

    private async Task<string> UntilAsync(HubProcess hub, string form, Func<string, bool> holds)
    {
        using var limit = Patience.Begin();
        for (var last = ""; ;)
        {
            try
            {
                using var answer = await _client.GetAsync(Feed(hub, form), limit.Token);
                last = await answer.Content.ReadAsStringAsync(limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK && holds(last))
                    return last;
                await Task.Delay(100, limit.Token);
            }
            catch (OperationCanceledException late) when (!Stop.IsCancellationRequested)
            {
                throw new TimeoutException($"The feed never became what was waited for. {last}\n{string.Join('\n', hub.Log.TakeLast(30))}", late);
            }
        }
    }

    private async Task<JsonElement> HealthAsync(HubProcess hub, Func<JsonElement, bool> holds)
    {
        using var limit = Patience.Begin();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, "/api/v1/health")) { Headers = { { "x-hub-key", HubSettings.AdministratorKey } } };
            using var answer = await _client.SendAsync(request, limit.Token);
            var health = await answer.Content.ReadFromJsonAsync<JsonElement>(limit.Token);
            if (holds(health))
                return health;
            await Task.Delay(100, limit.Token);
        }
    }

    // Each keeps what it read for a moment, so the two agree a moment later.
    private async Task<(string Tag, byte[] Body)> SameAsync(HubProcess first, HubProcess second, string form)
    {
        using var limit = Patience.Begin();
        while (true)
        {
            using var one = await _client.GetAsync(Feed(first, form), limit.Token);
            using var other = await _client.GetAsync(Feed(second, form), limit.Token);
            if (one.Headers.ETag is { } tag && tag.Equals(other.Headers.ETag))
            {
                var body = await one.Content.ReadAsByteArrayAsync(limit.Token);
                Assert.Equal(body, await other.Content.ReadAsByteArrayAsync(limit.Token));
                return (tag.ToString(), body);
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private async Task PutAsync(HubProcess hub, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(hub.Address, "/api/v1/feeds/accueil/posts/" + key)) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Headers = { { "x-hub-key", HubSettings.AdministratorKey } } };
        using var answer = await _client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Uri Feed(HubProcess hub, string form) => new(hub.Address, "/api/v1/feeds/accueil" + form);

    private static string KeyOf(IEnumerable<JsonElement> items, string words) => items.Single(item => item.GetRawText().Contains(words, StringComparison.Ordinal)).GetProperty("id").GetString()!;

    private static string? IdOfFirst(string feed) => JsonDocument.Parse(feed).RootElement.GetProperty("items")[0].GetProperty("id").GetString();

    private static bool Has(string text, params string[] words) => words.All(word => text.Contains(word, StringComparison.Ordinal));

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static byte[] Png()
    {
        using var bitmap = new SKBitmap(32, 24);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
