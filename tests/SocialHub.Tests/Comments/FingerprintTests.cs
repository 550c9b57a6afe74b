using SocialHub.Comments;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>What later texts are compared with is what a comment says now.</summary>
public sealed class FingerprintTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string First = "La piscine municipale doit rouvrir avant les vacances de printemps.";
    private const string Second = "Le marché couvert mérite une halle neuve et des bancs pour s'asseoir.";

    [Fact]
    public async Task After_an_edit_the_new_text_is_the_one_that_is_sent_again_and_the_old_one_is_free()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync(First, authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        await EditAsync(town, id, Second);
        await town.SettleAsync();
        Assert.DoesNotContain("duplicate", await RulesAsync(town, id));
        await CommentsInvariants.CheckAsync(town);

        Assert.DoesNotContain("duplicate", await RulesAsync(town, (await town.WriteAsync(First)).Comment.Id));
        Assert.Contains("duplicate", await RulesAsync(town, (await town.WriteAsync(Second)).Comment.Id));
    }

    [Fact]
    public async Task A_change_is_compared_with_what_others_wrote_before_it_and_after_the_first_text()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync(First, authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromHours(2));
        await town.WriteAsync(Second);
        await town.SettleAsync();
        await EditAsync(town, id, Second);
        Assert.Contains("duplicate", await RulesAsync(town, id));
    }

    [Fact]
    public async Task A_text_that_was_changed_days_later_is_compared_from_its_change_on()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync(First, authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromDays(3));
        // The daily work has taken the first text's row meanwhile, which must not hinder the change.
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Empty(await FingerprintsAsync(town));
        await EditAsync(town, id, Second);
        await town.SettleAsync();
        Assert.Contains("duplicate", await RulesAsync(town, (await town.WriteAsync(Second)).Comment.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_a_public_text_counts_once_it_is_public(bool byPerson)
    {
        var proposed = byPerson ? Second + " Appelez Jean au 06 12 34 56 78." : Second;
        await using var town = await Town.OpenAsync(azurite);
        var id = (await town.WriteAsync(First, authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        var before = Assert.Single(await FingerprintsAsync(town));
        await EditAsync(town, id, proposed);
        Assert.Equal(before, Assert.Single(await FingerprintsAsync(town)));
        await town.SettleAsync();
        if (byPerson)
            Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish, DecisionSubject.Proposal)).Succeeded);
        Assert.NotEqual(before, Assert.Single(await FingerprintsAsync(town)));
        await CommentsInvariants.CheckAsync(town);
        Assert.DoesNotContain("duplicate", await RulesAsync(town, (await town.WriteAsync(First)).Comment.Id));
        Assert.Contains("duplicate", await RulesAsync(town, (await town.WriteAsync(proposed)).Comment.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_changed_text_that_was_withdrawn_or_erased_nothing_is_left_to_compare_with(bool erased)
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync(First, authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        await EditAsync(town, id, Second);
        var gone = erased
            ? await town.Get<CommentErasure>().EraseAsync(Town.Site, CommentId.Parse(id), new Actor("Alix", "alix"), CancellationToken.None)
            : await town.Get<AuthorActions>().WithdrawAsync(Town.Site, CommentId.Parse(id), Key, CancellationToken.None);
        Assert.True(gone.Succeeded);
        await town.SettleAsync();
        Assert.Empty(await FingerprintsAsync(town));
    }

    [Fact]
    public async Task Changed_back_and_forth_within_the_hour_a_text_keeps_one_row()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync(First, authorKey: Key)).Comment.Id;
        foreach (var text in new[] { First + " !", Second, First, Second, Second.ToUpperInvariant() })
        {
            await EditAsync(town, id, text);
            var row = Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("s.", StringComparison.Ordinal));
            Assert.Equal(Fingerprint.Of(text, town.Get<CommentFingerprints>().Key).ToString(), row.GetString("Print"));
        }
    }

    private static async Task EditAsync(Town town, string id, string text)
    {
        var answer = await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(id), Key, text, (await town.FindAsync(id))!.Revision, "", CancellationToken.None);
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
    }

    private static async Task<IReadOnlyList<string>> RulesAsync(Town town, string id)
    {
        await town.SettleAsync();
        return [.. (await town.FindAsync(id))!.Findings.Select(finding => finding.Rule)];
    }

    private static async Task<IReadOnlyList<string>> FingerprintsAsync(Town town) =>
        [.. (await town.RowsAsync()).Select(row => row.RowKey).Where(key => key.StartsWith("s.", StringComparison.Ordinal))];
}
