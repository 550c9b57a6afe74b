using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.EndToEnd.Peers;

namespace SocialHub.EndToEnd.Connections;

/// <summary>The hub reads an account from a real server, found through a real directory.</summary>
public sealed class BlueskyReadTests
{
    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Posts_come_from_the_accounts_own_server_with_links_by_byte_and_pictures_that_can_be_fetched()
    {
        var stopped = TestContext.Current.CancellationToken;
        await using var pds = await BlueskyPds.StartAsync();
        await using var services = Hub(pds);
        var account = await pds.CreateAccountAsync();
        var token = await SignInAsync(pds, account);
        const string text = "L’été 🎉 : voir mairie.fr/actu, merci #SaintExemple";
        var blob = await UploadAsync(pds, token);
        await RecordAsync(pds, account, token, new
        {
            text,
            createdAt = "2026-11-24T10:00:00.000Z",
            langs = new[] { "fr" },
            facets = new object[] { Facet(text, "mairie.fr/actu", new Dictionary<string, object> { ["$type"] = "app.bsky.richtext.facet#link", ["uri"] = "https://mairie.fr/actu" }), Facet(text, "#SaintExemple", new Dictionary<string, object> { ["$type"] = "app.bsky.richtext.facet#tag", ["tag"] = "SaintExemple" }) },
            embed = new Dictionary<string, object> { ["$type"] = "app.bsky.embed.images", ["images"] = new[] { new { image = blob, alt = "Le parc fleuri", aspectRatio = new { width = 1, height = 1 } } } },
        });
        var second = await account.PostAsync("Un deuxième");

        var answer = await ReadAsync(services, pds, account.Handle);
        Assert.Null(answer.Error);
        Assert.Equal((ReadOutcome.Read, 2, true), (answer.Outcome, answer.Posts.Count, answer.ShowsDeletions));
        var post = Assert.Single(answer.Posts, p => p.Text == text);
        Assert.Equal("<p>L’été 🎉 : voir <a href=\"https://mairie.fr/actu\">mairie.fr/actu</a>, merci #SaintExemple</p>", post.Html);
        Assert.Equal(["https://mairie.fr/actu"], post.Links);
        Assert.Equal(["SaintExemple"], post.Tags);
        Assert.Equal(("fr", true), (post.Language, post.IdIsGlobal));
        Assert.StartsWith($"https://bsky.app/profile/{account.Did}/post/", post.Url, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), post.Published);
        var picture = Assert.Single(post.Pictures);
        Assert.Equal(("Le parc fleuri", 1, 1), (picture.Alt, picture.Width, picture.Height));
        var fetched = await services.GetRequiredService<HubHttp>().GetAsync(new Uri(picture.Url), FetchLimits.Picture, stopped);
        Assert.Equal(Pixel, fetched.Bytes.ToArray());

        await account.DeleteAsync(second[(second.LastIndexOf('/') + 1)..]);
        var after = await ReadAsync(services, pds, account.Did, answer.Validators);
        Assert.Equal(text, Assert.Single(after.Posts).Text);
    }

    [Fact]
    public async Task A_long_account_is_read_back_to_a_record_key_and_an_empty_one_is_known_to_be_empty()
    {
        await using var pds = await BlueskyPds.StartAsync();
        await using var services = Hub(pds);
        var account = await pds.CreateAccountAsync();
        var first = await account.PostAsync("Le premier");
        var second = await account.PostAsync("Le deuxième");
        var more = await account.PostManyAsync(200, index => index == 150 ? new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero) : DateTimeOffset.UnixEpoch.AddYears(56));
        var answer = await ReadAsync(services, pds, account.Did);
        Assert.Equal(more.Order(StringComparer.Ordinal), answer.Posts.Select(p => p.NativeId).Order(StringComparer.Ordinal));
        Assert.True(answer.ShowsDeletions);
        Assert.All(more, uri => Assert.True(answer.Covers!(uri)));
        Assert.All([first, second], uri => Assert.False(answer.Covers!(uri)));

        var small = await pds.CreateAccountAsync();
        Assert.True((await ReadAsync(services, pds, small.Did)).ShowsDeletions);
        var only = await small.PostAsync("Le seul");
        await small.DeleteAsync(only[(only.LastIndexOf('/') + 1)..]);
        var empty = await ReadAsync(services, pds, small.Did);
        Assert.Equal((ReadOutcome.Read, 0, true), (empty.Outcome, empty.Posts.Count, empty.ShowsDeletions));
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_is_said_so()
    {
        await using var pds = await BlueskyPds.StartAsync();
        await using var services = Hub(pds);
        var answer = await ReadAsync(services, pds, "personne.test");
        Assert.Equal((ReadOutcome.Failed, "The handle personne.test leads to no account."), (answer.Outcome, answer.Error));
        Assert.Equal(ReadOutcome.Failed, (await ReadAsync(services, pds, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")).Outcome);
    }

    private static ServiceProvider Hub(BlueskyPds pds)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<HubOptions>().Configure(o =>
        {
            o.AllowedPrivateOrigins = $"{pds.PublicAddress.GetLeftPart(UriPartial.Authority)};{pds.DirectoryAddress.GetLeftPart(UriPartial.Authority)}";
            o.PlcDirectory = pds.DirectoryAddress.ToString();
            o.AppView = "";
        });
        services.AddHubConnections();
        services.AddSingleton<HubConfigurationSource>(_ => throw new InvalidOperationException("No hub.json in this test."));
        return services.BuildServiceProvider();
    }

    private static Task<ReadAnswer> ReadAsync(ServiceProvider services, BlueskyPds pds, string name, string? validators = null) =>
        ActivatorUtilities.CreateInstance<SocialHub.Connections.Bluesky.BlueskyReadConnection>(services).ReadAsync(
            new ReadRequest("ville", new SourceConfiguration { Account = "ville" }, new AccountConfiguration { Network = "bluesky", Server = pds.PublicAddress.ToString(), Name = name }, validators),
            TestContext.Current.CancellationToken);

    private static object Facet(string text, string part, Dictionary<string, object> feature)
    {
        var start = Encoding.UTF8.GetByteCount(text[..text.IndexOf(part, StringComparison.Ordinal)]);
        return new { index = new { byteStart = start, byteEnd = start + Encoding.UTF8.GetByteCount(part) }, features = new[] { feature } };
    }

    private static async Task<string> SignInAsync(BlueskyPds pds, BlueskyAccount account)
    {
        using var answer = await pds.Client.PostAsJsonAsync("/xrpc/com.atproto.server.createSession", new { identifier = account.Handle, password = account.Password });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessJwt").GetString()!;
    }

    private static async Task<JsonElement> UploadAsync(BlueskyPds pds, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/xrpc/com.atproto.repo.uploadBlob") { Content = new ByteArrayContent(Pixel) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await pds.Client.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("blob");
    }

    private static async Task RecordAsync(BlueskyPds pds, BlueskyAccount account, string token, object post)
    {
        var record = JsonSerializer.SerializeToNode(post)!.AsObject();
        record["$type"] = "app.bsky.feed.post";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/xrpc/com.atproto.repo.createRecord") { Content = JsonContent.Create(new { repo = account.Did, collection = "app.bsky.feed.post", record }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await pds.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
