using SocialHub.Comments;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

public sealed class ExportTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task An_author_takes_along_what_was_objected_and_what_was_answered()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id);
        await town.WriteAsync("Sans histoire", authorKey: Key);
        await town.SettleAsync();
        var author = town.Get<AuthorActions>();
        foreach (var (reason, choice) in new[] { ("Je ne vois pas", DecisionChoice.Reject), ("Relisez, svp", DecisionChoice.Publish) })
        {
            var refused = (await town.FindAsync(id.Value))!;
            if (refused.State == CommentState.Held)
                Assert.True((await town.DecideAsync(refused, DecisionChoice.Reject)).Succeeded);
            Assert.True((await author.ObjectAsync(Town.Site, id, Key, reason, "", CancellationToken.None)).Succeeded);
            Assert.Null((await ExportAsync(author, id))[^1].Decision);
            Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, choice, DecisionSubject.Objection)).Succeeded);
        }

        Assert.Equal([("Je ne vois pas", "rejected", "insult"), ("Relisez, svp", "published", null)], (await ExportAsync(author, id)).Select(objection => (objection.Reason, objection.Decision, objection.Refusal)));
    }

    private static async Task<IReadOnlyList<AnsweredObjection>> ExportAsync(AuthorActions author, CommentId id)
    {
        var all = (await author.ExportAsync(Town.Site, Key, CancellationToken.None)).Value;
        Assert.Equal(2, all.Count);
        Assert.Empty(all.Single(one => one.Comment.Id != id.Value).Objections);
        return all.Single(one => one.Comment.Id == id.Value).Objections;
    }
}
