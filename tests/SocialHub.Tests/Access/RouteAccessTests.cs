using System.Net;
using System.Text;
using SocialHub.Tests.Comments;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Access;

public sealed class RouteAccessTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private RunningHub _hub = null!;

    private IEnumerable<string> Guarded => _hub.Routes.Where(route => !PublicRoutes.All.Contains(route) && !PublicRoutes.OfAuthors.Contains(route));

    public async ValueTask InitializeAsync() => _hub = await RunningHub.StartAsync(azurite, HubJson.Whole);

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task Every_route_that_is_not_public_is_401_without_credentials_or_with_false_ones()
    {
        Assert.NotEmpty(Guarded);
        var principal = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"auth_typ":"aad","role_typ":"roles","claims":[{"typ":"oid","val":"1"},{"typ":"roles","val":"administrator"}]}"""));
        foreach (var route in Guarded)
        {
            await ExpectAsync(401, route);
            await ExpectAsync(401, route, ("x-hub-key", "not-a-key"), ("Authorization", "Bearer a.b.c"), ("X-MS-CLIENT-PRINCIPAL", principal), ("Cookie", "socialhub-session=1.ffffffff.YQ.YQ"));
        }
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Every_route_of_authors_is_401_without_an_author_key_and_with_a_wrong_one()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour");
        const string body = """{"text":"Bonsoir","revision":0,"reason":"C'est une erreur"}""";
        foreach (var route in PublicRoutes.OfAuthors)
        {
            var (method, path) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1].Replace("{site}", Town.Site, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal));
            // Of the two routes of a whole author any well-formed key may be one that wrote nothing yet.
            string[] wrong = path.Contains("/author", StringComparison.Ordinal) ? ["", "short"] : ["", "short", "BBBBBBBBBBBBBBBBBBBBBB"];
            foreach (var key in wrong)
            {
                using var answer = await hub.JsonAsync(method, path, body, key.Length == 0 ? [] : [("Author-Key", key)]);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{route} with '{key}': {(int)answer.StatusCode}");
                Assert.Contains("author-key-wrong", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        using var still = await hub.Client.GetAsync($"{CitizenHub.Comments}/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_contributor_may_do_nothing_that_decides_publishes_or_configures()
    {
        foreach (var route in Guarded.Where(route => !PublicRoutes.OfContributors.Contains(route)))
            await ExpectAsync(403, route, ("x-hub-key", RunningHub.KeyOf("contributor")));
    }

    [Fact]
    public async Task Nothing_that_only_the_team_may_read_is_kept_by_a_cache()
    {
        string[] read = [.. Guarded.Where(route => route.StartsWith("GET ", StringComparison.Ordinal))];
        Assert.Contains("GET api/v1/publications", read);
        foreach (var route in read)
        {
            using var response = await _hub.SendAsync(route, ("x-hub-key", RunningHub.KeyOf("administrator")));
            Assert.True(response.Headers.CacheControl?.NoStore is true, $"{route}: {(int)response.StatusCode} with Cache-Control \"{response.Headers.CacheControl}\"");
        }
    }

    [Fact]
    public void Every_route_on_the_lists_exists()
    {
        var routes = _hub.Routes.ToHashSet(StringComparer.Ordinal);
        Assert.Empty(PublicRoutes.All.Concat(PublicRoutes.OfAuthors).Concat(PublicRoutes.WithoutConfiguration).Except(routes));
    }

    [Fact]
    public async Task Without_a_configuration_everything_but_health_and_a_new_one_is_503_with_every_error()
    {
        await using var hub = await RunningHub.StartAsync(azurite, null);
        var key = ("x-hub-key", RunningHub.KeyOf("administrator"));
        foreach (var route in hub.Routes.Where(route => !PublicRoutes.WithoutConfiguration.Contains(route)))
        {
            using var response = await hub.SendAsync(route, key);
            Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{route}: {(int)response.StatusCode}");
            if (route.StartsWith("HEAD", StringComparison.Ordinal))
                continue;
            if (response.Content.Headers.ContentType?.MediaType == "text/html")
                Assert.Contains("<code>$</code>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            else
                Assert.Equal("$", (await RunningHub.JsonAsync(response)).GetProperty("errors")[0].GetProperty("path").GetString());
        }
        using var health = await hub.SendAsync("GET api/v1/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using var put = await hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, key);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using var after = await hub.SendAsync("GET api/v1/health");
        Assert.Equal("up", (await RunningHub.JsonAsync(after)).GetProperty("status").GetString());
    }

    private async Task ExpectAsync(int status, string route, params (string, string)[] headers)
    {
        using var response = await _hub.SendAsync(route, headers);
        Assert.True((int)response.StatusCode == status, $"{route}: {(int)response.StatusCode}, expected {status}");
        if (!route.StartsWith("HEAD", StringComparison.Ordinal))
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
