using System.Net;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

public sealed class ErasedLinkTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task A_link_to_an_erased_comment_says_erased_whether_it_is_looked_at_or_decided()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour");
        using var erased = await hub.SendAsync(HttpMethod.Delete, $"api/v1/moderation/comments/{Town.Site}/{id}", null, ("x-hub-key", RunningHub.KeyOf("administrator")));
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        var tokens = hub.Get<DecisionTokens>();
        var link = tokens.Sign(new DecisionToken(Town.Site, id, DecisionSubject.Comment, 0, 0, 0, tokens.ExpiryFromNow()));
        foreach (var (path, body) in new[] { ("moderation/decide/view", $$"""{"token":"{{link}}"}"""), ("moderation/decide", $$"""{"token":"{{link}}","decision":"publish","by":"Alix"}"""), ("moderation/decide", $$"""{"token":"{{link}}","decision":"card"}""") })
        {
            using var answer = await hub.JsonAsync(HttpMethod.Post, path, body);
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.Contains("problem:comment-erased", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
