using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

/// <summary>A request that was taken, and whose answer was lost, is the same request after the signing key was changed.</summary>
public sealed class KeyRotationTests(AzuriteFixture azurite)
{
    private static readonly IOptions<HubOptions> Rotated = Options.Create(new HubOptions { SigningKey = new string('n', 40), PreviousSigningKey = new string('k', 40) });

    [Theory]
    [InlineData("k1")]
    [InlineData(null)]
    public async Task A_comment_sent_again_is_the_one_that_was_taken(string? key)
    {
        await using var town = await Town.OpenAsync(azurite);
        var first = await town.TryWriteAsync("Bonjour", key);
        var later = Intake(town);
        for (var i = 0; i < 2; i++)
        {
            var again = await later.SubmitAsync(Submission("Bonjour", key), CancellationToken.None);
            Assert.Equal((first.Value.Comment.Id, true), (again.Value.Comment.Id, again.Value.Replayed));
            Assert.Equal(first.Value.AuthorKey, again.Value.AuthorKey);
        }

        Assert.Equal(key is null ? null : "idempotency-key-reused", (await later.SubmitAsync(Submission("Bonsoir", key), CancellationToken.None)).Problem?.Code);
        await town.SettleAsync();
        Assert.Equal(key is null ? 2 : 1, (await town.ThreadAsync()).Comments.Count);
        // What the earlier key remembers holds no longer than it would have.
        town.Time.Advance(CommentIntake.KeyLives);
        Assert.False((await later.SubmitAsync(Submission("Bonjour", key), CancellationToken.None)).Value.Replayed);
        Assert.True((await later.SubmitAsync(Submission("Bonjour", key), CancellationToken.None)).Value.Replayed);
    }

    [Fact]
    public async Task An_official_answer_sent_again_is_the_one_that_was_given()
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await town.WriteAsync("Quand ouvre la piscine ?")).Comment.Id);
        await town.SettleAsync();
        var by = new Actor("Alix", "alix");
        var first = await town.Get<OfficialAnswers>().AnswerAsync(Town.Site, id, "Lundi.", "once", by, CancellationToken.None);
        var later = ActivatorUtilities.CreateInstance<OfficialAnswers>(town.OneHub, Rotated);
        var again = await later.AnswerAsync(Town.Site, id, "Lundi.", "once", by, CancellationToken.None);
        Assert.Equal((first.Value.Comment.Id, true), (again.Value.Comment.Id, again.Value.Replayed));
        Assert.Equal("idempotency-key-reused", (await later.AnswerAsync(Town.Site, id, "Mardi.", "once", by, CancellationToken.None)).Problem?.Code);
    }

    private static CommentIntake Intake(Town town) => ActivatorUtilities.CreateInstance<CommentIntake>(town.OneHub, Rotated, new AuthorKeys(Rotated));

    private static CommentSubmission Submission(string text, string? key) => new(Town.Site, Town.Page, text, "Camille") { IdempotencyKey = key, Address = "198.51.100.1" };
}
