using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Comments;

/// <summary>What visitors of a thread are shown by two instances on one storage account, which share nothing else.</summary>
public sealed class ThreadAnswersTests(AzuriteFixture azurite)
{
    // Longer than any run of a test: the town's clock goes on by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("json")]
    [InlineData("html")]
    [InlineData("rss")]
    public async Task A_withdrawn_comment_is_gone_from_every_instance_when_its_time_in_memory_is_over(string form)
    {
        await using var town = await Town.OpenAsync(azurite);
        using var here = Instance(town);
        using var there = Instance(town);
        await town.WriteAsync("La fontaine marche.");
        var goes = await town.WriteAsync("La place est belle.");
        await town.SettleAsync();
        var before = await ShowAsync(town, here, form);
        Assert.Contains("La place est belle.", before.Body, StringComparison.Ordinal);
        Assert.Equal(before with { Age = 0 }, (await ShowAsync(town, there, form)) with { Age = 0 });

        await town.Get<AuthorActions>().WithdrawAsync(Town.Site, CommentId.Parse(goes.Comment.Id), goes.AuthorKey!, TestContext.Current.CancellationToken);
        town.Time.Advance(Longest);

        var after = await ShowAsync(town, here, form);
        Assert.DoesNotContain("La place est belle.", after.Body, StringComparison.Ordinal);
        Assert.Contains("La fontaine marche.", after.Body, StringComparison.Ordinal);
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Equal(after with { Age = 0 }, (await ShowAsync(town, there, form)) with { Age = 0 });
    }

    [Fact]
    public async Task The_time_in_memory_counts_for_the_caches_behind_it()
    {
        await using var town = await Town.OpenAsync(azurite);
        using var here = Instance(town);
        await town.WriteAsync("La fontaine marche.");
        await town.SettleAsync();
        Assert.InRange((await ShowAsync(town, here, "json")).Age, 0, 1000);
        town.Time.Advance(TimeSpan.FromSeconds(2000));
        Assert.InRange((await ShowAsync(town, here, "json")).Age, 2000, 3000);
        // Asked again, and still the same: fresh once more.
        town.Time.Advance(TimeSpan.FromSeconds(2000));
        Assert.InRange((await ShowAsync(town, here, "json")).Age, 0, 1000);
    }

