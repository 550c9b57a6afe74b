using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>All that is kept of a debate, for a complaint.</summary>
public sealed class EvidenceTests(AzuriteFixture azurite)
{
    private static readonly Actor Alix = new("Alix", "alix");

    [Fact]
    public async Task What_was_written_first_is_in_it_and_of_what_the_rules_published_since_its_hash()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        const string Rude = "Quel connard, ce projet coûte trop cher.";
        await using var town = await Town.OpenAsync(azurite);
        var id = CommentId.Parse((await town.WriteAsync(Rude, authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Bande de bouffons, c'est trop cher.", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rude)));
        var waiting = await CommentAsync(town);
        Assert.Equal((Rude, hash), (waiting.GetProperty("firstText").GetString(), waiting.GetProperty("firstTextSha256").GetString()));
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        var published = await CommentAsync(town);
        Assert.False(published.TryGetProperty("firstText", out _));
        Assert.Equal($"sha256 {hash}", Assert.Single(published.GetProperty("log").EnumerateArray(), step => step.GetProperty("what").GetString() == "reworded").GetProperty("why").GetString());
        // What figures are made of holds nothing of a text.
        Assert.DoesNotContain(await town.RowsAsync(), row => row.RowKey.StartsWith("m.", StringComparison.Ordinal) && row.GetString("Why")?.Contains(hash, StringComparison.Ordinal) is true);
    }

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

    [Fact]
    public async Task It_says_that_a_later_file_has_other_hashes_once_who_decided_is_forgotten()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync("La fête était belle.")).Comment.Id;
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        var (first, told) = await PublishedAsync();
        Assert.Contains("Les étapes disent 365 jours qui a décidé", told, StringComparison.Ordinal);
        town.Time.Advance(TimeSpan.FromDays(366));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        var (later, _) = await PublishedAsync();
        Assert.Equal(("Alix", "forgotten"), (first.GetProperty("who").GetString(), later.GetProperty("who").GetString()));
        Assert.NotEqual(first.GetProperty("sha256").GetString(), later.GetProperty("sha256").GetString());
        Assert.Contains("The steps say for 90 days who decided", EvidenceFile.Hashing(90).English, StringComparison.Ordinal);

        async Task<(JsonElement Step, string Hashes)> PublishedAsync()
        {
            var file = JsonDocument.Parse((await town.Get<Evidence>().TakeAsync(Town.Site, Keys.Page(Town.Page), Alix, CancellationToken.None)).Value.File).RootElement;
            return (Assert.Single(Assert.Single(file.GetProperty("comments").EnumerateArray()).GetProperty("log").EnumerateArray(), step => step.GetProperty("what").GetString() == "published"), file.GetProperty("hashes").GetString()!);
        }
    }

    private static async Task<JsonElement> CommentAsync(Town town)
    {
        var taken = await town.Get<Evidence>().TakeAsync(Town.Site, Keys.Page(Town.Page), Alix, CancellationToken.None);
        return Assert.Single(JsonDocument.Parse(taken.Value.File).RootElement.GetProperty("comments").EnumerateArray());
    }
}
