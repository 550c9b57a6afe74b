using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Mastodon;
using SocialHub.EndToEnd.Peers.Mastodon;

namespace SocialHub.EndToEnd.Connections;

/// <summary>The hub reads the public statuses of an account from its instance, with a token where it has one.</summary>
public sealed class MastodonReadTests
{
    [Fact]
    public async Task Statuses_come_page_by_page_and_a_deleted_one_is_missing_inside_the_window()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        var user = mastodon.Instance.AddUser("saintexemple");
        for (var i = 1; i <= 45; i++)
            mastodon.Instance.Post(user, $"Article {i} https://www.saint-exemple.fr/article{i}", "", i == 3 ? "private" : "public", "fr", null, [], null);

        var answer = await ReadAsync(mastodon, "saintexemple");
        Assert.Null(answer.Error);
        Assert.Equal((ReadOutcome.Read, 44, true), (answer.Outcome, answer.Posts.Count, answer.ShowsDeletions));
        Assert.Null(answer.WindowStart);
        var newest = answer.Posts[0];
        Assert.Equal(("Article 45 https://www.saint-exemple.fr/article45", "fr"), (newest.Text, newest.Language));
        Assert.Equal(["https://www.saint-exemple.fr/article45"], newest.Links);
        Assert.All(answer.Posts, p => Assert.DoesNotContain("token", p.Html, StringComparison.Ordinal));
        Assert.All(mastodon.Received, r => Assert.Null(r.Token));

        Assert.True(mastodon.Instance.Delete(user, newest.NativeId));
        Assert.DoesNotContain((await ReadAsync(mastodon, "saintexemple")).Posts, p => p.NativeId == newest.NativeId);
    }

    [Fact]
    public async Task An_account_that_is_not_there_and_a_server_that_is_down_are_failures()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        Assert.Equal((ReadOutcome.Failed, "127.0.0.1 has no account \"personne\"."), await ReadAsync(mastodon, "personne") is var none ? (none.Outcome, none.Error) : default);
        mastodon.Instance.AddUser("ville");
        mastodon.Habits.Down = 503;
        Assert.Equal((ReadOutcome.Failed, "127.0.0.1 answered 503."), await ReadAsync(mastodon, "ville") is var down ? (down.Outcome, down.Error) : default);
    }

    [Fact]
    public async Task An_instance_that_answers_nobody_without_a_token_is_read_with_the_accounts_own()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        var user = mastodon.Instance.AddUser("ville");
        mastodon.Instance.Post(user, "Bonjour", "", "public", "fr", null, [], null);
        mastodon.Instance.Post(user, "Entre nous", "", "private", "fr", null, [], null);
        mastodon.Habits.RequiresToken = true;
        Assert.Equal(ReadOutcome.Failed, (await ReadAsync(mastodon, "ville")).Outcome);
        var answer = await ReadAsync(mastodon, "ville", user.Token);
        Assert.Equal(("Bonjour", null), (Assert.Single(answer.Posts).Text, answer.Attention));

        user.TokenRevoked = true;
        var refused = await ReadAsync(mastodon, "ville", user.Token);
        Assert.Equal(ReadOutcome.Failed, refused.Outcome);
        Assert.Contains("the token in the setting TOOTS", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Token, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_anyone_may_read_a_refused_token_costs_no_post_and_is_said()
    {
        await using var mastodon = await MastodonDouble.StartAsync();
        var user = mastodon.Instance.AddUser("ville");
        mastodon.Instance.Post(user, "Bonjour", "", "public", "fr", null, [], null);
        user.TokenRevoked = true;
        var answer = await ReadAsync(mastodon, "ville", user.Token);
        Assert.Equal("Bonjour", Assert.Single(answer.Posts).Text);
        Assert.Contains("does not accept the token in the setting TOOTS", answer.Attention, StringComparison.Ordinal);
    }

    private static async Task<ReadAnswer> ReadAsync(MastodonDouble mastodon, string name, string? token = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<HubOptions>().Configure(o => o.AllowedPrivateOrigins = mastodon.Address.GetLeftPart(UriPartial.Authority));
        services.AddHubConnections();
        services.AddSingleton(new Secrets(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("TOOTS", token)]).Build()));
        await using var provider = services.BuildServiceProvider();
        return await ActivatorUtilities.CreateInstance<MastodonReadConnection>(provider).ReadAsync(
            new ReadRequest("ville", new SourceConfiguration { Account = "ville" }, new AccountConfiguration { Network = "mastodon", Server = mastodon.Address.ToString(), Name = name, Secret = token is null ? null : "TOOTS" }, null),
            TestContext.Current.CancellationToken);
    }
}
