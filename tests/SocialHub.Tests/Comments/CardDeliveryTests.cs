using Azure.Data.Tables;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

public sealed class CardDeliveryTests(AzuriteFixture azurite)
{
    private const string Text = "Quand rouvre la piscine ?";
    private readonly Channels _channels = new();

    [Fact]
    public async Task A_card_for_channels_of_which_none_has_an_address_stays_due_until_one_has()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS", "OTHER");
        // What a reference to Key Vault looks like that could not be resolved.
        town.Settings["OTHER"] = "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/other)";
        var id = await HeldAsync(town);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        var card = await town.PromiseAsync(DueKinds.Card);
        Assert.Equal((0, 0, null), (_channels.Sent, card.Attempts, card.BusyUntil));
        Assert.Equal(0, (await town.FindAsync(id))!.Cards);

        town.Settings["TEAMS"] = "https://teams.example/hook";
        await town.WorkAsync(card);
        Assert.Contains(Text, Assert.Single(_channels.Taken).Card, StringComparison.Ordinal);
        Assert.Equal(1, (await town.FindAsync(id))!.Cards);
        await town.PromiseAsync(DueKinds.Reminder);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_card_that_nobody_took_is_hinted_again_after_waits_that_grow()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        await HeldAsync(town);
        var hinted = new List<int>();
        for (var minute = 0; minute < 40; minute++, town.Time.Advance(TimeSpan.FromMinutes(1)))
        {
            if (await town.Get<DueWork>().HintDueAsync(town.Table, Town.Site, CancellationToken.None) == 0)
                continue;
            hinted.Add(minute);
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        }

        Assert.Equal([0, 1, 3, 7, 15, 31], hinted);
    }

    [Fact]
    public async Task Where_hub_json_names_no_webhook_the_moderation_page_is_the_channel_and_nothing_counts_as_sent()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels);
        var id = await HeldAsync(town);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.Equal((0, 0), (_channels.Sent, (await town.FindAsync(id))!.Cards));
        Assert.Equal("listed", (await town.Get<CommentStore>().HistoryAsync(Town.Site, CommentId.Parse(id), CancellationToken.None).LastAsync()).What);
        await town.PromiseAsync(DueKinds.Reminder);
        Assert.Single((await town.Get<ModerationList>().ListAsync(null, CancellationToken.None)).Entries);
    }

    [Fact]
    public async Task One_channel_with_an_address_is_enough_for_a_card()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "MISSING", "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var id = await HeldAsync(town);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.Equal((1, 1), (_channels.Taken.Count, (await town.FindAsync(id))!.Cards));
    }

    [Fact]
    public async Task A_channel_that_is_gone_keeps_no_reminder_from_the_others()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "BROKEN", "TEAMS");
        town.Settings["BROKEN"] = "https://broken.example/hook";
        town.Settings["TEAMS"] = "https://teams.example/hook";
        _channels.Statuses["broken.example"] = System.Net.HttpStatusCode.NotFound;
        await HeldAsync(town);
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        for (var days = 1; days <= 2; days++)
        {
            town.Time.Advance(TimeSpan.FromHours(24));
            await town.WorkAsync(days == 1 ? await town.PromiseAsync(DueKinds.Card) : await town.PromiseAsync(DueKinds.Reminder));
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Reminder));
            Assert.Equal(1 + days, _channels.Taken.Count);
        }
    }

    [Fact]
    public async Task A_channel_that_has_the_card_is_not_sent_it_again_while_another_one_fails()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "BROKEN", "TEAMS");
        town.Settings["BROKEN"] = "https://broken.example/hook";
        town.Settings["TEAMS"] = "https://teams.example/hook";
        _channels.Statuses["broken.example"] = System.Net.HttpStatusCode.BadGateway;
        var id = await HeldAsync(town);
        for (var round = 0; round < 3; round++)
            await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.Equal("teams.example", Assert.Single(_channels.Taken).Host);
        Assert.Equal((4, 0), (_channels.Sent, (await town.FindAsync(id))!.Cards));

        _channels.Statuses.Clear();
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Card));
        Assert.Equal(["teams.example", "broken.example"], _channels.Taken.Select(card => card.Host));
        Assert.Equal(1, (await town.FindAsync(id))!.Cards);
    }

    [Fact]
    public async Task A_card_that_killed_two_processes_is_sent_without_its_texts_and_so_is_every_reminder_of_it()
    {
        await using var town = await Town.WithChannelsAsync(azurite, _channels, "TEAMS");
        town.Settings["TEAMS"] = "https://teams.example/hook";
        var id = await HeldAsync(town);
        var due = await town.PromiseAsync(DueKinds.Card);
        due.Attempts = 2;
        await town.Table.UpdateEntityAsync(due.Entity, due.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        await town.WorkAsync(due);
        town.Time.Advance(TimeSpan.FromHours(25));
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Reminder));

        Assert.Equal(2, _channels.Taken.Count);
        Assert.All(_channels.Taken, sent =>
        {
            Assert.DoesNotContain("piscine", sent.Card, StringComparison.Ordinal);
            Assert.DoesNotContain("Camille", sent.Card, StringComparison.Ordinal);
            var token = System.Text.RegularExpressions.Regex.Match(sent.Card, "#t=(?<token>[A-Za-z0-9_-]+)", System.Text.RegularExpressions.RegexOptions.NonBacktracking).Groups["token"].Value;
            Assert.Equal(id, town.Get<DecisionTokens>().Read(token).Token?.Id);
        });
        await CommentsInvariants.CheckAsync(town);
    }

    /// <summary>A comment that the policy holds; its card is due.</summary>
    private static async Task<string> HeldAsync(Town town)
    {
        var id = (await town.WriteAsync(Text)).Comment.Id;
        await town.WorkAsync(await town.PromiseAsync(DueKinds.Verdict));
        Assert.Equal(CommentState.Held, (await town.FindAsync(id))!.State);
        return id;
    }
}
