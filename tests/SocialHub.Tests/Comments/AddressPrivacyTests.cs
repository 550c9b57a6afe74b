using System.Globalization;
using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>An IPv4 address has few values: whatever stands in a row must not let somebody who has the tables try them all.</summary>
public sealed class AddressPrivacyTests(AzuriteFixture azurite)
{
    private const string Address = "203.0.113.77";

    [Fact]
    public async Task No_row_lets_its_reader_find_the_address_by_trying()
    {
        await using var town = await Town.OpenAsync(azurite);
        Assert.True((await town.TryWriteAsync("Sans clé, par le formulaire", address: Address)).Succeeded);
        await town.SettleAsync();
        foreach (var row in await town.RowsAsync())
        {
            var known = row.Select(value => value.Value).OfType<string>().Append(row.PartitionKey).Append(row.RowKey).Append("").Distinct(StringComparer.Ordinal).ToList();
            foreach (var one in known)
            {
                foreach (var other in known)
                {
                    string[] guesses = [$"form {row.PartitionKey} {one} {Address}", $"{one}{other}{Address}", $"{one} {other} {Address}", $"{Address} {one}"];
                    Assert.All(guesses, guess => Assert.False(known.Exists(text => text.Contains(Keys.Hash(guess), StringComparison.Ordinal)), $"{row.RowKey} is made of \"{guess}\"."));
                }
            }
        }
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_an_address_is_called_on_its_day_stands_beside_the_fingerprint_only_and_goes_with_it()
    {
        await using var town = await Town.OpenAsync(azurite);
        var written = (await town.TryWriteAsync("Un premier avis", address: Address)).Value;
        string[] others = [(await town.WriteAsync("Un avis d'autrui")).Comment.Id, (await town.WriteAsync("La fontaine coule de nouveau")).Comment.Id];
        await town.SettleAsync();
        foreach (var id in others)
            Assert.True((await ReportAsync(id)).Succeeded);
        await town.SettleAsync();
        var name = Assert.Single(await town.Get<SubmissionLimits>().NamesOfAsync(Address, CancellationToken.None));
        Assert.Equal('s', Assert.Single(await HoldingAsync(town, name)).RowKey[0]);

        // A changed text keeps what was known of its author, for the flood rule.
        await ChangeAsync(town, written, "Un tout autre avis");
        Assert.Equal('s', Assert.Single(await HoldingAsync(town, name)).RowKey[0]);

        town.Time.Advance(TimeSpan.FromHours(49));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Empty(await HoldingAsync(town, name));

        Task<Answer<(CommentRow Comment, bool Repeated)>> ReportAsync(string id) => town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), Address, new ReaderNotice("Propos déplacés", null), CancellationToken.None);
    }

    [Fact]
    public async Task Nothing_that_stays_of_two_reports_tells_that_they_came_from_one_household()
    {
        await using var town = await Town.OpenAsync(azurite);
        string[] ids = [(await town.WriteAsync("Un premier avis")).Comment.Id, (await town.WriteAsync("La fontaine coule de nouveau")).Comment.Id];
        await town.SettleAsync();
        foreach (var id in ids)
        {
            for (var turn = 0; turn < 3; turn++)
                Assert.Equal(turn > 0, (await town.Get<CommentReports>().ReportAsync(Town.Site, CommentId.Parse(id), Address, new ReaderNotice($"Motif de {id}", null), CancellationToken.None)).Value.Repeated);
        }

        var reports = (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("r.", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, reports.Count);
        var common = reports.Select(row => row.RowKey.Split('.').Concat(row.Select(value => value.Value).OfType<string>().Where(text => text != Town.Site)).ToHashSet(StringComparer.Ordinal)).Aggregate((one, other) => [.. one.Intersect(other)]);
        // The kind of the row, the round, and what both say of the text: that it is against the charter.
        Assert.Equal(["1", "Charter", "r"], common.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task However_often_its_author_changes_a_text_the_address_is_known_by_it_for_three_days_at_most()
    {
        await using var town = await Town.OpenAsync(azurite);
        var written = (await town.TryWriteAsync("Un premier avis", address: Address)).Value;
        await town.SettleAsync();
        var name = Assert.Single(await town.Get<SubmissionLimits>().NamesOfAsync(Address, CancellationToken.None));
        town.Time.Advance(TimeSpan.FromHours(20));
        await ChangeAsync(town, written, "Le marché du samedi");
        Assert.Single(await HoldingAsync(town, name));
        // The row of that change is young, what it took over is not.
        town.Time.Advance(TimeSpan.FromHours(29));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("s.", StringComparison.Ordinal));
        Assert.Empty(await HoldingAsync(town, name));
    }

    [Fact]
    public async Task A_text_that_is_changed_a_day_after_it_came_is_known_by_its_author_key_alone()
    {
        await using var town = await Town.OpenAsync(azurite);
        var written = (await town.TryWriteAsync("Un premier avis", address: Address)).Value;
        await town.SettleAsync();
        var name = Assert.Single(await town.Get<SubmissionLimits>().NamesOfAsync(Address, CancellationToken.None));
        town.Time.Advance(TimeSpan.FromHours(13));
        await ChangeAsync(town, written, "Le marché du samedi");
        Assert.Single(await HoldingAsync(town, name));
        town.Time.Advance(TimeSpan.FromHours(13));
        await ChangeAsync(town, written, "La bibliothèque ouvre tard");
        Assert.Empty(await HoldingAsync(town, name));
    }

    private static async Task ChangeAsync(Town town, Submitted written, string text)
    {
        var now = (await town.FindAsync(written.Comment.Id))!;
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(now.Id), written.AuthorKey, text, now.ChangeableRevision, Address, CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Equal(text, (await town.FindAsync(now.Id))!.Body);
    }

    private static async Task<IReadOnlyList<Azure.Data.Tables.TableEntity>> HoldingAsync(Town town, string name) =>
        [.. (await town.RowsAsync()).Where(row => row.Any(value => string.Create(CultureInfo.InvariantCulture, $"{value.Value}").Contains(name, StringComparison.Ordinal)) || row.RowKey.Contains(name, StringComparison.Ordinal))];
}
