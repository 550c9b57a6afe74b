using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>Rules of <c>$.accounts</c>, <c>$.sources</c> and <c>$.feeds</c>.</summary>
internal sealed partial class SourceRules(ConfigurationCheck root, HubConfiguration configuration)
{
    public void Check()
    {
        var accounts = root.Member("accounts");
        accounts.Count(configuration.Accounts.Count, 0, HubConfigurationValidator.MostAccounts, "accounts");
        var profiles = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, account) in configuration.Accounts)
        {
            accounts.Member(id).Id(id);
            CheckAccount(accounts.Member(id), account);
            accounts.Member(id).That(profiles.Add($"{account.Network} {account.Server} {account.Name}") || account.Name.Length == 0, "is the same profile as an account above; keep one, or everything is posted there twice.");
        }
        var sources = root.Member("sources");
        sources.Count(configuration.Sources.Count, 0, HubConfigurationValidator.MostSources, "sources");
        foreach (var (id, source) in configuration.Sources)
        {
            sources.Member(id).Id(id);
            CheckSource(sources.Member(id), source);
        }
        var feeds = root.Member("feeds");
        feeds.Count(configuration.Feeds.Count, 0, HubConfigurationValidator.MostFeeds, "feeds");
        foreach (var (id, feed) in configuration.Feeds)
        {
            feeds.Member(id).Id(id);
            CheckFeed(feeds.Member(id), feed);
        }
    }

    private static void CheckAccount(ConfigurationCheck here, AccountConfiguration account)
    {
        here.Member("network").That(HubConfigurationValidator.Networks.Contains(account.Network, StringComparer.Ordinal), $"is no network that the hub knows; write one of: {string.Join(", ", HubConfigurationValidator.Networks)}.");
        here.Member("server").Origin(account.Server, secure: true, account.Network == "mastodon" ? "https://mastodon.social" : "https://bsky.social");
        if (account.Network == "mastodon")
            here.Member("name").That(MastodonName().IsMatch(account.Name), "is no user name; write it without @ and without the server, as in \"saintexemple\".");
        else
            here.Member("name").That(BlueskyName().IsMatch(account.Name), "is no handle and no DID; write it as in \"saint-exemple.bsky.social\", without @.");
        if (account.Secret is not null)
            here.Member("secret").SettingName(account.Secret);
    }

    private void CheckSource(ConfigurationCheck here, SourceConfiguration source)
    {
        if (here.That((source.Address is null) != (source.Account is null), "reads nothing, or two things; write either \"address\" (a web feed) or \"account\" (an account's id)."))
        {
            if (source.Address is not null)
                here.Member("address").Address(source.Address, "https://www.saint-exemple.fr/feed/");
            else
                here.Member("account").Reference(source.Account!, configuration.Accounts, "account");
        }
        here.Member("title").OptionalText(source.Title, ConfigurationCheck.LongestName, "a title, or remove it");
        here.Member("everyMinutes").Range(source.EveryMinutes, 5, 1440, "minutes");
    }

    private void CheckFeed(ConfigurationCheck here, FeedConfiguration feed)
    {
        here.Member("title").Text(feed.Title, ConfigurationCheck.LongestName, "the feed's title");
        here.Member("sources").Count(feed.Sources.Count, 1, HubConfigurationValidator.MostSources, "sources");
        here.Member("sources").References(feed.Sources, configuration.Sources, "source");
        here.Member("size").Range(feed.Size, 1, 200, "posts");
        here.Member("onlyWords").Words(feed.OnlyWords, 100);
        here.Member("withoutWords").Words(feed.WithoutWords, 100);
    }

    // https://docs.joinmastodon.org/entities/Account/#username, as the server checks it (USERNAME_RE).
    [GeneratedRegex(@"\A[A-Za-z0-9_]([A-Za-z0-9_.-]{0,60}[A-Za-z0-9_])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MastodonName();

    // https://atproto.com/specs/handle and https://atproto.com/specs/did (plc and web, the two methods in use).
    [GeneratedRegex(@"\A(did:plc:[a-z2-7]{24}|did:web:[A-Za-z0-9.%-]{1,250}|(?=.{1,253}\z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlueskyName();
}
