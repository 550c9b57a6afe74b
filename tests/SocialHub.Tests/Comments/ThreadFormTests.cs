using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;

namespace SocialHub.Tests.Comments;

/// <summary>What a reader without script can do about a comment.</summary>
public sealed class ThreadFormTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task Without_script_a_reader_answers_a_comment_and_reports_it_by_the_forms_below_it()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, configure: builder => builder.Services.Configure<HubOptions>(options => options.Times.Memory = TimeSpan.FromMilliseconds(100)));
        var id = await hub.PublishedAsync("La piste cyclable est belle.");
        await hub.PublishedAsync("Le marché aussi.", "BBBBBBBBBBBBBBBBBBBBBA");
        var document = await ThreadAsync(hub);
        Assert.Equal(2, document.QuerySelectorAll("details").Length);
        Assert.Contains("Camille", document.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        var forms = document.QuerySelectorAll<IHtmlFormElement>($"#sh-{id} details form").ToList();
        Assert.Equal(2, forms.Count);

        using var reply = await SendAsync(hub, forms[0], ("text", "Merci !"), ("name", "Alix"));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        using var report = await SendAsync(hub, forms[1], ("reason", "Ce n’est pas vrai."));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (report.StatusCode, report.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Votre signalement du", WebUtility.HtmlDecode(await report.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        for (var tries = 0; (document = await ThreadAsync(hub)).QuerySelector(".sh-item .sh-item") is null; tries++)
        {
            Assert.True(tries < 600, "The answer never appeared.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Contains("Merci !", document.QuerySelector($"#sh-{id} > .sh-list > .sh-item")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("字")]
    [InlineData("😀")]
    [InlineData("é\r\n")]
    public async Task A_form_takes_the_longest_text_in_any_script(string sign)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var text = string.Concat(Enumerable.Repeat(sign, CommentInput.LongestText / sign.ReplaceLineEndings("\n").Length));
        using var answer = await hub.FormAsync(CitizenHub.Comments, Town.Origin, ("page", Town.Page + "?" + string.Concat(Enumerable.Repeat("%C3%A9", 150))), ("text", text), ("name", string.Concat(Enumerable.Repeat("字", CommentInput.LongestName))));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Every_field_has_a_label_and_an_id_of_its_own()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, "en");
        await hub.PublishedAsync("Un banc");
        await hub.PublishedAsync("Deux arbres", "BBBBBBBBBBBBBBBBBBBBBA");
        var document = await ThreadAsync(hub);
        var ids = document.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        var fields = document.QuerySelectorAll("textarea, input:not([type=hidden])").ToList();
        Assert.True(fields.Count > 12);
        Assert.All(fields, field => Assert.NotEmpty(document.QuerySelector($"label[for='{field.Id}']")!.TextContent));
    }

    [Theory]
    [InlineData("first-then-trusted", true)]
    [InlineData("a-posteriori", false)]
    [Trait("run", "thorough")]
    public async Task Where_the_code_makes_the_next_ones_appear_at_once_the_form_asks_for_it(string policy, bool isAsked)
    {
        const string code = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: policy);
        var form = (await ThreadAsync(hub)).QuerySelectorAll<IHtmlFormElement>("form").Single();
        Assert.Equal(isAsked, form.QuerySelector("input[name=authorKey]") is not null);
        if (!isAsked)
            return;
        using var sent = await SendAsync(hub, form, ("text", "Merci pour le marché."), ("name", "Camille"), ("authorKey", code + " "));
        Assert.Contains(code, await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var none = await SendAsync(hub, form, ("text", "Merci pour la piscine."), ("name", "Camille"), ("authorKey", ""));
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
        using var wrong = await SendAsync(hub, form, ("text", "Merci pour le parc."), ("name", "Camille"), ("authorKey", "AAA"));
        Assert.Contains("recopiez ses 22", WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_thread_takes_reports_alone_and_an_official_answer_none()
    {
        var html = new System.Text.StringBuilder();
        var forms = new ThreadForms("https://hub.example/api/v1/sites/ville/comments", Town.Page, isOpen: false, english: false, asksCode: true);
        var comment = new PublicComment("a", null, "Camille <b>", "<p>Bonjour</p>", false, DateTimeOffset.UnixEpoch, null, 0, 0);
        forms.About(html, comment with { Official = true });
        Assert.Equal("", html.ToString());
        forms.About(html, comment);
        var form = Assert.Single(new HtmlParser().ParseDocument(html.ToString()).QuerySelectorAll<IHtmlFormElement>("form"));
        Assert.EndsWith("/a/reports", form.GetAttribute("action"), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html.ToString(), StringComparison.Ordinal);
    }

    private static async Task<IDocument> ThreadAsync(CitizenHub hub) =>
        await new HtmlParser().ParseDocumentAsync(await hub.Client.GetStringAsync($"{CitizenHub.Comments}.html?page={Uri.EscapeDataString(Town.Page)}", TestContext.Current.CancellationToken));

    private static Task<HttpResponseMessage> SendAsync(CitizenHub hub, IHtmlFormElement form, params (string, string)[] written) =>
        hub.FormAsync(new Uri(form.GetAttribute("action")!).AbsolutePath, Town.Origin, [.. form.QuerySelectorAll("input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)), .. written]);
}
