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
    public async Task What_an_address_is_called_on_its_day_stands_beside_the_fingerprint_only_and_goes_with_it()
    {
        await using var town = await Town.OpenAsync(azurite);
        var written = (await town.TryWriteAsync("Un premier avis", address: Address)).Value;
        await town.SettleAsync();
        var name = Assert.Single(await town.Get<SubmissionLimits>().NamesOfAsync(Address, CancellationToken.None));
        Assert.Equal('s', Assert.Single(await HoldingAsync()).RowKey[0]);

        // A changed text keeps what was known of its author, for the flood rule.
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, CommentId.Parse(written.Comment.Id), written.AuthorKey, "Un tout autre avis", written.Comment.Revision, Address, CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Equal('s', Assert.Single(await HoldingAsync()).RowKey[0]);

        town.Time.Advance(TimeSpan.FromHours(49));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
        Assert.Empty(await HoldingAsync());

        async Task<IReadOnlyList<Azure.Data.Tables.TableEntity>> HoldingAsync() =>
            [.. (await town.RowsAsync()).Where(row => row.Any(value => string.Create(CultureInfo.InvariantCulture, $"{value.Value}").Contains(name, StringComparison.Ordinal)) || row.RowKey.Contains(name, StringComparison.Ordinal))];
    }
}
