using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>Whoever decides sees in numbers what became of the other comments with the same code, and nothing else of their author.</summary>
public sealed class AuthorRecordTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private static readonly (string, string) Moderator = ("x-hub-key", RunningHub.KeyOf("moderator"));

    [Theory]
    [InlineData(0, 0, 0, 0, false, "Premier commentaire avec ce code.", "First comment with this code.")]
    [InlineData(12, 2, 0, 0, false, "Avec ce code : 12 publiés, 2 refusés.", "With this code: 12 published, 2 refused.")]
    [InlineData(1, 0, 1, 2, false, "Avec ce code : 1 publié, 0 refusé, 1 en attente, 2 retirés par leur auteur.", "With this code: 1 published, 0 refused, 1 waiting, 2 withdrawn by the author.")]
    [InlineData(99, 0, 0, 1, true, "Avec ce code, sur 100 commentaires : 99 publiés, 0 refusé, 1 retiré par son auteur.", "With this code, of 100 comments: 99 published, 0 refused, 1 withdrawn by the author.")]
    public void It_is_one_line(int published, int refused, int waiting, int withdrawn, bool isPart, string french, string english)
    {
        var words = new AuthorRecord(published, refused, waiting, withdrawn, isPart).Words;
        Assert.Equal((french, english), (words.French, words.English));
    }

    [Fact]
    public async Task A_card_tells_that_it_is_the_first_comment_or_what_became_of_the_others()
    {
        var channels = new Channels();
        await using var town = await Town.WithChannelsAsync(azurite, channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        foreach (var (text, choice) in new[] { ("La piscine est belle.", DecisionChoice.Publish), ("Le marché est bruyant.", DecisionChoice.Reject) })
        {
            var id = (await town.WriteAsync(text, authorKey: Key)).Comment.Id;
            await town.SettleAsync();
            Assert.True((await town.DecideAsync((await town.FindAsync(id))!, choice)).Succeeded);
        }

        Assert.Contains("Premier commentaire avec ce code.", channels.Taken[0].Card, StringComparison.Ordinal);
        await town.WriteAsync("Et la bibliothèque ?", authorKey: Key);
        await town.SettleAsync();
        Assert.Contains("Avec ce code : 1 publié, 1 refusé.", channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, channels.Taken[^1].Card, StringComparison.Ordinal);
        Assert.DoesNotContain(AuthorKeys.Hash(Key), channels.Taken[^1].Card, StringComparison.Ordinal);
        // Of somebody else nothing is counted.
        await town.WriteAsync("Bonjour à toutes et à tous.", authorKey: CitizenHub.NewKey());
        await town.SettleAsync();
        Assert.Contains("Premier commentaire avec ce code.", channels.Taken[^1].Card, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_list_the_page_behind_a_link_and_the_workflow_are_told_the_same()
    {
        using var issuer = new WorkflowIssuer();
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori", configure: issuer.Register);
        var refused = await hub.JudgedAsync("Le marché est bruyant.", Key);
        using var decided = await hub.JsonAsync(HttpMethod.Post, $"api/v1/moderation/comments/{Town.Site}/{refused}/decision", """{"decision":"reject","reason":"insult","revision":0,"round":0}""", Moderator);
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        var id = await hub.JudgedAsync("Et la bibliothèque ?", Key);
        foreach (var reader in new[] { Moderator, issuer.Bearer() })
        {
            using var list = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments", null, reader);
            Check(Assert.Single((await RunningHub.JsonAsync(list)).GetProperty("items").EnumerateArray()));
        }

        var waiting = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), DecisionSubject.Comment, TestContext.Current.CancellationToken);
        using var view = await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", $$"""{"token":"{{hub.Get<DecisionTokens>().Sign(hub.Get<ModerationCards>().TokenFor(waiting!))}}"}""");
        Check(await RunningHub.JsonAsync(view));

        static void Check(JsonElement item)
        {
            var author = item.GetProperty("author");
            Assert.Equal((0, 1, "Avec ce code : 0 publié, 1 refusé."), (author.GetProperty("published").GetInt32(), author.GetProperty("refused").GetInt32(), author.GetProperty("words").GetString()));
        }
    }
}
