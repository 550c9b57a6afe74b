using System.Globalization;
using System.Text;
using System.Text.Json;
using SocialHub.Access;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>An authority, and how far it lets its hub go.</summary>
/// <param name="Zone">Time zone of hub.json.</param>
/// <param name="Start">When the hub starts, UTC.</param>
/// <param name="QuietFrom">First quiet minute, <c>HH:mm</c>.</param>
/// <param name="QuietTo">First minute that is not.</param>
/// <param name="Asks">Every announcement waits for an approval.</param>
/// <param name="Mode">The process starts with it.</param>
internal sealed record Authority(string Zone, DateTimeOffset Start, string QuietFrom, string QuietTo, bool Asks, string Mode);

/// <summary>What may happen to a hub that publishes.</summary>
internal enum Happening
{
    Article,
    OldArticle,
    Burst,
    Relaunch,
    Correction,
    EditorsText,
    ContributorsText,
    OtherWords,
    Moved,
    Approval,
    Person,
    Cancel,
    Freeze,
    FreezeForAWhile,
    FreezeLater,
    Thaw,
    On,
    DryRun,
    Off,
    Lies,
    Blindness,
    SlowNetwork,
    SlowHub,
    FreezeInTheMiddle,
    CancelInTheMiddle,
}

/// <summary>How long nothing else happens then.</summary>
internal enum Pause
{
    Seconds,
    Minutes,
    Hours,

    /// <summary>Until about the next moment at which quiet hours begin or end.</summary>
    ToQuietEdge,

    /// <summary>Until about the time by which something has to be sent.</summary>
    ToDeadline,
}

/// <param name="What">Happens.</param>
/// <param name="Choice">What exactly; any number will do.</param>
/// <param name="Then">How long until the next one.</param>
/// <param name="Length">Of the pause; any number will do.</param>
internal sealed record Event(Happening What, int Choice, Pause Then, int Length);

/// <summary>
/// What people, the site and the networks do to one hub, and beside it what they wanted, known without asking the hub: it judges each POST by the moment at which
/// it leaves.
/// </summary>
internal sealed class PublicationModel
{
    private static readonly Caller Contributor = new("key:paul", "Paul", Role.Contributor);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly PublishingHub _hub;
    private readonly Authority _authority;
    private readonly HashSet<string> _pagesThatAsk = new(StringComparer.Ordinal);
    private readonly HashSet<string> _oldPages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cancelled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _agreed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _moved = new(StringComparer.Ordinal);
    private readonly List<Leaving> _left = [];
    private DateTimeOffset? _freezeFrom;
    private DateTimeOffset? _freezeUntil;
    private DateTimeOffset _modeSince;
    private int _slowReadings;
    private int _readingsUntil;
    private Func<Task>? _inTheMiddle;
    private int _written;

    private PublicationModel(PublishingHub hub, Authority authority)
    {
        (_hub, _authority) = (hub, authority);
        _hub.AroundTeam = async (_, read) =>
        {
            if (_slowReadings > 0)
            {
                _slowReadings--;
                _hub.Clock.Advance(TimeSpan.FromSeconds(25));
            }

            // On the one side of the reading or the other, in turns.
            var before = _readingsUntil % 2 == 0 ? null : await read();
            if (_inTheMiddle is { } happens && _readingsUntil-- <= 0)
            {
                _inTheMiddle = null;
                await happens();
            }

            return before ?? await read();
        };
        foreach (var network in Networks)
            network.WhilePosting = Leaves;
    }

    private LyingNetwork[] Networks => [_hub.Skies, _hub.Toots];

    /// <summary>A hub of that authority that had its first look.</summary>
    public static async Task<PublicationModel> StartAsync(PublishingHub hub, Authority authority)
    {
        var model = new PublicationModel(hub, authority);
        for (var i = 0; i < 2; i++)
            model._oldPages.Add(hub.Site.Publish($"ancien-{i}", $"Ancien {i}", hub.Now).Url);
        model._modeSince = hub.Now;
        await hub.TickAsync();
        return model;
    }

