using System.Text.Json;
using SocialHub.Configuration.Settings;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

public sealed class FreezeTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>A send reads what the team wants when it begins, behind the upload, and behind its claim of the attempt.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task Once_a_freeze_is_answered_nothing_begins_to_leave_at_whatever_step_the_send_stood(int reading, bool hadReadBefore)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await hub.WriteAsync("Texte", "skies");
        hub.AroundTeam = async (which, read) =>
        {
            if (which != reading)
                return await read();
            // The step is delayed: on one side of it or the other somebody freezes, and has the answer.
            var before = hadReadBefore ? await read() : null;
            await FreezeAsync(hub, hub.Now);
            return before ?? await read();
        };
        await hub.WorkAsync();
        Assert.Empty(hub.Skies.Sent);
        var held = await hub.OnlyAsync("skies");
        Assert.Equal((PublicationState.Planned, "frozen"), (held.State, held.Why));
        var account = await hub.Store.AccountAsync("skies", None);
        Assert.Null(account.InFlight);
        // Nothing left: the account's next post keeps no distance from it, and it was not put off for a fault.
        Assert.Null(account.LastSentAt);
        Assert.Equal(0, held.PutOff);
        await hub.CheckAsync();

        hub.AroundTeam = null;
        await FreezeAsync(hub, null);
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    [Theory]
    [InlineData("skies")]
    [InlineData("toots")]
    public async Task What_may_have_left_is_not_sent_again_while_it_is_frozen(string account)
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        var network = account == "skies" ? hub.Skies : hub.Toots;
        network.Fates.Enqueue(Fate.RequestLost);
        await hub.WriteAsync("Texte", account);
        await hub.WorkAsync();
        Assert.Single(network.Sent);
        var readings = 0;
        // At the very last step before the second POST.
        hub.AroundTeam = async (_, read) =>
        {
            if (++readings == 2)
                await FreezeAsync(hub, hub.Now);
            return await read();
        };
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await hub.WorkAsync();
        Assert.Equal(2, readings);
        Assert.Single(network.Sent);
        Assert.Equal(PublicationState.Sending, (await hub.OnlyAsync(account)).State);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task What_grew_too_late_between_its_claim_and_its_POST_does_not_leave()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        Assert.True((await hub.Publications.WriteAsync(new WrittenPublication(["skies"], "Texte") { PublishBy = hub.Now.AddMinutes(10) }, "key-of-the-request", PublishingHub.Editor, None)).Succeeded);
        hub.AroundTeam = (which, read) =>
        {
            if (which == 3)
                hub.Clock.Advance(TimeSpan.FromMinutes(10));
            return read();
        };
        await hub.WorkAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await hub.WorkAsync();
        Assert.Empty(hub.Skies.Sent);
        Assert.Equal(PublicationState.Expired, (await hub.OnlyAsync("skies")).State);
        await hub.CheckAsync();
    }

    [Fact]
    public async Task A_freeze_with_an_end_that_is_lifted_before_it_holds_nothing_until_that_end()
    {
        await using var hub = await PublishingHub.StartAsync(azurite);
        await FreezeAsync(hub, hub.Now, hub.Now.AddHours(20));
        await hub.WriteAsync("Texte", "skies");
        await hub.WorkAsync();
        Assert.Equal("frozen", (await hub.OnlyAsync("skies")).Why);
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await hub.WorkAsync();
        Assert.Empty(hub.Skies.Sent);
        await FreezeAsync(hub, null);
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        await hub.WorkAsync();
        Assert.Single(hub.Skies.Posts);
        await hub.CheckAsync();
    }

    private static async Task FreezeAsync(PublishingHub hub, DateTimeOffset? from, DateTimeOffset? until = null)
    {
        var settings = hub.Get<SettingsStore>();
        using var value = JsonDocument.Parse(from is { } at ? $$"""{"from":"{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"{{(until is { } end ? $",\"until\":\"{end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\"" : "")}}}""" : "{}");
        var put = await settings.PutAsync("freeze", value.RootElement, (await settings.GetAsync("freeze", None)).Value.ETag, PublishingHub.Editor, None);
        Assert.True(put.Succeeded, put.Problem?.Detail);
    }
}
