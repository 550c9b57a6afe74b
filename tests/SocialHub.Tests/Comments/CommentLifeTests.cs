using CsCheck;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Tests.Comments;

public sealed class CommentLifeTests(AzuriteFixture azurite)
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task A_comment_is_read_first_then_published_by_a_person_and_on_the_page()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync("Merci pour la nouvelle piste cyclable.")).Comment.Id;
        Assert.Empty((await town.ThreadAsync()).Comments);
        await town.SettleAsync();
        var held = await town.FindAsync(id);
        Assert.Equal(CommentState.Held, held!.State);
        Assert.Empty((await town.ThreadAsync()).Comments);
        Assert.True((await town.DecideAsync(held, DecisionChoice.Publish)).Succeeded);
        Assert.Equal(["<p>Merci pour la nouvelle piste cyclable.</p>"], (await town.ThreadAsync()).Comments.Select(comment => comment.Html.Trim()));
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task The_same_key_answers_the_same_comment_and_another_text_under_it_is_refused()
    {
        await using var town = await Town.OpenAsync(azurite);
        var first = await town.WriteAsync("Bonjour", key: "k1", authorKey: Key);
        var again = await town.TryWriteAsync("Bonjour", key: "k1", authorKey: Key);
        Assert.Equal((first.Comment.Id, true), (again.Value.Comment.Id, again.Value.Replayed));
        Assert.Equal("idempotency-key-reused", (await town.TryWriteAsync("Bonsoir", key: "k1", authorKey: Key)).Problem?.Code);
        await town.SettleAsync();
        Assert.Single((await town.ThreadAsync()).Comments);
    }

    [Fact]
    public async Task Text_sent_twice_without_a_key_is_one_comment_whose_author_key_is_told_twice()
    {
        await using var town = await Town.OpenAsync(azurite);
        var first = await town.TryWriteAsync("Bonjour", address: "192.0.2.7");
        var again = await town.TryWriteAsync("Bonjour", address: "192.0.2.7");
        Assert.NotNull(first.Value.AuthorKey);
        Assert.Equal((first.Value.Comment.Id, true, first.Value.AuthorKey), (again.Value.Comment.Id, again.Value.Replayed, again.Value.AuthorKey));
    }

    [Fact]
    public async Task Who_repeats_a_request_under_its_own_key_is_told_the_author_key_again()
    {
        await using var town = await Town.OpenAsync(azurite);
        var first = await town.TryWriteAsync("Bonjour", key: "k1");
        Assert.Equal(first.Value.AuthorKey, (await town.TryWriteAsync("Bonjour", key: "k1", address: "203.0.113.9")).Value.AuthorKey);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Many_who_write_at_once_are_all_there_once_and_counted()
    {
        await using var town = await Town.OpenAsync(azurite);
        var texts = Enumerable.Range(0, 12).Select(number => $"Avis numéro {number} sur le budget.").ToList();
        await Task.WhenAll(texts.Select((text, number) => town.WriteAsync(text, key: $"k{number}")));
        await town.SettleAsync();
        Assert.Equal(texts.Order(), (await town.RowsAsync()).Where(row => row.RowKey.StartsWith("c.", StringComparison.Ordinal)).Select(row => row.GetString("Body")).Order());
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task Of_two_moderators_the_slower_learns_who_decided()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync("Bonjour")).Comment.Id;
        await town.SettleAsync();
        var seen = await town.FindAsync(id);
        Assert.True((await town.DecideAsync(seen!, DecisionChoice.Publish, who: "Alix")).Succeeded);
        Assert.True((await town.DecideAsync(seen!, DecisionChoice.Publish, who: "Alix")).Succeeded);
        var late = await town.DecideAsync(seen!, DecisionChoice.Reject, who: "Dominique");
        Assert.Equal("decided-otherwise", late.Problem?.Code);
        Assert.Equal("Alix", late.Problem?.Extensions?["decidedBy"]);
        Assert.Equal(CommentState.Published, (await town.FindAsync(id))!.State);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_edit_of_a_public_comment_waits_beside_it_and_changes_nothing_before_it_is_judged()
    {
        await using var town = await Town.OpenAsync(azurite);
        var written = await town.WriteAsync("Texte public", authorKey: Key);
        await town.SettleAsync();
        var id = CommentId.Parse(written.Comment.Id);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Appelez Jean au 06 12 34 56 78", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.Contains("Texte public", Assert.Single((await town.ThreadAsync()).Comments).Html, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
        var row = (await town.FindAsync(id.Value))!;
        Assert.Equal(ProposalState.Held, row.ProposalState);
        Assert.True((await town.DecideAsync(row, DecisionChoice.Publish, DecisionSubject.Proposal)).Succeeded);
        Assert.Contains("Jean", Assert.Single((await town.ThreadAsync()).Comments).Html, StringComparison.Ordinal);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_author_who_wants_to_be_forgotten_leaves_no_word_behind_and_writes_no_more()
    {
        await using var town = await Town.OpenAsync(azurite);
        for (var number = 0; number < 3; number++)
            await town.WriteAsync($"Le canari {number} chante", authorKey: Key);
        await town.SettleAsync();
        Assert.True((await town.Get<AuthorActions>().EraseAllAsync(Town.Site, Key, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.DoesNotContain(await town.RowsAsync(), row => row.Any(property => property.Value?.ToString()?.Contains("canari", StringComparison.Ordinal) == true));
        Assert.Empty((await town.ThreadAsync()).Comments);
        Assert.Equal("author-erased", (await town.TryWriteAsync("Encore", authorKey: Key)).Problem?.Code);
        await CommentsInvariants.CheckAsync(town);
    }

    [Fact]
    public async Task A_key_that_nobody_knows_yet_writes_no_more_either_once_its_owner_wants_to_be_forgotten()
    {
        await using var town = await Town.OpenAsync(azurite);
        Assert.True((await EraseAsync(Key)).Succeeded);
        Assert.Equal("author-erased", (await town.TryWriteAsync("En route", authorKey: Key)).Problem?.Code);
        Assert.True((await EraseAsync(Key)).Succeeded);
        Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("a.", StringComparison.Ordinal));
        // Whoever invents keys is slowed down, and whoever wrote is not.
        for (var number = 1; number < SubmissionLimits.Most; number++)
            Assert.True((await EraseAsync($"{number:D2}BBBBBBBBBBBBBBBBBBBA")).Succeeded);
        Assert.Equal(ProblemKind.TooMany, (await EraseAsync("CCCCCCCCCCCCCCCCCCCCCA")).Problem?.Kind);
        await town.WriteAsync("Bonjour", authorKey: "DDDDDDDDDDDDDDDDDDDDDA");
        Assert.True((await EraseAsync("DDDDDDDDDDDDDDDDDDDDDA")).Succeeded);
        await town.SettleAsync();
        await CommentsInvariants.CheckAsync(town);

        Task<Answer<bool>> EraseAsync(string key) => town.Get<AuthorActions>().EraseAllAsync(Town.Site, key, "203.0.113.7", CancellationToken.None);
    }

    [Fact]
    public async Task A_text_that_was_public_and_is_so_again_after_a_change_is_shown_as_changed()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = CommentId.Parse((await town.WriteAsync("Un premier texte", authorKey: Key)).Comment.Id);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        var published = (await town.FindAsync(id.Value))!;
        Assert.Null(published.EditedAt);
        Assert.True((await town.Get<CommentDecisions>().UndoAsync(Town.Site, id, published.Round, null, new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().EditAsync(Town.Site, id, Key, "Un second texte", 0, "", CancellationToken.None)).Succeeded);
        await town.SettleAsync();
        Assert.True((await town.DecideAsync((await town.FindAsync(id.Value))!, DecisionChoice.Publish)).Succeeded);
        var shown = Assert.Single((await town.ThreadAsync()).Comments);
        Assert.Contains("second", shown.Html, StringComparison.Ordinal);
        Assert.NotNull(shown.Edited);
    }

    [Fact]
    public async Task A_sixth_comment_from_one_address_within_ten_minutes_is_told_when_to_come_back()
    {
        await using var town = await Town.OpenAsync(azurite);
        for (var number = 0; number < 5; number++)
            Assert.True((await town.TryWriteAsync($"Numéro {number}")).Succeeded);
        var sixth = await town.TryWriteAsync("Numéro 5");
        Assert.Equal(ProblemKind.TooMany, sixth.Problem?.Kind);
        Assert.True((await town.TryWriteAsync("Numéro 4")).Value.Replayed);
        town.Time.Advance(sixth.Problem!.RetryAfter!.Value);
        Assert.True((await town.TryWriteAsync("Numéro 5")).Succeeded);
    }

    [Fact]
    public async Task What_is_refused_or_gone_takes_no_place_on_a_page_and_comes_back_to_it_by_an_objection()
    {
        await using var town = await Town.OpenAsync(azurite, "a-priori");
        var id = (await town.WriteAsync("Un avis de trop", authorKey: Key)).Comment.Id;
        await town.SettleAsync();
        // The page is full: with the one that waits, two thousand are public or wait.
        var row = Assert.Single(await town.RowsAsync(), row => row.RowKey.StartsWith("t.", StringComparison.Ordinal));
        row["Accepted"] = CommentIntake.MostPerThread;
        await town.Table.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        Assert.Equal("thread-full", (await town.TryWriteAsync("Un premier")).Problem?.Code);

        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Reject)).Succeeded);
        Assert.True((await town.Get<AuthorActions>().ObjectAsync(Town.Site, CommentId.Parse(id), Key, "Pourquoi ?", "", CancellationToken.None)).Succeeded);
        Assert.Equal("thread-full", (await town.TryWriteAsync("Un deuxième")).Problem?.Code);
        Assert.True((await town.DecideAsync((await town.FindAsync(id))!, DecisionChoice.Reject, DecisionSubject.Objection)).Succeeded);
        // Erased it frees no second place.
        Assert.True((await town.Get<CommentErasure>().EraseAsync(Town.Site, CommentId.Parse(id), new Actor("Alix", "alix"), CancellationToken.None)).Succeeded);
        Assert.True((await town.TryWriteAsync("Un troisième")).Succeeded);
        Assert.Equal("thread-full", (await town.TryWriteAsync("Un quatrième")).Problem?.Code);
    }

    [Fact]
    public async Task A_thread_closes_by_the_clock_and_says_so()
    {
        await using var town = await Town.OpenAsync(azurite, site: ", \"closeAfterDays\": 30");
        await town.WriteAsync("Bonjour");
        await town.SettleAsync();
        Assert.True((await town.ThreadAsync()).Open);
        town.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal("thread-closed", (await town.TryWriteAsync("Trop tard")).Problem?.Code);
        await town.SettleAsync();
        Assert.False((await town.ThreadAsync()).Open);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Whatever_people_do_in_whatever_order_nothing_is_lost_and_nothing_unjudged_is_public() => await Gen.Int[0, 9].Array[4, 18].SampleAsync(
        async acts =>
        {
            await using var town = await Town.OpenAsync(azurite, acts[0] % 2 == 0 ? "a-priori" : "a-posteriori");
            var written = new List<(CommentId Id, string Key)>();
            for (var i = 0; i < acts.Length; i++)
            {
                await ActAsync(town, written, acts[i], i);
                if (i % 3 == 2)
                    await town.SettleAsync();
                town.Time.Advance(TimeSpan.FromMinutes(3));
            }

            await town.SettleAsync();
            await CommentsInvariants.CheckAsync(town);
        },
        iter: 12,
        threads: 2);

    private static async Task ActAsync(Town town, List<(CommentId Id, string Key)> written, int act, int number)
    {
        if (written.Count == 0 || act <= 1)
        {
            var key = $"{number:D2}AAAAAAAAAAAAAAAAAAAA";
            written.Add((CommentId.Parse((await town.WriteAsync(act == 1 ? $"Écrivez à jean{number}@exemple.fr" : $"Avis {number}", authorKey: key)).Comment.Id), key));
            return;
        }

        var (id, authorKey) = written[number % written.Count];
        var row = (await town.FindAsync(id.Value))!;
        var author = town.Get<AuthorActions>();
        await (act switch
        {
            2 => author.EditAsync(Town.Site, id, authorKey, $"Nouvel avis {number}", row.ProposalWaits ? row.ProposalRevision : row.Revision, "", CancellationToken.None),
            3 => author.WithdrawAsync(Town.Site, id, authorKey, CancellationToken.None),
            4 => town.DecideAsync(row, DecisionChoice.Publish),
            5 => town.DecideAsync(row, DecisionChoice.Reject),
            6 => town.Get<CommentDecisions>().UndoAsync(Town.Site, id, row.Round, null, new Actor("Alix", "alix"), CancellationToken.None),
            7 => (Task)town.Get<CommentReports>().ReportAsync(Town.Site, id, $"203.0.113.{number}", new ReaderNotice("Propos déplacés", null), CancellationToken.None),
            8 => author.ObjectAsync(Town.Site, id, authorKey, "Je conteste", "", CancellationToken.None),
            _ => town.DecideAsync(row, number % 2 == 0 ? DecisionChoice.Publish : DecisionChoice.Reject, row.Reports > 0 ? DecisionSubject.Report : DecisionSubject.Proposal),
        });
    }
}
