using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>What the Logic App may do with its own token, for the person who answered its card.</summary>
public sealed class WorkflowDecisionTests(AzuriteFixture azurite)
{
    private const string By = """ "by":{"id":"00000000-aaaa","name":"Dominique"} """;

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_workflow_decides_and_takes_back_for_the_person_it_names_and_erases_nothing()
    {
        using var issuer = new WorkflowIssuer();
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori", configure: issuer.Register);
        var id = await hub.JudgedAsync("La place est trop bruyante.");
        var path = $"api/v1/moderation/comments/{Town.Site}/{id}";
        async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string action, string body, params (string, string)[] headers)
        {
            using var answer = await hub.JsonAsync(HttpMethod.Post, $"{path}/{action}", body, headers.Length == 0 ? [issuer.Bearer()] : headers);
            return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
        }

        const string decision = "\"decision\":\"publish\",\"revision\":0,\"round\":0";
        foreach (var nobody in new[] { "", ",\"by\":{}", ",\"by\":{\"id\":\"1\"}", ",\"by\":{\"name\":\"Dominique\"}", $",\"by\":{{\"id\":\"1\",\"name\":\"{new string('D', 61)}\"}}" })
        {
            var refused = await SendAsync("decision", $"{{{decision}{nobody}}}");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:socialhub:problem:responder-required"), (refused.Status, refused.Body.GetProperty("type").GetString()));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("decision", $"{{{decision},{By}}}", issuer.Bearer("99999999-4444-5555-6666-777777777777"))).Status);
        var published = await SendAsync("decision", $"{{{decision},{By}}}");
        Assert.Equal((HttpStatusCode.OK, "published", "Dominique"), (published.Status, published.Body.GetProperty("state").GetString(), published.Body.GetProperty("decidedBy").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("decision", $"{{{decision},{By}}}")).Status);
        var late = await SendAsync("decision", $"{{{decision},\"by\":{{\"id\":\"2\",\"name\":\"Claude\"}}}}");
        Assert.Equal((HttpStatusCode.Conflict, "Somebody decided meanwhile, or the text or its reports changed since this was shown; look at it again."), (late.Status, late.Body.GetProperty("detail").GetString()));
        // The workflow answers its card with this sentence, as it is.
        var hour = TimeZoneInfo.ConvertTime(late.Body.GetProperty("decidedAt").GetDateTimeOffset(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"Déjà décidé par Dominique à {hour}.", late.Body.GetProperty("message").GetString());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync("undo", """{"round":0}""")).Status);
        var undone = await SendAsync("undo", """{"round":0,"by":{"id":"2","name":"Claude"}}""");
        Assert.Equal((HttpStatusCode.OK, "held", 1), (undone.Status, undone.Body.GetProperty("state").GetString(), undone.Body.GetProperty("round").GetInt32()));

        using var erased = await hub.SendAsync(HttpMethod.Delete, path, null, issuer.Bearer());
        Assert.Equal((HttpStatusCode.Forbidden, "urn:socialhub:problem:role-too-low"), (erased.StatusCode, (await RunningHub.JsonAsync(erased)).GetProperty("type").GetString()));

        using var history = await hub.SendAsync(HttpMethod.Get, $"api/v1/moderation/history/{Town.Site}/{id}", null, issuer.Bearer());
        var entries = (await RunningHub.JsonAsync(history)).GetProperty("entries").EnumerateArray().Select(entry => (entry.GetProperty("what").GetString(), entry.GetProperty("who").GetString())).ToList();
        // The hub lists it for the moderators meanwhile, which is the clock's entry.
        Assert.Equal([("published", "Dominique"), ("reopened", "Claude")], entries.Where(entry => entry.Item2 is "Dominique" or "Claude"));
        var logged = await hub.Get<CommentStore>().HistoryAsync(Town.Site, CommentId.Parse(id), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["00000000-aaaa", "2"], logged.Where(row => row.Who is "Dominique" or "Claude").Select(row => row.WhoId));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_workflow_decides_about_a_debate_and_a_page_for_the_person_it_names()
    {
        using var issuer = new WorkflowIssuer();
        await using var hub = await CitizenHub.OpenAsync(azurite, configure: issuer.Register);
        await hub.JudgedAsync("Je vais te tuer, le maire.");
        var key = Keys.Page(Town.Page);
        var decision = $"api/v1/moderation/threads/{Town.Site}/{key}/decision";
        Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body) => hub.JsonAsync(method, path, body, issuer.Bearer());
        using var nobody = await SendAsync(HttpMethod.Post, decision, """{"decision":"hold","turn":1}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:socialhub:problem:responder-required"), (nobody.StatusCode, (await RunningHub.JsonAsync(nobody)).GetProperty("type").GetString()));
        using var held = await SendAsync(HttpMethod.Post, decision, $$"""{"decision":"hold","turn":1,{{By}}}""");
        Assert.Equal((HttpStatusCode.OK, "Dominique"), (held.StatusCode, (await RunningHub.JsonAsync(held)).GetProperty("decidedBy").GetString()));
        using var unnamed = await SendAsync(HttpMethod.Put, "api/v1/threads", $$"""{"site":"{{Town.Site}}","page":"{{Town.Page}}","held":false}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unnamed.StatusCode);
        using var released = await SendAsync(HttpMethod.Put, "api/v1/threads", $$$"""{"site":"{{{Town.Site}}}","page":"{{{Town.Page}}}","held":false,"by":{"id":"2","name":"Claude"}}""");
        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        var (from, before) = Keys.LogOf(key);
        var log = await hub.Get<CommentStore>().RangeAsync(Town.Site, (from, before), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([("held", "Dominique", "00000000-aaaa"), ("released", "Claude", "2")], log.Where(row => row.GetString("WhoId") is not null).Select(row => (row.GetString("What"), row.GetString("Who"), row.GetString("WhoId"))));
    }
}
