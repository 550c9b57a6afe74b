using System.Globalization;
using System.Net;
using System.Text.Json;
using MimeKit;
using SocialHub.Moderation;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Moderation;

/// <summary>
/// What becomes of a comment that a person has to decide about, from the form to the counts of the month, as all who have to do with it see it: its author,
/// the team in its channel, two moderators, readers and the public. One hub for all of them, one after another.
/// </summary>
[Trait("run", "thorough")]
public sealed class ReasonTests(ReasonTests.OneTown one) : IClassFixture<ReasonTests.OneTown>
{
    private const string Arrived = "Votre commentaire est bien arrivé";
    private const string Published = "Votre commentaire est publié";
    private const string NotPublished = "Votre commentaire n’est pas publié";
    private const string Removed = "Votre commentaire a été retiré";
    private const string ReportArrived = "Votre signalement est bien arrivé";
    private const string ReportDecided = "Une décision a été prise sur votre signalement";

    /// <summary>Of whoever reports the comment that is against the law.</summary>
    private const string Reader = "lise.durand@exemple.example";
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(61);

    private ModeratedTown Town => one.Town;

    public static TheoryData<string> Titles => [.. ReasonCase.All.Select(refused => refused.Title)];

    [Fact]
    public void Every_reason_and_every_class_of_finding_has_its_comment()
    {
        Assert.Equal(RefusalReasons.All.Select(reason => reason.Code).Order(StringComparer.Ordinal), ReasonCase.All.Select(refused => refused.Reason).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(FindingClasses.All.Except([FindingClasses.Unchecked], StringComparer.Ordinal).Order(StringComparer.Ordinal), ReasonCase.All.Select(refused => refused.Class).Where(found => found.Length > 0).Order(StringComparer.Ordinal));
        Assert.All(ReasonCase.All.Where(refused => refused.Class.Length > 0), refused => Assert.Equal(refused.Reason, RefusalReasons.ForClass(refused.Class).Code));
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task A_refusal_is_explained_can_be_objected_to_before_another_moderator_and_is_counted(string title)
    {
        var refused = ReasonCase.All.Single(case_ => case_.Title == title);
        var label = RefusalReasons.Find(refused.Reason)!.Label.French;
        var before = await Town.CountsAsync();
        var page = Town.Pages.Open($"/{Guid.NewGuid():N}", $"La page de {title}");
        var written = await WrittenAsync(refused, page);

        // The card has all that a moderator needs, and nothing that nobody asked for.
        var subject = refused.IsReported ? "report" : "comment";
        var card = await Town.CardAsync(subject, written.Id);
        Assert.Contains(card.Lines, line => line.Contains($"La page de {title}", StringComparison.Ordinal));
        Assert.Contains(card.Lines, line => line.Contains(refused.Why, StringComparison.Ordinal));
        Assert.Contains(card.Lines, line => line.EndsWith(refused.Name, StringComparison.Ordinal));
        Assert.Equal(refused.Marked, card.Marked);
        if (refused.Hidden.Count == 0)
            Assert.Equal(refused.Text, card.Shown);
        var shown = await Town.OpenLinkAsync(Town.Alix, card);
        Assert.Equal((subject, refused.IsReported ? "published" : "held"), (shown.GetProperty("subject").GetString(), shown.GetProperty("state").GetString()));
        Assert.All([card.Text, shown.GetRawText(), (await Town.Alix.GetAsync("/api/v1/moderation/comments")).Body], told => Assert.All(refused.Hidden, hidden => Assert.DoesNotContain(hidden, told, StringComparison.Ordinal)));
        Assert.Equal(refused.IsReported, (await Town.PublicAsync(page)).Contains(written.Id));

        // Refused behind the link, by somebody who is signed in.
        var decided = await ModeratedTown.DecideAsync(Town.Alix, card, "reject", refused.Reason);
        Assert.Equal((HttpStatusCode.OK, "rejected", "alix"), (decided.Status, decided.Json().GetProperty("state").GetString(), decided.Json().GetProperty("decidedBy").GetString()));
        await Patience.UntilAsync("no reader sees it", async () => !(await Town.PublicAsync(page)).Contains(written.Id));
        await Town.MoveAsync(Minute);
        await ExplainedAsync(refused, written, label);
        if (refused.IsReported)
        {
            await Town.MailsAsync(Reader, ReportArrived);
            var outcome = Assert.Single(await Town.MailsAsync(Reader, ReportDecided)).TextBody;
            Assert.All(["le commentaire n’est plus public", $"Motif : {label}.", "saisir la justice"], part => Assert.Contains(part, outcome, StringComparison.Ordinal));
        }

        // Its author objects, and whoever refused does not answer that.
        await Town.ObjectAsync(written, "Relisez, je vous prie : je maintiens ce que j’ai écrit.");
        var objection = await Town.CardAsync("objection", written.Id);
        Assert.Contains(objection.Lines, line => line.Contains("Relisez, je vous prie", StringComparison.Ordinal));
        var own = await ModeratedTown.DecideAsync(Town.Alix, objection, "reject", refused.Reason);
        Assert.Equal((HttpStatusCode.Forbidden, "urn:socialhub:problem:another-moderator"), (own.Status, own.Json().GetProperty("type").GetString()));
        var upheld = await ModeratedTown.DecideAsync(Town.Dominique, objection, "reject", refused.Reason);
        Assert.Equal((HttpStatusCode.OK, "rejected", "dominique"), (upheld.Status, upheld.Json().GetProperty("state").GetString(), upheld.Json().GetProperty("decidedBy").GetString()));
        await Town.MoveAsync(Minute);
        await Town.MailsAsync(written.Email, $"Votre contestation a été examinée : le {(refused.IsReported ? "retrait" : "refus")} est maintenu");
        Assert.Equal("rejected", (await ObjectionsOfAsync(written)).Single().GetProperty("decision").GetString());
        // Two people have read it: it is not heard again.
        Assert.False((await Town.ViewAsync(written)).GetProperty("mayObject").GetBoolean());

        // What is handed on of it, and what the public reads.
        // A statement of the refusal, and one of what was answered to the objection.
        var statements = await Town.StatementsAsync(written.Id);
        Assert.Equal(2, statements.Count);
        Assert.Equal((refused.Reason, ""), (Text(statements[1], "reason"), Text(statements[1], "outcome")));
        var statement = statements[0];
        Assert.Equal(
            (refused.IsReported ? "removed" : "not-published", refused.Reason, label, refused.Reason == "illegal" ? "law" : "charter", false, refused.IsReported, "upheld"),
            (Text(statement, "decision"), Text(statement, "reason"), Text(statement, "label"), Text(statement, "ground"), statement.GetProperty("automated").GetBoolean(), statement.GetProperty("onNotice").GetBoolean(), Text(statement, "outcome")));
        Assert.Equal(new[] { refused.Class }.Concat(refused.Also).Where(found => found.Length > 0), statement.GetProperty("facts").EnumerateArray().Select(fact => fact.GetString()));
        Assert.Contains("contester", Text(statement, "redress"), StringComparison.Ordinal);
        Assert.All([refused.Text, written.Email, written.Key], told => Assert.DoesNotContain(told, statement.GetRawText(), StringComparison.Ordinal));
        Assert.Equal(
            ["rejected by alix", "objected by author", "rejected by dominique (another-moderator)"],
            (await Town.HistoryAsync(written.Id)).Where(step => Text(step, "what") is "rejected" or "objected").Select(Step));
        var after = await Town.CountsAsync();
        var reported = refused.IsReported ? 1 : 0;
        Assert.Equal(
            (1 + refused.Earlier, 1, 1, 1, 0, 1, 1, refused.Earlier + reported, reported, reported, 0),
            (Since("received"), after.Refused(refused.Reason) - before.Refused(refused.Reason), after.AllRefused - before.AllRefused, Since("objections"), Since("reversed"), Since("upheld"), Since("byAnother"), Since("published"), Since("reports"), Since("legalNotices"), Since("refusedByRules")));

        int Since(string name) => after[name] - before[name];
    }

    [Fact]
    public async Task A_refusal_that_was_wrong_is_reversed_and_the_comment_is_public_then()
    {
        var before = await Town.CountsAsync();
        var page = Town.Pages.Open($"/{Guid.NewGuid():N}", "Le vocabulaire");
        var written = await Town.JudgedAsync(page, "Mon grand-père disait toujours « quel connard » de son vélo, paix à son âme.", website: "rempli par le navigateur");
        var card = await Town.CardAsync("comment", written.Id);
        Assert.Equal(HttpStatusCode.OK, (await ModeratedTown.DecideAsync(Town.Anybody, card, "reject", "insult", "Claire")).Status);
        // The same link again is too late for anybody else, and says who was faster.
        var late = await ModeratedTown.DecideAsync(Town.Anybody, card, "publish", by: "Sacha");
        Assert.Equal((HttpStatusCode.Conflict, "Claire", true), (late.Status, Text(late.Json(), "decidedBy"), late.Json().GetProperty("declared").GetBoolean()));
        await Town.MoveAsync(Minute);
        // Its author has lost the code, and objects by the mail.
        await Town.ObjectByMailAsync(Assert.Single(await Town.MailsAsync(written.Email, NotPublished)), "C’était de son vélo.");
        var objection = await Town.CardAsync("objection", written.Id);
        Assert.Equal(HttpStatusCode.OK, (await ModeratedTown.DecideAsync(Town.Dominique, objection, "publish")).Status);
        await Patience.UntilAsync("readers see it", async () => (await Town.PublicAsync(page)).Contains(written.Id));
        await Town.MoveAsync(Minute);
        var mail = Assert.Single(await Town.MailsAsync(written.Email, Published));
        Assert.Contains($"{page}#sh-{written.Id}", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("published", Text((await ObjectionsOfAsync(written)).Single(), "decision"));
        Assert.Equal("reversed", Text(Assert.Single(await Town.StatementsAsync(written.Id)), "outcome"));
        // Nobody checked the name of who refused, so nobody can say that it was another.
        Assert.Equal(
            ["rejected by Claire, declared", "objected by author", "published by dominique (declared-only)"],
            (await Town.HistoryAsync(written.Id)).Where(step => Text(step, "what") is "rejected" or "objected" or "published").Select(Step));
        var after = await Town.CountsAsync();
        // It is public for the first time, and that is the month's, too.
        Assert.Equal((1, 1), (after["received"] - before["received"], after["published"] - before["published"]));
        Assert.Equal((1, 1, 1, 0, 0), (after.Refused("insult") - before.Refused("insult"), after["objections"] - before["objections"], after["reversed"] - before["reversed"], after["upheld"] - before["upheld"], after["byAnother"] - before["byAnother"]));
    }

    [Fact]
    public async Task What_the_rules_refuse_by_themselves_says_so_and_a_person_answers_the_objection()
    {
        var before = await Town.CountsAsync();
        var page = Town.Pages.Open($"/{Guid.NewGuid():N}", "Les subventions");
        var written = await Town.JudgedAsync(page, "Devenez riche, cliquez ici : https://gagner-vite.example/offre");
        await Town.MoveAsync(Minute);
        var mail = Assert.Single(await Town.MailsAsync(written.Email, NotPublished));
        Assert.All(["Motif : Publicité.", "Décision prise par un programme", "contester ce refus"], part => Assert.Contains(part, mail.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain(Town.Cards, card => card.Token?.Id == written.Id);
        await Town.ObjectAsync(written, "C’est le titre d’un livre.");
        var objection = await Town.CardAsync("objection", written.Id);
        Assert.Equal(["Devenez riche", "cliquez ici", "https://gagner-vite.example/offre"], objection.Marked);
        Assert.Equal(HttpStatusCode.OK, (await ModeratedTown.DecideAsync(Town.Alix, objection, "reject", "advertising")).Status);
        var statement = (await Town.StatementsAsync(written.Id))[0];
        Assert.Equal(("not-published", "advertising", true, "upheld"), (Text(statement, "decision"), Text(statement, "reason"), statement.GetProperty("automated").GetBoolean(), Text(statement, "outcome")));
        Assert.Equal(["rejected by rules", "objected by author", "rejected by alix (after-rules)"], (await Town.HistoryAsync(written.Id)).Where(step => Text(step, "what") is "rejected" or "objected").Select(Step));
        var after = await Town.CountsAsync();
        Assert.Equal((1, 1, 1, 0), (after.Refused("advertising") - before.Refused("advertising"), after["refusedByRules"] - before["refusedByRules"], after["upheld"] - before["upheld"], after["byAnother"] - before["byAnother"]));
    }

    [Fact]
    public async Task A_refused_change_of_a_public_comment_is_objected_to_like_any_refusal_and_the_earlier_text_stays_meanwhile()
    {
        var before = await Town.CountsAsync();
        var page = Town.Pages.Open($"/{Guid.NewGuid():N}", "La patinoire");
        var written = await Town.JudgedAsync(page, "Quand ouvre la patinoire ?");
        const string Change = "Quand ouvre la patinoire ? Mon grand-père disait « quel connard » de ses patins.";
        Assert.True((await Town.Anybody.PostAsync($"{ModeratedTown.Comments}/{written.Id}/edit", new { authorKey = written.Key, text = Change, revision = 0 }, ("Origin", Town.Origin))).Ok);
        var card = await Town.CardAsync("proposal", written.Id);
        Assert.Equal(HttpStatusCode.OK, (await ModeratedTown.DecideAsync(Town.Alix, card, "reject", "insult")).Status);
        await Town.MoveAsync(Minute);
        var told = Assert.Single(await Town.MailsAsync(written.Email, "Votre modification n’est pas publiée"));
        Assert.All(["Motif : Insulte ou attaque personnelle.", "contester ce refus", "l’ancien texte reste en ligne"], part => Assert.Contains(part, told.TextBody, StringComparison.Ordinal));
        var view = await Town.ViewAsync(written);
        Assert.Equal(("published", true, "change-refused"), (Text(view, "state"), view.GetProperty("mayObject").GetBoolean(), Text(view.GetProperty("statement"), "decision")));

        await Town.ObjectAsync(written, "Il parlait de ses patins.");
        TeamCard? objection = null;
        await Patience.UntilAsync("the channel has a card about the objection", () => (objection = Town.Cards.LastOrDefault(one => one.Token?.Id == written.Id && one.Lines.Any(line => line.Contains("Il parlait de ses patins.", StringComparison.Ordinal)))) is not null);
        Assert.Contains("Un auteur conteste le refus de sa modification", objection!.Text, StringComparison.Ordinal);
        Assert.Contains(written.Id, await Town.PublicAsync(page));
        // The link of the refusal is void, and whoever refused does not answer.
        Assert.Equal(HttpStatusCode.Conflict, (await ModeratedTown.DecideAsync(Town.Dominique, card, "publish")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ModeratedTown.DecideAsync(Town.Alix, objection, "reject", "insult")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ModeratedTown.DecideAsync(Town.Dominique, objection, "publish")).Status);
        await Patience.UntilAsync("readers see the change", async () => (await Town.ThreadAsync(page)).GetRawText().Contains("ses patins", StringComparison.Ordinal));
        await Town.MoveAsync(Minute);
        Assert.Contains("acceptée", Assert.Single(await Town.MailsAsync(written.Email, "Votre modification est publiée")).TextBody, StringComparison.Ordinal);
        Assert.Equal("published", Text((await ObjectionsOfAsync(written)).Single(), "decision"));
        Assert.Equal(("change-refused", "reversed"), (Text((await Town.StatementsAsync(written.Id)).Single(), "decision"), Text((await Town.StatementsAsync(written.Id)).Single(), "outcome")));
        Assert.Equal(
            ["proposal-rejected by alix", "proposal-objected by author", "edited by dominique (another-moderator)"],
            (await Town.HistoryAsync(written.Id)).Where(step => Text(step, "what") is "proposal-rejected" or "proposal-objected" or "edited").Select(Step));
        var after = await Town.CountsAsync();
        Assert.Equal((1, 1, 1, 0, 1), (after["refusedChanges"] - before["refusedChanges"], after["objections"] - before["objections"], after["reversed"] - before["reversed"], after["upheld"] - before["upheld"], after["byAnother"] - before["byAnother"]));
    }

    [Fact]
    public async Task A_comment_that_was_held_for_nothing_is_published_and_its_author_hears_of_it()
    {
        var before = await Town.CountsAsync();
        var page = Town.Pages.Open($"/{Guid.NewGuid():N}", "La voirie");
        var written = await Town.JudgedAsync(page, "Toute l’équipe vous remercie d’avoir refait le trottoir devant l’école.", "Jean Dupont, maire");
        var card = await Town.CardAsync("comment", written.Id);
        await Town.MoveAsync(Minute);
        await Town.MailsAsync(written.Email, Arrived);
        Assert.Empty(await Town.PublicAsync(page));
        Assert.Equal(HttpStatusCode.OK, (await ModeratedTown.DecideAsync(Town.Anybody, card, "publish", by: "Claire")).Status);
        await Patience.UntilAsync("readers see it", async () => (await Town.PublicAsync(page)).Contains(written.Id));
        await Town.MoveAsync(Minute);
        await Town.MailsAsync(written.Email, Published);
        Assert.Equal("published", Text(await Town.ViewAsync(written), "state"));
        Assert.Empty(await Town.StatementsAsync(written.Id));
        var after = await Town.CountsAsync();
        Assert.Equal((1, 1, 0, 1), (after["received"] - before["received"], after["published"] - before["published"], after.AllRefused - before.AllRefused, after["decided"] - before["decided"]));
    }

    [Fact]
    public async Task A_notice_that_finds_nothing_leaves_the_comment_where_it_is_and_is_counted()
    {
        var before = await Town.CountsAsync();
        var page = Town.Pages.Open($"/{Guid.NewGuid():N}", "Le conseil");
        var written = await Town.JudgedAsync(page, "Le conseil a voté le budget sans lire l’annexe, c’est désolant.");
        var reader = $"lise.durand.{Guid.NewGuid():N}@exemple.example";
        var receipt = await Town.ReportAsync(written, new { reason = "C’est une diffamation du conseil.", kind = "illegal", name = "Lise Durand", email = reader, goodFaith = true });
        Assert.Equal((written.Id, $"{page}#sh-{written.Id}"), (Text(receipt, "id"), Text(receipt, "url")));
        var card = await Town.CardAsync("report", written.Id);
        Assert.Contains(card.Lines, line => line.Contains("C’est une diffamation du conseil.", StringComparison.Ordinal));
        Assert.Contains((await Town.OpenLinkAsync(Town.Anybody, card)).GetProperty("notices").EnumerateArray(), notice => notice.GetString()!.Contains("diffamation", StringComparison.Ordinal));
        // Who reported is for those alone whose names are known.
        Assert.All([card.Text, (await Town.OpenLinkAsync(Town.Anybody, card)).GetRawText()], told => Assert.DoesNotContain("lise.durand", told, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await ModeratedTown.DecideAsync(Town.Dominique, card, "publish")).Status);
        Assert.Contains(written.Id, await Town.PublicAsync(page));
        await Town.MoveAsync(Minute);
        await Town.MailsAsync(reader, ReportArrived);
        Assert.Contains("le commentaire reste public", Assert.Single(await Town.MailsAsync(reader, ReportDecided)).TextBody, StringComparison.Ordinal);
        Assert.Equal(["reported by reader", "kept by dominique"], (await Town.HistoryAsync(written.Id)).Where(step => Text(step, "what") is "reported" or "kept").Select(Step));
        Assert.Empty(await Town.StatementsAsync(written.Id));
        var after = await Town.CountsAsync();
        Assert.Equal((1, 1, 0), (after["reports"] - before["reports"], after["legalNotices"] - before["legalNotices"], after.AllRefused - before.AllRefused));
    }

    // Sent, judged, and told to its author, who is asked for other words where words alone hold it, and keeps them; or published, and reported.
    private async Task<Written> WrittenAsync(ReasonCase refused, string page)
    {
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await refused.BeforeAsync(Town, page, key);
        Written written;
        try
        {
            written = await Town.JudgedAsync(page, refused.Text, refused.Name, key, refused.Website);
        }
        finally
        {
            await refused.AfterAsync(Town);
        }

        var view = await Town.ViewAsync(written);
        Assert.Equal((refused.IsReported ? "published" : "held", refused.IsAsked), (Text(view, "state"), view.TryGetProperty("mayReword", out _)));
        if (refused.IsAsked)
            Assert.True((await Town.Anybody.PostAsync($"{ModeratedTown.Comments}/{written.Id}/keep", new { authorKey = written.Key }, ("Origin", Town.Origin))).Ok);
        await Town.MoveAsync(Minute);
        if (refused.IsReported)
        {
            await Town.MailsAsync(written.Email, Published);
            var receipt = await Town.ReportAsync(written, new { reason = refused.Why, kind = "illegal", name = "Lise Durand", email = Reader, goodFaith = true });
            Assert.Equal($"{page}#sh-{written.Id}", Text(receipt, "url"));
        }
        else
        {
            await Town.MailsAsync(written.Email, Arrived);
        }

        return written;
    }

    // The author's mail, view and page say the same: why, on which article, and how to object.
    private async Task ExplainedAsync(ReasonCase refused, Written written, string label)
    {
        var charter = (await Town.Anybody.GetAsync("/api/v1/charter")).Json();
        var article = charter.GetProperty("articles").GetProperty(refused.Reason).GetString()!;
        var cited = $"Article {article} de la charte (version {charter.GetProperty("version").GetInt32().ToString(CultureInfo.InvariantCulture)})";
        var mail = Assert.Single(await Town.MailsAsync(written.Email, refused.IsReported ? Removed : NotPublished));
        var contest = refused.IsReported ? "contester cette décision" : "contester ce refus";
        Assert.All([$"Motif : {label}.", cited, contest, $"/api/v1/sites/{ModeratedTown.Site}/objection/{written.Id}.", $"/api/v1/sites/{ModeratedTown.Site}/author.html"], part => Assert.Contains(part, mail.TextBody, StringComparison.Ordinal));
        Assert.All([mail.TextBody!, mail.HtmlBody!], body => Assert.All([refused.Text, written.Key, .. refused.Hidden], told => Assert.DoesNotContain(told, WebUtility.HtmlDecode(body), StringComparison.Ordinal)));
        Assert.NotNull(mail.Headers[HeaderId.ListUnsubscribe]);

        var view = await Town.ViewAsync(written);
        var statement = view.GetProperty("statement");
        Assert.Equal(("rejected", label, true), (Text(view, "state"), Text(view, "refusal"), view.GetProperty("mayObject").GetBoolean()));
        Assert.Equal((refused.Reason, article, false), (Text(statement, "reason"), Text(statement, "article"), statement.GetProperty("automated").GetBoolean()));
        Assert.Equal(refused.Class.Length > 0, statement.GetProperty("detected").GetBoolean());
        if (refused.Class.Length > 0)
            Assert.Contains(refused.Why, statement.GetProperty("facts").EnumerateArray().Select(fact => fact.GetString()));
        var rules = await Town.Anybody.GetAsync(new Uri(Text(statement, "charter")).PathAndQuery);
        Assert.Contains($"id=\"article-{article}\"", rules.Body, StringComparison.Ordinal);
        var receipt = await Town.ReceiptAsync(written);
        Assert.All([label, cited, contest], part => Assert.Contains(part, receipt, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<JsonElement>> ObjectionsOfAsync(Written written)
    {
        var export = await Town.Anybody.PostAsync($"/api/v1/sites/{ModeratedTown.Site}/author/export", new { authorKey = written.Key }, ("Origin", Town.Origin));
        Assert.True(export.Ok, export.Body);
        return [.. export.Json().GetProperty("comments").EnumerateArray().Single(comment => Text(comment, "id") == written.Id).GetProperty("objections").EnumerateArray()];
    }

    private static string Step(JsonElement step) =>
        $"{Text(step, "what")} by {Text(step, "who")}{(step.TryGetProperty("declared", out _) ? ", declared" : "")}{(step.TryGetProperty("hearing", out var hearing) ? $" ({hearing.GetString()})" : "")}";

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <summary>A Tuesday morning in a town with two moderators.</summary>
    public sealed class OneTown(AzuriteFixture azurite) : IAsyncLifetime
    {
        internal ModeratedTown Town { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Town = await ModeratedTown.OpenAsync(azurite, new DateTimeOffset(2026, 12, 8, 8, 0, 0, TimeSpan.Zero));

        public ValueTask DisposeAsync() => Town.DisposeAsync();
    }
}
