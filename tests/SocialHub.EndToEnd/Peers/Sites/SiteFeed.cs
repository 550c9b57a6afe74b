using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace SocialHub.EndToEnd.Peers.Sites;

/// <summary>One article in a site's feed.</summary>
public sealed record SiteItem(string Title, string Link, string Id, DateTimeOffset Published, string Summary, string? Picture);

/// <summary>An RSS 2.0 feed of a <see cref="SmallSite"/>, newest first.</summary>
public sealed class SiteFeed(SmallSite site, string path, string title)
{
    private readonly Lock _lock = new();
    private readonly List<SiteItem> _items = [];

    public string Address => site.AddressOf(path);

    /// <summary>Publishes an article: its page, and an item in the feed.</summary>
    public SiteItem Publish(string articlePath, string articleTitle, DateTimeOffset published, string summary = "Un résumé", string? picture = null)
    {
        var item = Article(articlePath, articleTitle, published, summary, picture);
        Add(item);
        return item;
    }

    /// <summary>The page of an article, and what the feed will say of it when it is given to <see cref="PublishAll"/> or <see cref="PublishInstead"/>.</summary>
    public SiteItem Article(string articlePath, string articleTitle, DateTimeOffset published, string summary = "Un résumé", string? picture = null)
    {
        var link = site.Open(articlePath, articleTitle);
        return new SiteItem(articleTitle, link, link, published, summary, picture);
    }

    /// <summary>Publishes articles that belong together: whoever reads the feed meanwhile finds all of them, the last one first, or none.</summary>
    public void PublishAll(params IReadOnlyList<SiteItem> articles)
    {
        lock (_lock)
            _items.InsertRange(0, articles.Reverse());
    }

    /// <summary>Likewise, in place of everything that the feed held.</summary>
    public void PublishInstead(params IReadOnlyList<SiteItem> articles)
    {
        lock (_lock)
        {
            _items.Clear();
            _items.AddRange(articles.Reverse());
        }
    }

    public void Add(SiteItem item)
    {
        lock (_lock)
            _items.Insert(0, item);
    }

    public void Replace(SiteItem old, SiteItem item)
    {
        lock (_lock)
            _items[_items.IndexOf(old)] = item;
    }

    internal (byte[] Bytes, string Tag) Render()
    {
        lock (_lock)
        {
            var channel = new XElement("channel", new XElement("title", title), new XElement("link", site.PublicAddress), new XElement("description", title), _items.Select(Element));
            var bytes = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + new XElement("rss", new XAttribute("version", "2.0"), channel));
            return (bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        }
    }

    private static XElement Element(SiteItem item) => new(
        "item",
        new XElement("title", item.Title),
        new XElement("link", item.Link),
        new XElement("guid", new XAttribute("isPermaLink", item.Id == item.Link), item.Id),
        new XElement("pubDate", item.Published.ToString("r", CultureInfo.InvariantCulture)),
        new XElement("description", item.Summary),
        item.Picture is null ? null : new XElement("enclosure", new XAttribute("url", item.Picture), new XAttribute("type", "image/png"), new XAttribute("length", 0)));
}
