using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>Personal data that the rules found reach nobody but the author and the moderators who ask for them by name.</summary>
public sealed class MaskedDataTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Text = "Le maire a ce numéro : 06 12 34 56 78, appelez-le.";
    private const string Shown = "Le maire a ce numéro : téléphone ••• 78, appelez-le.";
    private static readonly (string, string) Moderator = ("x-hub-key", RunningHub.KeyOf("moderator"));

    [Fact]
    public async Task A_card_tells_the_kind_and_the_last_digits()
    {
        var channels = new Channels();
        await using var town = await Town.WithChannelsAsync(azurite, channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await town.WriteAsync(Text, authorKey: Key);
        await town.SettleAsync();
        Assert.Contains("téléphone ••• 78", channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.DoesNotContain("34 56", channels.Taken[^1].Card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_shows_them_to_a_moderator_who_asks_and_the_history_tells_who()
    {
        using var issuer = new WorkflowIssuer();
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori", configure: issuer.Register);
        var id = await hub.JudgedAsync(Text, Key);
        using var listed = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments", null, Moderator);
        var item = (await RunningHub.JsonAsync(listed)).GetProperty("items").EnumerateArray().Single();
        Assert.Equal((Shown, 1), (item.GetProperty("text").GetString(), item.GetProperty("masked").GetInt32()));
        Assert.DoesNotContain("34 56", item.GetRawText(), StringComparison.Ordinal);
        var finding = item.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("rule").GetString() == "phone");
        Assert.Equal("téléphone ••• 78", Shown.Substring(finding.GetProperty("start").GetInt32(), finding.GetProperty("length").GetInt32()));

        using var whole = await hub.JsonAsync(HttpMethod.Post, Path(id, "view"), """{"subject":"comment"}""", Moderator);
        var shown = await RunningHub.JsonAsync(whole);
        Assert.Equal((Text, false), (shown.GetProperty("text").GetString(), shown.TryGetProperty("masked", out _)));
        using var history = await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/history/{Town.Site}/{id}", null, Moderator);
        // The hub lists it for the moderators meanwhile, which is the clock's entry.
        var access = (await RunningHub.JsonAsync(history)).GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("what").GetString() == "revealed");
        Assert.Equal("moderator", access.GetProperty("who").GetString());

        using var workflow = await hub.JsonAsync(HttpMethod.Post, Path(id, "view"), """{}""", issuer.Bearer());
        Assert.Equal(HttpStatusCode.Forbidden, workflow.StatusCode);
        using var nobody = await hub.JsonAsync(HttpMethod.Post, Path(id, "view"), """{}""");
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    [Fact]
    public async Task The_page_behind_a_card_shows_them_on_demand_and_the_decision_still_fits()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await hub.JudgedAsync(Text, Key);
        var waiting = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), DecisionSubject.Comment, TestContext.Current.CancellationToken);
        var link = hub.Get<DecisionTokens>().Sign(hub.Get<ModerationCards>().TokenFor(waiting!));
        Assert.Equal(Shown, (await ViewAsync(hub, $$"""{"token":"{{link}}"}""")).GetProperty("text").GetString());
        Assert.DoesNotContain(await HistoryAsync(hub, id), what => what == "revealed");
        foreach (var nameless in new[] { "", ",\"by\":\" \"", ",\"by\":\"link\"" })
        {
            using var refused = await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", $$"""{"token":"{{link}}","reveal":true{{nameless}}}""");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        Assert.DoesNotContain(await HistoryAsync(hub, id), what => what == "revealed");
        Assert.Equal(Text, (await ViewAsync(hub, $$"""{"token":"{{link}}","reveal":true,"by":"Camille"}""")).GetProperty("text").GetString());
        var access = await hub.Get<CommentStore>().HistoryAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken).SingleAsync(row => row.What == "revealed", TestContext.Current.CancellationToken);
        Assert.Equal(("Camille", true), (access.Who, Actor.IsDeclared(access.WhoId)));
        using var decided = await hub.JsonAsync(HttpMethod.Post, "moderation/decide", $$"""{"token":"{{link}}","decision":"reject","reason":"personal-data","by":"Camille"}""");
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
    }

    [Fact]
    public async Task The_author_sees_the_whole_of_their_own_text()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await hub.JudgedAsync(Text, Key);
        using var own = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", $$"""{"authorKey":"{{Key}}"}""");
        Assert.Contains("06 12 34 56 78", await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var export = await hub.SendAsync(HttpMethod.Get, $"api/v1/sites/{Town.Site}/author", null, ("Author-Key", Key));
        Assert.Contains("06 12 34 56 78", await export.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Path(string id, string act) => $"api/v1/moderation/comments/{Town.Site}/{id}/{act}";

    private static async Task<JsonElement> ViewAsync(CitizenHub hub, string body)
    {
        using var view = await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", body);
        Assert.Equal(HttpStatusCode.OK, view.StatusCode);
        return await RunningHub.JsonAsync(view);
    }

    private static Task<List<string>> HistoryAsync(CitizenHub hub, string id) =>
        hub.Get<CommentStore>().HistoryAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken).Select(row => row.What).ToListAsync(TestContext.Current.CancellationToken).AsTask();
}
