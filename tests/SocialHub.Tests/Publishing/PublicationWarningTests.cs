using System.Net;
using SocialHub.Publishing;
using SocialHub.Tests.Access;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Publishing;

/// <summary>The rules read what the authority publishes, tell whoever writes or approves it, and stop nothing.</summary>
public sealed class PublicationWarningTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Whoever_writes_or_changes_a_text_is_told_what_the_rules_see_in_it()
    {
        await using var hub = await RunningHub.StartAsync(azurite, HubJson.Whole);
        var at = $"{TimeProvider.System.GetUtcNow().AddDays(2).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
        using var written = await hub.SendAsync("POST api/v1/publications", $$"""{"accounts":["mastodon"],"text":"Appelez Camille au 06 12 34 56 78, voir https://elsewhere.example","at":"{{at}}"}""", ("x-hub-key", RunningHub.KeyOf("editor")), ("Idempotency-Key", "key-of-the-request"));
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        var one = (await RunningHub.JsonAsync(written)).GetProperty("items")[0];
        Assert.Equal("Un numéro de téléphone serait visible de tous.", Assert.Single(one.GetProperty("warnings").EnumerateArray()).GetString());
        using var changed = await hub.SendAsync($"PUT api/v1/publications/{one.GetProperty("id").GetString()}", """{"text":"Appelez la mairie au 05 56 00 12 34"}""", ("x-hub-key", RunningHub.KeyOf("editor")), ("If-Match", $"\"{one.GetProperty("etag").GetString()}\""));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.False((await RunningHub.JsonAsync(changed)).TryGetProperty("warnings", out _));
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
}
