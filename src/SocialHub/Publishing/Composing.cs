using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Publishing.Composition;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Writes what a publication says, by the rules of its account's server.</summary>
public sealed class Composing(PublishConnections connections)
{
    /// <summary>Puts an article's announcement into a publication.</summary>
    /// <returns>False when not even the link fits the template and the network.</returns>
    public async Task<bool> ComposeAsync(PublicationRow publication, ArticleRow article, ArticleFeedConfiguration feed, AccountConfiguration account, TeamSettings team, CancellationToken cancellationToken)
    {
        var link = TrackedLink.Of(article.Url, account.Network, publication.Id);
        // Without a page of its own there is none to look after, and whoever links to the front page has not announced it by hand.
        (publication.Page, publication.Title) = (article.HasNoPage ? null : article.Url, article.Title);
        publication.Description = connections.Find(account.Network)?.DescriptionOf(article.Summary) ?? "";
        (publication.Picture, publication.Alt) = (article.Picture, article.Alt);
        // Whose text is a person's keeps the link that is in it, or none.
        if (publication.IsByHand)
            return true;
        publication.Link = link;
        var rules = await RulesAsync(account, cancellationToken);
        var text = rules is null ? null : Announcement.Compose(team.TemplateFor(account.Network, feed), new(article.Title, article.Summary, link, feed.Hashtags), rules);
        publication.Body = text ?? link;
        return text is not null;
    }

    /// <summary>What of a publication people and networks get to see, to be compared.</summary>
    internal static (string Body, string? Link, string? Page, string Title, string Description, string? Picture, string Alt) Sent(PublicationRow publication) =>
        (publication.Body, publication.Link, publication.Page, publication.Title, publication.Description, publication.Picture, publication.Alt);

    /// <summary>How the account's server counts; null for a network that the hub cannot post on.</summary>
    public async Task<TextRules?> RulesAsync(AccountConfiguration account, CancellationToken cancellationToken) =>
        connections.Find(account.Network) is { } connection ? await connection.TextRulesAsync(account, cancellationToken) : null;

    /// <summary>A new publication's id: its time and chance; it is what <c>utm_id</c> holds.</summary>
    public static string NewId(DateTimeOffset now) => Keys.Time(now) + Keys.Random(10);

    /// <summary>The key under which a network knows a repeat of this publication, chosen once.</summary>
    public static string NetworkKey(string network, string publicationId, DateTimeOffset plannedAt) =>
        network == "bluesky" ? Connections.Bluesky.Tid.Of(plannedAt).ToString() : "socialhub-" + publicationId;
}
