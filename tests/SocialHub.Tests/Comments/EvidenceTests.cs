using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>All that is kept of a debate, for a complaint.</summary>
public sealed class EvidenceTests(AzuriteFixture azurite)
{
    private static readonly Actor Alix = new("Alix", "alix");

    [Fact]
    [Trait("run", "thorough")]
    public async Task The_evidence_of_a_page_that_moved_has_what_was_written_under_each_address_and_what_was_taken_back()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var first = await Town.OpenAsync(azurite);
        var before = (await first.TryWriteAsync("Sous l’ancienne adresse.", authorKey: Key, page: Town.Origin + "/a")).Value.Comment;
        await first.SettleAsync();
        Assert.True((await first.Get<AuthorActions>().WithdrawAsync(Town.Site, CommentId.Parse(before.Id), Key, CancellationToken.None)).Succeeded);
        await using var second = await first.MovedAsync(("/a", "/b"));
        Assert.True((await second.TryWriteAsync("Sous la nouvelle.", page: Town.Origin + "/b")).Succeeded);
        await second.SettleAsync();
        foreach (var page in new[] { "/a", "/b" })
        {
            var taken = await second.Get<Evidence>().TakeAsync(Town.Site, Keys.Page(Town.Origin + page), Alix, CancellationToken.None);
            var file = JsonDocument.Parse(taken.Value.File).RootElement;
            Assert.Equal(["Sous la nouvelle.", "Sous l’ancienne adresse."], file.GetProperty("comments").EnumerateArray().Select(comment => comment.GetProperty("text").GetString()).Order(StringComparer.Ordinal));
            Assert.Equal("withdrawn", file.GetProperty("comments").EnumerateArray().Single(comment => comment.GetProperty("id").GetString() == before.Id).GetProperty("state").GetString());
            Assert.Contains(Town.Origin + (page == "/a" ? "/b" : "/a"), file.GetProperty("otherAddresses").EnumerateArray().Select(other => other.GetProperty("page").GetString()));
        }
    }
}
