using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>What somebody reads who opens an address of the hub, and in which language a citizen is spoken to.</summary>
public sealed class VisitorPageTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private static readonly string Thread = $"page={Uri.EscapeDataString(Town.Page)}";

    [Theory]
    [InlineData("fr", "Cette page ne peut pas être affichée", "revenez à la page précédente")]
    [InlineData("en", "This page cannot be shown", "go back to the page before")]
    public async Task A_wrong_address_of_a_page_is_answered_by_a_page_in_the_authoritys_language_and_of_data_by_data(string language, string title, string words)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, language);
        foreach (var (status, address, isOfWords) in new[]
        {
            (HttpStatusCode.BadRequest, $"{CitizenHub.Comments}.html?{Thread}&sort=best", true),
            (HttpStatusCode.BadRequest, $"{CitizenHub.Comments}.html?{Thread}&after=x", true),
            (HttpStatusCode.BadRequest, $"{CitizenHub.Comments}.html?page=x", false),
            (HttpStatusCode.BadRequest, $"{CitizenHub.Comments}.html", false),
            (HttpStatusCode.NotFound, $"api/v1/sites/village/comments.html?{Thread}", false),
            (HttpStatusCode.NotFound, "api/v1/sites/village/author.html", false),
            (HttpStatusCode.BadRequest, "api/v1/feeds/accueil.html?network=UN+DEUX", true),
            (HttpStatusCode.BadRequest, "api/v1/feeds/accueil.html?after=*", true),
            (HttpStatusCode.NotFound, "api/v1/feeds/accueil.html", false),
        })
        {
            using var answer = await hub.SendAsync(HttpMethod.Get, address, null);
            Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
            Assert.Contains($"lang=\"{language}\"", page, StringComparison.Ordinal);
            Assert.Equal(isOfWords, page.Contains(words, StringComparison.Ordinal));
            using var head = await hub.SendAsync(HttpMethod.Head, address, null);
            Assert.Equal(status, head.StatusCode);
            using var data = await hub.SendAsync(HttpMethod.Get, address.Replace(".html", "", StringComparison.Ordinal), null);
            Assert.Equal("application/problem+json", data.Content.Headers.ContentType?.MediaType ?? "application/problem+json");
        }
    }

    [Fact]
    public async Task A_script_is_given_the_sentence_for_a_citizen_in_the_language_of_the_page()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var body = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["page"] = Town.Page, ["text"] = " ", ["name"] = "Camille" });
        foreach (var (query, words) in new[] { ("", "Écrivez votre texte"), ("?lang=fr-BE", "Écrivez votre texte"), ("?lang=en-GB", "Write your text"), ("?lang=br", "Écrivez votre texte") })
        {
            using var answer = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments + query, body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var problem = await RunningHub.JsonAsync(answer);
            Assert.StartsWith(words, problem.GetProperty("notice").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("text must have", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        using var ok = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments + "?lang=en", body.Replace("\" \"", "\"Bonjour\"", StringComparison.Ordinal));
        Assert.StartsWith("Your comment was received.", (await RunningHub.JsonAsync(ok)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_of_the_widget_go_along_with_a_thread_when_they_are_asked_for()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        foreach (var (query, words) in new[] { ("", null), ("&lang=", "Répondre"), ("&lang=fr", "Répondre"), ("&lang=EN", "Reply"), ("&lang=de", "Répondre") })
        {
            using var answer = await hub.SendAsync(HttpMethod.Get, $"{CitizenHub.Comments}?{Thread}{query}", null);
            var thread = await RunningHub.JsonAsync(answer);
            Assert.Equal(words, thread.TryGetProperty("words", out var all) ? all.GetProperty("reply").GetString() : null);
        }
    }

    [Fact]
    public async Task With_the_code_alone_an_author_finds_opens_and_changes_what_was_written()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("La fontaine marche.");
        var page = await hub.Client.GetStringAsync($"api/v1/sites/{Town.Site}/author.html", TestContext.Current.CancellationToken);
        var form = new HtmlParser().ParseDocument(page).QuerySelector("form")!;
        Assert.Equal("code", form.QuerySelector("label")!.GetAttribute("for"));
        Assert.Equal("authorKey", form.QuerySelector("#code")!.GetAttribute("name"));

        using var found = await hub.FormAsync(form.GetAttribute("action")!, "https://hub.example", ("authorKey", Key));
        var comment = Assert.Single(new HtmlParser().ParseDocument(await found.Content.ReadAsStringAsync()).QuerySelectorAll("article form"));
        Assert.Equal($"/{CitizenHub.Comments}/{id}/view", comment.GetAttribute("action"));
        using var opened = await hub.FormAsync(comment.GetAttribute("action")!, "https://hub.example", ("authorKey", comment.QuerySelector("input")!.GetAttribute("value")!));
        var receipt = WebUtility.HtmlDecode(await opened.Content.ReadAsStringAsync());
        Assert.Contains("La fontaine marche.", receipt, StringComparison.Ordinal);
        Assert.Contains($"/{CitizenHub.Comments}/{id}/edit", receipt, StringComparison.Ordinal);

        using var wrong = await hub.FormAsync(form.GetAttribute("action")!, "https://hub.example", ("authorKey", "trop court"));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Contains("Ce code n’est pas complet", WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_thread_that_somebody_opens_is_a_whole_page_and_for_a_site_it_is_a_piece()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        await hub.PublishedAsync("La fontaine marche.");
        var address = $"{CitizenHub.Comments}.html?{Thread}";
        using var opened = await hub.SendAsync(HttpMethod.Get, address, null, ("Sec-Fetch-Dest", "document"));
        var page = new HtmlParser().ParseDocument(await opened.Content.ReadAsStringAsync());
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(page.Title!);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector($"a[href='{Town.Page}']"));
        Assert.NotNull(page.QuerySelector("main .sh-thread form"));
        Assert.Contains("style-src 'self'", opened.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var piece = await hub.SendAsync(HttpMethod.Get, address, null);
        Assert.StartsWith("<section", await piece.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Sec-Fetch-Dest", piece.Headers.Vary);
    }

    [Fact]
    public async Task The_form_without_script_has_the_charter_the_data_and_the_way_back_beside_it()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var thread = new HtmlParser().ParseDocument(await hub.Client.GetStringAsync($"{CitizenHub.Comments}.html?{Thread}", TestContext.Current.CancellationToken));
        Assert.Equal(
            ["https://hub.example/api/v1/charter.html", "https://hub.example/api/v1/charter.html#sh-data", $"https://hub.example/api/v1/sites/{Town.Site}/author.html"],
            thread.QuerySelectorAll("h3 ~ .sh-by a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Une personne lit chaque commentaire avant sa publication.", thread.Body!.TextContent, StringComparison.Ordinal);
        var charter = new HtmlParser().ParseDocument(await hub.Client.GetStringAsync("api/v1/charter.html", TestContext.Current.CancellationToken));
        Assert.NotNull(charter.QuerySelector("h2#sh-data"));
        Assert.Contains("Commentaire publié : effacé après 3 ans", charter.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Adresse électronique : gardée tant que le commentaire attend une décision ou qu’un refus peut être contesté ; sinon effacée après 30 jours", charter.Body.TextContent, StringComparison.Ordinal);
        Assert.NotNull(charter.QuerySelector($"a[href='/api/v1/sites/{Town.Site}/author.html']"));
    }
}
