using Azure;
using Azure.Data.Tables;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Opens, closes and governs threads.</summary>
public sealed class CommentThreads(CommentStore store, PageOpening pages, HubConfigurationSource configuration, SettingsStore settings, TimeProvider timeProvider)
{
    /// <summary>How far ahead a page may be held.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromDays(30);

    /// <summary>How far ahead a page may be said to close: as many days as a site's own rule may have.</summary>
    public static readonly TimeSpan FurthestClosing = TimeSpan.FromDays(3_650);

    /// <summary>Alone in <see cref="ThreadOrder.RejectAtOnce"/>: the classes of its site again, whichever those are and will be.</summary>
    public const string AsSite = "site";

    // As in CommentStore: a thread's row is shared by all its comments.
    private const int MostRepeats = 30;

    /// <summary>The thread of a page, opened when this is its first comment.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="page">Its page, canonical.</param>
    /// <param name="thread">As it was just read; null: the page has none.</param>
    /// <param name="look">What this request saw of the page before; null: it has not looked. A slow page is waited for once, however often the thread is read again.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The thread, and what was seen of the page where somebody had to look; 404 when the page is gone or not open to comments, 409 when the thread is closed.</returns>
    public async Task<Answer<(ThreadRow Thread, PageLook? Look)>> OpenAsync(string site, string page, ThreadRow? thread, PageLook? look, CancellationToken cancellationToken)
    {
        // One that could not be fetched when it was opened is looked at again. If it can be now, that is written with the comment that is being accepted; if it is known now to take none, it takes none.
        if (look is null && thread is not { Unseen: null })
        {
            var looked = await pages.LookAsync(site, page, cancellationToken).ConfigureAwait(false);
            if (looked.Problem is { } refused)
                return refused;
            look = looked.Value;
        }

        if (thread is null)
        {
            thread = await AddAsync(site, Keys.Page(page), page, look!, Actor.TheAuthor, cancellationToken).ConfigureAwait(false);
        }
        else if (thread.Unseen is not null && look!.Unseen is null)
        {
            thread.Unseen = null;
            thread.Title = look.Title ?? thread.Title;
            thread.Version++;
        }

        return thread.Closed || thread.Closes <= timeProvider.GetUtcNow()
            ? new Problem(ProblemKind.Conflict, "thread-closed", "Comments on this page are closed.")
            : (thread, look);
    }

