using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Tests.Configuration;
using SocialHub.Tests.Connections;

namespace SocialHub.Tests.Comments;

/// <summary>Which pages open a thread by what they say of themselves.</summary>
public sealed class PageMarkupTests
{
    [Theory]
    [InlineData("<meta name=socialhub content=comments>", true)]
    [InlineData("<meta name=SocialHub content='share, Comments'>", true)]
    [InlineData("<meta name=socialhub content='feed comments'>", true)]
    [InlineData("<comment-thread site=ville></comment-thread>", true)]
    [InlineData("<meta name=socialhub content=no-comments>", false)]
    [InlineData("<meta name=socialhub content='commentsclosed'>", false)]
    [InlineData("<meta name=description content=comments>", false)]
    [InlineData("<p>comments</p>", false)]
    [InlineData("<COMMENT-THREAD\nsite=ville>", true)]
    [InlineData("<comment-thread/>", true)]
    [InlineData("<svg><title>Logo</title><path d='M0 0'/></svg><comment-thread>", true)]
    [InlineData("<a title='>' href=x><comment-thread>", true)]
    [InlineData("<meta content=\"&#99;omments\" name=socialhub>", true)]
    [InlineData("<!-- --!><comment-thread>", true)]
    [InlineData("<!--><comment-thread>", true)]
    [InlineData("<script>'</scripts>'</script\n><comment-thread>", true)]
    [InlineData("<comment-threads>", false)]
    [InlineData("</comment-thread>", false)]
    [InlineData("<!-- <comment-thread></comment-thread> -->", false)]
    [InlineData("<script>var page = '<comment-thread>';</script>", false)]
    [InlineData("<textarea><comment-thread></textarea>", false)]
    [InlineData("<template><comment-thread></template>", false)]
    [InlineData("<p title='<comment-thread>'>Bonjour</p>", false)]
    public async Task A_page_takes_comments_only_by_the_element_or_by_the_whole_word(string markup, bool takes)
    {
        var look = await LookAsync($"<!doctype html><title>Budget</title>{markup}");
        Assert.Equal(takes ? null : "page-not-open", look.Problem?.Code);
        if (takes)
            Assert.Equal(new PageLook("Budget", null), look.Value);
    }

    [Theory]
    [InlineData("<title>La\n piscine</title>", "La piscine")]
    [InlineData("<title>L&eacute;t&eacute; &amp; la mer</title><meta property=og:title content='Partag&#233;'>", "Partagé")]
    [InlineData("<svg><title>Logo</title></svg><title>Vrai</title><title>Faux</title>", "Vrai")]
    [InlineData("<title> </title>", null)]
    [InlineData("<title>Sans fin<comment-thread>", "Sans fin<comment-thread>")]
    [InlineData("<p>Rien", null)]
    public void A_page_is_called_what_it_calls_itself(string markup, string? title) => Assert.Equal(title, PageMarks.Read(markup).Title);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("iso-8859-1", false)]
    public void Its_title_is_read_in_the_encoding_that_it_is_written_in(string name, bool isMarked)
    {
        var encoding = System.Text.Encoding.GetEncoding(name);
        byte[] bytes = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes("<title>L'été à Écully</title>é")];
        Assert.Equal("L'été à Écully", PageMarks.Read(PageMarks.Decode(bytes)).Title);
        // Cut within the last character.
        if (name == "utf-8")
            Assert.Equal("L'été à Écully", PageMarks.Read(PageMarks.Decode(bytes.AsSpan()[..^1])).Title);
    }

    [Theory]
    [InlineData("<meta charset=\"UTF-8\">", "L'été à Écully")]
    [InlineData("", "L'Ã©tÃ© Ã\u00A0 Ã‰cully")]
    public void One_broken_character_makes_no_other_encoding_of_a_page_that_names_its_own(string declared, string title)
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes($"{declared}<p>"), 0xE9, .. System.Text.Encoding.UTF8.GetBytes("</p><title>L'été à Écully</title>")];
        Assert.Equal(string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), PageMarks.Read(PageMarks.Decode(bytes)).Title);
    }

    [Theory]
    [InlineData("<b><p>")]
    [InlineData("<a href=x><table>")]
    [InlineData("<div>")]
    [InlineData("<font size=1><p>")]
    [InlineData("<svg><g>")]
    [InlineData("<!---->")]
    [InlineData("<!-- ")]
    [InlineData("<template>")]
    [InlineData("<title>")]
    [InlineData("<meta name=x ")]
    [InlineData("<p x='")]
    [InlineData("</")]
    public async Task A_page_that_would_grow_into_a_tree_without_bound_is_read_all_the_same_and_takes_no_more_memory_than_its_size(string piece)
    {
        var html = "<title>Budget</title><comment-thread></comment-thread>" + string.Concat(Enumerable.Repeat(piece, 900_000 / piece.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(new PageMarks(true, "Budget"), PageMarks.Read(html));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50 * html.Length);
        Assert.Equal(new PageLook("Budget", null), (await LookAsync(html)).Value);
    }

    private static async Task<Answer<PageLook>> LookAsync(string html)
    {
        await using var server = new RawServer(_ => RawServer.Ok(html, "Content-Type: text/html\r\n"));
        await using var outgoing = new Outgoing(server.Origin);
        var document = new FixedDocument($$"""
            {
              "authority": { "name": "Ville", "language": "fr", "timeZone": "Europe/Paris", "publicAddress": "https://hub.example" },
              "sites": { "ville": { "name": "Ville", "origins": ["{{server.Origin}}"] } }
            }
            """);
        var source = new HubConfigurationSource(document, new FixedDocument(null), TimeProvider.System, Options.Create(new HubOptions()), NullLogger<HubConfigurationSource>.Instance);
        return await new PageOpening(outgoing.Http, source).LookAsync("ville", server.Origin + "/budget", TestContext.Current.CancellationToken);
    }
}
