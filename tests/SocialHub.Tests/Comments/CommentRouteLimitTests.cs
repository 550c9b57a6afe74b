using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using SocialHub.Storage;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>The limits of the comment routes, on either side of each, and the statuses that tell a client what to do.</summary>
public sealed class CommentRouteLimitTests(CommentRouteLimitTests.SharedHub shared) : IClassFixture<CommentRouteLimitTests.SharedHub>
{
    private static int _pages;
    private readonly string _key = CitizenHub.NewKey();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CitizenHub Hub => shared.Hub;

    [Theory]
    [InlineData("text", 4_000, 201, null)]
    [InlineData("text", 4_001, 422, "text-too-long")]
    [InlineData("text", 0, 422, "text-empty")]
    [InlineData("name", 60, 201, null)]
    [InlineData("name", 61, 422, "name-invalid")]
    [InlineData("name", 0, 422, "name-invalid")]
    [InlineData("page", 1_000, 201, null)]
    [InlineData("page", 1_001, 400, "page-invalid")]
    [InlineData("page", 0, 400, "page-invalid")]
    [InlineData("idempotencyKey", 200, 201, null)]
    [InlineData("idempotencyKey", 201, 400, "idempotency-key-invalid")]
    [InlineData("authorKey", 22, 201, null)]
    [InlineData("authorKey", 23, 400, "author-key-invalid")]
    [InlineData("parent", 5, 400, "parent-invalid")]
    [InlineData("email", 5, 422, "email-invalid")]
    public async Task A_member_is_taken_up_to_its_limit(string member, int length, int status, string? code)
    {
        var body = new Dictionary<string, string>(StringComparer.Ordinal) { ["page"] = NewPage(), ["text"] = "Bonjour", ["name"] = "Camille" };
        body[member] = length == 0 ? "" : (member == "page" ? NewPage() + "/" : "").PadRight(length, 'A');
        using var answer = await Hub.WriteAsync(JsonSerializer.Serialize(body));
        await ExpectAsync(answer, status, code);
    }

    [Theory]
    [InlineData("name", "\\u3164", "name-invalid")]
    [InlineData("name", "ellimaC \\u202E", "name-invalid")]
    [InlineData("text", "\\u200B", "text-empty")]
    [InlineData("name", "\\uD83D\\uDC69\\u200D\\uD83D\\uDE80", null)]
    public async Task Nobody_writes_nothing_or_under_a_name_that_cannot_be_read(string member, string escaped, string? code)
    {
        var body = Whole(NewPage());
        using var answer = await Hub.WriteAsync(body.Replace(member == "name" ? "\"Camille\"" : "\"Bonjour\"", $"\"{escaped}\"", StringComparison.Ordinal));
        await ExpectAsync(answer, code is null ? 201 : 422, code);
    }

