using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging.Abstractions;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Operations;
using SocialHub.Storage;
using SocialHub.Tests.Comments;

namespace SocialHub.Tests.Operations;

public sealed class QueueHealthTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_is_due_and_not_done_shows_per_queue_and_since_when_once_it_is_late()
    {
        await using var town = await Town.OpenAsync(azurite);
        await town.WriteAsync("Bonjour");
        Assert.True((await AskAsync(town)).IsHealthy);
        var due = (await town.PromiseAsync(DueKinds.Verdict)).Due;
        town.Time.Advance(QueueHealth.Late);
        await town.WriteAsync("Bonsoir");
        var late = await AskAsync(town);
        Assert.Equal((false, 1, due.UtcDateTime), (late.IsHealthy, (int)late.Details[Queues.CommentVerdict]!["overdue"]!, (DateTime)late.Details[Queues.CommentVerdict]!["overdueSince"]!));
        Assert.Equal(0, (int)late.Details[Queues.PublicationSend]!["overdue"]!);
        await town.SettleAsync();
        var done = await AskAsync(town);
        Assert.Equal((true, null), (done.IsHealthy, (DateTime?)done.Details[Queues.CommentVerdict]!["overdueSince"]));
    }

    [Fact]
    public async Task A_publication_that_is_not_dealt_with_shows_too_and_what_a_newer_hub_promised_does_not()
    {
        await using var town = await Town.OpenAsync(azurite);
        var earlier = town.Time.GetUtcNow() - TimeSpan.FromHours(2);
        var publishing = town.Get<HubStorage>().Publishing;
        await publishing.AddEntityAsync(DueRow.New(Keys.PublishingPartition, "what-comes-later", earlier, "newer", "one").Entity, TestContext.Current.CancellationToken);
        Assert.True((await AskAsync(town)).IsHealthy);
        await publishing.AddEntityAsync(DueRow.New(Keys.PublishingPartition, Queues.PublicationSend, earlier, "send", "one").Entity, TestContext.Current.CancellationToken);
        var answer = await AskAsync(town);
        Assert.Equal((false, 1), (answer.IsHealthy, (int)answer.Details[Queues.PublicationSend]!["overdue"]!));
    }

    [Fact]
    public async Task Hints_that_ended_in_a_poison_queue_are_counted()
    {
        await using var town = await Town.OpenAsync(azurite);
        var poison = town.Get<HubStorage>().QueueService.GetQueueClient(Queues.ModerationCard + "-poison");
        await poison.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True((await AskAsync(town)).IsHealthy);
        for (var number = 0; number < 3; number++)
            await poison.SendMessageAsync("{}", TestContext.Current.CancellationToken);
        var answer = await AskAsync(town);
        Assert.False(answer.IsHealthy);
        Assert.Equal(HubStorage.QueueNames.Select(queue => (queue, queue == Queues.ModerationCard ? 3 : 0)), answer.Details.AsObject().Select(queue => (queue.Key, (int)queue.Value!["poison"]!)));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task However_much_waits_the_two_parts_cost_the_same_few_requests()
    {
        var account = await azurite.NewAccountAsync();
        var requests = new Counted();
        var (tables, queues) = (new TableClientOptions(), new QueueClientOptions());
        tables.AddPolicy(requests, HttpPipelinePosition.PerCall);
        queues.AddPolicy(requests, HttpPipelinePosition.PerCall);
        var storage = new HubStorage(new TableServiceClient(account, tables), new QueueServiceClient(account, queues), new BlobServiceClient(account));
        await storage.CreateAsync(TestContext.Current.CancellationToken);
        await using var town = await Town.OpenAsync(azurite);
        var now = town.Time.GetUtcNow();
        var store = new CommentStore(storage, town.Get<HubConfigurationSource>(), town.Time, Microsoft.Extensions.Options.Options.Create(new HubOptions()), NullLogger<CommentStore>.Instance);
        var list = new ModerationList(store, town.Get<HubConfigurationSource>());
        var moderation = new ModerationHealth(store, list, town.Get<MailRecipients>(), town.Get<HubConfigurationSource>(), town.Get<SettingsStore>(), town.Get<Secrets>(), town.Time);
        var places = new DuePlaces(storage.Comments, _ => Task.FromResult<IReadOnlyList<string>>([Town.Site]));
        var part = new QueueHealth(storage, [places, new(storage.Publishing, _ => Task.FromResult<IReadOnlyList<string>>([Keys.PublishingPartition]))], town.Time);

        for (var hours = 1; hours <= 12; hours++)
        {
            var batch = Enumerable.Range(0, 100).Select(number => (TableEntity[])[
                DueRow.New(Town.Site, Queues.ModerationCard, now.AddHours(-hours), "card", $"{hours}-{number}").Entity,
                new TableEntity(Town.Site, Keys.Waiting(now.AddHours(-hours), $"{hours}-{number}", "comment"))]).SelectMany(rows => rows);
            foreach (var rows in batch.Chunk(100))
                await storage.Comments.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), TestContext.Current.CancellationToken);
        }

        requests.Reset();
        var cards = await moderation.AskAsync(CancellationToken.None);
        Assert.Equal(2, requests.Count);
        Assert.Equal((1000, 12L * 3600), ((int)cards.Details["cardsOverdue"]!, (long)cards.Details["ageSeconds"]! / 3600 * 3600));
        requests.Reset();
        var answer = await part.AskAsync(CancellationToken.None);
        Assert.Equal(8, requests.Count);
        Assert.Equal((1000, now.AddHours(-12).UtcDateTime), ((int)answer.Details[Queues.ModerationCard]!["overdue"]!, (DateTime)answer.Details[Queues.ModerationCard]!["overdueSince"]!));
    }

    private static Task<HealthAnswer> AskAsync(Town town) => town.Get<QueueHealth>().AskAsync(CancellationToken.None);

    private sealed class Counted : HttpPipelineSynchronousPolicy
    {
        private int _count;

        public int Count => _count;

        public void Reset() => _count = 0;

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _count);
    }
}
