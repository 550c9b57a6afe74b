using Azure.Data.Tables;
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
    [Trait("run", "thorough")]
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
    [Trait("run", "thorough")]
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

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    [InlineData(23)]
    public async Task In_a_quiet_town_a_whole_day_is_compared(int hours)
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        await town.WriteAsync(First);
        town.Time.Advance(TimeSpan.FromHours(hours));
        Assert.Contains("duplicate", await RulesAsync(town, (await town.WriteAsync(First)).Comment.Id));
    }

    [Fact]
    public async Task Where_a_busy_hour_holds_all_that_the_rules_look_at_no_earlier_one_is_read()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync(First)).Comment.Id;
        var now = town.Time.GetUtcNow();
        // Whoever reads this one stumbles.
        await town.Table.AddEntityAsync(new TableEntity(Town.Site, Keys.Fingerprint(now.AddHours(-1), "x", id)) { ["Print"] = 1 }, TestContext.Current.CancellationToken);
        var key = town.Get<CommentFingerprints>().Key;
        var rows = Enumerable.Range(0, 510).Select(number => (Print: Fingerprint.Of($"Un avis numéro {number} sur un autre sujet que la fontaine.", key), At: now.AddSeconds(number)))
            .Select(one => new TableEntity(Town.Site, Keys.Fingerprint(now, one.Print.Exact, CommentId.New(CommentId.Parse(id).Page, one.At).Value)) { ["Print"] = one.Print.ToString(), ["At"] = one.At });
        foreach (var some in rows.Chunk(100))
            await town.Table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), TestContext.Current.CancellationToken);
        town.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.DoesNotContain("duplicate", await RulesAsync(town, (await town.WriteAsync(Second)).Comment.Id));
        Assert.Contains("duplicate", await RulesAsync(town, (await town.WriteAsync(Second)).Comment.Id));
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
