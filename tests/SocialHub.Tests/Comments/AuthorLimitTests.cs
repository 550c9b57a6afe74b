using Microsoft.Extensions.DependencyInjection;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

/// <summary>How often one address may change texts and object to refusals, asked of two hubs in turn: each makes a card that a person reads.</summary>
public sealed class AuthorLimitTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string Address = "203.0.113.9";

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_21st_change_in_ten_minutes_waits_and_a_repeated_one_a_strangers_and_a_new_comment_do_not_count()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("Avis", authorKey: Key)).Comment.Id);
        for (var number = 0; number < SubmissionLimits.MostEdits; number++)
        {
            // Those that count by one hub and the other, so that neither knows of more than half.
            Assert.True((await EditAsync(town, number, id, $"Avis {number}", number)).Succeeded);
            Assert.True((await EditAsync(town, number + 1, id, $"Avis {number}", number)).Succeeded);
            Assert.Equal(ProblemKind.Unauthenticated, (await EditAsync(town, number, id, "Le mien", number, "BBBBBBBBBBBBBBBBBBBBBA")).Problem?.Kind);
        }

        for (var hub = 0; hub < 2; hub++)
        {
            var refused = await EditAsync(town, hub, id, "Avis de trop", SubmissionLimits.MostEdits);
            Assert.Equal(ProblemKind.TooMany, refused.Problem?.Kind);
            Assert.InRange(refused.Problem!.RetryAfter!.Value, TimeSpan.FromSeconds(1), SubmissionLimits.Window);
            Assert.True((await EditAsync(town, hub, id, $"Avis {SubmissionLimits.MostEdits - 1}", SubmissionLimits.MostEdits - 1)).Succeeded);
        }

        Assert.True((await town.TryWriteAsync("Autre avis", address: Address)).Succeeded);
        town.Time.Advance(SubmissionLimits.Window);
        Assert.True((await EditAsync(town, 1, id, "Avis de trop", SubmissionLimits.MostEdits)).Succeeded);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_sixth_objection_in_ten_minutes_waits_and_a_repeated_one_does_not_count()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var ids = new List<CommentId>();
        for (var number = 0; number <= SubmissionLimits.Most; number++)
            ids.Add(CommentId.Parse((await town.WriteAsync($"Avis {number}", authorKey: Key)).Comment.Id));
        await town.SettleAsync();
        foreach (var id in ids)
            Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Reject)).Succeeded);
        foreach (var (hub, id) in ids.SkipLast(1).Index())
        {
            Assert.False((await ObjectAsync(town, hub, id)).Value.Repeated);
            Assert.True((await ObjectAsync(town, hub + 1, id)).Value.Repeated);
        }

        for (var hub = 0; hub < 2; hub++)
            Assert.Equal(ProblemKind.TooMany, (await ObjectAsync(town, hub, ids[^1])).Problem?.Kind);
        Assert.True((await town.TryWriteAsync("Autre avis", address: Address)).Succeeded);
        town.Time.Advance(SubmissionLimits.Window);
        Assert.True((await ObjectAsync(town, 1, ids[^1])).Succeeded);
    }

    private static Task<Answer<CommentRow>> EditAsync(Town town, int hub, CommentId id, string text, int revision, string key = Key) =>
        town.Hub(hub).GetRequiredService<AuthorActions>().EditAsync(Town.Site, id, key, text, revision, Address, CancellationToken.None);

    private static Task<Answer<(CommentRow Comment, bool Repeated)>> ObjectAsync(Town town, int hub, CommentId id) =>
        town.Hub(hub).GetRequiredService<AuthorActions>().ObjectAsync(Town.Site, id, Key, "Je conteste", Address, CancellationToken.None);
}
