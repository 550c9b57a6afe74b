using System.Net;
using System.Text.Json;
using SocialHub.Moderation;
using SocialHub.Publishing;
using SocialHub.Tests.Access;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Operations;

public sealed class OperationsRouteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly (string, string) Administrator = ("x-hub-key", RunningHub.KeyOf("administrator"));
    private static readonly (string, string) Editor = ("x-hub-key", RunningHub.KeyOf("editor"));
    private RunningHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RunningHub.StartAsync(azurite, null);

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task A_configuration_is_taken_whole_or_refused_with_every_error_and_the_version_counts()
    {
        using var refused = await _hub.SendAsync("PUT api/v1/operations/configuration", """{ "authority": { "nam": "x" } }""", Administrator);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(["$.authority.nam", "$.authority.publicAddress"], (await RunningHub.JsonAsync(refused)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()));
        using var taken = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, Administrator);
        var etag = (await RunningHub.JsonAsync(taken)).GetProperty("etag").GetString()!;
        Assert.Equal($"\"{etag}\"", taken.Headers.ETag!.Tag);
        using var stale = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Smallest, Administrator, ("If-Match", "\"0000000000000000\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var next = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Smallest, Administrator, ("If-Match", $"\"{etag}\""));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Health_tells_anyone_one_word_and_a_key_holder_everything()
    {
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, Administrator);
        using var tick = await _hub.SendAsync("POST api/v1/operations/tick", Administrator);
        Assert.Equal(HttpStatusCode.Accepted, tick.StatusCode);
        using var anyone = await _hub.SendAsync("GET api/v1/health");
        Assert.Equal("""{"status":"up"}""", await anyone.Content.ReadAsStringAsync());
        using var keyHolder = await _hub.SendAsync("GET api/v1/health", Editor);
        var health = await RunningHub.JsonAsync(keyHolder);
        Assert.Empty(health.GetProperty("configuration").GetProperty("errors").EnumerateArray());
        Assert.InRange(health.GetProperty("lastTick").GetProperty("ageSeconds").GetInt64(), 0, 60);
    }

    [Theory]
    [InlineData("a-posteriori", """{"mairie":["trap","links"]}""")]
    // Of a site where a person reads every comment first the rules refuse nothing by themselves.
    [InlineData("a-priori", """{"mairie":["advertising","trap","links"]}""")]
    public async Task Health_names_the_reasons_without_an_article_and_the_classes_that_are_never_rejected_and_is_up(string policy, string neverRejected)
    {
        var json = HubJson.With("sites.mairie.rejectAtOnce", """["advertising","trap","links"]""").Replace("\"policy\":\"a-priori\"", $"\"policy\":\"{policy}\"", StringComparison.Ordinal);
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", json, Administrator);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var told = await SettingsAsync();
        Assert.Equal(1, told.GetProperty("charter").GetProperty("version").GetInt32());
        // The charter of hub.json names no article.
        Assert.Equal(RefusalReasons.All.Select(reason => reason.Code), told.GetProperty("charter").GetProperty("withoutArticle").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal(neverRejected, told.GetProperty("neverRejected").GetRawText());
    }

    [Theory]
    [InlineData("180", 180)]
    [InlineData("184", null)]
    public async Task Health_names_a_time_to_object_that_is_shorter_than_six_months_and_the_hub_runs_with_it(string days, int? told)
    {
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.With("retention.refusedDays", days), Administrator);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var settings = await SettingsAsync();
        Assert.Equal(told, settings.GetProperty("shortObjection") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null);
    }

    private async Task<JsonElement> SettingsAsync()
    {
        using var keyHolder = await _hub.SendAsync("GET api/v1/health", Editor);
        return (await RunningHub.JsonAsync(keyHolder)).GetProperty("settings");
    }

    [Fact]
    public async Task A_charter_that_has_no_article_for_some_reasons_is_taken_and_they_are_named()
    {
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, Administrator);
        const string Text = "Article 1. Insultes\nAucune.\n\nArticle 2. Le reste\nRien d'autre.";
        Task<HttpResponseMessage> PutAsync(IEnumerable<string> reasons) =>
            _hub.SendAsync("PUT api/v1/settings/{charter}", JsonSerializer.Serialize(new { text = Text, articles = reasons.ToDictionary(reason => reason, reason => reason == "insult" ? "1" : "2") }), Editor, ("If-Match", "*"));
        var reasons = RefusalReasons.All.Select(reason => reason.Code).ToList();
        using var some = await PutAsync(reasons.Where(reason => reason is not ("hate" or "election")));
        Assert.Equal(HttpStatusCode.OK, some.StatusCode);
        Assert.Contains("hate, election.", Assert.Single((await RunningHub.JsonAsync(some)).GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        using var all = await PutAsync(reasons);
        Assert.False((await RunningHub.JsonAsync(all)).TryGetProperty("warnings", out _));
        // The hub's own has an article for each.
        using var smallest = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Smallest, Administrator);
        using var back = await _hub.SendAsync("DELETE api/v1/settings/{charter}", Editor, ("If-Match", "*"));
        var own = await RunningHub.JsonAsync(back);
        Assert.Equal((true, false), (own.GetProperty("default").GetBoolean(), own.TryGetProperty("warnings", out _)));
    }

    [Fact]
    public async Task A_setting_is_read_changed_and_not_changed_twice_from_one_version()
    {
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, Administrator);
        using var read = await _hub.SendAsync("GET api/v1/settings/{words}", Editor);
        Assert.Equal("piscine", (await RunningHub.JsonAsync(read)).GetProperty("value").GetProperty("hold")[0].GetString());
        var etag = ("If-Match", read.Headers.ETag!.Tag);
        using var changed = await _hub.SendAsync("PUT api/v1/settings/{words}", """{ "hold": ["école"] }""", Editor, etag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(1, (await RunningHub.JsonAsync(changed)).GetProperty("version").GetInt32());
        using var again = await _hub.SendAsync("PUT api/v1/settings/{words}", """{ "hold": ["autre"] }""", Editor, etag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, again.StatusCode);
        // As many words as hub.json may hold: what it allows, the team can go on from.
        var many = string.Join(',', Enumerable.Range(0, 1_900).Select(number => $"\"{new string('m', 20)}{number}\""));
        using var whole = await _hub.SendAsync("PUT api/v1/settings/{words}", "{\"hold\":[" + many + "]}", Editor, ("If-Match", changed.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        using var without = await _hub.SendAsync("PUT api/v1/settings/{words}", "{}", Editor);
        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
    }

    [Fact]
    public async Task A_setting_is_taken_back_and_its_changes_are_told_newest_first()
    {
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, Administrator);
        using var changed = await _hub.SendAsync("PUT api/v1/settings/{words}", """{ "hold": ["école"] }""", Editor, ("If-Match", "*"));
        Assert.False((await RunningHub.JsonAsync(changed)).GetProperty("default").GetBoolean());
        using var without = await _hub.SendAsync("DELETE api/v1/settings/{words}", Editor);
        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
        using var back = await _hub.SendAsync("DELETE api/v1/settings/{words}", Editor, ("If-Match", changed.Headers.ETag!.Tag));
        var now = await RunningHub.JsonAsync(back);
        Assert.Equal((true, "piscine"), (now.GetProperty("default").GetBoolean(), now.GetProperty("value").GetProperty("hold")[0].GetString()));
        using var versions = await _hub.SendAsync("GET api/v1/settings/{words}/versions", Editor);
        var history = await RunningHub.JsonAsync(versions);
        Assert.Equal([(2, "returned"), (1, "written")], history.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("version").GetInt32(), item.GetProperty("what").GetString())));
        Assert.All(history.GetProperty("items").EnumerateArray(), item => Assert.Equal("editor", item.GetProperty("by").GetString()));
        using var first = await _hub.SendAsync("GET api/v1/settings/{words}/versions?before=2", Editor);
        Assert.Equal(1, (await RunningHub.JsonAsync(first)).GetProperty("items").GetArrayLength());
        using var wrong = await _hub.SendAsync("GET api/v1/settings/{words}/versions?before=deux", Editor);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_key_is_exchanged_for_a_cookie_that_reads_anywhere_and_writes_only_from_the_desk()
    {
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, Administrator);
        using var refused = await _hub.SendAsync("POST api/v1/session", """{ "key": "wrong" }""");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var opened = await _hub.SendAsync("POST api/v1/session", $$"""{ "key": "{{RunningHub.KeyOf("editor")}}" }""");
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.All(["httponly", "samesite=strict", "secure", "path=/", "max-age=43"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        var session = ("Cookie", cookie.Split(';')[0]);
        using var who = await _hub.SendAsync("GET api/v1/session", session);
        Assert.Equal("editor", (await RunningHub.JsonAsync(who)).GetProperty("role").GetString());
        using var read = await _hub.SendAsync("GET api/v1/settings/{words}", session);
        var etag = ("If-Match", read.Headers.ETag!.Tag);
        using var foreign = await _hub.SendAsync("PUT api/v1/settings/{words}", "{}", session, etag, ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var own = await _hub.SendAsync("PUT api/v1/settings/{words}", "{}", session, etag, ("Origin", "https://hub.saint-exemple.fr"));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var closed = await _hub.SendAsync("DELETE api/v1/session", session);
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(closed.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_an_administrator_says_that_the_storage_was_restored_and_it_is_remembered()
    {
        using var put = await _hub.SendAsync("PUT api/v1/operations/configuration", HubJson.Whole, Administrator);
        using var editor = await _hub.SendAsync("POST api/v1/operations/restored", Editor);
        Assert.Equal(HttpStatusCode.Forbidden, editor.StatusCode);
        using var first = await _hub.SendAsync("POST api/v1/operations/restored", Administrator);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var at = (await RunningHub.JsonAsync(first)).GetProperty("restoredAt").GetDateTimeOffset();
        var gate = await _hub.Get<PublicationStore>().GateAsync(CancellationToken.None);
        Assert.Equal((at, at), (gate!.RestoredAt!.Value, gate.Since));
        // Twice is as good as once.
        using var again = await _hub.SendAsync("POST api/v1/operations/restored", Administrator);
        Assert.True((await RunningHub.JsonAsync(again)).GetProperty("restoredAt").GetDateTimeOffset() >= at);
    }

    [Fact]
    public async Task The_schema_is_served_to_editors()
    {
        using var schema = await _hub.SendAsync("GET hub.schema.json");
        Assert.Equal("application/schema+json", schema.Content.Headers.ContentType?.MediaType);
        Assert.Equal("hub.json", (await RunningHub.JsonAsync(schema)).GetProperty("title").GetString());
    }
}
