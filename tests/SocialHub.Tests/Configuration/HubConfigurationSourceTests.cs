using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Tests.Standalone;

namespace SocialHub.Tests.Configuration;

public sealed class HubConfigurationSourceTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly MemoryDocument _document = new();
    private readonly MemoryDocument _lastGood = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_valid_file_runs_and_is_copied_to_last_good()
    {
        _document.Put(HubJson.Whole);
        var source = Source();
        Assert.Equal("Ville de Saint-Exemple", (await source.CurrentAsync(None)).Authority.Name);
        Assert.True(source.IsUsable);
        Assert.Null(source.Unusable);
        Assert.Equal(HubJson.Whole, _lastGood.Text);
    }

    [Fact]
    public async Task An_invalid_file_leaves_the_running_one_and_its_errors_are_told()
    {
        _document.Put(HubJson.Whole);
        var source = Source();
        await source.CurrentAsync(None);
        var etag = source.ETag;
        _document.Put(HubJson.With("authority.timeZone", "\"Paris\""));
        await source.RereadAsync(None);
        Assert.Equal("Europe/Paris", source.Current.Authority.TimeZone);
        Assert.Equal(etag, source.ETag);
        Assert.Equal("$.authority.timeZone", Assert.Single(source.Errors).Path);
        Assert.Equal(HubJson.Whole, _lastGood.Text);
    }

    [Fact]
    public async Task After_a_restart_on_an_invalid_file_the_last_good_one_runs()
    {
        _document.Put("{");
        _lastGood.Put(HubJson.Whole);
        var source = Source();
        Assert.Equal("Ville de Saint-Exemple", (await source.CurrentAsync(None)).Authority.Name);
        Assert.NotEmpty(source.Errors);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("{", null)]
    [InlineData(null, "{}")]
    public async Task With_neither_the_hub_answers_503_with_every_error(string? document, string? lastGood)
    {
        if (document is not null)
            _document.Put(document);
        if (lastGood is not null)
            _lastGood.Put(lastGood);
        var source = Source();
        var answer = await source.UsableAsync(None);
        Assert.Equal(ProblemKind.Unavailable, answer.Problem?.Kind);
        Assert.NotNull(answer.Problem!.Extensions!["errors"]);
        Assert.NotEmpty(source.Errors);
        Assert.False(source.IsUsable);
    }

    [Fact]
    public async Task A_change_is_seen_a_minute_later_without_anybody_asking_for_it()
    {
        _document.Put(HubJson.Smallest);
        var source = Source();
        await source.CurrentAsync(None);
        _document.Put(HubJson.Whole);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(source.Current.Sites);
        Assert.Equal(1, _document.Reads);
        _time.Advance(TimeSpan.FromSeconds(1));
        _ = source.Current;
        await source.RereadAsync(None);
        Assert.Single(source.Current.Sites);
    }

    [Fact]
    public async Task Many_first_askers_cause_one_read()
    {
        _document.Put(HubJson.Whole);
        _document.Hold();
        var source = Source();
        var askers = Enumerable.Range(0, 50).Select(_ => source.CurrentAsync(None).AsTask()).ToList();
        _document.Release();
        await Task.WhenAll(askers);
        Assert.Equal(1, _document.Reads);
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_changes_nothing_and_is_told_when_it_stays_so()
    {
        _document.Put(HubJson.Whole);
        var source = Source();
        await source.CurrentAsync(None);
        var etag = source.ETag;
        _document.Failure = new IOException("down");
        await source.RereadAsync(None);
        await source.RereadAsync(None);
        Assert.Empty(source.Errors);
        _time.Advance(TimeSpan.FromMinutes(5));
        await source.RereadAsync(None);
        var told = Assert.Single(source.Errors);
        Assert.Equal("$", told.Path);
        Assert.Contains("memory cannot be read since 2000-01-01 00:00 UTC", told.Message, StringComparison.Ordinal);
        Assert.True(source.IsUsable);
        Assert.Null(source.Unusable);
        Assert.Equal(etag, source.ETag);
        _document.Failure = null;
        await source.RereadAsync(None);
        Assert.Empty(source.Errors);
    }

    [Fact]
    public async Task What_was_wrong_in_hub_json_is_still_told_while_it_cannot_be_read()
    {
        _document.Put(HubJson.Whole);
        var source = Source();
        await source.CurrentAsync(None);
        _document.Put(HubJson.With("authority.timeZone", "\"Paris\""));
        await source.RereadAsync(None);
        _document.Failure = new IOException("down");
        for (var i = 0; i < 3; i++)
            await source.RereadAsync(None);
        Assert.Equal(["$", "$.authority.timeZone"], source.Errors.Select(error => error.Path));
        _document.Failure = null;
        await source.RereadAsync(None);
        Assert.Equal(["$.authority.timeZone"], source.Errors.Select(error => error.Path));
    }

    [Fact]
    public async Task A_token_that_the_identity_does_not_get_is_a_storage_that_does_not_answer()
    {
        _document.Put(HubJson.Whole);
        var source = Source();
        await source.CurrentAsync(None);
        _document.Failure = new Azure.Identity.AuthenticationFailedException("no token now");
        await source.RereadAsync(None);
        Assert.True(source.IsUsable);
    }

    [Fact]
    public async Task After_an_idle_hour_the_first_who_asks_is_given_the_hub_json_of_now()
    {
        _document.Put(HubJson.Smallest);
        var source = Source();
        await source.CurrentAsync(None);
        _document.Put(HubJson.Whole);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Single((await source.CurrentAsync(None)).Sites);
        Assert.Equal(2, _document.Reads);
    }

    [Fact]
    public async Task A_storage_that_hangs_after_an_idle_hour_costs_seconds_once_and_the_old_one_goes_on()
    {
        _document.Put(HubJson.Smallest);
        var source = Source();
        await source.CurrentAsync(None);
        _document.Put(HubJson.Whole);
        _document.Hold();
        _time.Advance(TimeSpan.FromHours(1));
        var asked = source.CurrentAsync(None).AsTask();
        Assert.False(asked.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty((await asked).Sites);
        Assert.True(source.CurrentAsync(None).AsTask().IsCompleted);
        _document.Release();
        await source.RereadAsync(None);
        Assert.Single((await source.CurrentAsync(None)).Sites);
    }

    [Fact]
    public async Task A_start_without_storage_heals_by_itself()
    {
        _document.Put(HubJson.Whole);
        _document.Failure = new IOException("down");
        var source = Source();
        await source.CurrentAsync(None);
        Assert.False(source.IsUsable);
        _document.Failure = null;
        await source.RereadAsync(None);
        Assert.True(source.IsUsable);
    }

    [Fact]
    public async Task A_start_that_cannot_read_hub_json_runs_on_the_last_good_one_and_says_so()
    {
        _document.Put(HubJson.Whole);
        _lastGood.Put(HubJson.Whole);
        _document.Failure = new IOException("down");
        var source = Source();
        Assert.Equal("Ville de Saint-Exemple", (await source.CurrentAsync(None)).Authority.Name);
        Assert.True((await source.UsableAsync(None)).Succeeded);
        Assert.NotEmpty(source.Errors);
        _document.Failure = null;
        await source.RereadAsync(None);
        Assert.Empty(source.Errors);
    }

    [Fact]
    public async Task A_storage_that_blinks_at_the_start_costs_seconds_and_not_a_minute()
    {
        _document.Put(HubJson.Whole);
        _document.Failure = new IOException("down");
        var source = Source();
        var refused = await source.UsableAsync(None);
        Assert.InRange(refused.Problem!.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal(1, _document.Reads);
        _document.Failure = null;
        // Not with every request: the storage has enough to do.
        await source.UsableAsync(None);
        Assert.Equal(1, _document.Reads);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await source.UsableAsync(None)).Succeeded);
        _time.Advance(TimeSpan.FromSeconds(59));
        await source.UsableAsync(None);
        Assert.Equal(2, _document.Reads);
    }

    [Fact]
    public async Task An_administrator_replaces_it_whole_or_not_at_all()
    {
        _document.Put(HubJson.Smallest);
        var source = Source();
        await source.CurrentAsync(None);
        var refused = await source.ReplaceAsync(new BinaryData("{}"), null, None);
        Assert.Equal(ProblemKind.Unprocessable, refused.Problem?.Kind);
        Assert.Equal(HubJson.Smallest, _document.Text);
        var stale = await source.ReplaceAsync(new BinaryData(HubJson.Whole), "0000000000000000", None);
        Assert.Equal(ProblemKind.Changed, stale.Problem?.Kind);
        var taken = await source.ReplaceAsync(new BinaryData(HubJson.Whole), source.ETag, None);
        Assert.Equal(source.ETag, taken.Value);
        Assert.Single(source.Current.Sites);
    }

    [Fact]
    public async Task A_file_is_read_again_when_it_changes()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllTextAsync(path, HubJson.Smallest, None);
            var source = new HubConfigurationSource(new FileConfigurationDocument(path), _lastGood, _time, Options.Create(new HubOptions()), NullLogger<HubConfigurationSource>.Instance);
            Assert.Empty((await source.CurrentAsync(None)).Sites);
            await File.WriteAllTextAsync(path, HubJson.Whole, None);
            await source.RereadAsync(None);
            Assert.Single(source.Current.Sites);
            Assert.Equal(ProblemKind.Conflict, (await source.ReplaceAsync(new BinaryData(HubJson.Whole), null, None)).Problem?.Kind);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_to_be_written_there_and_a_blob_is_to_be_brought_in()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "hub.json");
        using var logs = new LoudLogs();
        var source = new HubConfigurationSource(new FileConfigurationDocument(path), _lastGood, _time, Options.Create(new HubOptions()), new Logger<HubConfigurationSource>(new LoggerFactory([logs])));
        await source.CurrentAsync(None);
        var told = Assert.Single(source.Errors).Message;
        Assert.DoesNotContain("PUT", told, StringComparison.Ordinal);
        // Anybody reads this sentence in a 503; where the server keeps its files is for the log.
        Assert.DoesNotContain(Path.GetDirectoryName(path)!, told, StringComparison.Ordinal);
        Assert.Contains(logs.Entries, entry => entry.Contains(path, StringComparison.Ordinal));

        var blob = new BlobConfigurationDocument(new Azure.Storage.Blobs.BlobContainerClient(new Uri("https://account.example/config")), "hub.json");
        Assert.Contains("PUT api/v1/operations/configuration", blob.Missing, StringComparison.Ordinal);
    }

    private HubConfigurationSource Source() => new(_document, _lastGood, _time, Options.Create(new HubOptions()), NullLogger<HubConfigurationSource>.Instance);

    /// <summary>A store that the test fills, fails and holds.</summary>
    private sealed class MemoryDocument : ConfigurationDocument
    {
        private TaskCompletionSource _open = Opened();
        private int _version;

        public string? Text { get; private set; }

        public int Reads { get; private set; }

        public Exception? Failure { get; set; }

        public override string Where => "memory";

        public override string Missing => "there is none.";

        public override bool IsWritable => true;

        public void Put(string text) => (Text, _version) = (text, _version + 1);

        public void Hold() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _open.SetResult();

        public override async Task<Stored?> ReadAsync(string? known, CancellationToken cancellationToken)
        {
            Reads++;
            await _open.Task.WaitAsync(cancellationToken);
            if (Failure is not null)
                throw Failure;
            return Text is null ? null : new(_version.ToString(), known == _version.ToString() ? null : new BinaryData(Text));
        }

        public override Task<bool> WriteAsync(BinaryData content, string? expected, CancellationToken cancellationToken)
        {
            if (expected != (Text is null ? null : _version.ToString()))
                return Task.FromResult(false);
            Put(content.ToString());
            return Task.FromResult(true);
        }

        private static TaskCompletionSource Opened()
        {
            var source = new TaskCompletionSource();
            source.SetResult();
            return source;
        }
    }
}
