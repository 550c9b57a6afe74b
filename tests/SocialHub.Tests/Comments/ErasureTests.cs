using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>Storage that was restored or mended by hand may lack a row; what its owner asked to erase goes all the same.</summary>
public sealed class ErasureTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

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