    public async Task HappenAsync(Event happening)
    {
        var (what, choice) = (happening.What, happening.Choice);
        switch (what)
        {
            case Happening.Article:
                Publish(1, asks: false);
                break;
            case Happening.OldArticle:
                _oldPages.Add(_hub.Site.Publish(NextName(), "Vieux", _hub.Now.AddHours(-73 - (choice % 100))).Url);
                break;
            case Happening.Burst:
                Publish(4, asks: true);
                break;
            case Happening.Relaunch:
                _hub.Site.Clear();
                Publish(1 + (choice % 2), asks: true);
                break;
            case Happening.Correction when _hub.Site.Items.Count > 0:
                var old = _hub.Site.Items[choice % _hub.Site.Items.Count];
                _hub.Site.Replace(old, old with { Title = old.Title + " (suite)" });
                break;
            case Happening.EditorsText or Happening.ContributorsText:
                var caller = what == Happening.EditorsText ? PublishingHub.Editor : Contributor;
                var at = choice % 3 == 0 ? _hub.Now.AddMinutes(choice % 400) : (DateTimeOffset?)null;
                await _hub.Publications.WriteAsync(new WrittenPublication(["skies", "toots"], $"À la main {NextName()}") { At = at }, $"request-{_written:D4}", caller, None);
                break;
            case Happening.OtherWords:
                await ToOneAsync(PublicationState.Planned, choice, async (row, view) =>
                {
                    var text = $"D'autres mots {NextName()}";
                    if ((await _hub.Publications.ChangeAsync(row.Id, new PublicationChange { Text = text }, view.ETag, PublishingHub.Editor, None)).Succeeded)
                        _agreed[row.NetworkKey] = text;
                });
                break;
            case Happening.Moved:
                await ToOneAsync(PublicationState.Planned, choice, async (row, view) =>
                {
                    var by = _hub.Now.AddMinutes(5 + (choice % 700));
                    var change = new PublicationChange { PublishBy = by, At = choice % 2 == 0 ? _hub.Now.AddMinutes(choice % 90) : null };
                    if ((await _hub.Publications.ChangeAsync(row.Id, change, view.ETag, PublishingHub.Editor, None)).Succeeded)
                        _moved[row.NetworkKey] = by;
                });
                break;
            case Happening.Approval:
                await ApproveAsync(most: 1 + (choice % 3));
                break;
            case Happening.Person:
                await DecideAsync();
                break;
            case Happening.Cancel:
                await ToOneAsync(PublicationState.Planned, choice, CancelAsync);
                break;
            case Happening.Freeze:
                await FreezeAsync(_hub.Now, null);
                break;
            case Happening.FreezeForAWhile:
                await FreezeAsync(_hub.Now, _hub.Now.AddMinutes(5 + (choice % 600)));
                break;
            case Happening.FreezeLater:
                await FreezeAsync(_hub.Now.AddMinutes(1 + (choice % 30)), _hub.Now.AddMinutes(40 + (choice % 600)));
                break;
            case Happening.Thaw:
                await FreezeAsync(null, null);
                break;
            case Happening.On or Happening.DryRun or Happening.Off:
                await SwitchAsync(what switch { Happening.On => "on", Happening.Off => "off", _ => "dry-run" });
                break;
            case Happening.Lies:
                foreach (var network in Networks)
                {
                    network.ListedAfter = TimeSpan.FromSeconds(choice % 40);
                    for (var i = choice; i > 0; i /= 8)
                        network.Fates.Enqueue((Fate)(i % 8));
                }

                break;
            case Happening.Blindness:
                (_hub.Skies.IsBlind, _hub.Toots.IsBlind) = (choice % 2 == 0, choice % 3 == 0);
                break;
            case Happening.SlowNetwork:
                var uses = 3;
                foreach (var network in Networks)
                    network.WhilePreparing = () => _hub.Clock.Advance(TimeSpan.FromSeconds(uses-- > 0 ? choice % 200 : 0));
                break;
            case Happening.SlowHub:
                _slowReadings = 6;
                break;
            case Happening.FreezeInTheMiddle:
                (_inTheMiddle, _readingsUntil) = (() => FreezeAsync(_hub.Now, null), choice % 8);
                break;
            case Happening.CancelInTheMiddle:
                (_inTheMiddle, _readingsUntil) = (() => ToOneAsync(PublicationState.Planned, choice, CancelAsync), choice % 8);
                break;
        }

        await PauseAsync(happening.Then, happening.Length);
        await _hub.TickAsync();
        await JudgeAsync();
    }

