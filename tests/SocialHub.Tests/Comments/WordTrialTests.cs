using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>What the team's words would do, before they are saved.</summary>
public sealed class WordTrialTests(AzuriteFixture azurite)
{
    private const string Path = "api/v1/settings/words/try";
    private static readonly (string, string) Editor = ("x-hub-key", RunningHub.KeyOf("editor"));

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_newest_comments_whose_verdict_would_change_are_shown_with_both_verdicts_and_no_personal_data_and_nothing_is_saved()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var oldest = await hub.JudgedAsync("Le moulin est beau.");
        await hub.JudgedAsync("Quand rouvre la piscine ?");
        var newest = await hub.JudgedAsync("Le moulin, appelez-moi au 06 12 34 56 78.");
        await hub.JudgedAsync("Quel connard, ce moulin.");
        var taken = await hub.JudgedAsync("Le moulin encore.", "AAAAAAAAAAAAAAAAAAAAAA");
        using var gone = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{taken}/withdraw", """{"authorKey":"AAAAAAAAAAAAAAAAAAAAAA"}""");
        Assert.True(gone.IsSuccessStatusCode);
        // What else the hub has to write of these is written first: the one that waits for a person is listed.
        await Patience.UntilAsync("the held comment is listed", async () =>
            await hub.Get<CommentStore>().HistoryAsync(Town.Site, CommentId.Parse(newest), TestContext.Current.CancellationToken).AnyAsync(row => row.What == "listed", TestContext.Current.CancellationToken));
        var before = (await hub.Get<HubStorage>().Comments.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Count;

        var tried = await TryAsync(hub, """{ "words": { "hold": ["moulin"] } }""");
        var comments = tried.GetProperty("comments");
        Assert.Equal((4, 1, 1, 0, true), (comments.GetProperty("looked").GetInt32(), comments.GetProperty("changed").GetInt32(), comments.GetProperty("stopped").GetInt32(), comments.GetProperty("freed").GetInt32(), comments.GetProperty("complete").GetBoolean()));
        var item = Assert.Single(comments.GetProperty("items").EnumerateArray());
        Assert.Equal((oldest, "published", "Publish", "Hold"), (item.GetProperty("id").GetString(), item.GetProperty("state").GetString(), item.GetProperty("before").GetProperty("verdict").GetString(), item.GetProperty("after").GetProperty("verdict").GetString()));
        var finding = Assert.Single(item.GetProperty("after").GetProperty("findings").EnumerateArray());
        Assert.Equal("moulin", item.GetProperty("text").GetString()!.Substring(finding.GetProperty("start").GetInt32(), finding.GetProperty("length").GetInt32()));
        Assert.Contains("liste de la collectivité", finding.GetProperty("reason").GetString(), StringComparison.Ordinal);

        // A number that would pass as a word is not shown before it does.
        var number = (await TryAsync(hub, """{ "words": { "allow": ["06 12 34 56 78"] }, "site": "ville", "last": 4 }""")).GetProperty("comments");
        item = Assert.Single(number.GetProperty("items").EnumerateArray());
        Assert.Equal((newest, 1), (item.GetProperty("id").GetString(), number.GetProperty("freed").GetInt32()));
        Assert.DoesNotContain("34 56", item.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, (await TryAsync(hub, """{ "words": {}, "last": 1 }""")).GetProperty("comments").GetProperty("looked").GetInt32());

        var after = (await hub.Get<HubStorage>().Comments.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Count;
        Assert.Equal(before, after);
        using var setting = await hub.SendAsync(HttpMethod.Get, "api/v1/settings/words", null, Editor);
        Assert.Equal(0, (await RunningHub.JsonAsync(setting)).GetProperty("version").GetInt32());
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_text_is_judged_with_the_words_of_today_and_with_those_that_are_tried_and_what_cannot_be_tried_is_refused()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var text = (await TryAsync(hub, """{ "words": { "hold": ["moulin", "vieux"], "until": { "vieux": "2020-01-01" } }, "text": "Le vieux moulin." }""")).GetProperty("text");
        Assert.Equal(("Publish", "Hold", 1), (text.GetProperty("before").GetProperty("verdict").GetString(), text.GetProperty("after").GetProperty("verdict").GetString(), text.GetProperty("after").GetProperty("findings").GetArrayLength()));
        foreach (var (body, status) in new[]
        {
            ("""{ "text": "a" }""", HttpStatusCode.UnprocessableEntity),
            ("""{ "words": { "hold": [""] } }""", HttpStatusCode.UnprocessableEntity),
            ("""{ "words": {}, "last": 201 }""", HttpStatusCode.UnprocessableEntity),
            ("""{ "words": {}, "text": " " }""", HttpStatusCode.UnprocessableEntity),
            ("""{ "words": {}, "site": "village" }""", HttpStatusCode.NotFound),
            ("""{ "words": {}, "save": true }""", HttpStatusCode.BadRequest),
        })
        {
            using var refused = await hub.JsonAsync(HttpMethod.Post, Path, body, Editor);
            Assert.Equal(status, refused.StatusCode);
        }

        using var wrong = await hub.JsonAsync(HttpMethod.Post, Path, """{ "words": { "hold": [""] } }""", Editor);
        Assert.Contains("$.words.hold[0]", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var moderator = await hub.JsonAsync(HttpMethod.Post, Path, """{ "words": {} }""", ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal(HttpStatusCode.Forbidden, moderator.StatusCode);
    }

    private static async Task<JsonElement> TryAsync(CitizenHub hub, string body)
    {
        using var answer = await hub.JsonAsync(HttpMethod.Post, Path, body, Editor);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RunningHub.JsonAsync(answer);
    }
}
