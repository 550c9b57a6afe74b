using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using SocialHub.Comments;
using SocialHub.Configuration;

namespace SocialHub.Functions.Comments;

/// <summary>The newest comments of a thread, answers included, as RSS 2.0 (https://www.rssboard.org/rss-specification), for those who follow a debate with a reader.</summary>
internal static class ThreadRss
{
    private const int Most = 50;

    public static byte[] Write(PublicThread thread, HubConfiguration hub)
    {
        var english = hub.Authority.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var official = WidgetWords.All["official"].In(english ? "en" : "fr");
        var colon = english ? ": " : " : ";
        XNamespace dc = "http://purl.org/dc/elements/1.1/";
        var channel = new XElement(
            "channel",
            new XElement("title", Legal($"{(english ? "Comments" : "Commentaires")}{colon}{thread.Title}")),
            new XElement("link", thread.Page),
            new XElement("description", WidgetWords.Notice(thread, hub) is { } held ? Legal($"{hub.Authority.Name} – {held.In(english ? "en" : "fr")}") : hub.Authority.Name),
            new XElement("language", english ? "en" : "fr"),
            thread.Comments.OrderByDescending(comment => comment.Published).ThenByDescending(comment => comment.Id, StringComparer.Ordinal).Take(Most).Select(comment => new XElement(
                "item",
                new XElement("title", Legal(comment.Official ? $"{official}{colon}{comment.Name}" : comment.Name)),
                new XElement("link", $"{thread.Page}#sh-{comment.Id}"),
                new XElement("guid", new XAttribute("isPermaLink", "false"), comment.Id),
                new XElement("pubDate", comment.Published.UtcDateTime.ToString("r", CultureInfo.InvariantCulture)),
                new XElement(dc + "creator", Legal(comment.Name)),
                new XElement("description", Legal(comment.Html)))));
        var document = new XDocument(new XElement("rss", new XAttribute("version", "2.0"), new XAttribute(XNamespace.Xmlns + "dc", dc), channel));
        using var buffer = new MemoryStream();
        document.Save(buffer);
        return buffer.ToArray();
    }

    // XML 1.0 has no place for some characters that HTML lets pass (https://www.w3.org/TR/xml/#charsets).
    private static string Legal(string text) => string.Concat(text.EnumerateRunes().Where(rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)));
}
