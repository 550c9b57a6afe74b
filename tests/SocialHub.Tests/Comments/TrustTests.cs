using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>"First comment read, then trusted", by author key.</summary>
public sealed class TrustTests(AzuriteFixture azurite)
{
    private const string Policy = "first-then-trusted";
    private static int _texts;

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_first_comment_is_read_and_once_a_person_published_it_the_next_ones_are_public_until_the_days_are_over()
    {
        await using var town = await Town.OpenAsync(azurite, Policy, ", \"trustDays\": 10");
        var (key, other) = (CitizenHub.NewKey(), CitizenHub.NewKey());
        var first = await JudgedAsync(town, key);
        Assert.Equal((CommentState.Held, "Le premier commentaire de chaque auteur est lu avant d’être publié."), (first.State, first.Why));
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, key)).State);
        Assert.True((await town.DecideAsync(first, DecisionChoice.Publish)).Succeeded);
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, key)).State);
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, other)).State);
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, key, "Quel connard.")).State);
        // From the last one that was published, not from the first.
        town.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, key)).State);
        town.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, key)).State);
        town.Time.Advance(TimeSpan.FromDays(11));
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, key)).State);
        await CommentsInvariants.CheckAsync(town, isAtRest: false);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_refusal_and_a_decision_that_is_taken_back_end_the_trust_and_another_policy_gives_none()
    {
        await using var town = await Town.OpenAsync(azurite, Policy);
        var key = CitizenHub.NewKey();
        var first = await JudgedAsync(town, key);
        var second = await JudgedAsync(town, key);
        Assert.True((await town.DecideAsync(first, DecisionChoice.Publish)).Succeeded);
        Assert.True((await town.DecideAsync(second, DecisionChoice.Reject)).Succeeded);
        var third = await JudgedAsync(town, key);
        Assert.Equal(CommentState.Held, third.State);
        // A fourth one in a row would be a flood.
        town.Time.Advance(TimeSpan.FromHours(2));
        Assert.True((await town.DecideAsync(third, DecisionChoice.Publish)).Succeeded);
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, key)).State);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, CommentId.Parse(third.Id), third.Round, null, new Actor("Alix", "Alix"), CancellationToken.None)).Succeeded);
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, key)).State);

        await using var strict = await Town.OpenAsync(azurite, "a-priori");
        Assert.True((await strict.DecideAsync(await JudgedAsync(strict, key), DecisionChoice.Publish)).Succeeded);
        Assert.Null((await strict.Get<CommentStore>().FindAuthorAsync(Town.Site, AuthorKeys.Hash(key), CancellationToken.None))!.TrustedAt);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task On_a_page_with_a_policy_of_its_own_a_refusal_by_the_rules_ends_the_trust_and_a_publication_extends_it_but_gives_none()
    {
        await using var town = await Town.OpenAsync(azurite, Policy, ", \"trustDays\": 10, \"rejectAtOnce\": [\"threat\"]");
        const string Own = Town.Origin + "/place";
        Assert.True((await town.Get<CommentThreads>().GovernAsync(Town.Site, Own, new ThreadOrder(null, CommentPolicy.APosteriori), null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        var (key, other) = (CitizenHub.NewKey(), CitizenHub.NewKey());
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, other, page: Own)).State);
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, other)).State);

        Assert.True((await town.DecideAsync(await JudgedAsync(town, key), DecisionChoice.Publish)).Succeeded);
        // "After an author's last published comment": wherever that was.
        town.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, key, page: Own)).State);
        town.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(CommentState.Published, (await JudgedAsync(town, key)).State);
        town.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(CommentState.Rejected, (await JudgedAsync(town, key, "Je vais te tuer, le maire.", Own)).State);
        Assert.Equal(CommentState.Held, (await JudgedAsync(town, key)).State);
    }

    private static async Task<CommentRow> JudgedAsync(Town town, string key, string? text = null, string page = Town.Page)
    {
        var written = await town.TryWriteAsync(text ?? Words(), authorKey: key, address: $"192.0.2.{Interlocked.Increment(ref _texts) % 250}", page: page);
        Assert.True(written.Succeeded, written.Problem?.Detail);
        var id = written.Value.Comment.Id;
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        return (await town.FindAsync(id))!;
    }

    private static string Words() => $"Quand rouvre la {Keys.Random(9)} ? Et la {Keys.Random(9)}, la {Keys.Random(9)} ? {Interlocked.Increment(ref _texts)}";
}