    /// <summary>
    /// Closes or reopens a thread, holds all of it or releases it, or gives it a policy of its own (null members stay as they are); before the first comment, too.
    /// A page that moved is opened and released under each address that it had.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="page">Its page, canonical.</param>
    /// <param name="rule">What is to be changed.</param>
    /// <param name="ifMatch"><see cref="ThreadRow.Tag"/> of what was seen; null: whatever is there now.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The thread; 404 when nothing is to be changed of a page that has no thread, or the page takes none; 409 when a closed one is to be held; 412 when it was governed since; 422.</returns>
    public async Task<Answer<ThreadRow>> GovernAsync(string site, string page, ThreadOrder rule, string? ifMatch, Actor who, CancellationToken cancellationToken)
    {
        var (closed, policy) = (rule.Closed, rule.Policy);
        if (rule.Held == true && closed == true)
            return new Problem(ProblemKind.Unprocessable, "held-and-closed", "A page is held, so that people can go on writing, or closed; choose one.");
        var morning = rule.Held == true && rule.Until is null ? await NextWorkingMorningAsync(cancellationToken).ConfigureAwait(false) : default;
        if (rule.Until is { } until && (rule.Held != true || until <= timeProvider.GetUtcNow() || until > timeProvider.GetUtcNow() + LongestHold))
            return new Problem(ProblemKind.Unprocessable, "until-invalid", $"until goes with held, and is a time within the next {LongestHold.Days} days.");
        if (rule.Closes is { } closes && (closed == true || closes <= timeProvider.GetUtcNow() || closes > timeProvider.GetUtcNow() + FurthestClosing))
            return new Problem(ProblemKind.Unprocessable, "closes-invalid", $"closes is a time within the next {FurthestClosing.Days} days, and does not go with closed: true.");
        var isAsSite = rule.RejectAtOnce is [AsSite];
        if (!isAsSite && rule.RejectAtOnce is { } chosen && (chosen.Any(one => !FindingClasses.Rejecting.Contains(one, StringComparer.Ordinal)) || chosen.Distinct(StringComparer.Ordinal).Count() < chosen.Count))
            return new Problem(ProblemKind.Unprocessable, "classes-invalid", $"rejectAtOnce names classes of which a rule rejects, each once: {string.Join(", ", FindingClasses.Rejecting)}; or {AsSite} alone, for those of its site. What rules find of other classes a person reads.");
        DateTimeOffset? wanted = rule.Closes is { } time ? Whole(time) : null;
        var pageKey = Keys.Page(page);
        for (var repeat = 0; ; repeat++)
        {
            var thread = await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
            if (ifMatch is not null && !EntityTags.Match(ifMatch, thread?.Tag))
                return new Problem(ProblemKind.Changed, "thread-changed", "This thread was closed, reopened or given a policy since you read it; read it again and repeat your change.");
            if (thread is null)
            {
                var isRuled = closed == true || rule.Held == true || (policy is not null && !rule.IsPolicyOfSite) || rule.Closes is not null || (rule.RejectAtOnce is not null && !isAsSite);
                // What was said of it under the address that it had before may be taken back under its new one.
                var isTakenBack = closed == false || rule.Held == false || isAsSite || rule.IsPolicyOfSite;
                if (!isRuled && (!isTakenBack || (await EarlierAsync(site, page, cancellationToken).ConfigureAwait(false)).Count == 0))
                    return new Problem(ProblemKind.NotFound, "no-such-thread", "Nobody has written under this page yet.");
                var look = await pages.LookAsync(site, page, cancellationToken).ConfigureAwait(false);
                if (look.Problem is { } refused)
                    return refused;
                thread = await AddAsync(site, pageKey, page, look.Value, who, cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<ThreadRow> shut = closed == false || rule.Held == false ? [.. (await EarlierAsync(site, page, cancellationToken).ConfigureAwait(false)).Where(IsShut)] : [];
            var keepsOpen = closed == false && thread.Closes is not null;
            if ((rule.Held == true || rule.Closes is not null) && thread.Closed && closed != false)
                return new Problem(ProblemKind.Conflict, "thread-closed", "Comments on this page are closed; open them (closed: false) to hold what is written, or to have them close later.");
            var isHolding = rule.Held == true && (!thread.IsHeld || (rule.Until is not null && rule.Until != thread.HeldUntil));
            var isReleasing = rule.Held == false && thread.IsHeld;
            var isDating = wanted is not null && wanted != thread.Closes;
            var isClassing = rule.RejectAtOnce is { } classes && (isAsSite ? thread.RejectAtOnce is not null : thread.RejectAtOnce is not { } before || !before.SequenceEqual(classes, StringComparer.Ordinal));
            if (shut.Count == 0 && !isClassing && !(keepsOpen && rule.Closes is null) && !isDating && !isHolding && !isReleasing && thread.Closed == (closed ?? thread.Closed) && thread.Policy == PolicyOf(thread))
                return thread;
            var change = new ThreadChange(thread, timeProvider.GetUtcNow());
            var due = thread.DueKey;
            // Reopened by a person, it stays open: the clock closed it once.
            if (keepsOpen && rule.Closes is null)
            {
                thread.Closes = null;
                thread.DueKey = null;
            }

            DueRow? closing = null;
            if (isDating)
            {
                thread.Closes = wanted;
                closing = DueRow.New(site, Queues.CommentUpkeep, wanted!.Value, DueKinds.Thread, pageKey);
                thread.DueKey = closing.Key;
            }

            thread.Policy = PolicyOf(thread);
            thread.RejectAtOnce = isAsSite ? null : rule.RejectAtOnce ?? thread.RejectAtOnce;
            thread.Version++;
            if (closed == true || isHolding)
                Debates.Choose(thread, closed == true ? Debates.Close : Debates.Hold, who, change.Now);
            if (closed == false)
                change.Open();
            if (isHolding)
                change.Hold(rule.Until ?? morning);
            else if (closed == true)
                change.Close();
            else if (isReleasing)
                change.Release();
            var log = change.Log(isHolding ? "held" : closed switch { true => "closed", false => "reopened", null => isReleasing || shut.Count > 0 ? "released" : isDating ? "closes" : "policy" }, who, isClassing ? "rejectAtOnce " + (rule.RejectAtOnce is [] ? "none" : string.Join(' ', rule.RejectAtOnce!)) : null);
            var transition = change.ToTransition(store.Table, timeProvider, log);
            if (due is not null && thread.DueKey != due)
                transition.Delete(due);
            // Of a time that an earlier version kept to the tick, the row is there under the same key.
            if (closing is not null && closing.Key != due)
                transition.Add(closing);
            foreach (var moved in shut)
                OpenTo(transition, moved, who, change.Now);
            if (await transition.CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return thread;
            if (repeat == MostRepeats)
                return CommentProblems.Busy;
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
        }

        CommentPolicy? PolicyOf(ThreadRow thread) => rule.IsPolicyOfSite ? null : policy ?? thread.Policy;

        bool IsShut(ThreadRow moved) => (closed == false && (moved.Closed || moved.Closes is not null)) || (rule.Held == false && moved.IsHeld);

        void OpenTo(Transition transition, ThreadRow moved, Actor by, DateTimeOffset now)
        {
            var change = new ThreadChange(moved, now);
            moved.Version++;
            if (closed == false)
            {
                if (moved.DueKey is { } closing)
                    transition.Delete(closing);
                (moved.Closes, moved.DueKey) = (null, null);
                change.Open();
            }

            if (rule.Held == false && moved.IsHeld)
                change.Release();
            var log = change.Log(closed == false ? "reopened" : "released", by);
            change.Settle();
            transition.Replace(moved);
            change.JoinTo(transition, log);
        }
    }

    /// <summary>The clock's part: closes a thread whose days are over, and keeps its promise.</summary>
    public async Task CloseByClockAsync(string site, string pageKey, string dueKey, CancellationToken cancellationToken)
    {
        while (true)
        {
            var thread = await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
            if (thread is null || thread.DueKey != dueKey)
                return;
            var change = new ThreadChange(thread, timeProvider.GetUtcNow());
            thread.Closed = true;
            thread.DueKey = null;
            thread.Version++;
            change.DropReopened();
            // The clock answers no alarm.
            var isUnanswered = Debates.IsUnanswered(thread, change.Now);
            if (thread.IsHeld)
                change.Release(isUnanswered ? change.Now + Debates.LooksApart : null);
            else if (!isUnanswered)
                change.CoolDown();
            if (await change.ToTransition(store.Table, timeProvider, change.Log("closed", Actor.TheClock)).Delete(dueKey).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                return;
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>True when <paramref name="pageKey"/> is the page's, or that of an address which it had before.</summary>
    public async Task<bool> HoldsAsync(string site, string page, string pageKey, CancellationToken cancellationToken) =>
        (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).Sites.TryGetValue(site, out var own) && PageAddress.KeysOf(page, own).Contains(pageKey, StringComparer.Ordinal);

    /// <summary>When a page that is held now reopens by itself.</summary>
    public async Task<DateTimeOffset> NextWorkingMorningAsync(CancellationToken cancellationToken)
    {
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        return team.Duty.NextWorkingMorning(timeProvider.GetUtcNow());
    }

    // Keys hold milliseconds, and what is finer would be another time under the same key.
    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

    // As long as nobody else opens it: what was said of the page under the addresses that it had before goes on, and is read with the write.
    private async Task<ThreadRow> AddAsync(string site, string pageKey, string page, PageLook look, Actor who, CancellationToken cancellationToken)
    {
        var own = (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).SiteOrDefault(site);
        while (true)
        {
            var now = timeProvider.GetUtcNow();
            var thread = ThreadRow.New(site, pageKey, page, look.Title ?? page, look.Unseen);
            if (own.CloseAfterDays is { } days)
                thread.Closes = Whole(now + TimeSpan.FromDays(days));
            var earlier = await EarlierAsync(site, page, cancellationToken).ConfigureAwait(false);
            GoOn(thread, earlier);
            List<DueRow> promised = [];
            if (thread is { Closed: false, Closes: not null })
            {
                var closing = DueRow.New(site, Queues.CommentUpkeep, thread.Closes.Value, DueKinds.Thread, pageKey);
                thread.DueKey = closing.Key;
                promised.Add(closing);
            }

            if (thread.HeldUntil is { } until)
            {
                var reopening = DueRow.New(site, Queues.CommentUpkeep, until, DueKinds.Reopen, pageKey);
                thread.Owned = [reopening.Key, Keys.Watched(pageKey)];
                promised.Add(reopening);
            }

            var transition = new Transition(store.Table, LogRow.New(site, pageKey, thread.Seq, now, "opened", ThreadChange.State(thread), who.Name, who.Id), timeProvider).Add(thread);
            foreach (var promise in promised)
                transition.Add(promise);
            if (thread.IsHeld)
                transition.Add(new TableEntity(site, Keys.Watched(pageKey)));
            foreach (var moved in earlier)
                transition.Replace(moved);
            var commit = await transition.CommitAsync(cancellationToken).ConfigureAwait(false);
            // Ours or that of somebody who was faster: it is there, and its ETag with it.
            if (await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false) is { } opened)
                return opened;
            if (commit == Commit.Applied)
                throw new RequestFailedException("The thread that was just opened is not there.");
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // The threads of a page under the addresses that it had before.
    private async Task<IReadOnlyList<ThreadRow>> EarlierAsync(string site, string page, CancellationToken cancellationToken)
    {
        var own = (await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false)).SiteOrDefault(site);
        var earlier = new List<ThreadRow>();
        foreach (var key in PageAddress.KeysOf(page, own).Skip(1))
        {
            if (await store.FindThreadAsync(site, key, cancellationToken).ConfigureAwait(false) is { } moved)
                earlier.Add(moved);
        }

        return earlier;
    }

    private static void GoOn(ThreadRow thread, IReadOnlyList<ThreadRow> earlier)
    {
        foreach (var moved in earlier)
        {
            thread.Closed |= moved.Closed;
            thread.Policy ??= moved.Policy;
            thread.RejectAtOnce ??= moved.RejectAtOnce;
            thread.Closes = moved.Closes ?? (moved.Closed ? null : thread.Closes);
        }

        // Under whichever address it was closed: nothing is written that could be held. Of several holds the longest is what the last person wanted at least.
        if (!thread.Closed && earlier.Where(moved => moved.IsHeld).MaxBy(moved => moved.HeldUntil) is { } held)
            (thread.HeldSince, thread.HeldUntil) = (held.HeldSince, held.HeldUntil);
    }
}

/// <summary>What is to be changed of a thread; null members stay as they are.</summary>
/// <param name="Closed">True closes, false reopens.</param>
/// <param name="Policy">Its own policy.</param>
/// <param name="Held">True holds every new comment for a person, false lets them go their usual way again.</param>
/// <param name="Until">When it reopens by itself; null: on the next working morning.</param>
/// <param name="Closes">When the clock closes it, in the place of what its site says; reopening it without one takes that away.</param>
/// <param name="RejectAtOnce">Rule classes that are refused here without a person, in the place of those of its site; <see cref="FindingClasses.Rejecting"/>, each once, or <see cref="CommentThreads.AsSite"/> alone.</param>
public sealed record ThreadOrder(bool? Closed, CommentPolicy? Policy, bool? Held = null, DateTimeOffset? Until = null, DateTimeOffset? Closes = null, IReadOnlyList<string>? RejectAtOnce = null)
{
    /// <summary>True: the policy of its site again, whichever that is and will be; <see cref="Policy"/> counts for nothing then.</summary>
    public bool IsPolicyOfSite { get; init; }
}
