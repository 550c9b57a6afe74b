using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Operations;
using SocialHub.Storage;

namespace SocialHub.Tests.Configuration.Settings;

/// <summary>Who changed a setting is kept for as long as hub.json says, and after that what was done and when.</summary>
public sealed class SettingNamesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Caller Camille = new("1-2", "Camille Durand", Role.Editor);
    private static readonly Caller Alix = new("3-4", "Alix Martin", Role.Editor);
    private TwoHubs _hubs = null!;

    private SettingsStore Store => _hubs.First.GetRequiredService<SettingsStore>();

    public async ValueTask InitializeAsync()
    {
        _hubs = await TwoHubs.StartAsync(azurite);
        await _hubs.First.GetRequiredService<HubConfigurationSource>().ReplaceAsync(new BinaryData(HubJson.Whole), null, None);
    }

    public async ValueTask DisposeAsync() => await _hubs.DisposeAsync();

    [Fact]
    public async Task The_daily_round_forgets_who_changed_a_setting_and_each_change_and_value_stays()
    {
        await PutAsync("words", """{ "hold": ["rumeur"] }""", Camille);
        await PutAsync("charter", """{ "text": "Soyez brefs." }""", Camille);
        await PutAsync("people", """{ "people": [{ "name": "Paul Parti", "email": "paul@ville.fr" }] }""", Camille);
        await PutAsync("people", """{ "people": [{ "name": "Lou Reste", "email": "lou@ville.fr" }] }""", Camille);
        _hubs.Time.Advance(TimeSpan.FromDays(300));
        await PutAsync("words", """{ "hold": ["rumeur", "scandale"] }""", Alix);
        await ForgetAsync();
        Assert.Equal(["Alix Martin", "Camille Durand"], await NamesAsync("words"));
        Assert.Equal("Camille Durand", (await Store.GetAsync("people", None)).Value.By);

        _hubs.Time.Advance(TimeSpan.FromDays(70));
        await ForgetAsync();
        await ForgetAsync();
        Assert.Equal(["Alix Martin", null], await NamesAsync("words"));
        Assert.Equal([null, null], await NamesAsync("people"));
        Assert.Equal([("scandale", "Alix Martin")], (await Store.GetAsync("words", None)).Value.Added!.Select(word => (word.Word, word.By)));
        Assert.Null((await Store.GetAsync("charter", None)).Value.By);
        Assert.Equal("Soyez brefs.", (await Store.CharterAsync(2, None))?.Charter.Text);
        Assert.Equal("Lou Reste", Assert.Single((await Store.ReadAsync(None)).People.People).Name);
        // Who left the team stands nowhere any more, and neither does who took them in.
        var rows = await RowsAsync();
        Assert.DoesNotContain(rows, row => row.Contains("Paul Parti", StringComparison.Ordinal) || row.Contains("Camille", StringComparison.Ordinal));
        // A word that was there keeps nobody's name, and the next change none that was forgotten.
        await PutAsync("words", """{ "hold": ["rumeur", "scandale", "navet"] }""", Alix);
        Assert.Equal(["scandale", "navet"], (await Store.GetAsync("words", None)).Value.Added!.Select(word => word.Word));
    }

    [Fact]
    public async Task Of_people_that_were_taken_back_nothing_stays_behind_those_days_and_what_holds_does()
    {
        var hub = _hubs.First.GetRequiredService<HubConfigurationSource>();
        const string Anne = """{ "name": "Anne Partie", "email": "anne@ville.fr" }""";
        var json = HubJson.Whole.Replace("\"people\": [", $"\"people\": [{Anne}, ", StringComparison.Ordinal);
        Assert.Contains("Anne Partie", json, StringComparison.Ordinal);
        await hub.ReplaceAsync(new BinaryData(json), null, None);
        await PutAsync("people", """{ "people": [] }""", Camille);
        await PutAsync("playbook", """{ "steps": ["Appelez Anne Partie."] }""", Camille);
        await Store.ReturnAsync("people", "*", Camille, None);
        // Who is in the place of hub.json's people now stays in hub.json alone, and goes with it.
        await hub.ReplaceAsync(new BinaryData(HubJson.Whole), null, None);
        _hubs.Time.Advance(TimeSpan.FromDays(300));
        await ForgetAsync();
        Assert.Contains(await RowsAsync(), row => row.Contains("anne@ville.fr", StringComparison.Ordinal));
        _hubs.Time.Advance(TimeSpan.FromDays(70));
        await ForgetAsync();
        Assert.DoesNotContain(await RowsAsync(), row => row.Contains("anne@ville.fr", StringComparison.Ordinal));
        var people = (await Store.GetAsync("people", None)).Value;
        Assert.Equal((true, 2), (people.IsDefault, people.Version));
        Assert.NotEmpty((await Store.ReadAsync(None)).People.People);
        // What the team wrote and did not take back stays as long as it holds.
        Assert.Equal(["Appelez Anne Partie."], (await Store.ReadAsync(None)).Playbook.Steps);
        var before = await RowsAsync();
        await ForgetAsync();
        Assert.Equal(before, await RowsAsync());
    }

    private async Task ForgetAsync() => await _hubs.First.GetServices<DailyWork>().Single(work => work.Name == "settings").RunAsync(None);

    private async Task<IReadOnlyList<string?>> NamesAsync(string name) => [.. (await Store.HistoryAsync(name, null, None)).Value.Changes.Select(change => change.By)];

    private async Task<IReadOnlyList<string>> RowsAsync() => await _hubs.First.GetRequiredService<HubStorage>().Settings.QueryAsync<TableEntity>()
        .Select(row => string.Join(' ', row.Select(member => member.Value is byte[] bytes ? new BinaryData(bytes).ToString() : member.Value?.ToString()))).ToListAsync();

    private async Task PutAsync(string name, string json, Caller by)
    {
        var answer = await Store.PutAsync(name, JsonDocument.Parse(json).RootElement, (await Store.GetAsync(name, None)).Value.ETag, by, None);
        Assert.True(answer.Succeeded);
    }
}
