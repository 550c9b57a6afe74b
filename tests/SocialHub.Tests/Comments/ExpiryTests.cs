using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.Tests.Comments;

/// <summary>What nobody decides about within its days does not vanish without a word, and whoever may still object is still to be heard.</summary>
public sealed class ExpiryTests(AzuriteFixture azurite)
{
    private const string Email = "camille@exemple.fr";
    private const string Text = "Quand rouvre la piscine ?";
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
    private static readonly Actor Alix = new("Alix", "alix");

    [Fact]
    public async Task Whoever_left_an_address_hears_that_nobody_decided_then_the_address_goes_and_the_month_counts_it()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, new Channels(), server.Port);
        var id = await WriteAsync(town, Email);
        var silent = await WriteAsync(town, null);
        await LaterAsync(town);
        await PassAsync(town, 89);
        // An address that is to be told something is kept as long as that may take.
        Assert.Equal((CommentState.Held, Email), ((await town.FindAsync(id.Value))!.State, (await town.FindAsync(id.Value))!.Email));
        await PassAsync(town, 2);
        var erased = (await town.FindAsync(id.Value))!;
        Assert.Equal((CommentState.Erased, "", "", Email), (erased.State, erased.Body, erased.Name, erased.Email));
        Assert.Null((await town.FindAsync(silent.Value))!.Email);
        await LaterAsync(town);
        var mail = server.Received.Last();
        Assert.Equal("Votre commentaire a été effacé sans avoir été examiné", mail.Subject);
        Assert.All(["est resté 90 jours sans décision", "Ville de Saint-Exemple", Town.Page], part => Assert.Contains(part, mail.TextBody, StringComparison.Ordinal));
        Assert.All(["piscine", "/objection/", "contester"], part => Assert.DoesNotContain(part, mail.TextBody, StringComparison.Ordinal));
        Assert.Null((await town.FindAsync(id.Value))!.Email);
        Assert.DoesNotContain(await town.RowsAsync(), row => row.Any(property => property.Value is string value && (value.Contains("piscine", StringComparison.Ordinal) || value.Contains(Email, StringComparison.Ordinal))));
        Assert.Equal("comment-expired", (await town.Get<AuthorActions>().ViewAsync(Town.Site, id, Key, CancellationToken.None)).Problem?.Code);
        var months = Assert.Single(await town.Get<Transparency>().ReadAsync(CancellationToken.None)).Months;
        Assert.Equal((2, 0, 0, 2), (months.Sum(month => month.Received), months.Sum(month => month.Published), months.Sum(month => month.Withdrawn), months.Sum(month => month.Expired)));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task What_a_person_decides_at_the_last_moment_stays_and_whoever_wants_it_erased_is_written_to_no_more()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, new Channels(), server.Port);
        var (decided, erased) = (await WriteAsync(town, Email), await WriteAsync(town, "autre@exemple.fr"));
        await LaterAsync(town);
        town.Time.Advance(TimeSpan.FromDays(91));
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(decided.Value))!, DecisionChoice.Publish)).Succeeded);
        await town.Get<CommentErasure>().ExpireAsync(Town.Site, decided, 90, CancellationToken.None);
        await town.Get<CommentErasure>().ExpireAsync(Town.Site, erased, 90, CancellationToken.None);
        Assert.Equal(CommentState.Published, (await town.FindAsync(decided.Value))!.State);
        Assert.True((await town.Get<CommentErasure>().EraseAsync(Town.Site, erased, Alix, CancellationToken.None)).Succeeded);
        Assert.Null((await town.FindAsync(erased.Value))!.Email);
        await LaterAsync(town);
        Assert.DoesNotContain(server.Received, mail => mail.Subject!.Contains("effacé", StringComparison.Ordinal));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_objection_is_kept_until_somebody_answers_it_and_health_counts_what_is_about_to_go_and_what_is_overdue()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, new Channels(), server.Port);
        var (objected, waiting) = (await WriteAsync(town, Email), await WriteAsync(town, null));
        await LaterAsync(town);
        Assert.True((await town.DecideAsync((await town.FindAsync(objected.Value))!, DecisionChoice.Reject)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, objected, Key, "C’était une question.", "", CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.Equal((0, 0), await EndingAsync(town));
        await PassAsync(town, 80);
        Assert.Equal((1, 0), await EndingAsync(town));
        await PassAsync(town, 20);
        Assert.Equal(CommentState.Erased, (await town.FindAsync(waiting.Value))!.State);
        Assert.Equal((0, 1), await EndingAsync(town));
        Assert.False((await town.Get<ModerationHealth>().AskAsync(CancellationToken.None)).IsHealthy);
        await PassAsync(town, 400);
        // Also where it came after the daily round had read that the comment was refused.
        await town.Get<CommentErasure>().EraseForGoodAsync(Town.Site, objected, Actor.TheClock, CancellationToken.None);
        var kept = (await town.FindAsync(objected.Value))!;
        Assert.Equal((CommentState.Held, true, Text, Email), (kept.State, kept.Objected, kept.Body, kept.Email));
        Assert.True((await town.DecideAsync(kept, DecisionChoice.Publish, DecisionSubject.Objection, "Sacha")).Succeeded);
        await LaterAsync(town);
        Assert.Equal("Votre commentaire est publié", server.Received.Last().Subject);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Whoever_objects_a_hundred_days_after_the_refusal_hears_the_outcome_and_the_address_goes_a_month_after_that()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await Town.WithMailAsync(azurite, new Channels(), server.Port);
        var (refused, published) = (await WriteAsync(town, Email), await WriteAsync(town, "autre@exemple.fr"));
        await LaterAsync(town);
        Assert.True((await town.DecideAsync((await town.FindAsync(refused.Value))!, DecisionChoice.Reject)).Succeeded);
        Assert.True((await town.DecideAsync((await town.FindAsync(published.Value))!, DecisionChoice.Publish)).Succeeded);
        await LaterAsync(town);
        await PassAsync(town, 100);
        Assert.Equal((Email, null), ((await town.FindAsync(refused.Value))!.Email, (await town.FindAsync(published.Value))!.Email));
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, refused, Key, "C’était une question.", "", CancellationToken.None)).Succeeded);
        await LaterAsync(town);
        Assert.True((await town.DecideAsync((await town.FindAsync(refused.Value))!, DecisionChoice.Publish, DecisionSubject.Objection, "Sacha")).Succeeded);
        await LaterAsync(town);
        Assert.Contains("Votre contestation a été examinée et acceptée.", server.Received.Last().TextBody, StringComparison.Ordinal);
        await PassAsync(town, 31);
        Assert.Null((await town.FindAsync(refused.Value))!.Email);
    }

    [Fact]
    public void What_is_refused_is_kept_for_the_longest_six_months_unless_hub_json_says_otherwise() =>
        Assert.InRange(new RetentionConfiguration().RefusedDays, 184, 3650);

    private static async Task<(int, int)> EndingAsync(Town town)
    {
        var details = (await town.Get<ModerationHealth>().AskAsync(CancellationToken.None)).Details;
        return ((int)details["expiring"]!, (int)details["objectionsOverdue"]!);
    }

    private static async Task PassAsync(Town town, int days)
    {
        town.Time.Advance(TimeSpan.FromDays(days));
        await town.Get<CommentRetention>().RunAsync(CancellationToken.None);
    }

    private static async Task<CommentId> WriteAsync(Town town, string? email)
    {
        var answer = await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Page, Text, "Camille") { Email = email, AuthorKey = Key, Address = "", IdempotencyKey = Keys.Random(20) }, CancellationToken.None);
        Assert.True(answer.Succeeded, answer.Problem?.Detail);
        return CommentId.Parse(answer.Value.Comment.Id);
    }

    private static async Task LaterAsync(Town town)
    {
        await town.SettleAsync();
        town.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        await town.SettleAsync();
    }
}
