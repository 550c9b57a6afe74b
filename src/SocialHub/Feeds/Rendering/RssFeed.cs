using System.Globalization;
using System.Text;
using System.Xml;

namespace SocialHub.Feeds.Rendering;

/// <summary>RSS 2.0 (https://www.rssboard.org/rss-specification) with Media RSS for the text alternatives of pictures.</summary>
internal static class RssFeed
{
    public const string ContentType = "application/rss+xml; charset=utf-8";

    // Readers that honour it ask as often as sources are read, not as often as browsers may.
    private const int MinutesToKeep = 15;
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Media = "http://search.yahoo.com/mrss/";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineChars = "\n", Indent = true };

    public static RenderedDocument Render(FeedPage page)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", "atom", null, Atom);
            xml.WriteAttributeString("xmlns", "media", null, Media);
            xml.WriteStartElement("channel");
            xml.WriteElementString("title", Clean(page.Snapshot.Title));
            xml.WriteElementString("link", page.Snapshot.PublicAddress);
            xml.WriteElementString("description", Clean(page.Snapshot.Title));
            xml.WriteElementString("language", page.Snapshot.Language);
            xml.WriteElementString("ttl", MinutesToKeep.ToString(CultureInfo.InvariantCulture));
            Link(xml, "self", page.Address(".rss", page.Query));
            if (page.Next is not null)
                Link(xml, "next", page.Address(".rss", page.Next));
            foreach (var item in page.Items)
                Item(xml, item, page.Snapshot.PublicAddress);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return RenderedDocument.Of(bytes.ToArray(), ContentType);
    }

    private static void Item(XmlWriter xml, SnapshotItem item, string hub)
    {
        xml.WriteStartElement("item");
        if (item.Title is not null)
            xml.WriteElementString("title", Clean(item.Title));
        xml.WriteElementString("link", item.Url);
        xml.WriteElementString("description", Clean(item.Html));
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(item.Key);
        xml.WriteEndElement();
        xml.WriteElementString("pubDate", item.Date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture));
        foreach (var tag in item.Tags)
            xml.WriteElementString("category", Clean(tag));
        foreach (var picture in item.Pictures)
        {
            xml.WriteStartElement("content", Media);
            xml.WriteAttributeString("url", $"{hub}/media/{picture.Media}");
            xml.WriteAttributeString("medium", "image");
            if (picture.Alt.Length > 0)
                xml.WriteElementString("description", Media, Clean(picture.Alt));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("href", address);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteEndElement();
    }

    // What XML 1.0 has no place for, lone surrogates included.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000)
                clean.Append(rune);
        }
        return clean.ToString();
    }
}
