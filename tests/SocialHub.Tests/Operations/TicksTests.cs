using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Operations;
using SocialHub.Storage;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Operations;

public sealed class TicksTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero));
    private readonly List<string> _ran = [];
    private TwoHubs _hubs = null!;

    public async ValueTask InitializeAsync() => _hubs = await TwoHubs.StartAsync(azurite);

    public async ValueTask DisposeAsync() => await _hubs.DisposeAsync();

    [Fact]
    public async Task One_tick_that_fails_stops_none_of_the_others_and_is_named()
    {
        var ticks = Ticks(Tick("a"), new Tick("b", _ => throw new InvalidOperationException("b")), Tick("c"));
        var outcome = await ticks.RunAsync(None);
        Assert.Equal(3, outcome.Ran);
        Assert.Equal(["b"], outcome.Failed);
        Assert.Equal(["a", "c"], _ran);
    }

    [Fact]
    public async Task A_tick_that_hangs_is_cancelled()
    {
        var ticks = Ticks(new Tick("hangs", token => Task.Delay(Timeout.Infinite, token)), Tick("a"));
        var round = ticks.RunAsync(None);
        _time.Advance(SocialHub.Operations.Ticks.Longest);
        Assert.Equal(["hangs"], (await round).Failed);
    }

    [Fact]
    public async Task Every_instance_knows_when_the_last_round_ended()
    {
        Assert.Null(await Ticks().LastAsync(None));
        await Ticks(new Tick("b", _ => throw new InvalidOperationException("b"))).RunAsync(None);
        _time.Advance(TimeSpan.FromMinutes(1));
        var last = (await Ticks().LastAsync(None))!.Value;
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero), last.At);
        Assert.Equal(["b"], last.Failed);
    }

    [Fact]
    public async Task Health_is_down_without_a_configuration_degraded_without_a_tick_and_up_with_both()
    {
        var source = _hubs.First.GetRequiredService<HubConfigurationSource>();
        Assert.Equal(HealthStatus.Down, (await Health(source).AskAsync(None)).Status);
        Assert.False(await Health(source).IsUpAsync(None));
        await source.ReplaceAsync(new BinaryData(HubJson.Whole), null, None);
        Assert.True(await Health(source).IsUpAsync(None));
        Assert.Equal(HealthStatus.Degraded, (await Health(source).AskAsync(None)).Status);
        await Ticks().RunAsync(None);
        Assert.Equal(HealthStatus.Up, (await Health(source).AskAsync(None)).Status);
        _time.Advance(SocialHub.Operations.Health.OldTick);
        Assert.Equal(HealthStatus.Degraded, (await Health(source).AskAsync(None)).Status);
    }

    [Fact]
    public async Task A_part_that_cannot_answer_is_shown_as_such()
    {
        var source = _hubs.First.GetRequiredService<HubConfigurationSource>();
        await source.ReplaceAsync(new BinaryData(HubJson.Whole), null, None);
        await Ticks().RunAsync(None);
        var report = await Health(source,
            new HealthPart("good", _ => Task.FromResult(new HealthAnswer(true, new JsonObject { ["age"] = 1 }))),
            new HealthPart("bad", _ => throw new InvalidOperationException("secret inside"))).AskAsync(None);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Equal(1, report.Details["good"]!["age"]!.GetValue<int>());
        Assert.DoesNotContain("secret", report.Details.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_often_somebody_asks_a_part_is_asked_once_in_a_while()
    {
        var asked = 0;
        var health = Health(_hubs.First.GetRequiredService<HubConfigurationSource>(), new HealthPart("part", _ => Task.FromResult(new HealthAnswer(true, new JsonObject { ["asked"] = ++asked }))));
        for (var time = 0; time < 10; time++)
            Assert.Equal(1, (int)(await health.AskAsync(None)).Details["part"]!["asked"]!);
        _time.Advance(new HubTimes().Memory);
        Assert.Equal(2, (int)(await health.AskAsync(None)).Details["part"]!["asked"]!);
    }

    [Fact]
    public async Task A_part_that_cannot_answer_is_not_asked_more_often_and_people_who_ask_at_once_share_one_question()
    {
        var asked = 0;
        var answers = new TaskCompletionSource<HealthAnswer>();
        var health = Health(_hubs.First.GetRequiredService<HubConfigurationSource>(), new HealthPart("part", _ =>
        {
            asked++;
            return answers.Task;
        }));
        var (one, other) = (health.AskAsync(None), health.AskAsync(None));
        answers.SetException(new InvalidOperationException("away"));
        Assert.All(await Task.WhenAll(one, other), report => Assert.NotNull(report.Details["part"]!["error"]));
        Assert.NotNull((await health.AskAsync(None)).Details["part"]!["error"]);
        Assert.Equal(1, asked);
        _time.Advance(new HubTimes().Memory);
        await health.AskAsync(None);
        Assert.Equal(2, asked);
    }

    private Tick Tick(string name) => new(name, _ =>
    {
        lock (_ran)
            _ran.Add(name);
        return Task.CompletedTask;
    });

    private Ticks Ticks(params Tick[] ticks) => new(ticks, [], _hubs.First.GetRequiredService<HubStorage>(), _time, NullLogger<Ticks>.Instance);

    private Health Health(HubConfigurationSource source, params HealthPart[] parts) => new(source, Ticks(), parts, _time, Options.Create(new HubOptions()), NullLogger<Health>.Instance);
}
