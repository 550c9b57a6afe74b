using System.Globalization;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>A thread that somebody has to look at.</summary>
/// <param name="Thread">As it is now.</param>
/// <param name="Waiting">What waits about it; while it is held, since then.</param>
public sealed record WatchedThread(ThreadRow Thread, int Waiting)
{
    /// <summary>Where the page is today: it may have moved since.</summary>
    public string Page { get; init; } = Thread.Page;
}

/// <summary>What people and the clock do about a debate that turned: hold all of its page, close it, leave it, and let it go again.</summary>
public sealed class Debates(CommentStore store, CommentThreads threads, ModerationList list, HubConfigurationSource configuration, SettingsStore settings, Hints hints)
{
    /// <summary>Every new comment waits until the next working morning.</summary>
    public const string Hold = "hold";

    /// <summary>Nobody writes there any more.</summary>
    public const string Close = "close";

    /// <summary>It goes on as it is.</summary>
    public const string Leave = "leave";

    /// <summary>How often an alarm that nobody answers rings again, at most.</summary>
    public const int MostRepeats = 3;

    /// <summary>How long a debate that nobody answered is watched at most: after that no link about it is good any more, and the list has what waits.</summary>
    public static readonly TimeSpan LongestUnanswered = TimeSpan.FromDays(7);

    internal const string RepeatName = "Repeat";

    // Each look at a debate that waits for an answer leaves a row in its log.
    internal static readonly TimeSpan LooksApart = TimeSpan.FromHours(6);

    /// <summary>As many texts are shown to whoever decides by link.</summary>
    public const int MostShown = 5;

    /// <summary>What a person may choose.</summary>
    public static IReadOnlyList<string> Choices { get; } = [Hold, Close, Leave];

