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
    public async Task A_page_takes_comments_only_by_the_element_or_by_the_whole_word(string markup, bool takes)
    {
        await using var server = new RawServer(_ => RawServer.Ok($"<!doctype html><title>Budget</title>{markup}", "Content-Type: text/html\r\n"));
        await using var outgoing = new Outgoing(server.Origin);
        var document = new FixedDocument($$"""
            {
              "authority": { "name": "Ville", "language": "fr", "timeZone": "Europe/Paris", "publicAddress": "https://hub.example" },
              "sites": { "ville": { "name": "Ville", "origins": ["{{server.Origin}}"] } }
            }
            """);
        var source = new HubConfigurationSource(document, new FixedDocument(null), TimeProvider.System, Options.Create(new HubOptions()), NullLogger<HubConfigurationSource>.Instance);
        var look = await new PageOpening(outgoing.Http, source).LookAsync("ville", server.Origin + "/budget", TestContext.Current.CancellationToken);
        Assert.Equal(takes ? null : "page-not-open", look.Problem?.Code);
        if (takes)
            Assert.Equal(new PageLook("Budget", null), look.Value);
    }
}
