using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Storage;

namespace SocialHub.Tests.Configuration.Settings;

/// <summary>What the team wrote can be taken back: then hub.json holds again, and every change stays told.</summary>
public sealed class SettingReturnTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Caller Camille = new("1-2", "Camille", Role.Editor);
    private static readonly Caller Alix = new("3-4", "Alix", Role.Editor);
    private TwoHubs _hubs = null!;

    private SettingsStore First => _hubs.First.GetRequiredService<SettingsStore>();

    private SettingsStore Second => _hubs.Second.GetRequiredService<SettingsStore>();

    public async ValueTask InitializeAsync()
    {
        _hubs = await TwoHubs.StartAsync(azurite);
        await _hubs.First.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(HubJson.Whole), null, None);
    }

    public async ValueTask DisposeAsync() => await _hubs.DisposeAsync();

    [Fact]
    public async Task Once_it_is_taken_back_hub_json_holds_on_both_hubs_today_and_when_it_changes()
    {
        var before = (await First.GetAsync("people", None)).Value;
        Assert.True(before.IsDefault);
        var written = await PutAsync("people", """{ "people": [{ "name": "Alix", "email": "alix@ville.fr" }] }""");
        Assert.False(written.IsDefault);
        var back = (await First.ReturnAsync("people", written.ETag, Alix, None)).Value;
        Assert.Equal((true, "Alix", 2, Text(before)), (back.IsDefault, back.By, back.Version, Text(back)));
        Assert.NotEqual(before.ETag, back.ETag);
        Assert.Equal(Text(before), Text((await Second.GetAsync("people", None)).Value));
        await _hubs.First.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(HubJson.Whole.Replace("piscine", "patinoire", StringComparison.Ordinal)), null, None);
        await PutAsync("words", """{ "hold": ["rumeur"] }""");
        await First.ReturnAsync("words", "*", Alix, None);
        Assert.Equal(["patinoire"], (await First.ReadAsync(None)).Configuration.Moderation.HoldWords);
        Assert.Empty((await First.GetAsync("words", None)).Value.Added!);
        // The next change goes on counting, from what holds.
        Assert.Equal(3, (await PutAsync("people", """{ "people": [] }""")).Version);
    }

    [Fact]
    public async Task It_is_taken_back_from_the_version_that_was_read_and_twice_is_as_good_as_once()
    {
        var written = await PutAsync("freeze", """{ "from": "2027-01-01T00:00:00Z", "reason": "Campagne", "comments": "close" }""");
        Assert.Equal(ProblemKind.PreconditionRequired, (await First.ReturnAsync("freeze", null, Alix, None)).Problem?.Kind);
        Assert.Equal(ProblemKind.Changed, (await First.ReturnAsync("freeze", "0-x", Alix, None)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await First.ReturnAsync("frieze", "*", Alix, None)).Problem?.Kind);
        var back = (await First.ReturnAsync("freeze", written.ETag, Alix, None)).Value;
        var team = await Second.ReadAsync(None);
        // Whoever compares counts sees that the freeze ended later than it began.
        Assert.Equal((null, 2), (team.Freeze.From, team.FreezeVersion));
        Assert.Equal(back.ETag, (await Second.ReturnAsync("freeze", back.ETag, Camille, None)).Value.ETag);
        Assert.Equal(ProblemKind.Changed, (await First.ReturnAsync("freeze", written.ETag, Alix, None)).Problem?.Kind);
    }

    [Fact]
    public async Task A_charter_that_comes_back_has_a_new_number_and_no_number_ever_stands_for_two_texts()
    {
        Assert.Equal(1, (await First.GetAsync("charter", None)).Value.Version);
        await PutAsync("charter", """{ "text": "Soyez brefs." }""");
        var back = (await First.ReturnAsync("charter", "*", Alix, None)).Value;
        Assert.Equal((3, true), (back.Version, back.IsDefault));
        Assert.Equal(("Soyez courtois.", 3), (await Second.ReadAsync(None)) is var team ? (team.Charter.Text, team.CharterVersion) : default);
        await _hubs.First.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(HubJson.Whole.Replace("Soyez courtois.", "Soyez patients.", StringComparison.Ordinal)), null, None);
        Assert.Equal(4, (await First.ReadAsync(None)).CharterVersion);
        Assert.Equal(5, (await PutAsync("charter", """{ "text": "Soyez justes." }""")).Version);
        var texts = new List<string?>();
        for (var version = 1; version <= 5; version++)
            texts.Add((await Second.CharterAsync(version, None))?.Charter.Text);
        Assert.Equal(["Soyez courtois.", "Soyez brefs.", "Soyez courtois.", "Soyez patients.", "Soyez justes."], texts);
        var history = (await Second.HistoryAsync("charter", null, None)).Value;
        Assert.Equal([(5, "written", "Camille"), (4, "default", null), (3, "returned", "Alix"), (2, "written", "Camille"), (1, "default", null)], history.Changes.Select(change => (change.Version, change.What, change.By)));
        Assert.Null(history.Next);
    }

    [Fact]
    public async Task A_long_history_is_read_in_parts_without_a_gap()
    {
        for (var i = 0; i < 52; i++)
            await PutAsync("rules", $$"""{ "paceMinutes": {{i}} }""");
        var newest = (await First.HistoryAsync("rules", null, None)).Value;
        Assert.Equal((50, 52, 3), (newest.Changes.Count, newest.Changes[0].Version, newest.Next));
        var rest = (await First.HistoryAsync("rules", newest.Next, None)).Value;
        Assert.Equal([2, 1], rest.Changes.Select(change => change.Version));
        Assert.Null(rest.Next);
        Assert.Empty((await First.HistoryAsync("goals", null, None)).Value.Changes);
        Assert.Equal(ProblemKind.NotFound, (await First.HistoryAsync("goal", null, None)).Problem?.Kind);
    }

    [Fact]
    public async Task What_an_older_version_of_the_app_writes_after_it_was_taken_back_holds()
    {
        await PutAsync("people", """{ "people": [{ "name": "Alix", "email": "alix@ville.fr" }] }""");
        await First.ReturnAsync("people", "*", Alix, None);
        // An older version of the app replaces the row and keeps each property that it does not know.
        var table = _hubs.First.GetRequiredService<HubStorage>().Settings;
        var row = (await table.GetEntityAsync<TableEntity>(Keys.SettingsPartition, Keys.Setting("people"), cancellationToken: None)).Value;
        row["Json"] = BinaryData.FromString("""{"people":[{"name":"Lou","email":"lou@ville.fr"}]}""").ToArray();
        row["Version"] = 3;
        row["By"] = "Camille";
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, None);
        Assert.Equal("Lou", Assert.Single((await Second.ReadAsync(None)).People.People).Name);
        var written = (await First.GetAsync("people", None)).Value;
        Assert.Equal((false, "Camille", 3), (written.IsDefault, written.By, written.Version));
        // And it is taken back again as any other.
        Assert.True((await First.ReturnAsync("people", written.ETag, Alix, None)).Value.IsDefault);
        Assert.DoesNotContain((await Second.ReadAsync(None)).People.People, person => person.Name == "Lou");
    }

    [Fact]
    public async Task What_was_taken_back_by_a_version_that_did_not_say_when_stays_so()
    {
        await PutAsync("words", """{ "hold": ["rumeur"] }""");
        var table = _hubs.First.GetRequiredService<HubStorage>().Settings;
        var row = (await table.GetEntityAsync<TableEntity>(Keys.SettingsPartition, Keys.Setting("words"), cancellationToken: None)).Value;
        row["Returned"] = true;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, None);
        Assert.Equal(["piscine"], (await Second.ReadAsync(None)).Words.Hold);
        Assert.Equal(["navet"], (await PutAsync("words", """{ "hold": ["navet"] }""")) is { IsDefault: false } ? (await Second.ReadAsync(None)).Words.Hold : []);
    }

    private async Task<Setting> PutAsync(string name, string json) =>
        (await First.PutAsync(name, JsonDocument.Parse(json).RootElement, (await First.GetAsync(name, None)).Value.ETag, Camille, None)).Value;

    private static string Text(Setting setting) => new BinaryData(setting.Json).ToString();
}
