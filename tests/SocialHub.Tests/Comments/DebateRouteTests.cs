using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

public sealed partial class DebateRouteTests(AzuriteFixture azurite)
{
    private const string Threat = "Je vais te tuer, le maire. Appelle-moi au 01 98 76 54 32.";
    private static readonly (string, string) Moderator = ("x-hub-key", RunningHub.KeyOf("moderator"));

    [Fact]
    [Trait("run", "thorough")]
    public async Task By_its_link_a_page_is_held_with_a_notice_for_readers_in_each_form()
    {
        var channels = new Channels();
        await using var hub = await CitizenHub.OpenAsync(azurite, channels: channels);
        await hub.JudgedAsync(Threat);
        var token = "";
        await Patience.UntilAsync("the card is sent", () =>
        {
            token = channels.Taken.ToList().Select(taken => taken.Card).Where(card => card.Contains("d=hold", StringComparison.Ordinal)).Select(card => Token().Match(card).Groups["token"].Value).FirstOrDefault() ?? "";
            return Task.FromResult(token.Length > 0);
        });
        var view = await JsonAsync(await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", $$"""{"token":"{{token}}"}"""), HttpStatusCode.OK);
        Assert.Equal(("thread", "threat", "Ville de Saint-Exemple"), (view.GetProperty("subject").GetString(), view.GetProperty("why").GetString(), view.GetProperty("authority").GetString()));
        Assert.Equal(["hold", "close", "leave"], view.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()));
        // Whoever has nothing but the link reads what they decide about, and nobody's telephone number.
        var text = Assert.Single(view.GetProperty("texts").EnumerateArray());
        Assert.Equal(("Camille", "held", Threat.Replace("01 98 76 54 32", "téléphone ••• 32", StringComparison.Ordinal)), (text.GetProperty("name").GetString(), text.GetProperty("state").GetString(), text.GetProperty("text").GetString()));
        Assert.Contains(text.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("class").GetString() == "threat");
        Assert.NotEqual(0, view.GetProperty("playbook").GetProperty("answers").GetArrayLength());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await hub.JsonAsync(HttpMethod.Post, "moderation/decide", $$"""{"token":"{{token}}","decision":"hold"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.JsonAsync(HttpMethod.Post, "moderation/decide", $$"""{"token":"{{token}}","decision":"publish","by":"Dominique"}""")).StatusCode);
        var held = await JsonAsync(await hub.JsonAsync(HttpMethod.Post, "moderation/decide", $$"""{"token":"{{token}}","decision":"hold","by":"Dominique"}"""), HttpStatusCode.OK);
        Assert.Equal(("held", "Dominique", true), (held.GetProperty("state").GetString(), held.GetProperty("decidedBy").GetString(), held.GetProperty("declared").GetBoolean()));
        await JsonAsync(await hub.JsonAsync(HttpMethod.Post, "moderation/decide", $$"""{"token":"{{token}}","decision":"hold","by":"Dominique"}"""), HttpStatusCode.OK);
        // Held, it may still be closed, by who saw that.
        var again = await JsonAsync(await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", $$"""{"token":"{{token}}"}"""), HttpStatusCode.OK);
        Assert.Equal(("hold", "Dominique", "close"), (again.GetProperty("choice").GetString(), again.GetProperty("decidedBy").GetString(), Assert.Single(again.GetProperty("choices").EnumerateArray()).GetString()));
        var late = await JsonAsync(await hub.JsonAsync(HttpMethod.Post, "moderation/decide", $$"""{"token":"{{token}}","decision":"close","by":"Claude"}"""), HttpStatusCode.Conflict);
        Assert.Equal(("hold", "Dominique"), (late.GetProperty("choice").GetString(), late.GetProperty("decidedBy").GetString()));
        Assert.StartsWith("Déjà décidé par Dominique (nom déclaré) à ", late.GetProperty("message").GetString(), StringComparison.Ordinal);

        var page = $"?page={Uri.EscapeDataString(Town.Page)}";
        await Patience.UntilAsync("readers see it", async () => (await hub.Client.GetStringAsync(CitizenHub.Comments + page, TestContext.Current.CancellationToken)).Contains("heldUntil", StringComparison.Ordinal));
        var json = JsonDocument.Parse(await hub.Client.GetStringAsync(CitizenHub.Comments + page + "&lang=en", TestContext.Current.CancellationToken)).RootElement;
        Assert.StartsWith("New comments on this page are held until ", json.GetProperty("notice").GetString(), StringComparison.Ordinal);
        Assert.True(json.GetProperty("open").GetBoolean());
        Assert.Contains("mis en attente jusqu", WebUtility.HtmlDecode(await hub.Client.GetStringAsync(CitizenHub.Comments + ".html" + page, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Contains("mis en attente jusqu", await hub.Client.GetStringAsync(CitizenHub.Comments + ".rss" + page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        // And they can go on writing.
        var id = await hub.JudgedAsync("Restons calmes.");
        Assert.Equal(CommentState.Held, (await hub.Get<CommentStore>().FindAsync(Town.Site, CommentId.Parse(id), CancellationToken.None))!.State);
    }

    [Theory]
    [Trait("run", "thorough")]
    [InlineData(true, "withdrawn", "Retiré par son auteur.")]
    [InlineData(false, "rejected", "Refusé.")]
    public async Task Of_a_threat_that_waits_for_nobody_any_more_the_link_still_shows_what_is_kept_and_what_became_of_it(bool isTakenBack, string state, string note)
    {
        var channels = new Channels();
        await using var hub = await CitizenHub.OpenAsync(azurite, channels: channels);
        var key = CitizenHub.NewKey();
        var id = CommentId.Parse(await hub.JudgedAsync(Threat, key));
        var token = "";
        await Patience.UntilAsync("the card is sent", () =>
        {
            token = channels.Taken.ToList().Select(taken => taken.Card).Where(card => card.Contains("d=hold", StringComparison.Ordinal)).Select(card => Token().Match(card).Groups["token"].Value).FirstOrDefault() ?? "";
            return Task.FromResult(token.Length > 0);
        });
        Assert.True(isTakenBack
            ? (await hub.Get<AuthorActions>().WithdrawAsync(Town.Site, id, key, CancellationToken.None)).Succeeded
            : (await hub.Get<CommentDecisions>().DecideAsync(Town.Site, id, new CommentDecision(DecisionSubject.Comment, 0, 0, 0, DecisionChoice.Reject, "threat", new Actor("Alix", "alix")), CancellationToken.None)).Succeeded);
        var view = await JsonAsync(await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", $$"""{"token":"{{token}}"}"""), HttpStatusCode.OK);
        var text = Assert.Single(view.GetProperty("texts").EnumerateArray());
        Assert.Equal((state, note), (text.GetProperty("state").GetString(), text.GetProperty("note").GetString()));
        Assert.StartsWith("Je vais te tuer, le maire.", text.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Moderators_see_it_decide_and_take_evidence_which_is_logged()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        await hub.JudgedAsync(Threat);
        var list = await JsonAsync(await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/threads", null, Moderator), HttpStatusCode.OK);
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        var (key, turn) = (item.GetProperty("thread").GetString()!, item.GetProperty("turn").GetInt32());
        var path = $"api/v1/moderation/threads/{Town.Site}/{key}";
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.SendAsync(HttpMethod.Post, path + "/evidence", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hub.SendAsync(HttpMethod.Post, path + "/evidence", null, ("x-hub-key", RunningHub.KeyOf("contributor")))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.SendAsync(HttpMethod.Post, $"api/v1/moderation/threads/{Town.Site}/nothing/evidence", null, Moderator)).StatusCode);

        // Whoever only looks writes nothing into a log.
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.GetAsync(path + "/evidence", TestContext.Current.CancellationToken)).StatusCode);
        using var answer = await hub.SendAsync(HttpMethod.Post, path + "/evidence", null, Moderator);
        var file = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(file))}:", answer.Headers.GetValues("Repr-Digest").Single());
        var comment = Assert.Single(JsonDocument.Parse(file).RootElement.GetProperty("comments").EnumerateArray());
        Assert.Equal((Threat, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Threat)))), (comment.GetProperty("text").GetString(), comment.GetProperty("textSha256").GetString()));
        var step = comment.GetProperty("log").EnumerateArray().First();
        string[] hashed = ["0", step.GetProperty("at").GetDateTimeOffset().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), "received", "received", "author", "", "0", "0", step.GetProperty("writeId").GetString()!];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hashed)))), step.GetProperty("sha256").GetString());
        var log = await hub.Get<HubStorage>().Comments.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: TestContext.Current.CancellationToken).Where(row => row.RowKey.StartsWith($"l.{key}.", StringComparison.Ordinal)).ToListAsync(TestContext.Current.CancellationToken);
        var taken = Assert.Single(log, row => row.GetString("What") == "evidence");
        Assert.Equal(("sha256 " + digest, "moderator"), (taken.GetString("Why"), taken.GetString("Who")));

        Assert.Equal(HttpStatusCode.BadRequest, (await hub.JsonAsync(HttpMethod.Post, path + "/decision", """{"decision":"hold"}""", Moderator)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await hub.JsonAsync(HttpMethod.Post, path + "/decision", $$"""{"decision":"hold","turn":{{turn + 1}}}""", Moderator)).StatusCode);
        Assert.Equal("held", (await JsonAsync(await hub.JsonAsync(HttpMethod.Post, path + "/decision", $$"""{"decision":"hold","turn":{{turn}}}""", Moderator), HttpStatusCode.OK)).GetProperty("state").GetString());
        // Held, it stands in the list until it is released or closed.
        Assert.Equal("close", Assert.Single(Assert.Single((await JsonAsync(await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/threads", null, Moderator), HttpStatusCode.OK)).GetProperty("items").EnumerateArray()).GetProperty("choices").EnumerateArray()).GetString());
        await JsonAsync(await hub.JsonAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}","held":false}""", Moderator), HttpStatusCode.OK);
        Assert.Empty((await JsonAsync(await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/threads", null, Moderator), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        // Where a card or a mail led to it is shown all the same, and its evidence is taken.
        var led = await JsonAsync(await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/threads?thread={Town.Site}.{key}", null, Moderator), HttpStatusCode.OK);
        Assert.Empty(led.GetProperty("items").EnumerateArray());
        Assert.Equal((key, "open", "hold", false), (led.GetProperty("thread").GetProperty("thread").GetString(), led.GetProperty("thread").GetProperty("state").GetString(), led.GetProperty("thread").GetProperty("choice").GetString(), led.GetProperty("thread").TryGetProperty("choices", out _)));
        Assert.Equal(HttpStatusCode.OK, (await hub.SendAsync(HttpMethod.Post, path + "/evidence", null, Moderator)).StatusCode);
        Assert.False((await JsonAsync(await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/threads?thread={Town.Site}.nothing", null, Moderator), HttpStatusCode.OK)).TryGetProperty("thread", out _));
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/threads?thread=ville", null, Moderator)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hub.JsonAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}","closed":true}""", Moderator)).StatusCode);
        var closed = Assert.Single((await JsonAsync(await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/threads", null, Moderator), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        Assert.Equal(("closed", "close", false), (closed.GetProperty("state").GetString(), closed.GetProperty("choice").GetString(), closed.TryGetProperty("choices", out _)));
        Assert.Single((await JsonAsync(await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/comments?thread={Town.Site}.{key}", null, Moderator), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments?thread=ville", null, Moderator)).StatusCode);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode} {body}");
        answer.Dispose();
        return JsonDocument.Parse(body).RootElement;
    }

    [GeneratedRegex("#t=(?<token>[A-Za-z0-9_-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
