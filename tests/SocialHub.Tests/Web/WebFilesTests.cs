using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SocialHub.Functions.Comments;
using SocialHub.Web;

namespace SocialHub.Tests.Web;

public sealed partial class WebFilesTests
{
    [Fact]
    public void All_components_together_are_two_files_of_at_most_six_kilobytes_gzipped()
    {
        var total = WebFiles.Find("v1.js")!.Gzip!.Length + WebFiles.Find("v1.css")!.Gzip!.Length;
        TestContext.Current.SendDiagnosticMessage($"widgets: {total} bytes gzipped");
        Assert.InRange(total, 1, 6000);
    }

    [Theory]
    [InlineData("v1.js")]
    [InlineData("v1.css")]
    [InlineData("desk.js")]
    public void A_file_is_found_under_the_hash_of_its_content_and_its_integrity_is_what_a_browser_checks(string name)
    {
        var file = WebFiles.Find(name)!;
        Assert.Same(file, WebFiles.Find(file.Hash, name));
        Assert.Null(WebFiles.Find("0000000000000000", name));
        Assert.Equal("sha384-" + Convert.ToBase64String(SHA384.HashData(file.Content)), file.Integrity);
    }

    [Fact]
    public void What_is_served_lacks_only_indentation_and_whole_comment_lines()
    {
        var script = Encoding.UTF8.GetString(WebFiles.Find("v1.js")!.Content);
        Assert.DoesNotContain("\n ", script, StringComparison.Ordinal);
        Assert.DoesNotContain("\n//", script, StringComparison.Ordinal);
        // A text over several lines would lose its indentation.
        Assert.Equal(0, script.Split('\n').Count(line => line.Count(c => c == '`') % 2 == 1));
    }

    [Theory]
    [InlineData("v1.js")]
    [InlineData("desk.js")]
    [InlineData("team.js")]
    [InlineData("pages.js")]
    public void Every_text_exists_in_French_and_in_English(string name)
    {
        var script = Encoding.UTF8.GetString(WebFiles.Find(name)!.Content);
        var french = Texts(script, "fr: {\n", "},\nen: {\n");
        var english = Texts(script, "},\nen: {\n", "\n};");
        Assert.NotEmpty(french);
        Assert.Equal(french, english);
    }

    [Fact]
    public void Every_word_that_a_thread_says_comes_with_the_thread()
    {
        var script = Encoding.UTF8.GetString(WebFiles.Find("v1.js")!.Content);
        var asked = Asked().Matches(script[script.IndexOf("customElements.define('comment-thread'", StringComparison.Ordinal)..]).Select(match => match.Groups["key"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("keep", asked);
        Assert.Contains("objection", asked);
        // The trap for machines has no label, and one word is needed when no thread came.
        Assert.Equal([], asked.Except(WidgetWords.All.Keys, StringComparer.Ordinal).Except(["website", "down"], StringComparer.Ordinal));
        Assert.Equal([], WidgetWords.All.Keys.Except(asked, StringComparer.Ordinal));
        Assert.All(WidgetWords.All.Values, words => Assert.True(words.French.Length > 0 && words.English.Length > 0));
    }

    [Fact]
    public void Pages_hold_no_inline_script_or_style_and_leave_no_place_unfilled()
    {
        foreach (var name in new[] { "decide.html", "moderation.html" })
        {
            var page = WebFiles.Page(name, new Dictionary<string, string>(StringComparer.Ordinal) { ["lang"] = "fr", ["title"] = "<b>", ["authority"] = "L'Île & Cie", ["noscript"] = "-", ["zone"] = "Europe/Paris", ["sites"] = "{}", ["hub"] = "https://hub.example" });
            Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
            Assert.Contains("&amp; Cie", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(" style=|<style| on[a-z]+=|<script(?![^>]* src=)", page);
        }

        Assert.Throws<ArgumentException>(() => WebFiles.Page("decide.html", new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_value_may_hold_braces_and_none_of_them_is_read_as_a_place()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["lang"] = "fr", ["title"] = "{{authority}} {{file:desk.js}}", ["authority"] = "Ville {{de}} }} {{", ["noscript"] = "-", ["zone"] = "Europe/Paris", ["sites"] = """{"ville":"{{site}}"}""", ["hub"] = "https://hub.example" };
        var page = WebFiles.Page("moderation.html", values);
        Assert.Contains("<p class=\"brand\">Ville {{de}} }} {{</p>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>{{authority}} {{file:desk.js}}</h1>", page, StringComparison.Ordinal);
        Assert.Contains("{{site}}", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decide.html")]
    [InlineData("moderation.html")]
    [InlineData("index.html")]
    public void A_page_with_places_to_fill_is_served_under_no_name_of_a_file(string name)
    {
        using var stream = typeof(WebFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        Assert.Contains("{{", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Null(WebFiles.Find(name));
        Assert.Null(WebFiles.Find(Convert.ToHexStringLower(SHA384.HashData(bytes).AsSpan(0, 8)), name));
    }

    [Fact]
    public void A_page_names_today_s_file_and_never_a_released_one_of_the_same_name()
    {
        var today = new WebFile("desk.js", "2"u8.ToArray());
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        // Whichever comes first.
        foreach (var paths in new[] { new[] { "releases/1.0.0/desk.js", "desk.js" }, ["desk.js", "releases/1.0.0/desk.js"] })
        {
            var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
            foreach (var path in paths)
                files.Add(path, path == "desk.js" ? today : new WebFile("desk.js", "1"u8.ToArray()));
            files.Add("a.html", new WebFile("a.html", "{{file:desk.js}} {{integrity:desk.js}}"u8.ToArray()));
            files.Add("releases/1.0.0/a.html", new WebFile("a.html", ""u8.ToArray()));
            Assert.Equal($"{today.Address} {today.Integrity}", WebFiles.Page("a.html", values, files));
            Assert.Throws<ArgumentException>(() => WebFiles.Page("releases/1.0.0/a.html", values, files));
            Assert.Throws<ArgumentException>(() => WebFiles.Page("desk.js", values, files));
        }
    }

    private static string[] Texts(string script, string from, string to)
    {
        var start = script.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return [.. Key().Matches(script[start..script.IndexOf(to, start, StringComparison.Ordinal)]).Select(match => match.Groups["key"].Value)];
    }

    // A word, or the name of a field, which is also the name of its label.
    [GeneratedRegex(@"\bt\.(?<key>[a-z]+)|\['(?<key>[a-z]+)', '(textarea|text|email|checkbox)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asked();

    // A key of an object literal: after a line's start, a comma or a brace.
    [GeneratedRegex(@"(?:^|, |\{ )'?(?<key>[a-z-]+)'?: (?=['{nwda(])", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
