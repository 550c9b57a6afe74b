using System.Text;
using SocialHub.Connections.Web;

namespace SocialHub.Tests.Connections.Web;

/// <summary>Feeds as sites write them, and their reading.</summary>
internal static class FeedSamples
{
    public static readonly Uri Address = new("https://www.saint-exemple.fr/spip.php?page=backend");

    public static WebFeed Read(string text, string? contentType = null) => WebFeedReader.Read(Encoding.UTF8.GetBytes(text), new WebFeedOrigin(Address, contentType));

    public static WebFeed Read(byte[] bytes, string? contentType = null) => WebFeedReader.Read(bytes, new WebFeedOrigin(Address, contentType));

    public static string Rss(string items, string head = "") => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
        <channel><title>Ville de Saint-Exemple</title><link>https://www.saint-exemple.fr/</link><language>fr</language>{head}
        {items}
        </channel></rss>
        """;

    public static string Item(int number, string more = "") =>
        $"<item><title>Article {number}</title><link>https://www.saint-exemple.fr/article{number}</link><guid isPermaLink=\"false\">a{number}</guid>{more}</item>";

    public static string Json(params string[] items) => $$"""{"version":"https://jsonfeed.org/version/1.1","title":"Ville","home_page_url":"https://www.saint-exemple.fr/","items":[{{string.Join(',', items)}}]}""";

    public static string JsonItem(int number) => $$"""{"id":"a{{number}}","url":"https://www.saint-exemple.fr/article{{number}}","title":"Article {{number}}","content_text":"x"}""";
}
