using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

public sealed class ExportTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task An_author_takes_along_what_was_objected_and_what_was_answered()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("Bonjour", authorKey: Key)).Comment.Id);
        await town.WriteAsync("Sans histoire", authorKey: Key);
        await town.SettleAsync();
        var author = town.Get<AuthorActions>();
        foreach (var (reason, choice) in new[] { ("Je ne vois pas", DecisionChoice.Reject), ("Relisez, svp", DecisionChoice.Publish) })
        {
            var refused = (await town.FindAsync(id.Value))!;
            if (refused.State == CommentState.Held)
                Assert.True((await town.DecideAsync(refused, DecisionChoice.Reject)).Succeeded);
            Assert.True((await author.ObjectAsync(Town.Site, id, Key, reason, "", CancellationToken.None)).Succeeded);
            Assert.Null((await ExportAsync(author, id))[^1].Decision);
            Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, choice, DecisionSubject.Objection)).Succeeded);
        }

        Assert.Equal([("Je ne vois pas", "rejected", "insult"), ("Relisez, svp", "published", null)], (await ExportAsync(author, id)).Select(objection => (objection.Reason, objection.Decision, objection.Refusal)));
    }

    [Fact]
    public async Task Of_a_refused_comment_the_reason_and_what_the_check_noticed_are_taken_along()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori");
        var id = CommentId.Parse(await hub.JudgedAsync("Appelez Jean au 06 12 34 56 78", Key));
        var held = (await hub.Get<CommentStore>().FindAsync(Town.Site, id, TestContext.Current.CancellationToken))!;
        Assert.True((await hub.Get<CommentDecisions>().DecideAsync(Town.Site, id, new CommentDecision(DecisionSubject.Comment, held.Revision, held.Round, held.ReportsEver, DecisionChoice.Reject, "personal-data", new Actor("Alix", "alix")), TestContext.Current.CancellationToken)).Succeeded);
        using var view = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", $$"""{"authorKey":"{{Key}}"}""");
        using var export = await hub.SendAsync(HttpMethod.Get, $"api/v1/sites/{Town.Site}/author", null, ("Author-Key", Key));
        var (seen, taken) = (await RunningHub.JsonAsync(view), (await RunningHub.JsonAsync(export)).GetProperty("comments")[0]);
        Assert.Equal("Données personnelles", taken.GetProperty("refusal").GetString());
        Assert.NotEqual(0, taken.GetProperty("reasons").GetArrayLength());
        foreach (var name in new[] { "refusal", "reasons", "statement" })
            Assert.Equal(seen.GetProperty(name).GetRawText(), taken.GetProperty(name).GetRawText());
        using var page = await hub.FormAsync($"api/v1/sites/{Town.Site}/author/export", Town.Origin, ("authorKey", Key));
        var words = System.Net.WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Motif : Données personnelles", words, StringComparison.Ordinal);
        Assert.Contains("""<a href="https://hub.example/api/v1/charter.html?version=1#article-5">Article 5 de la charte (version 1)</a>. Décision prise par une personne ; un programme avait signalé ce texte. Vous pouvez contester ce refus, avec votre code, jusqu’au """, words, StringComparison.Ordinal);
        Assert.Contains(taken.GetProperty("reasons")[0].GetProperty("reason").GetString()!, words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_was_pasted_with_blanks_around_it_finds_what_was_written_with_it()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        await hub.PublishedAsync("La fête était belle.", Key);
        using var form = await hub.SendAsync(HttpMethod.Get, $"api/v1/sites/{Town.Site}/author.html", null);
        // A browser cuts what is pasted to the longest length of a field, and would cut the code's end for a blank before it.
        Assert.DoesNotContain("maxlength", await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var page = await hub.FormAsync($"api/v1/sites/{Town.Site}/author/export", Town.Origin, ("authorKey", $" {Key}\u00A0\r\n"));
        Assert.Equal(System.Net.HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("La fête était belle.", System.Net.WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<AnsweredObjection>> ExportAsync(AuthorActions author, CommentId id)
    {
        var all = (await author.ExportAsync(Town.Site, Key, CancellationToken.None)).Value;
        Assert.Equal(2, all.Count);
        Assert.Empty(all.Single(one => one.Comment.Id != id.Value).Objections);
        return all.Single(one => one.Comment.Id == id.Value).Objections;
    }
}
