using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SocialHub.Access;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Publishing;
using SocialHub.Storage;
using SocialHub.Tests.Access;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Publishing;

/// <summary>The rules read what the authority publishes and tell whoever writes or approves it; a threat, hate, an insult or personal data leaves once that person said so.</summary>
public sealed class PublicationWarningTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Whoever_writes_or_changes_a_text_is_told_what_the_rules_see_in_it_before_it_leaves()
    {
        await using var hub = await RunningHub.StartAsync(azurite, HubJson.Whole);
        var at = $"{TimeProvider.System.GetUtcNow().AddDays(2).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
        async Task<HttpResponseMessage> WriteAsync(string text, string despite = "") =>
            await hub.SendAsync("POST api/v1/publications", $$"""{"accounts":["mastodon"],"text":"{{text}}","at":"{{at}}"{{despite}}}""", ("x-hub-key", RunningHub.KeyOf("editor")), ("Idempotency-Key", "key-of-the-request"));
        const string Private = "Appelez Camille au 06 12 34 56 78, voir https://elsewhere.example";
        using var refused = await WriteAsync(Private);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var problem = await RunningHub.JsonAsync(refused);
        Assert.EndsWith(":warnings-unconfirmed", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal("Un numéro de téléphone serait visible de tous.", Assert.Single(problem.GetProperty("warnings").EnumerateArray()).GetString());
        using var none = await hub.SendAsync($"GET api/v1/publications?from={Uri.EscapeDataString(at)}", "", ("x-hub-key", RunningHub.KeyOf("editor")));
        Assert.Empty((await RunningHub.JsonAsync(none)).GetProperty("items").EnumerateArray());
        using var written = await WriteAsync(Private, ",\"despite\":true");
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        var one = (await RunningHub.JsonAsync(written)).GetProperty("items")[0];
        Assert.Equal("Un numéro de téléphone serait visible de tous.", Assert.Single(one.GetProperty("warnings").EnumerateArray()).GetString());
        async Task<HttpResponseMessage> ChangeAsync(string body) =>
            await hub.SendAsync($"PUT api/v1/publications/{one.GetProperty("id").GetString()}", body, ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", $"\"{one.GetProperty("etag").GetString()}\""));
        using var insulting = await ChangeAsync("""{"text":"Ce connard de Camille a encore frappé"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, insulting.StatusCode);
        using var changed = await ChangeAsync("""{"text":"Appelez la mairie au 05 56 00 12 34"}""");
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.False((await RunningHub.JsonAsync(changed)).TryGetProperty("warnings", out _));
    }

    [Fact]
    public async Task What_the_rules_merely_remark_needs_no_word_and_what_a_contributor_proposes_waits_anyway()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        async Task<Answer<(PublicationList List, bool IsReplay)>> WriteAsync(string text, Role role) =>
            await hub.Publications.WriteAsync(new WrittenPublication(["skies"], text) { At = hub.Now.AddDays(1) }, "key-of-" + text.GetHashCode(StringComparison.Ordinal), PublishingHub.Editor with { Role = role }, CancellationToken.None);
        Assert.True((await WriteAsync("BRAVO AU CLUB DE HAND POUR SA BELLE VICTOIRE DE CE SOIR !!!!!!!!!!", Role.Editor)).Succeeded);
        Assert.True((await WriteAsync("Rendez-vous samedi. Signé : le maire", Role.Editor)).Succeeded);
        Assert.Equal("warnings-unconfirmed", (await WriteAsync("On va te tuer, Camille", Role.Editor)).Problem?.Code);
        Assert.True(Assert.Single((await WriteAsync("Appelez Camille au 06 12 34 56 78", Role.Contributor)).Value.List.Items).AwaitsApproval);
    }

    [Fact]
    public async Task An_announcement_that_the_rules_warn_of_waits_for_a_person_and_the_card_says_why()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        await hub.FirstLookAsync();
        hub.Site.Publish("fete", "Fête du lac", hub.Now);
        await hub.NextLookAsync();
        Assert.Empty(hub.Site.Cards);
        Assert.Single(hub.Skies.Posts);
        hub.Site.Publish("appel", "Appelez Camille au 06 12 34 56 78", hub.Now);
        await hub.NextLookAsync();
        await hub.NextLookAsync();
        Assert.Single(hub.Skies.Posts);
        var waiting = PublicationView.Of((await hub.PublicationsAsync()).Single(p => p.State == PublicationState.Planned));
        Assert.Equal((true, AskReason.Remarks), (waiting.AwaitsApproval, waiting.AskedFor));
        Assert.Contains("⚠ Un numéro de téléphone serait visible de tous.", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
        // Agreeing is said in the same words as writing.
        var unconfirmed = (await hub.Publications.ApproveAsync(waiting.Id, waiting.ETag, PublishingHub.Editor, CancellationToken.None)).Problem!;
        Assert.Equal(("warnings-unconfirmed", "[\"Un numéro de téléphone serait visible de tous.\"]"), (unconfirmed.Code, ((JsonArray)unconfirmed.Extensions!["warnings"]!).ToJsonString(Readable)));
        Assert.True((await hub.Publications.ApproveAsync(waiting.Id, waiting.ETag, PublishingHub.Editor, CancellationToken.None, despite: true)).Succeeded);
        await hub.WorkAsync();
        Assert.Equal(2, hub.Skies.Posts.Count);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task An_announcement_that_not_every_rule_could_read_waits_for_a_person_and_the_card_says_so()
    {
        var rule = new Failing();
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"", with: services => services.AddSingleton(provider =>
            new ModerationEngine([rule], Lexicon.BuiltIn, TimeSpan.FromSeconds(5), TimeProvider.System, NullLogger<ModerationEngine>.Instance)));
        await hub.FirstLookAsync();
        rule.Fails = true;
        hub.Site.Publish("fete", "Fête du lac", hub.Now);
        await hub.NextLookAsync();
        await hub.NextLookAsync();
        Assert.Empty(hub.Skies.Posts);
        var waiting = PublicationView.Of((await hub.PublicationsAsync()).Single(p => p.State == PublicationState.Planned));
        Assert.Equal((true, AskReason.Unchecked), (waiting.AwaitsApproval, waiting.AskedFor));
        Assert.Contains("⚠ Ce texte n’a pas pu être vérifié automatiquement.", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
        // Whoever approves has read it, and that is what was missing.
        Assert.True((await hub.Publications.ApproveAsync(waiting.Id, waiting.ETag, PublishingHub.Editor, CancellationToken.None)).Succeeded);
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task Whoever_approves_by_the_interface_says_that_it_is_despite_the_warnings()
    {
        await using var hub = await RunningHub.StartAsync(azurite, HubJson.Whole);
        var at = $"{TimeProvider.System.GetUtcNow().AddDays(2).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
        using var proposed = await hub.SendAsync("POST api/v1/publications", $$"""{"accounts":["mastodon"],"text":"Appelez Camille au 06 12 34 56 78","at":"{{at}}"}""", ("x-hub-key", RunningHub.KeyOf("contributor")), ("Idempotency-Key", "key-of-the-request"));
        var one = (await RunningHub.JsonAsync(proposed)).GetProperty("items")[0];
        async Task<HttpResponseMessage> ApproveAsync(string body) =>
            await hub.SendAsync($"POST api/v1/publications/{one.GetProperty("id").GetString()}/approve", body, ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", $"\"{one.GetProperty("etag").GetString()}\""));
        foreach (var body in new[] { "", "{}" })
        {
            using var refused = await ApproveAsync(body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Equal("Un numéro de téléphone serait visible de tous.", Assert.Single((await RunningHub.JsonAsync(refused)).GetProperty("warnings").EnumerateArray()).GetString());
        }

        using var approved = await ApproveAsync("""{"despite":true}""");
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        Assert.False((await RunningHub.JsonAsync(approved)).GetProperty("awaitsApproval").GetBoolean());
    }

    [Fact]
    public async Task The_card_that_asks_for_an_approval_tells_it_too()
    {
        await using var hub = await PublishingHub.StartAsync(azurite, accounts: "\"skies\"");
        for (var i = 0; i < 4; i++)
            await hub.NextLookAsync();
        hub.Site.Publish("premier", "Appelez Camille au 06 12 34 56 78", hub.Now);
        await hub.NextLookAsync();
        Assert.True(PublicationView.Of(await hub.OnlyAsync("skies")).AwaitsApproval);
        Assert.Contains("⚠ Un numéro de téléphone serait visible de tous.", Assert.Single(hub.Site.Cards), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_picture_is_said_to_show_is_read_too()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var planned = new PublicationView("p", "skies", "bluesky", PublicationView.Word(PublicationState.Planned), "Samedi, fête sur la place.", hub.Now, hub.Now, 1);
        var remarks = hub.Get<PublicationRemarks>();
        async Task<IReadOnlyList<string>?> WarningsAsync(PublicationView view) => (await remarks.WithAsync(view, CancellationToken.None)).Warnings;
        Assert.Null(await WarningsAsync(planned with { Pictures = [new(new string('0', 64), "La place")] }));
        Assert.Equal(["Un numéro de téléphone serait visible de tous."], await WarningsAsync(planned with { Pictures = [new(new string('0', 64), "La place"), new(new string('1', 64), "Une affiche : 06 12 34 56 78")] }));
        Assert.Equal(["Un numéro de téléphone serait visible de tous."], await WarningsAsync(planned with { Illustration = new("https://www.saint-exemple.fr/a.png", "Une affiche : 06 12 34 56 78") }));
    }

    private static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed class Failing : ModerationRule
    {
        public bool Fails { get; set; }

        public override string Id => "fails";

        public override string FindingClass => FindingClasses.Insult;

        public override Wording Reason { get; } = new("essai", "test");

        public override void Judge(Reading reading, FindingSink findings)
        {
            if (Fails)
                throw new InvalidOperationException("a mistake in a rule");
        }
    }
}
