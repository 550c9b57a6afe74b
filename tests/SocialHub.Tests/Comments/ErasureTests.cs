using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>Storage that was restored or mended by hand may lack a row; what its owner asked to erase goes all the same.</summary>
public sealed class ErasureTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("run", "thorough")]
    public async Task Nothing_of_a_text_that_was_written_first_stays_by_which_it_could_be_guessed(bool isAll)
    {
        await using var town = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await town.WriteAsync("Quel connard, ce projet coûte trop cher.", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Ce projet coûte trop cher.", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var steps = (await LogAsync()).Count;
        Assert.Single(await LogAsync(), row => row.GetString("Why")?.StartsWith("sha256 ", StringComparison.Ordinal) == true);
        Assert.True(isAll
            ? (await town.Get<AuthorActions>().EraseAllAsync(Town.Site, Key, "", CancellationToken.None)).Succeeded
            : (await town.Get<CommentErasure>().EraseAsync(Town.Site, id, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.DoesNotContain(await town.RowsAsync(), row => row.Any(property => property.Value?.ToString()?.Contains("sha256", StringComparison.Ordinal) == true));
        // That it was put in other words, and when, stays.
        Assert.Contains(await LogAsync(), row => row.GetString("What") == "reworded");
        Assert.True((await LogAsync()).Count > steps);
        await CommentsInvariants.CheckAsync(town);

        async Task<List<Azure.Data.Tables.TableEntity>> LogAsync() => [.. (await town.RowsAsync()).Where(row => row.RowKey.StartsWith(Keys.LogOf(id.Value).From, StringComparison.Ordinal))];
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_comment_that_cannot_be_erased_keeps_no_other_of_its_author_and_is_told()
    {
        await using var town = await Town.OpenAsync(azurite);
        var names = new List<string>();
        foreach (var text in new[] { "Bonjour", "Bonsoir", "Bonne nuit" })
            names.Add((await town.WriteAsync(text, authorKey: Key)).Comment.Id);
        var stuck = names.Order(StringComparer.Ordinal).First();
        var lost = (await town.RowsAsync()).Single(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal) && new DueRow(row).Owner == stuck);
        await town.Table.DeleteEntityAsync(lost, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True((await town.Get<AuthorActions>().EraseAllAsync(Town.Site, Key, "", CancellationToken.None)).Succeeded);
        var promise = (await town.RowsAsync()).Single(row => row.RowKey.StartsWith("d.", StringComparison.Ordinal) && new DueRow(row).Kind == DueKinds.EraseAuthor);
        var hint = Hint.For(Town.Site, promise.RowKey);

        await Assert.ThrowsAsync<InvalidOperationException>(() => town.Get<CommentErasure>().RunAsync(hint, CancellationToken.None));
        Assert.Equal([stuck], await LeftAsync());
        town.Time.Advance(TimeSpan.FromDays(2_000));
        await Assert.ThrowsAsync<InvalidOperationException>(() => town.Get<CommentRetention>().RunAsync(CancellationToken.None));
        Assert.Equal([stuck], await LeftAsync());

        await town.Table.AddEntityAsync(lost, TestContext.Current.CancellationToken);
        await town.Get<CommentErasure>().RunAsync(hint, CancellationToken.None);
        Assert.Empty(await LeftAsync());

        async Task<List<string>> LeftAsync() =>
            [.. (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)).Select(row => new CommentRow(row)).Where(comment => comment.State != CommentState.Erased).Select(comment => comment.Id)];
    }
}
