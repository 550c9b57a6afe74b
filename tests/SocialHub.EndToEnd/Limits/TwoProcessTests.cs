using System.Net;
using SocialHub.EndToEnd.Crashes;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Limits;

/// <summary>What is remembered about a request, an address or a page is known to another hub process of the same account, as on Azure, where nothing in memory is shared.</summary>
public sealed class TwoProcessTests(TwoProcessTests.TwoProcesses hubs) : IClassFixture<TwoProcessTests.TwoProcesses>
{
    private const string Comments = "/api/v1/sites/ville/comments";
    private const string Moderation = "/api/v1/moderation/comments/ville";

    private static int _people;

    [Fact]
    public async Task A_comment_sent_again_under_its_key_to_the_other_process_is_answered_as_the_first_and_another_text_is_refused()
    {
        var page = hubs.Page("cle");
        var body = new { page, text = "Les bancs du parc sont neufs.", name = "Camille", idempotencyKey = Unique() };
        var first = await hubs.First.PostAsync(Comments, body);
        var again = await hubs.Second.PostAsync(Comments, body);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (FirstOf(first), again.Status));
        foreach (var member in new[] { "id", "authorKey" })
            Assert.Equal(first.Json().GetProperty(member).GetString(), again.Json().GetProperty(member).GetString());
        var other = await hubs.Second.PostAsync(Comments, new { page, text = "Les bancs du parc sont vieux.", name = "Camille", body.idempotencyKey });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:socialhub:problem:idempotency-key-reused"), (other.Status, other.Json().GetProperty("type").GetString()));
        await hubs.CountedAsync(page, 1);
    }

    [Fact]
    public async Task A_form_without_a_key_sent_again_to_the_other_process_is_kept_once_and_answered_with_the_same_code()
    {
        var page = hubs.Page("formulaire");
        using var client = new HttpClient();
        var pages = new List<string>();
        foreach (var hub in new[] { hubs.One, hubs.Other })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, Comments))
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("page", page), KeyValuePair.Create("text", "Le marché commence trop tôt."), KeyValuePair.Create("name", "Camille")]),
                Headers = { { "X-Forwarded-For", "203.0.113.77" } },
            };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            pages.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        // The browser of somebody who clicked twice shows the second: the code is in it, too.
        var codes = pages.Select(text => text.Split("<code>")[1].Split("</code>")[0]).ToList();
        Assert.Equal((22, codes[0]), (codes[0].Length, codes[1]));
        await hubs.CountedAsync(page, 1);
    }

    [Fact]
    public async Task The_sixth_message_of_an_address_is_refused_whichever_process_took_the_five()
    {
        var page = hubs.Page("limite");
        (string, string) from = ("X-Forwarded-For", "203.0.113.6");
        for (var number = 0; number < 5; number++)
            Assert.Equal(HttpStatusCode.Created, FirstOf(await hubs.Each(number).PostAsync(Comments, new { page, text = $"Avis {number}", name = "Camille" }, from)));
        foreach (var hub in new[] { hubs.First, hubs.Second })
        {
            var sixth = await hub.PostAsync(Comments, new { page, text = "Sixième avis", name = "Camille" }, from);
            Assert.Equal(HttpStatusCode.TooManyRequests, sixth.Status);
            Assert.InRange(sixth.Json().GetProperty("retryAfter").GetInt32(), 1, 600);
            // Who repeats what was taken is answered all the same.
            Assert.Equal(HttpStatusCode.OK, (await hub.PostAsync(Comments, new { page, text = "Avis 4", name = "Camille" }, from)).Status);
        }

        Assert.Equal(HttpStatusCode.Created, FirstOf(await hubs.Second.PostAsync(Comments, new { page, text = "Un autre avis", name = "Claude" })));
    }

    [Fact]
    public async Task A_report_repeated_to_the_other_process_is_one_report()
    {
        var id = await hubs.PublishedAsync(hubs.Page("signalement"), "La rue est barrée depuis mardi.");
        (string, string) from = ("X-Forwarded-For", "203.0.113.8");
        var first = await hubs.First.PostAsync($"{Comments}/{id}/reports", new { reason = "C'est faux" }, from);
        var again = await hubs.Second.PostAsync($"{Comments}/{id}/reports", new { reason = "C'est faux" }, from);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (FirstOf(first), again.Status));
        var history = await hubs.Team.GetAsync($"/api/v1/moderation/history/ville/{id}");
        Assert.Single(history.Json().GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("what").GetString() == "reported");
    }

    [Fact]
    public async Task An_official_answer_repeated_to_the_other_process_is_one_answer_and_another_text_is_refused()
    {
        var page = hubs.Page("reponse");
        var id = await hubs.PublishedAsync(page, "Quand rouvre la bibliothèque ?");
        (string, string)[] headers = [("Idempotency-Key", Unique()), ("x-hub-key", HubSettings.ModeratorKey)];
        var first = await hubs.First.PostAsync($"{Moderation}/{id}/answer", new { text = "Lundi." }, headers);
        var again = await hubs.Second.PostAsync($"{Moderation}/{id}/answer", new { text = "Lundi." }, headers);
        var other = await hubs.Second.PostAsync($"{Moderation}/{id}/answer", new { text = "Mardi." }, headers);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (FirstOf(first), again.Status, other.Status));
        Assert.Equal(first.Body, again.Body);
        await hubs.CountedAsync(page, 2);
    }

    [Fact]
    public async Task A_publication_written_by_hand_and_repeated_to_the_other_process_is_one_and_another_text_is_refused()
    {
        (string, string)[] headers = [("Idempotency-Key", Unique()), ("x-hub-key", HubSettings.AdministratorKey)];
        var body = new { accounts = new[] { "mastodon" }, text = $"La piscine rouvre samedi {headers[0].Item2}." };
        var first = await hubs.First.PostAsync("/api/v1/publications", body, headers);
        var again = await hubs.Second.PostAsync("/api/v1/publications", body, headers);
        var other = await hubs.Second.PostAsync("/api/v1/publications", new { body.accounts, text = "La piscine ferme samedi." }, headers);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (FirstOf(first), again.Status, other.Status));
        string? Id(HubAnswer answer) => Assert.Single(answer.Json().GetProperty("items").EnumerateArray()).GetProperty("id").GetString();
        Assert.Equal(Id(first), Id(again));
        var calendar = await hubs.First.GetAsync("/api/v1/publications", headers[1]);
        Assert.Single(calendar.Json().GetProperty("items").EnumerateArray(), item => item.GetProperty("text").GetString() == body.text);
    }

    [Fact]
    public async Task A_comment_withdrawn_at_one_process_leaves_the_threads_and_the_counts_of_both()
    {
        var page = hubs.Page("retrait");
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var id = await hubs.PublishedAsync(page, "La fontaine ne coule plus.", key);
        Assert.Equal(HttpStatusCode.NoContent, (await hubs.First.PostAsync($"{Comments}/{id}/withdraw", new { authorKey = key })).Status);
        foreach (var form in new[] { "", ".html", ".rss" })
        {
            foreach (var hub in new[] { hubs.First, hubs.Second })
                await hubs.UntilAsync(hub, $"{Comments}{form}?page={Uri.EscapeDataString(page)}", answer => !answer.Body.Contains("La fontaine", StringComparison.Ordinal));
        }

        await hubs.CountedAsync(page, 0);
    }

    // What the client itself had to repeat, for want of an answer, is answered as a repetition.
    private static HttpStatusCode FirstOf(HubAnswer answer) => answer is { Repeated: true, Status: HttpStatusCode.OK } ? HttpStatusCode.Created : answer.Status;

    private static string Unique() => Guid.NewGuid().ToString("N");

    /// <summary>Two processes on one account, and the town's site; started once.</summary>
    public sealed class TwoProcesses(AzuriteFixture azurite) : IAsyncLifetime
    {
        private SmallSite? _site;

        public HubProcess One { get; private set; } = null!;

        public HubProcess Other { get; private set; } = null!;

        public HubClient First { get; private set; } = null!;

        public HubClient Second { get; private set; } = null!;

        public HubClient Team { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _site = await SmallSite.StartAsync();
            var file = new HubFile();
            file["sites"]["ville"] = new System.Text.Json.Nodes.JsonObject
            {
                ["name"] = "Saint-Exemple",
                ["origins"] = new System.Text.Json.Nodes.JsonArray(_site.Address.GetLeftPart(UriPartial.Authority)),
                ["policy"] = "a-posteriori",
            };
            file["accounts"]["mastodon"] = new System.Text.Json.Nodes.JsonObject { ["network"] = "mastodon", ["server"] = "https://mastodon.example", ["name"] = "ville", ["secret"] = "MASTODON_TOKEN" };
            file["moderation"].Remove("webhooks");
            var settings = new HubSettings { Storage = await azurite.NewAccountAsync(), Configuration = file.ToString(), AllowedOrigins = [_site.Address], Publishing = "dry-run" };
            (One, Other) = (new HubProcess(settings), new HubProcess(settings));
            await Task.WhenAll(One.StartAsync(), Other.StartAsync());
            (First, Second, Team) = (new HubClient([One.Address]), new HubClient([Other.Address]), new HubClient([Other.Address], HubSettings.ModeratorKey));
        }

        /// <summary>A page that is open to comments.</summary>
        public string Page(string name) => _site!.Open($"/{name}-{Interlocked.Increment(ref _people)}", name);

        public HubClient Each(int number) => number % 2 == 0 ? First : Second;

        /// <summary>A comment taken by the first process and public at both; its id.</summary>
        public async Task<string> PublishedAsync(string page, string text, string? authorKey = null)
        {
            var sent = await First.PostAsync(Comments, new { page, text, name = "Camille", authorKey });
            Assert.True(FirstOf(sent) == HttpStatusCode.Created, sent.Body);
            var id = sent.Json().GetProperty("id").GetString()!;
            foreach (var hub in new[] { First, Second })
                await UntilAsync(hub, $"{Comments}?page={Uri.EscapeDataString(page)}", answer => answer.Body.Contains(id, StringComparison.Ordinal));
            await CountedAsync(page, 1);
            return id;
        }

        /// <summary>Waits until both processes count so many comments, in the same bytes under the same tag.</summary>
        public async Task CountedAsync(string page, int count)
        {
            var path = $"/api/v1/sites/ville/comment-counts?page={Uri.EscapeDataString(page)}";
            bool Counts(HubAnswer answer) => answer.Json().GetProperty("counts").GetProperty(page).GetInt32() == count;
            var (one, other) = (await UntilAsync(First, path, Counts), await UntilAsync(Second, path, Counts));
            Assert.Equal((one.Body, one.ETag), (other.Body, other.ETag));
        }

        public async Task<HubAnswer> UntilAsync(HubClient hub, string path, Func<HubAnswer, bool> holds)
        {
            var until = TimeProvider.System.GetUtcNow() + Patience.Limit;
            while (true)
            {
                var answer = await hub.GetAsync(path);
                if (answer.Status == HttpStatusCode.OK && holds(answer))
                    return answer;
                Assert.True(TimeProvider.System.GetUtcNow() < until, $"{path} never became what was waited for: {answer.Status} {answer.Body}");
                await Task.Delay(100);
            }
        }

        public async ValueTask DisposeAsync()
        {
            First.Dispose();
            Second.Dispose();
            Team.Dispose();
            await One.DisposeAsync();
            await Other.DisposeAsync();
            await _site!.DisposeAsync();
        }
    }
}