    /// <summary>Everybody behaves, until everything is decided.</summary>
    public async Task EndAsync()
    {
        foreach (var network in Networks)
        {
            network.IsBlind = false;
            network.WhilePreparing = null;
            network.Fates.Clear();
        }

        (_slowReadings, _inTheMiddle) = (0, null);
        await FreezeAsync(null, null);
        await SwitchAsync("on");
        for (var i = 0; i < 8; i++)
        {
            _hub.Clock.Advance(TimeSpan.FromHours(5));
            await _hub.TickAsync();
            await DecideAsync();
        }

        await _hub.TickAsync();
        await JudgeAsync();
        await _hub.CheckAsync();
        Assert.All(await _hub.PublicationsAsync(), row => Assert.True(row.IsFinal || row.State == PublicationState.Uncertain, $"{row.State}: {row.Why}"));
    }

    // Time zones by hand, so that one table of them does not judge itself: Paris is an hour ahead of UTC, two in summer.
    private bool IsQuiet(DateTimeOffset at)
    {
        var hours = _authority.Zone switch
        {
            "Indian/Reunion" => 4,
            "America/Martinique" => -4,
            _ => at >= new DateTimeOffset(2027, 3, 28, 1, 0, 0, TimeSpan.Zero) && at < new DateTimeOffset(2027, 10, 31, 1, 0, 0, TimeSpan.Zero) ? 2 : 1,
        };
        var wall = at.UtcDateTime.AddHours(hours).ToString("HH:mm", CultureInfo.InvariantCulture);
        var (from, to) = (_authority.QuietFrom, _authority.QuietTo);
        bool IsBefore(string a, string b) => string.CompareOrdinal(a, b) < 0;
        return IsBefore(from, to) ? !IsBefore(wall, from) && IsBefore(wall, to) : !IsBefore(wall, from) || IsBefore(wall, to);
    }

    private bool IsFrozen(DateTimeOffset at) => _freezeFrom <= at && (_freezeUntil is null || at < _freezeUntil);

    private void Leaves(FrozenRequest request, TimeSpan within)
    {
        var (from, to) = (_hub.Now, _hub.Now + within);
        DateTimeOffset[] moments = [from, from + (within / 2), to];
        _left.Add(new Leaving(
            from,
            to,
            request.Key,
            Encoding.UTF8.GetString(request.Body.Span).Split('\0')[0],
            [
                .. moments.Where(IsQuiet).Take(1).Select(at => $"in quiet hours at {at:O}"),
                .. moments.Where(IsFrozen).Take(1).Select(at => $"while it is frozen at {at:O}"),
                .. _hub.Options.Publishing == "on" ? Array.Empty<string>() : [$"while it is {_hub.Options.Publishing}"],
                .. _cancelled.Contains(request.Key) ? ["although it was called off"] : Array.Empty<string>(),
            ],
            _modeSince,
            _agreed.GetValueOrDefault(request.Key)));
    }

    private async Task JudgeAsync()
    {
        var rows = await _hub.PublicationsAsync();
        Assert.DoesNotContain(rows, row => row.Page is { } page && _oldPages.Contains(page));
        foreach (var leaving in _left)
        {
            var row = rows.Single(row => row.NetworkKey == leaving.Key);
            var asks = row.By == Contributor.Id || (row.Article is not null && (_authority.Asks || _pagesThatAsk.Contains(row.Page!)));
            var by = _moved.TryGetValue(leaving.Key, out var moved) ? moved : row.PublishBy;
            string[] wrong =
            [
                .. leaving.Wrong,
                .. leaving.To > by ? [$"until {leaving.To:O}, after {by:O}"] : Array.Empty<string>(),
                .. row.NotBefore > leaving.From ? [$"before {row.NotBefore:O}"] : Array.Empty<string>(),
                .. row.PlannedAt < leaving.ModeSince ? ["although it was planned before publishing was switched on"] : Array.Empty<string>(),
                .. asks && leaving.Agreed != leaving.Text ? [$"as \"{leaving.Text}\" although what was agreed to is \"{leaving.Agreed}\""] : Array.Empty<string>(),
            ];
            Assert.True(wrong.Length == 0, $"\"{row.Title}{row.Body}\" left at {leaving.From:O} {string.Join(", ", wrong)}");
        }

        _left.Clear();
    }

