using System.Text;
using Microsoft.Playwright;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;
using SocialHub.Moderation.Markup;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Browser;

/// <summary>Somebody writes each published payload as a comment and as its author's name: a real browser shows them all, and nothing of them runs or asks for anything.</summary>
public sealed class PublishedPayloadTests(Chromium chromium) : IAsyncLifetime
{
    // What stands in the page is looked at as the browser understood it, not as it was written.
    private const string Harmless = """
        () => {
          const allowed = { p: [], br: [], em: [], strong: [], ul: [], ol: ['start'], li: [], blockquote: [], code: [], a: ['href', 'rel'] };
          const wrong = [];
          for (const text of document.querySelectorAll('.sh-text'))
            for (const element of text.querySelectorAll('*')) {
              const attributes = allowed[element.localName], of = `${element.outerHTML.slice(0, 200)} in ${text.closest('.sh-item').id}`;
              if (!attributes || element.namespaceURI != 'http://www.w3.org/1999/xhtml') wrong.push(of);
              else if (element.getAttributeNames().some(name => !attributes.includes(name))) wrong.push(of);
              else if (element.localName == 'a' && element.hasAttribute('href') && !['http:', 'https:'].includes(element.protocol)) wrong.push(of);
            }
          return wrong;
        }
        """;

    private StandInHub _hub = null!;
    private TownPage _town = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _hub = await StandInHub.Start();
        _town = await TownPage.Start(_hub);
        _town.HasPolicy = false;
        _visitor = await chromium.Visit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null) await _visitor.DisposeAsync();
        await _town.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task The_thread_on_a_towns_page_shows_each_payload_as_it_was_written_and_runs_none()
    {
        var payloads = await PublishedPayloads.ReadAsync(TestContext.Current.CancellationToken);
        _hub.On(Samples.Thread, Samples.ThreadOf([.. payloads.Select((payload, i) => Samples.Comment(Id(i), payload, CommentMarkup.Render(payload)))]));
        _town.Content = "<comment-thread site=\"ville\"></comment-thread>";
        await Page.GotoAsync(_town.Address + "/piscine", new() { Timeout = 60_000 });
        await NothingRanAsync(payloads);
    }

    [Fact]
    public async Task The_thread_that_a_server_includes_shows_each_payload_as_it_was_written_and_runs_none()
    {
        var payloads = await PublishedPayloads.ReadAsync(TestContext.Current.CancellationToken);
        PublicComment[] comments = [.. payloads.Select((payload, i) => new PublicComment(Id(i), null, payload, CommentMarkup.Render(payload), false, DateTimeOffset.UnixEpoch, null, 0, 1))];
        var hub = new HubConfiguration { Authority = new() { Name = "Ville de Saint-Exemple", PublicAddress = _hub.Address } };
        var thread = new PublicThread(_town.Address + "/piscine", "La piscine rouvre", 1, true, null, CommentPolicy.APriori, comments);
        (_town.Script, _town.Content) = (false, Encoding.UTF8.GetString(ThreadHtml.Write(new ThreadPage(thread, comments, null), hub, "ville", "oldest")));
        await Page.GotoAsync(_town.Address + "/piscine", new() { Timeout = 60_000 });
        await NothingRanAsync(payloads);
    }

    [Fact]
    public async Task A_browser_that_is_shown_them_unrendered_runs_many_of_them()
    {
        // Without this, a judge that sees nothing would pass everything.
        var payloads = await PublishedPayloads.ReadAsync(TestContext.Current.CancellationToken);
        await using var open = await chromium.Visit();
        await open.Page.GotoAsync("about:blank");
        await open.Page.EvaluateAsync(
            "payloads => { for (const html of payloads) { const text = document.createElement('div'); text.className = 'sh-text'; text.innerHTML = html; const item = document.createElement('div'); item.className = 'sh-item'; item.append(text); document.body.append(item); } }",
            payloads.Where(payload => !payload.Contains("META", StringComparison.OrdinalIgnoreCase)));
        Assert.NotEmpty(await open.Page.EvaluateAsync<string[]>(Harmless));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (open.Dialogs.Count < 3 || !open.Requests.Any(url => url.StartsWith("http", StringComparison.Ordinal)))
            await Task.Delay(50, patience.Token);
    }

    private async Task NothingRanAsync(IReadOnlyList<string> payloads)
    {
        Assert.InRange(payloads.Count, 500, 2_000);
        await Expect(Page.Locator(".sh-item")).ToHaveCountAsync(payloads.Count, new() { Timeout = 60_000 });
        Assert.Empty(await Page.EvaluateAsync<string[]>(Harmless));
        // Whole and in its place: a control character is another matter, HTML has no way to write them all.
        var names = await Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.sh-item')].map(item => item.querySelector('strong').textContent)");
        var plain = Enumerable.Range(0, payloads.Count).Where(i => !payloads[i].Any(char.IsControl)).ToList();
        Assert.Equal(plain.Select(i => payloads[i]), plain.Select(i => names[i]));
        // What waits for a person to come near, is pointed at, focused, or scrolled to, has its chance too.
        await Page.EvaluateAsync("""
            async () => {
              for (const element of document.querySelectorAll('.sh-text, .sh-text *')) {
                element.scrollIntoView();
                element.focus?.();
                for (const event of ['mouseover', 'mousemove', 'pointerenter', 'load', 'error', 'animationstart']) element.dispatchEvent(new Event(event));
              }
              await new Promise(done => setTimeout(done));
            }
            """);
        Assert.Empty(_visitor.Dialogs);
        Assert.Empty(_visitor.Errors);
        Assert.All(_visitor.Requests, url => Assert.True(url.StartsWith(_hub.Address, StringComparison.Ordinal) || url.StartsWith(_town.Address, StringComparison.Ordinal), url));
        Assert.Equal(_town.Address + "/piscine", Page.Url);
    }

    private static string Id(int number) => $"aaaaaaaaaaaa-{number:D9}x";
}
