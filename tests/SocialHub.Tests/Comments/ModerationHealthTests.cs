using System.Net;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Operations;

namespace SocialHub.Tests.Comments;

public sealed class ModerationHealthTests(AzuriteFixture azurite)
{
    private readonly Channels _channels = new();

    [Fact]
    public async Task Health_says_since_when_the_oldest_waits_and_asks_for_somebody_after_three_days()
    {
        await using var town = await TownAsync();
        Assert.Equal((true, null), Oldest(await AskAsync(town)));
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromHours(30));
        await town.WriteAsync("Bonsoir");
        await town.SettleAsync();
        var (isHealthy, age) = Oldest(await AskAsync(town));
        Assert.True(isHealthy);
        Assert.InRange(age!.Value, 30 * 3600, (30 * 3600) + 600);

        town.Time.Advance(TimeSpan.FromHours(42));
        await town.SettleAsync();
        Assert.False(Oldest(await AskAsync(town)).IsHealthy);
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Publish)).Succeeded);
        (isHealthy, age) = Oldest(await AskAsync(town));
        Assert.True(isHealthy);
        Assert.InRange(age!.Value, 42 * 3600, (42 * 3600) + 600);
    }

    [Fact]
    public async Task Health_names_the_channels_that_have_no_address_and_never_shows_one()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "MISSING", "WRONG", "TEAMS");
        town.Settings["WRONG"] = "teams.example/hook";
        town.Settings["TEAMS"] = "https://teams.example/canary";
        var answer = await AskAsync(town);
        Assert.False(answer.IsHealthy);
        Assert.Equal([("MISSING", "missing"), ("WRONG", "missing"), ("TEAMS", "set")], answer.Details["channels"]!.AsObject().Select(channel => (channel.Key, (string)channel.Value!["address"]!)));
        Assert.DoesNotContain("example", answer.Details.ToJsonString(), StringComparison.Ordinal);
        town.Settings["MISSING"] = town.Settings["WRONG"] = "https://teams.example/hook";
        Assert.True((await AskAsync(town)).IsHealthy);
    }

    [Fact]
    public async Task A_hub_whose_only_channel_is_the_moderation_page_lacks_nothing()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        await town.WriteAsync("Bonjour");
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromHours(1));
        var answer = await AskAsync(town);
        Assert.Equal((true, "{}"), (answer.IsHealthy, answer.Details["channels"]!.ToJsonString()));
    }

    [Fact]
    public async Task Cards_that_a_channel_does_not_take_show_with_its_answer_once_they_are_late_and_no_more_once_it_took_them()
    {
        await using var town = await TownAsync();
        _channels.Statuses["teams.example"] = HttpStatusCode.BadGateway;
        await town.WriteAsync("Bonjour");
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.True((await AskAsync(town)).IsHealthy);

        town.Time.Advance(QueueHealth.Late);
        var late = await AskAsync(town);
        Assert.Equal((false, 1, 1, "502"), (late.IsHealthy, (int)late.Details["cardsOverdue"]!, (int)late.Details["channels"]!["TEAMS"]!["failing"]!, (string?)late.Details["channels"]!["TEAMS"]!["failure"]));

        _channels.Statuses.Clear();
        await town.SettleAsync();
        var taken = await AskAsync(town);
        Assert.Equal((true, 0, 0), (taken.IsHealthy, (int)taken.Details["cardsOverdue"]!, (int)taken.Details["channels"]!["TEAMS"]!["failing"]!));
    }

    private async Task<Town> TownAsync()
    {
        var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        return town;
    }

    private static Task<HealthAnswer> AskAsync(Town town) => town.Get<ModerationHealth>().AskAsync(CancellationToken.None);

    private static (bool IsHealthy, long? Age) Oldest(HealthAnswer answer) => (answer.IsHealthy, (long?)answer.Details["ageSeconds"]);
}
