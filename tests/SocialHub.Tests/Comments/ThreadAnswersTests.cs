using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Comments;

namespace SocialHub.Tests.Comments;

/// <summary>What visitors of a thread are shown by two instances on one storage account, which share nothing else.</summary>
public sealed class ThreadAnswersTests(AzuriteFixture azurite)
{
    // Longer than any run of a test: the town's clock goes on by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    [Theory]
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

    private static ThreadAnswers Instance(Town town) => new(
        ActivatorUtilities.CreateInstance<CommentReading>(town.OneHub, new Microsoft.Extensions.Caching.Memory.MemoryCache(new Microsoft.Extensions.Caching.Memory.MemoryCacheOptions())),
        town.Time,
        Options.Create(new HubOptions { Times = { Memory = Longest } }),
        NullLogger<ThreadAnswers>.Instance);

    private static async Task<Shown> ShowAsync(Town town, ThreadAnswers instance, string form, bool newestFirst = false)
    {
        var hub = await town.OneHub.GetRequiredService<HubConfigurationSource>().CurrentAsync(TestContext.Current.CancellationToken);
        var asked = new ThreadRequest(Town.Site, Town.Page, form, newestFirst, null);
        var answer = instance.Known(asked, hub) ?? await instance.ReadAsync(asked, Town.Page, hub, TestContext.Current.CancellationToken);
        var context = new DefaultHttpContext { Request = { Method = "GET" } };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await answer.ExecuteAsync(context);
        return new Shown(Encoding.UTF8.GetString(body.ToArray()), context.Response.Headers.ETag!, int.Parse(context.Response.Headers.Age.ToString() is { Length: > 0 } age ? age : "0", CultureInfo.InvariantCulture));
    }

    private sealed record Shown(string Body, string ETag, int Age);
}