    [Theory]
    [InlineData("\\u200B\\n", "reason-invalid")]
    [InlineData("Faux", null)]
    public async Task A_report_says_something(string escaped, string? code)
    {
        var id = await Hub.JudgedAsync("Quand ouvre la piscine ?", page: NewPage());
        using var answer = await Hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", $$"""{"reason":"{{escaped}}"}""");
        await ExpectAsync(answer, code is null ? 201 : 422, code);
    }

    [Theory]
    [InlineData(32 * 1024, 201, null)]
    [InlineData(32 * 1024 + 1, 413, "body-too-large")]
    public async Task A_body_is_read_up_to_32_KB(int bytes, int status, string? code)
    {
        using var answer = await Hub.WriteAsync(Whole(NewPage()).PadRight(bytes));
        await ExpectAsync(answer, status, code);
    }

    [Theory]
    [InlineData("text/plain", 415, "not-json")]
    [InlineData("multipart/form-data; boundary=x", 415, "not-json")]
    [InlineData("application/json; charset=latin1", 415, "not-json")]
    [InlineData("application/json; charset=utf-8", 201, null)]
    public async Task A_body_is_JSON_or_a_plain_form(string type, int status, string? code)
    {
        using var content = new StringContent(Whole(NewPage()), Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await Hub.SendAsync(HttpMethod.Post, CitizenHub.Comments, content, ("X-Forwarded-For", "10.8.0.1"));
        await ExpectAsync(answer, status, code);
    }

    [Theory]
    [InlineData(Town.Origin, 201, null)]
    [InlineData("https://hub.example", 201, null)]
    [InlineData("https://evil.example", 403, "foreign-origin")]
    [InlineData("null", 403, "origin-hidden")]
    public async Task A_script_writes_from_a_page_of_the_site_or_of_the_hub_alone(string origin, int status, string? code)
    {
        using var answer = await Hub.WriteAsync(Whole(NewPage()), ("Origin", origin));
        await ExpectAsync(answer, status, code);
    }

    [Fact]
    public async Task Answers_go_three_levels_deep_and_only_to_what_is_public_on_the_same_page()
    {
        var page = NewPage();
        var first = await Hub.JudgedAsync("Quand rouvre le petit bassin derrière le parc ?", page: page);
        var second = await Hub.JudgedAsync("Au début de juin, si je ne me trompe.", page: page, parent: first);
        var third = await Hub.JudgedAsync("Non, pas avant le mois de juillet.", _key, page, second);
        using var fourth = await Hub.WriteAsync(Whole(page, third));
        await ExpectAsync(fourth, 409, "too-deep");
        using var elsewhere = await Hub.WriteAsync(Whole(NewPage(), first));
        await ExpectAsync(elsewhere, 409, "parent-gone");
        using var withdrawn = await Hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{third}/withdraw", $$"""{"authorKey":"{{_key}}"}""");
        await ExpectAsync(withdrawn, 204, null);
        using var late = await Hub.WriteAsync(Whole(page, third));
        await ExpectAsync(late, 409, "parent-gone");
    }

    [Fact]
    public async Task A_page_takes_two_thousand_comments()
    {
        var page = NewPage();
        await Hub.JudgedAsync("Le premier.", page: page);
        var table = Hub.Get<HubStorage>().Comments;
        var row = (await table.GetEntityAsync<TableEntity>(Town.Site, Keys.Thread(Keys.Page(page)), cancellationToken: Stop)).Value;
        row["Accepted"] = 1_999;
        await table.UpdateEntityAsync(row, row.ETag, cancellationToken: Stop);
        using var last = await Hub.WriteAsync(Whole(page));
        await ExpectAsync(last, 201, null);
        using var more = await Hub.WriteAsync(Whole(page).Replace("Bonjour", "Bonsoir", StringComparison.Ordinal));
        await ExpectAsync(more, 409, "thread-full");
    }

    [Theory]
    [InlineData(0, 400, "pages-invalid")]
    [InlineData(50, 200, null)]
    [InlineData(51, 400, "pages-invalid")]
    public async Task Fifty_pages_are_counted_at_once(int pages, int status, string? code)
    {
        using var answer = await Hub.SendAsync(HttpMethod.Get, $"api/v1/sites/{Town.Site}/comment-counts?{string.Join('&', Enumerable.Range(0, pages).Select(number => $"page={Town.Origin}/{number}"))}", null);
        await ExpectAsync(answer, status, code);
        if (status == 200)
            Assert.Equal(pages, (await RunningHub.JsonAsync(answer)).GetProperty("counts").EnumerateObject().Count());
    }

    [Fact]
    public async Task An_edit_names_the_newest_revision_of_a_text_that_may_still_be_changed()
    {
        var id = await Hub.JudgedAsync("Texte public", _key, NewPage());
        var path = $"{CitizenHub.Comments}/{id}";
        async Task EditAsync(string members, int status, string? code)
        {
            using var answer = await Hub.JsonAsync(HttpMethod.Put, path, $$"""{"text":"Autre texte"{{members}}}""", ("Author-Key", _key));
            await ExpectAsync(answer, status, code);
        }

        await EditAsync("", 428, "revision-required");
        await EditAsync(",\"revision\":7", 412, "text-changed");
        using var tooLong = await Hub.JsonAsync(HttpMethod.Put, path, $$"""{"text":"{{new string('a', 4_001)}}","revision":0}""", ("Author-Key", _key));
        await ExpectAsync(tooLong, 422, "text-too-long");
        await EditAsync(",\"revision\":0", 202, null);
        using var withdrawn = await Hub.SendAsync(HttpMethod.Delete, path, null, ("Author-Key", _key));
        await ExpectAsync(withdrawn, 204, null);
        await EditAsync(",\"revision\":1", 409, "not-editable");
    }

    [Fact]
    public async Task An_erased_comment_is_410_to_readers_and_to_its_author()
    {
        var id = await Hub.JudgedAsync("Bientôt effacé", _key, NewPage());
        var path = $"{CitizenHub.Comments}/{id}";
        using var erased = await Hub.SendAsync(HttpMethod.Delete, $"api/v1/moderation/comments/{Town.Site}/{id}", null, ("x-hub-key", RunningHub.KeyOf("administrator")));
        await ExpectAsync(erased, 204, null);
        foreach (var (method, route, body) in new (HttpMethod, string, string?)[] { (HttpMethod.Get, path, null), (HttpMethod.Post, path + "/view", "{}"), (HttpMethod.Put, path, """{"text":"Encore","revision":0}"""), (HttpMethod.Post, path + "/withdraw", "{}"), (HttpMethod.Post, path + "/objections", """{"reason":"Pourquoi ?"}""") })
        {
            using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await Hub.SendAsync(method, route, content, ("Author-Key", _key));
            await ExpectAsync(answer, 410, "comment-erased");
        }
    }

    private static string NewPage() => $"{Town.Origin}/page-{Interlocked.Increment(ref _pages)}";

    private static string Whole(string page, string? parent = null) => JsonSerializer.Serialize(new Dictionary<string, string?>(StringComparer.Ordinal) { ["page"] = page, ["text"] = "Bonjour", ["name"] = "Camille", ["parent"] = parent });

    private static async Task ExpectAsync(HttpResponseMessage answer, int status, string? code)
    {
        var body = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}, expected {status}: {body}");
        if (code is null)
            return;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("urn:socialhub:problem:" + code, JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
    }

    /// <summary>Two hubs in turn for all rows; each has a page and an address of its own.</summary>
    public sealed class SharedHub(AzuriteFixture azurite) : IAsyncLifetime
    {
        internal CitizenHub Hub { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Hub = await CitizenHub.OpenAsync(azurite, isTwo: true);

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
