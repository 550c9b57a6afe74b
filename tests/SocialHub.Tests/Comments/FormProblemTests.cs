using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SocialHub.Functions.Http;

namespace SocialHub.Tests.Comments;

/// <summary>Who writes without script reads a page, in the language of the authority, whatever goes wrong.</summary>
public sealed partial class FormProblemTests(AzuriteFixture azurite)
{
    private const string Somebody = CitizenHub.Comments + "/000000000000-0000000000000000000000000";

    // Never asked by a form: what a reader's script asks, and what moderators do.
    private static readonly string[] NotOfForms = ["sort-invalid", "after-invalid", "pages-invalid", "malformed-json", "decided-otherwise", "nothing-to-undo", "another-moderator", "cards-asked", "name-required", "name-reserved", "reason-required", "no-such-thread", "thread-changed", "held-and-closed", "until-invalid", "closes-invalid", "classes-invalid", "configuration-is-a-file", "configuration-invalid", "configuration-changed", "not-a-picture-form", "picture-missing"];

    [Theory]
    [InlineData("fr", "Écrivez votre texte")]
    [InlineData("en", "Write your text")]
    public async Task A_form_that_was_refused_is_answered_by_a_page_in_the_authoritys_language(string language, string words)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, language);
        using var answer = await hub.FormAsync(CitizenHub.Comments, Town.Origin, ("page", Town.Page), ("text", " "), ("name", "Camille"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await PageAsync(answer);
        Assert.Contains($"lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_site_a_strange_page_and_a_wrong_code_are_told_in_French_too()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        (string, string)[] whole = [("page", Town.Page), ("text", "Bonjour"), ("name", "Camille")];
        (HttpStatusCode Status, string Words, HttpResponseMessage Answer)[] cases =
        [
            (HttpStatusCode.NotFound, "Ce site n’est pas inscrit ici", await hub.FormAsync("api/v1/sites/village/comments", Town.Origin, whole)),
            (HttpStatusCode.Forbidden, "Cette page n’est pas autorisée", await hub.FormAsync(CitizenHub.Comments, "https://evil.example", whole)),
            (HttpStatusCode.BadRequest, "prévenez la collectivité", await hub.FormAsync(CitizenHub.Comments, Town.Origin, [.. whole[1..], ("page", "https://evil.example/")])),
            (HttpStatusCode.BadRequest, "Le formulaire est incorrect", await hub.FormAsync(Somebody + "/view", Town.Origin, [.. Enumerable.Range(0, 200).Select(number => ($"a{number}", "1"))])),
            (HttpStatusCode.NotFound, "Ce commentaire n’existe pas, ou plus, sur ce site", await hub.FormAsync(Somebody + "/edit", Town.Origin, ("text", "Bonjour"), ("revision", "0"))),
            (HttpStatusCode.NotFound, "Ce commentaire n’existe pas, ou plus, sur ce site", await hub.FormAsync(CitizenHub.Comments + "/x/withdraw", Town.Origin)),
            (HttpStatusCode.Unauthorized, "Ce code n’est pas complet : recopiez ses 22 caractères.", await hub.FormAsync("api/v1/sites/ville/author/erase", Town.Origin, ("authorKey", "x"))),
            (HttpStatusCode.Unauthorized, "Ce code n’est pas complet : recopiez ses 22 caractères.", await hub.FormAsync("api/v1/sites/ville/author/export", Town.Origin, ("authorKey", ""))),
        ];
        foreach (var (status, words, answer) in cases)
        {
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(words, await PageAsync(answer), StringComparison.Ordinal);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task That_the_text_is_still_there_is_said_only_to_whoever_wrote_one()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        (bool Wrote, HttpResponseMessage Answer)[] cases =
        [
            (true, await hub.FormAsync(CitizenHub.Comments, "https://evil.example", ("page", Town.Page), ("text", "Bonjour"), ("name", "Camille"))),
            (true, await hub.FormAsync(Somebody + "/edit", Town.Origin, ("text", "Bonjour"), ("revision", "0"))),
            (true, await hub.FormAsync(Somebody + "/reports", Town.Origin, ("reason", "Propos déplacés"))),
            (true, await hub.FormAsync(Somebody + "/objections", Town.Origin, ("reason", "Pourquoi ?"))),
            (false, await hub.FormAsync(Somebody + "/view", Town.Origin, ("authorKey", "x"))),
            (false, await hub.FormAsync(Somebody + "/withdraw", Town.Origin, ("authorKey", "x"))),
            (false, await hub.FormAsync("api/v1/sites/ville/author/export", Town.Origin, ("authorKey", "x"))),
            (false, await hub.FormAsync("api/v1/sites/ville/author/erase", Town.Origin, ("authorKey", "x"))),
        ];
        foreach (var (wrote, answer) in cases)
        {
            Assert.False(answer.IsSuccessStatusCode);
            Assert.Equal(wrote, (await PageAsync(answer)).Contains("votre texte y est encore", StringComparison.Ordinal));
            answer.Dispose();
        }
    }

    [Fact]
    public async Task A_form_of_a_page_that_hides_its_origin_is_taken_for_a_page_of_the_site_alone_and_no_other_wish_is()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        using var taken = await hub.FormAsync(CitizenHub.Comments, "null", ("page", Town.Page), ("text", "Bonjour"), ("name", "Camille"));
        using var strange = await hub.FormAsync(CitizenHub.Comments, "null", ("page", "https://evil.example/"), ("text", "Bonjour"), ("name", "Camille"));
        using var script = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, "{}", ("Origin", "null"));
        using var report = await hub.FormAsync(Somebody + "/reports", "null", ("reason", "Propos déplacés"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (taken.StatusCode, strange.StatusCode, script.StatusCode));
        Assert.Equal(HttpStatusCode.Forbidden, report.StatusCode);
        Assert.Contains("strict-origin-when-cross-origin", await PageAsync(report), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_sixth_form_in_ten_minutes_is_told_how_many_minutes_to_wait()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        for (var number = 0; ; number++)
        {
            using var answer = await hub.FormAsync(CitizenHub.Comments, Town.Origin, ("page", Town.Page), ("text", $"Avis {number}"), ("name", "Camille"));
            if (number < 5)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                continue;
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("Vous pourrez réessayer dans 10 minutes.", await PageAsync(answer), StringComparison.Ordinal);
            return;
        }
    }

    [Fact]
    public void Every_problem_that_a_form_can_meet_has_words_for_a_citizen()
    {
        var root = Path.GetFullPath(Path.Combine(Here(), "../../../src"));
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(root, "SocialHub/Comments"), "*.cs", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(root, "SocialHub.Functions/Http"), "*.cs"),
            .. ((string[])["SocialHub/Access/Origins.cs", "SocialHub/Configuration/HubConfigurationSource.cs", "SocialHub.Functions/Comments/CommentShell.cs", "SocialHub.Functions/Comments/CommentInput.cs", "SocialHub.Standalone/Hosting/HttpPipeline.cs"]).Select(file => Path.Combine(root, file)),
        ];
        var codes = files.SelectMany(file => Made().Matches(File.ReadAllText(file))).SelectMany(made => Code().Matches(made.Groups["codes"].Value)).Select(code => code.Groups["code"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(codes.Count > 30, "The problems were not found in the sources.");
        Assert.Empty(codes.Except(ProblemWords.All.Keys, StringComparer.Ordinal).Except(NotOfForms, StringComparer.Ordinal));
        Assert.All(ProblemWords.All.Values, words => Assert.True(words.French.Length > 0 && words.English.Length > 0 && words.French != words.English));
    }

    [Fact]
    public void Every_problem_that_a_page_can_meet_has_words_for_a_visitor()
    {
        var root = Path.GetFullPath(Path.Combine(Here(), "../../../src/SocialHub/Feeds"));
        var codes = ((string[])["FeedQuery.cs", "FeedReader.cs"]).SelectMany(file => Made().Matches(File.ReadAllText(Path.Combine(root, file)))).SelectMany(made => Code().Matches(made.Groups["codes"].Value)).Select(code => code.Groups["code"].Value).ToList();
        Assert.True(codes.Count > 4, "The problems were not found in the sources.");
        Assert.Empty(codes.Concat(["sort-invalid", "after-invalid", "page-invalid", "no-such-site", "configuration-unusable", "unexpected"]).Except(ProblemWords.OfPages.Keys, StringComparer.Ordinal));
        Assert.All(ProblemWords.OfPages.Values, words => Assert.True(words.French.Length > 0 && words.English.Length > 0 && words.French != words.English));
    }

    private static async Task<string> PageAsync(HttpResponseMessage answer)
    {
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("""new(?: Problem)?\(ProblemKind\.\w+, (?<codes>[^;]*?"), \$?"|new(?: Problem)?\(ProblemKind\.\w+, (?<codes>[^;]*?"), [a-z]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();

    [GeneratedRegex("\"(?<code>[a-z0-9-]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
