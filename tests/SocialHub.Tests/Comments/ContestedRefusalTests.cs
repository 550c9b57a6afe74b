using System.Net;
using System.Text.Json;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>Whoever answers an objection reads what is contested: who refused, when, why and by which article; and who refused is told at once that another answers.</summary>
public sealed class ContestedRefusalTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Refused = "Refusé par Alix le 24 novembre 2026 à 10:00. Motif : Insulte ou attaque personnelle. Article 2 de la charte (version 1).";
    private const string Another = "Une autre personne que celle qui a refusé doit y répondre.";
    private readonly Channels _channels = new();

    [Fact]
    public async Task The_card_of_an_objection_says_what_is_contested_and_goes_on_saying_it_when_the_answer_is_taken_back()
    {
        await using var town = await ObjectedAsync();
        Assert.Contains(Refused, _channels.Taken[^1].Card, StringComparison.Ordinal);
        // Nobody else is known to the hub.
        Assert.DoesNotContain(Another, _channels.Taken[^1].Card, StringComparison.Ordinal);
        await NameAsync(town, "alix", "dominique");
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, DecisionSubject.Objection, "Dominique")).Succeeded);
        var answered = await OnlyAsync(town);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(answered.Id), answered.Round, null, new Actor("Dominique", "Dominique"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Contains($"{Refused} {Another}", _channels.Taken[^1].Card, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_card_of_an_objection_to_a_refused_change_says_who_refused_the_change()
    {
        await using var town = await OpenAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Publish, who: "Dominique")).Succeeded);
        var published = await OnlyAsync(town);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(published.Id), Key, "Bonjour à tous", published.ChangeableRevision, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject, DecisionSubject.Proposal)).Succeeded);
        await ObjectAsync(town);
        Assert.Contains(Refused, _channels.Taken[^1].Card, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_mail_of_an_objection_says_it_too()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, _channels, server.Port);
        await NameAsync(town, "alix", "dominique");
        await town.WriteAsync("Bonjour", authorKey: Key);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject)).Succeeded);
        await ObjectAsync(town);
        var told = Assert.Single(server.Received, mail => mail.Subject == "Un auteur conteste un refus" && mail.To.Mailboxes.Single().Address == "dominique@saint-exemple.fr").TextBody!.ReplaceLineEndings(" ");
        Assert.Contains("Motif : Insulte ou attaque personnelle. Article 2 de la charte (version 1).", told, StringComparison.Ordinal);
        Assert.Contains(Another, told, StringComparison.Ordinal);
        Assert.DoesNotContain("C'était une citation", told, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_list_says_it_to_everybody_and_to_who_refused_that_it_was_theirs()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = await hub.JudgedAsync("Bonjour", Key);
        using var refused = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{id}/decision", """{"decision":"reject","reason":"insult","revision":0,"round":0}""", ("x-hub-key", RunningHub.KeyOf("moderator")));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using var objection = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/objections", $$"""{"reason":"C’était une citation.","authorKey":"{{Key}}"}""", ("Origin", Town.Origin));
        Assert.True(objection.IsSuccessStatusCode);
        var (mine, theirs) = (await ContestedAsync("moderator"), await ContestedAsync("editor"));
        Assert.Equal((true, false), (mine.TryGetProperty("mine", out var isMine) && isMine.GetBoolean(), theirs.TryGetProperty("mine", out _)));
        Assert.Equal(("insult", "Insulte ou attaque personnelle", "2", 1, "moderator"), (theirs.GetProperty("reason").GetString(), theirs.GetProperty("label").GetString(), theirs.GetProperty("article").GetString(), theirs.GetProperty("version").GetInt32(), theirs.GetProperty("by").GetString()));
        Assert.Equal(Another, theirs.GetProperty("answerer").GetString());
        Assert.Equal("/api/v1/charter.html?version=1#article-2", theirs.GetProperty("charter").GetString());

        async Task<JsonElement> ContestedAsync(string role)
        {
            using var list = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments", null, ("x-hub-key", RunningHub.KeyOf(role)));
            return Assert.Single((await RunningHub.JsonAsync(list)).GetProperty("items").EnumerateArray()).GetProperty("contested");
        }
    }

    private async Task<Town> OpenAsync()
    {
        var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        await town.WriteAsync("Bonjour", authorKey: Key);
        await town.SettleAsync();
        return town;
    }

    private async Task<Town> ObjectedAsync()
    {
        var town = await OpenAsync();
        Assert.True((await town.DecideAsync(await OnlyAsync(town), DecisionChoice.Reject)).Succeeded);
        await ObjectAsync(town);
        return town;
    }

    private static async Task ObjectAsync(Town town)
    {
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse((await OnlyAsync(town)).Id), Key, "C'était une citation.", "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
    }

    private static async Task NameAsync(Town town, params string[] names)
    {
        var people = await town.Get<SettingsStore>().GetAsync("people", CancellationToken.None);
        var written = JsonSerializer.SerializeToElement(new { people = names.Select(name => new { name, email = $"{name}@saint-exemple.fr" }) });
        Assert.True((await town.Get<SettingsStore>().PutAsync("people", written, people.Value.ETag, new Caller("editor", "Editor", Role.Editor), CancellationToken.None)).Succeeded);
        town.Time.Advance(TimeSpan.FromSeconds(20));
    }

    private static async Task<CommentRow> OnlyAsync(Town town) => new(Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)));
}