    private async Task PauseAsync(Pause pause, int length)
    {
        var now = _hub.Now;
        var to = pause switch
        {
            Pause.Seconds => now.AddSeconds(1 + (length % 200)),
            Pause.Minutes => now.AddMinutes(1 + (length % 15)),
            Pause.Hours => now.AddMinutes(length % 360),
            Pause.ToQuietEdge => QuietEdge(now).AddSeconds((length % 240) - 200),
            _ => ((await _hub.PublicationsAsync()).Where(row => !row.IsFinal && row.PublishBy > now).Min(row => (DateTimeOffset?)row.PublishBy) ?? now).AddSeconds((length % 240) - 200),
        };
        _hub.Clock.Advance(to > now ? to - now : TimeSpan.FromSeconds(30));
    }

    private DateTimeOffset QuietEdge(DateTimeOffset now)
    {
        var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var isQuiet = IsQuiet(at);
        while (IsQuiet(at) == isQuiet)
            at = at.AddMinutes(1);
        return at;
    }

    private string NextName() => $"n{++_written}";

    private void Publish(int count, bool asks)
    {
        for (var i = 0; i < count; i++)
        {
            var name = NextName();
            var post = _hub.Site.Publish(name, $"Nouveau {name}", _hub.Now);
            if (asks)
                _pagesThatAsk.Add(post.Url);
        }
    }

    private async Task SwitchAsync(string mode)
    {
        if (_hub.Options.Publishing == mode)
            return;
        // A process runs in one mode from its start on, and a tick comes before anything else.
        (_hub.Options.Publishing, _modeSince) = (mode, _hub.Now);
        await _hub.Get<PublishingTick>().RunAsync(None);
    }

    private async Task FreezeAsync(DateTimeOffset? from, DateTimeOffset? until)
    {
        var settings = _hub.Get<SettingsStore>();
        static string Moment(DateTimeOffset at) => $"\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\"";
        using var value = JsonDocument.Parse(from is { } start ? $"{{\"from\":{Moment(start)}{(until is { } end ? $",\"until\":{Moment(end)}" : "")}}}" : "{}");
        var put = await settings.PutAsync("freeze", value.RootElement, (await settings.GetAsync("freeze", None)).Value.ETag, PublishingHub.Editor, None);
        Assert.True(put.Succeeded, put.Problem?.Detail);
        (_freezeFrom, _freezeUntil) = (from, until);
    }

    private async Task ToOneAsync(PublicationState state, int choice, Func<PublicationRow, PublicationView, Task> act)
    {
        var rows = (await _hub.PublicationsAsync()).Where(row => row.State == state).ToList();
        if (rows.Count > 0)
            await act(rows[choice % rows.Count], PublicationView.Of(rows[choice % rows.Count]));
    }

    private async Task CancelAsync(PublicationRow row, PublicationView view)
    {
        if ((await _hub.Publications.CancelAsync(row.Id, view.ETag, PublishingHub.Editor, None)).Succeeded)
            _cancelled.Add(row.NetworkKey);
    }

    private async Task ApproveAsync(int most)
    {
        foreach (var row in (await _hub.PublicationsAsync()).Where(row => row is { State: PublicationState.Planned, Approval: Approval.Awaiting }).Take(most))
        {
            if ((await _hub.Publications.ApproveAsync(row.Id, PublicationView.Of(row).ETag, PublishingHub.Editor, None)).Succeeded)
                _agreed[row.NetworkKey] = row.Body;
        }
    }

    // Looks at the network before saying anything.
    private async Task DecideAsync()
    {
        await ApproveAsync(int.MaxValue);
        foreach (var row in await _hub.PublicationsAsync())
        {
            var network = row.Network == "bluesky" ? _hub.Skies : _hub.Toots;
            if (network.WillArrive)
                continue;
            var (etag, isThere) = (PublicationView.Of(row).ETag, network.Posts.Any(post => post.Key == row.NetworkKey));
            if (row.State == PublicationState.Uncertain && isThere)
                await _hub.Publications.ConfirmAsync(row.Id, "https://network.example/there", etag, PublishingHub.Editor, None);
            else if (row.State == PublicationState.Uncertain && _hub.Now >= row.PublishBy)
                await CancelAsync(row, PublicationView.Of(row));
            else if (row.State is PublicationState.Uncertain or PublicationState.Failed)
                await _hub.Publications.RetryAsync(row.Id, etag, PublishingHub.Editor, None);
        }
    }

    /// <summary>One POST as it left: from when until when, what was wrong about the moment, and the text that somebody had agreed to by then.</summary>
    private sealed record Leaving(DateTimeOffset From, DateTimeOffset To, string Key, string Text, string[] Wrong, DateTimeOffset ModeSince, string? Agreed);
}
