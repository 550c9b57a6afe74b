using System.Text;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;

namespace SocialHub.Tests.Comments;

/// <summary>What a thread says to those who read it without script, or with a reader of feeds.</summary>
public sealed class ThreadShapeTests
{
    private static readonly PublicComment[] Comments = [Of("a", null, 0), Of("b", "a", 1), Of("c", "b", 2), Of("d", "b", 2), Of("e", "a", 1), Of("f", null, 0), Of("g", null, 0), Of("h", "g", 1), Of("i", "h", 2)];

    [Fact]
    public void Who_answers_whom_is_said_by_lists_in_lists()
    {
        var html = Html(Comments);
        var document = new HtmlParser().ParseDocument(html);
        Assert.Equal(Comments.Select(comment => "sh-" + comment.Id), document.QuerySelectorAll(".sh-item").Select(item => item.Id));
        Assert.All(document.QuerySelectorAll(".sh-item"), item => Assert.Equal("OL", item.ParentElement!.TagName));
        Assert.Equal(Comments.Select(comment => comment.Parent), document.QuerySelectorAll(".sh-item").Select(item => item.ParentElement!.ParentElement!.Id is ['s', 'h', '-', .. var id] ? id : null));
        // Not what a parser mends: each opened once and closed once, nothing empty.
        Assert.Equal(4, document.QuerySelectorAll("ol ol").Length);
        foreach (var tag in new[] { "ol", "li" })
            Assert.Equal(document.QuerySelectorAll(tag).Length, html.Split($"</{tag}>").Length - 1);
        Assert.DoesNotContain("<ol class=\"sh-list\">\n</ol>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "modifié")]
    [InlineData("en", "edited")]
    public void A_changed_text_is_marked(string language, string word)
    {
        var items = new HtmlParser().ParseDocument(Html([Comments[0] with { Edited = DateTimeOffset.UnixEpoch.AddDays(1) }, Comments[5]], language)).QuerySelectorAll(".sh-by").Select(by => by.TextContent).ToList();
        Assert.EndsWith(" " + word, items[0], StringComparison.Ordinal);
        Assert.DoesNotContain(word, items[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "Réponse officielle : Ville de Saint-Exemple")]
    [InlineData("en", "Official answer: Ville de Saint-Exemple")]
    public void Whoever_follows_a_debate_by_RSS_sees_which_answer_is_official(string language, string title)
    {
        var feed = XDocument.Load(new MemoryStream(ThreadRss.Write(Thread([Comments[0], Comments[1] with { Name = "Ville de Saint-Exemple", Official = true, Published = DateTimeOffset.UnixEpoch.AddDays(1) }]), Hub(language))));
        Assert.Equal([title, "Camille"], feed.Descendants("item").Select(item => item.Element("title")!.Value));
        Assert.Equal(["Ville de Saint-Exemple", "Camille"], feed.Descendants("item").Select(item => item.Element(XName.Get("creator", "http://purl.org/dc/elements/1.1/"))!.Value));
    }

    private static PublicComment Of(string id, string? parent, int depth) => new(id, parent, "Camille", "<p>Bonjour</p>", false, DateTimeOffset.UnixEpoch, null, depth, 0);

    private static PublicThread Thread(PublicComment[] comments) => new(Town.Page, "Budget", 1, true, null, CommentPolicy.APosteriori, comments);

    private static HubConfiguration Hub(string language) => new() { Authority = new() { Name = "Ville de Saint-Exemple", Language = language, PublicAddress = "https://hub.example" } };

    private static string Html(PublicComment[] comments, string language = "fr") => Encoding.UTF8.GetString(ThreadHtml.Write(new ThreadPage(Thread(comments), comments, null), Hub(language), Town.Site, "oldest"));
}