    /// <summary>Decides about a debate that turned, on what was shown.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="pageKey">Its page key.</param>
    /// <param name="turn">The <see cref="ThreadRow.Turn"/> that was shown.</param>
    /// <param name="choice">One of <see cref="Choices"/>.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <param name="instead">The choice that was shown, and that this one takes the place of (<see cref="ChoicesOf"/>); null: none was.</param>
    /// <returns>The thread, also when the same person had chosen the same; 404, 409 with today's state when somebody decided meanwhile or the team was told anew.</returns>
    public async Task<Answer<ThreadRow>> DecideAsync(string site, string pageKey, int turn, string choice, Actor by, CancellationToken cancellationToken, string? instead = null)
    {
        if (!Keys.IsKey(site) || !Keys.IsKey(pageKey))
            return CommentProblems.NoSuchThread;
        var morning = choice == Hold ? await threads.NextWorkingMorningAsync(cancellationToken).ConfigureAwait(false) : default;
        return await store.ChangeThreadAsync(
            site,
            pageKey,
            change =>
            {
                var thread = change.Thread;
                if (thread.Turn != turn || thread.Turn == 0)
                    return Otherwise(thread);
                if (thread.TurnChoice == choice && thread.DecidedBy == by.Name && thread.DecidedById == by.Id)
                    return (LogRow?)null;
                // What nobody saw is not overruled; and one that was closed since, by a person or the clock, is not opened by a word about its debate.
                if (thread.TurnChoice != instead || !ChoicesOf(thread).Contains(choice, StringComparer.Ordinal))
                    return Otherwise(thread);
                Choose(thread, choice, by, change.Now);
                switch (choice)
                {
                    case Hold:
                        // A person may have held it for longer before it turned.
                        change.Hold(thread.HeldUntil is { } already && already > morning ? already : morning);
                        return change.Log("held", by);
                    case Close:
                        change.Close();
                        thread.Version++;
                        return change.Log("closed", by);
                    default:
                        change.DropTelling();
                        change.Watch();
                        return change.Log("left", by);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The clock's part: a debate that shows nothing of what made it turn for a time has calmed down. As long as nobody has chosen and something of it waits for a
    /// decision it has not: whoever reads the alarm late still finds the choices, the playbook and the evidence.
    /// </summary>
    public async Task CalmAsync(string site, string pageKey, string dueKey, CancellationToken cancellationToken)
    {
        var calm = TimeSpan.FromHours((await settings.CurrentAsync(cancellationToken).ConfigureAwait(false)).Debate.CalmHours);
        var waits = await WaitsAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
        await store.ChangeThreadAsync(
            site,
            pageKey,
            change =>
            {
                if (!change.Keeps(dueKey))
                    return (LogRow?)null;
                if (change.Thread.HotAt + calm is { } then && then > change.Now)
                {
                    change.Promise(Queues.CommentUpkeep, DueKinds.Calm, then);
                    return change.Log("still-hot", Actor.TheClock);
                }

                if (waits && IsUnanswered(change.Thread, change.Now))
                {
                    var (next, last) = (change.Now + (calm > LooksApart ? calm : LooksApart), change.Thread.TurnedAt!.Value + LongestUnanswered);
                    change.Promise(Queues.CommentUpkeep, DueKinds.Calm, next < last ? next : last);
                    return change.Log("still-waiting", Actor.TheClock);
                }

                change.CoolDown();
                return change.Log("calmed", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The clock's part: nobody has answered the alarm about a threat, so it rings again, for everybody of the team. Not once somebody dealt with the threat, and
    /// not once its author took it back; what the rules refused at once no person has seen.
    /// </summary>
    internal async Task RepeatAsync(string site, DueRow due, CancellationToken cancellationToken)
    {
        IReadOnlyList<DueRow> told = [];
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var number = due.Entity.GetInt32(RepeatName) ?? 1;
        var thread = await store.FindThreadAsync(site, due.Owner, cancellationToken).ConfigureAwait(false);
        var isByRules = CommentId.TryParse(thread?.HeatOf, out var id) && await store.FindAsync(site, id, cancellationToken).ConfigureAwait(false) is { State: CommentState.Rejected } refused && Actor.IsRules(refused.RefusedBy, refused.RefusedById);
        var answer = await store.ChangeThreadAsync(
            site,
            due.Owner,
            change =>
            {
                told = [];
                if (!change.Keeps(due.Key))
                    return (LogRow?)null;
                var now = change.Thread;
                var isOver = now.HeatOver is not null && now.HeatOver == now.HeatOf && !(isByRules && now.HeatOf == thread!.HeatOf);
                if (isOver || now.Heat != DebateHeat.Threat || !IsUnanswered(now, change.Now) || team.Debate.RepeatMinutes == 0 || !team.Configuration.Sites.ContainsKey(site))
                    return change.Log("not-repeated", Actor.TheClock);
                // One that a channel or a mailbox has not taken yet goes on in this one.
                change.DropTelling();
                told = team.MailsTeam
                    ? [change.Promise(Queues.ModerationCard, DueKinds.Turned, change.Now), change.Promise(Queues.MailSend, DueKinds.TurnedMail, change.Now)]
                    : [change.Promise(Queues.ModerationCard, DueKinds.Turned, change.Now)];
                foreach (var row in told)
                    row.Entity[RepeatName] = number;
                if (number < MostRepeats)
                    change.Promise(Queues.CommentUpkeep, DueKinds.Again, change.Now + TimeSpan.FromMinutes(team.Debate.RepeatMinutes)).Entity[RepeatName] = number + 1;
                return change.Log("repeated", Actor.TheClock, number.ToString(CultureInfo.InvariantCulture));
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded)
            await hints.SendAsync(told, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The clock's part: a page that was held is open again, and the team is told what waits since. A debate that nobody has answered meanwhile goes on being watched.</summary>
    public async Task ReopenAsync(string site, string pageKey, string dueKey, CancellationToken cancellationToken)
    {
        IReadOnlyList<DueRow> told = [];
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var isMailed = team.MailsTeam && team.Configuration.Moderation.Webhooks.Count == 0;
        // A person may have chosen any hour; this is no alarm.
        var duty = team.Duty;
        var calm = TimeSpan.FromHours(team.Debate.CalmHours);
        var waits = await WaitsAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
        var answer = await store.ChangeThreadAsync(
            site,
            pageKey,
            change =>
            {
                told = [];
                if (!change.Keeps(dueKey))
                    return (LogRow?)null;
                var since = change.Thread.HeldSince;
                change.Release(waits && IsUnanswered(change.Thread, change.Now) ? change.Now + calm : null);
                told = isMailed
                    ? [change.Promise(Queues.ModerationCard, DueKinds.Reopened, change.Now), change.Promise(Queues.MailSend, DueKinds.ReopenedMail, duty.NextOnDuty(change.Now))]
                    : [change.Promise(Queues.ModerationCard, DueKinds.Reopened, change.Now)];
                foreach (var row in told)
                    row.Entity["Since"] = since;
                return change.Log("released", Actor.TheClock);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded)
            await hints.SendAsync(told, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What may be chosen about a thread now: anything as long as nobody has chosen at this turn; then what goes further than the choice that was made,
    /// for a debate that was left or held may go on getting worse. Nothing once it is closed: opening it again is no choice about its debate. Nothing once it
    /// has calmed down and nothing is held: a link that lies in a channel shows and stops no page on which nothing happens any more.
    /// </summary>
    public static IReadOnlyList<string> ChoicesOf(ThreadRow thread) => thread switch
    {
        { Closed: true } or { Heat: DebateHeat.None, IsHeld: false } => [],
        { TurnChoice: null } => Choices,
        { TurnChoice: Leave } => [Hold, Close],
        { TurnChoice: Hold, IsHeld: true } => [Close],
        _ => [],
    };

    /// <summary>What moderators have in view on all sites: the debates that are turned, the pages that are held, and those that were closed because of that; what needs a decision first.</summary>
    public async Task<IReadOnlyList<WatchedThread>> WatchedAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var watched = new List<WatchedThread>();
        foreach (var site in hub.Sites.Keys.Order(StringComparer.Ordinal))
        {
            await foreach (var key in store.KeysAsync(site, Keys.AllWatched, cancellationToken).ConfigureAwait(false))
            {
                if (await FindAsync(site, key[2..], cancellationToken).ConfigureAwait(false) is { } thread && !await IsToldElsewhereAsync(thread, cancellationToken).ConfigureAwait(false))
                    watched.Add(thread);
            }
        }

        return [.. watched.OrderBy(one => one.Thread.TurnChoice is not null).ThenByDescending(one => one.Thread.Heat).ThenByDescending(one => one.Thread.TurnedAt)];
    }

    /// <summary>One thread with what waits about it; null when there is none.</summary>
    public async Task<WatchedThread?> FindAsync(string site, string pageKey, CancellationToken cancellationToken)
    {
        if (!Keys.IsKey(site) || !Keys.IsKey(pageKey) || await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false) is not { } thread)
            return null;
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var page = PageAddress.Canonical(thread.Page, hub.SiteOrDefault(site));
        return new WatchedThread(thread, await WaitingAsync(site, pageKey, thread.HeldSince, cancellationToken).ConfigureAwait(false)) { Page = page.Succeeded ? page.Value : thread.Page };
    }

    // A page that was closed and then moved: once it has a thread under its new address, that one says whether it is closed, and is in the list itself where its own debate turned.
    private async Task<bool> IsToldElsewhereAsync(WatchedThread watched, CancellationToken cancellationToken)
    {
        var thread = watched.Thread;
        if (!thread.Closed || thread.Heat != DebateHeat.None || Keys.Page(watched.Page) == thread.PageKey)
            return false;
        return await store.FindThreadAsync(thread.Site, Keys.Page(watched.Page), cancellationToken).ConfigureAwait(false) is { } moved && (!moved.Closed || moved.Owned.Contains(Keys.Watched(moved.PageKey), StringComparer.Ordinal));
    }

    /// <summary>How much about a page waits for a person since a moment.</summary>
    public async Task<int> WaitingAsync(string site, string pageKey, DateTimeOffset? since, CancellationToken cancellationToken) =>
        await store.KeysAsync(site, since is { } from ? Keys.WaitingSince(from) : Keys.WaitingAfter(null), cancellationToken)
            .CountAsync(key => key.Contains($".{pageKey}-", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);

    private async Task<bool> WaitsAsync(string site, string pageKey, CancellationToken cancellationToken) =>
        await store.KeysAsync(site, Keys.WaitingAfter(null), cancellationToken).AnyAsync(key => key.Contains($".{pageKey}-", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);

    /// <summary>True while nobody has chosen at this turn, and its links are good.</summary>
    internal static bool IsUnanswered(ThreadRow thread, DateTimeOffset now) =>
        thread is { Heat: not DebateHeat.None, TurnChoice: null } && thread.TurnedAt + LongestUnanswered > now;

    /// <summary>What somebody who has nothing but a link must read to decide: the text that made the debate turn, unless it is public or erased, then the newest that wait.</summary>
    public async Task<IReadOnlyList<Waiting>> NewestAsync(ThreadRow thread, CancellationToken cancellationToken)
    {
        var keys = await store.KeysAsync(thread.Site, Keys.WaitingAfter(null), cancellationToken).Where(key => key.Contains($".{thread.PageKey}-", StringComparison.Ordinal)).ToListAsync(cancellationToken).ConfigureAwait(false);
        bool IsFirst(string key) => thread.HeatOf is { } first && key.Contains($".{first}.", StringComparison.Ordinal);
        var texts = new List<Waiting>();
        // The rules may have refused it at once, or its author taken it back: what is still kept of it may be worth a complaint.
        if (!keys.Exists(IsFirst) && CommentId.TryParse(thread.HeatOf, out var id) && await store.FindAsync(thread.Site, id, cancellationToken).ConfigureAwait(false) is { State: CommentState.Rejected or CommentState.Withdrawn } away)
            texts.Add(new Waiting(away, thread, DecisionSubject.Comment, away.Since, ""));
        foreach (var key in keys.OrderByDescending(IsFirst).ThenByDescending(key => key, StringComparer.Ordinal).Take(MostShown - texts.Count))
        {
            if (await list.ReadAsync(thread.Site, key, cancellationToken).ConfigureAwait(false) is { } waiting)
                texts.Add(waiting);
        }

        return texts;
    }

    /// <summary>Notes what a person chose at this turn.</summary>
    internal static void Choose(ThreadRow thread, string choice, Actor by, DateTimeOffset now)
    {
        if (thread.Turn > 0)
            thread.TurnChoice = choice;
        (thread.DecidedBy, thread.DecidedById, thread.DecidedAt) = (by.Name, by.Id, now);
    }

    /// <summary>The 409 that says what it is today and who decided.</summary>
    public static Problem Otherwise(ThreadRow thread) => new(ProblemKind.Conflict, "decided-otherwise", "Somebody decided meanwhile, or the debate has changed since this was shown; look at it again.")
    {
        Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["site"] = thread.Site,
            ["thread"] = thread.PageKey,
            ["state"] = ThreadChange.State(thread).ToLowerInvariant(),
            ["choice"] = thread.TurnChoice,
            ["decidedBy"] = thread.DecidedBy,
            ["decidedAt"] = thread.DecidedAt,
            ["heldUntil"] = thread.HeldUntil,
            ["waits"] = thread is { Heat: not DebateHeat.None, TurnChoice: null },
            ["declared"] = Actor.IsDeclared(thread.DecidedById) ? true : null,
        },
    };
}
