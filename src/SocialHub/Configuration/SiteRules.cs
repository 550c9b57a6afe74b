using System.Text.RegularExpressions;

namespace SocialHub.Configuration;

/// <summary>Rules of <c>$.sites</c>.</summary>
internal sealed partial class SiteRules(ConfigurationCheck root, HubConfiguration configuration)
{
    private const string ExampleOrigin = "https://www.saint-exemple.fr";

    // Address of each article feed -> where it stands: the hub looks at an address once, and keeps what it saw there under it.
    private readonly Dictionary<string, string> _articleFeeds = new(StringComparer.Ordinal);

    public void Check()
    {
        var here = root.Member("sites");
        here.Count(configuration.Sites.Count, 0, HubConfigurationValidator.MostSites, "sites");
        foreach (var (id, site) in configuration.Sites)
        {
            here.Member(id).Id(id);
            CheckSite(here.Member(id), site);
        }
    }

    private void CheckSite(ConfigurationCheck here, SiteConfiguration site)
    {
        here.Member("name").Text(site.Name, ConfigurationCheck.LongestName, "the site's name");
        var origins = here.Member("origins");
        origins.Count(site.Origins.Count, 1, 20, "origins");
        for (var i = 0; i < site.Origins.Count; i++)
            origins.Item(i).Origin(site.Origins[i], secure: false, ExampleOrigin);
        origins.Distinct(site.Origins);
        Each(here.Member("keptQueryParameters"), site.KeptQueryParameters, 50, "parameters", ParameterPattern(), "is no query parameter; write 1 to 60 letters, digits, _ . - [ ], and a * only at its end.");
        Each(here.Member("openPaths"), site.OpenPaths, 200, "paths", PathPattern(), "is no path; write it from its first /, without ? and #, at most 300 characters, and a * only at its end, as in \"/actualites/*\".");
        CheckAliases(here.Member("aliases"), site);
        here.Member("closeAfterDays").Range(site.CloseAfterDays, 1, 3650, "days; null: never");
        here.Member("trustDays").Range(site.TrustDays, 1, 365, "days");
        here.Member("rewordMinutes").Range(site.RewordMinutes, 0, 60, "minutes; 0: never");
        here.Member("holdAfterReports").Range(site.HoldAfterReports, 0, 100, "reports; 0: never");
        var classes = here.Member("rejectAtOnce");
        classes.Count(site.RejectAtOnce.Count, 0, 20, "classes");
        for (var i = 0; i < site.RejectAtOnce.Count; i++)
            classes.Item(i).That(HubConfigurationValidator.RuleClasses.Contains(site.RejectAtOnce[i], StringComparer.Ordinal), $"is no rule class; write one of: {string.Join(", ", HubConfigurationValidator.RuleClasses)}.");
        classes.Distinct(site.RejectAtOnce);
        var feeds = here.Member("articleFeeds");
        feeds.Count(site.ArticleFeeds.Count, 0, 20, "article feeds");
        for (var i = 0; i < site.ArticleFeeds.Count; i++)
            CheckArticleFeed(feeds.Item(i), site.ArticleFeeds[i]);
    }

    private static void CheckAliases(ConfigurationCheck here, SiteConfiguration site)
    {
        here.Count(site.Aliases.Count, 0, 1000, "aliases");
        foreach (var (from, to) in site.Aliases)
        {
            var alias = here.Member(from);
            alias.That(Uri.TryCreate(from, UriKind.Absolute, out var old) && old.Scheme is "http" or "https", "is no web address; write the old page's whole address before the colon.");
            if (alias.Address(to, ExampleOrigin + "/nouvelle-page"))
            {
                alias.That(site.Origins.Contains(new Uri(to).GetLeftPart(UriPartial.Authority), StringComparer.Ordinal), "leads outside the site; write an address that starts with one of its origins.");
                alias.That(!site.Aliases.ContainsKey(to), "leads to another old address; write the final one.");
            }
        }
    }

    private void CheckArticleFeed(ConfigurationCheck here, ArticleFeedConfiguration feed)
    {
        var address = here.Member("address");
        if (address.Address(feed.Address, ExampleOrigin + "/feed/") && !_articleFeeds.TryAdd(feed.Address, address.Path))
            address.That(holds: false, $"is already read above ({_articleFeeds[feed.Address]}); put all its accounts in one entry.");
        // An article and its publications are one transaction, which Azure Tables limits to 100 rows.
        here.Member("accounts").Count(feed.Accounts.Count, 0, 15, "accounts");
        here.Member("accounts").References(feed.Accounts, configuration.Accounts, "account");
        if (feed.Template is not null)
            Templates.Check(here.Member("template"), feed.Template);
        Each(here.Member("hashtags"), feed.Hashtags, 10, "hashtags", HashtagPattern(), "is no hashtag; write 1 to 60 letters, digits or _, not only digits, without the # sign.");
    }

    private static void Each(ConfigurationCheck here, IReadOnlyList<string> texts, int most, string what, Regex pattern, string message)
    {
        here.Count(texts.Count, 0, most, what);
        for (var i = 0; i < texts.Count; i++)
            here.Item(i).That(pattern.IsMatch(texts[i]), message);
        here.Distinct(texts);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.\[\]-]{1,60}\*?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@"\A/[^?#*\s]{0,298}\*?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\A(?=.*[\p{L}_])[\p{L}\p{M}\p{Nd}_]{1,60}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HashtagPattern();
}