    [Fact]
    public async Task A_thread_in_memory_costs_no_storage_request_and_many_visitors_at_once_cost_one()
    {
        await using var town = await Town.OpenAsync(azurite);
        using var here = Instance(town);
        await town.WriteAsync("La fontaine marche.");
        await town.SettleAsync();
        var before = await ShowAsync(town, here, "json");
        // Written past the version: only whoever asks storage could see it.
        await town.WriteAsync("Et le kiosque ?");
        await town.SettleAsync();
        var many = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ShowAsync(town, here, "json")));
        Assert.All(many, one => Assert.Equal(before.Body, one.Body));
        town.Time.Advance(Longest);
        many = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ShowAsync(town, here, "json")));
        Assert.All(many, one => Assert.Contains("Et le kiosque ?", one.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_orders_and_every_page_are_kept_apart()
    {
        await using var town = await Town.OpenAsync(azurite);
        using var here = Instance(town);
        await town.WriteAsync("Premier.");
        await town.WriteAsync("Second.");
        await town.SettleAsync();
        var oldest = await ShowAsync(town, here, "json");
        var newest = await ShowAsync(town, here, "json", newestFirst: true);
        Assert.True(oldest.Body.IndexOf("Premier.", StringComparison.Ordinal) < oldest.Body.IndexOf("Second.", StringComparison.Ordinal));
        Assert.True(newest.Body.IndexOf("Premier.", StringComparison.Ordinal) > newest.Body.IndexOf("Second.", StringComparison.Ordinal));
        Assert.Equal(oldest.Body, (await ShowAsync(town, here, "json")).Body);
    }

    [Fact]
    public async Task Comments_of_a_page_that_moved_stay_with_it_are_counted_and_can_be_answered()
    {
        await using var town = await Town.OpenAsync(azurite, site: $$""", "aliases": { "{{Town.Origin}}/ancien": "{{Town.Page}}" }""");
        // Written before the move: as the hub stored them, under the key of the address that the page had then.
        var old = await town.Get<CommentIntake>().SubmitAsync(new CommentSubmission(Town.Site, Town.Origin + "/ancien", "Écrit avant.", "Camille") { Address = "192.0.2.77" }, TestContext.Current.CancellationToken);
        await town.SettleAsync();
        var reply = await town.WriteAsync("Écrit après, en réponse.", parent: CommentId.Parse(old.Value.Comment.Id));
        await town.WriteAsync("Écrit après.");
        await town.SettleAsync();

        using var here = Instance(town);
        var shown = await ShowAsync(town, here, "json");
        var texts = JsonNode.Parse(shown.Body)!["comments"]!.AsArray();
        Assert.Equal(["Écrit avant.", "Écrit après, en réponse.", "Écrit après."], texts.Select(comment => comment!["html"]!.GetValue<string>().Replace("<p>", "", StringComparison.Ordinal).Replace("</p>", "", StringComparison.Ordinal).Trim()));
        Assert.Equal(old.Value.Comment.Id, texts[1]!["parent"]!.GetValue<string>());
        Assert.NotEqual(CommentId.Parse(old.Value.Comment.Id).Page, CommentId.Parse(reply.Comment.Id).Page);
        Assert.Equal([3], await town.Get<CommentReading>().CountsAsync(Town.Site, [Town.Page], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_a_thread_that_changes_again_and_again_no_earlier_version_stays_in_memory()
    {
        await using var town = await Town.OpenAsync(azurite);
        using var reading = ActivatorUtilities.CreateInstance<CommentReading>(town.OneHub);
        using var here = Instance(town, reading);
        await town.WriteAsync("La fontaine marche.");
        await town.SettleAsync();
        foreach (var form in new[] { "json", "html", "rss" })
            await ShowAsync(town, here, form);
        var first = await ListAsync(reading);
        await town.WriteAsync("Et le kiosque ?");
        await town.SettleAsync();
        town.Time.Advance(Longest);
        // What nobody asks for again keeps nothing of the list either.
        Assert.Contains("Et le kiosque ?", (await ShowAsync(town, here, "json")).Body, StringComparison.Ordinal);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(first.IsAlive);

        static async Task<WeakReference> ListAsync(CommentReading reading) => new((await reading.ThreadAsync(Town.Site, Town.Page, TestContext.Current.CancellationToken)).Comments);
    }

    [Fact]
    public async Task A_page_of_a_thread_is_kept_where_one_begins_and_answered_from_any_other_name()
    {
        await using var town = await Town.OpenAsync(azurite);
        using var here = Instance(town);
        await FillAsync(town, Enumerable.Repeat("Bonjour", CommentReading.PageSize + 9));
        var all = (await town.ThreadAsync()).Comments;
        var next = JsonNode.Parse((await ShowAsync(town, here, "json")).Body)!["next"]!.GetValue<string>();
        Assert.Equal(all[CommentReading.PageSize - 1].Id, next);
        Assert.Equal(10, CountOf(await ShowAsync(town, here, "json", after: next)));
        Assert.True(await IsKnownAsync(next));
        var invented = CommentId.New(CommentId.Parse(next).Page, all[3].Published).Value;
        foreach (var (name, rest) in new[] { (all[3].Id, CommentReading.PageSize), (all[^1].Id, 0), (invented, -1) })
        {
            var shown = await ShowAsync(town, here, "json", after: name);
            Assert.True(rest < 0 || CountOf(shown) == rest);
            Assert.False(await IsKnownAsync(name));
        }

        // A feed has no pages.
        await ShowAsync(town, here, "rss");
        Assert.True(await IsKnownAsync(invented, "rss"));

        int CountOf(Shown shown) => JsonNode.Parse(shown.Body)!["comments"]!.AsArray().Count;

        async Task<bool> IsKnownAsync(string after, string form = "json") =>
            here.Known(new ThreadRequest(Town.Site, Town.Page, form, false, after), await town.OneHub.GetRequiredService<HubConfigurationSource>().CurrentAsync(TestContext.Current.CancellationToken)) is not null;
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task An_answer_that_is_larger_than_all_the_others_may_be_is_made_once_too()
    {
        await using var town = await Town.OpenAsync(azurite);
        using var here = Instance(town);
        // In JSON each sign is six bytes: more than 48 MB.
        await FillAsync(town, Enumerable.Repeat(new string('<', 30_000), 290), isAnswers: true);
        var hub = await town.OneHub.GetRequiredService<HubConfigurationSource>().CurrentAsync(TestContext.Current.CancellationToken);
        var asked = new ThreadRequest(Town.Site, Town.Page, "json", false, null);
        Assert.NotNull(await here.ReadAsync(asked, Town.Page, hub, TestContext.Current.CancellationToken));
        Assert.NotNull(here.Known(asked, hub));
    }

    [Fact]
    public async Task A_thread_that_changes_faster_than_it_is_read_is_shown_all_the_same()
    {
        await using var town = await Town.OpenAsync(azurite);
        await town.WriteAsync("La fontaine marche.");
        await town.SettleAsync();
        using var reading = ActivatorUtilities.CreateInstance<CommentReading>(town.OneHub);
        using var over = new CancellationTokenSource();
        var row = (await town.RowsAsync()).Single(row => row.RowKey.StartsWith("t.", StringComparison.Ordinal));
        var version = row.GetInt64("Version")!.Value;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
                await town.Table.UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { ["Version"] = Interlocked.Increment(ref version) }, ETag.All);
        })).ToList();
        try
        {
            for (var i = 0; i < 3; i++)
                Assert.Single((await reading.ThreadAsync(Town.Site, Town.Page, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Comments);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(writers);
        }

        // Nothing of it is taken for the newest.
        await town.WriteAsync("Et le kiosque ?");
        await town.SettleAsync();
        Assert.Equal(2, (await reading.ThreadAsync(Town.Site, Town.Page, TestContext.Current.CancellationToken)).Comments.Count);
    }

    // As the hub stores them, without a day of writing and judging.
    private static async Task FillAsync(Town town, IEnumerable<string> texts, bool isAnswers = false)
    {
        var first = CommentId.Parse((await town.WriteAsync("Un premier avis.")).Comment.Id);
        await town.SettleAsync();
        var rows = texts.Select((text, number) => new CommentRow(CommentRow.New(Town.Site, CommentId.New(first.Page, first.Received.AddSeconds(number + 1)), first.Received).Entity)
        {
            State = CommentState.Published,
            Name = "Camille",
            Html = text,
            PublishedAt = first.Received,
            Parent = isAnswers ? first.Value : null,
        }).ToList();
        foreach (var some in rows.Chunk(15))
            await town.Table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row.Entity)));
        var thread = (await town.RowsAsync(Keys.Thread(first.Page))).Single();
        (thread["Version"], thread["Count"]) = (thread.GetInt64("Version") + 1, rows.Count + 1);
        await town.Table.UpdateEntityAsync(thread, thread.ETag, TableUpdateMode.Replace);
    }

    private static ThreadAnswers Instance(Town town, CommentReading? reading = null) => new(
        reading ?? ActivatorUtilities.CreateInstance<CommentReading>(town.OneHub),
        town.Time,
        Options.Create(new HubOptions { Times = { Memory = Longest } }),
        NullLogger<ThreadAnswers>.Instance);

    private static async Task<Shown> ShowAsync(Town town, ThreadAnswers instance, string form, bool newestFirst = false, string? after = null)
    {
        var hub = await town.OneHub.GetRequiredService<HubConfigurationSource>().CurrentAsync(TestContext.Current.CancellationToken);
        var asked = new ThreadRequest(Town.Site, Town.Page, form, newestFirst, after);
        var answer = instance.Known(asked, hub) ?? await instance.ReadAsync(asked, Town.Page, hub, TestContext.Current.CancellationToken);
        var context = new DefaultHttpContext { Request = { Method = "GET" } };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await answer.ExecuteAsync(context);
        return new Shown(Encoding.UTF8.GetString(body.ToArray()), context.Response.Headers.ETag!, int.Parse(context.Response.Headers.Age.ToString() is { Length: > 0 } age ? age : "0", CultureInfo.InvariantCulture));
    }

    private sealed record Shown(string Body, string ETag, int Age);
}
