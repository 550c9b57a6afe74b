using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>
/// Works on one due publication. A POST happens only behind a guarded transition into Sending, by the worker that made it; what became of a POST
/// without an answer is looked up before anything is sent again.
/// </summary>
internal sealed partial class Sending(
    PublicationStore store,
    PublishingGate gates,
    HubConfigurationSource configuration,
    ReadTeam readTeam,
    PublishConnections connections,
    SendPreparation preparation,
    PublicationCards cards,
    Secrets secrets,
    DueWork dueWork,
    Hints hints,
    TimeProvider time,
    IOptions<HubOptions> options,
    ILogger<Sending> logger)
{
    // Work that a conflict sends back begins anew with what is there then.
    private const int MostConflicts = 10;

    // A server that says "in a year" is not believed; the daily quotas of networks end within a day.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    // A site may write its feed before the page can be read, or forget a 404 only when its cache is emptied: what stays away for two hours, looked at up to eight times, is gone.
    private const int MissingMinutes = 120;

    // In minutes. The longest that the card of a look waits for its end.
    internal const int LongLook = 15;
    private const string TooSlow = "The network took too long.";
    private const string NoSecret = "The setting that holds the account's secret has no value.";

    private HubTimes Times => options.Value.Times;

    private TimeSpan Poll => Times.Minute * 5;

    private TimeSpan Refusal => Times.Minute * 15;

    /// <summary>What a hint points at: claims its due row and does what is due. While the hub has no configuration that runs it does nothing: the due row brings it again.</summary>
    public async Task RunAsync(string message, CancellationToken cancellationToken)
    {
        if (Hint.Parse(message) is not { Partition: PublicationStore.Partition, Due.Length: > 0 } hint)
            return;
        // Without a hub.json no account is named, which would look like every account's removal.
        if ((await configuration.UsableAsync(cancellationToken)).Problem is not null)
            return;
        await dueWork.WorkAsync(store.Table, hint, claim => WorkAsync(claim, cancellationToken), cancellationToken);
    }

    private async Task<bool> WorkAsync(DueClaim claim, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostConflicts; attempt++)
        {
            var publication = await store.PublicationAsync(claim.Row.Owner, cancellationToken);
            if (publication is null || !string.Equals(publication.DueKey, claim.Row.Key, StringComparison.Ordinal))
                return false;
            if (await WorkAsync(publication, claim, cancellationToken))
            {
                await HintAgainAsync(publication, cancellationToken);
                return true;
            }
        }

        return false;
    }

    /// <summary>False: something it rested on changed meanwhile; begin anew.</summary>
    private async Task<bool> WorkAsync(PublicationRow publication, DueClaim claim, CancellationToken cancellationToken)
    {
        // Counted from the claim: what a conflict sends back begins anew within the same time.
        var until = (claim.Row.BusyUntil ?? time.GetUtcNow()) - Times.Busy + Times.BusyWork;
        var team = await readTeam(cancellationToken);
        if (publication.State == PublicationState.Uncertain && !publication.SendAgain)
            return await RemindAsync(publication, team, until, cancellationToken);
        if (!team.Configuration.Accounts.TryGetValue(publication.Account, out var account) || connections.Find(account.Network) is not { } connection)
        {
            return publication.State == PublicationState.Planned
                ? await EndAsync(publication, PublicationState.Cancelled, "account-removed", "The account is no longer in hub.json.", Actor.Rules, cancellationToken)
                : await StrandedAsync(publication, team, "account-removed", "The account is no longer in hub.json.", cancellationToken);
        }

        var job = new SendJob(publication, team, await gates.SyncAsync(team, cancellationToken), account, connection, until);
        return publication.State switch
        {
            PublicationState.Planned => await SendAsync(job, claim.KilledTwice, cancellationToken),
            PublicationState.Sending or PublicationState.Uncertain => await ResolveAsync(job, claim.KilledTwice, cancellationToken),
            _ => true,
        };
    }

    private async Task<bool> SendAsync(SendJob job, bool killedTwice, CancellationToken cancellationToken)
    {
        var publication = job.Publication;
        var row = await store.AccountAsync(publication.Account, cancellationToken);
        if (Conditions(job.Team).Check(publication, job.Gate, row) is { } hindrance)
            return await HinderedAsync(job, hindrance, cancellationToken);
        if (killedTwice && (publication.WithoutPicture || publication.Pictures.Count > 0))
            return await EndAsync(publication, PublicationState.Failed, "killed-twice", "The hub ended twice while it prepared this; nothing was sent.", Actor.Clock, cancellationToken);
        // The picture is the only part of the work that decodes what others made.
        publication.WithoutPicture |= killedTwice;
        if (secrets.Get(job.Configuration.Secret ?? "") is not { } secret)
            return await AttentionAsync(publication, row, NoSecret, cancellationToken);
        var account = new PublishAccount(publication.Account, job.Configuration, secret);

        var prepared = await InTimeAsync(
            job.Until,
            stop => preparation.RunAsync(job, account, stop),
            // Most of it is the picture's: after a few times it goes without.
            new Prepared(Preparation.Later) { Why = TooSlow, IsForPicture = publication is { Picture: not null, WithoutPicture: false } },
            cancellationToken);
        switch (prepared.Outcome)
        {
            case Preparation.Ready:
                break;
            case Preparation.ByHand:
                (publication.Url, publication.NativeId) = (prepared.Post!.Url, prepared.Post.NativeId);
                // Its own date may be anything; the table takes none before 1601.
                publication.At = prepared.Post.At > DateTimeOffset.UnixEpoch ? prepared.Post.At : publication.At;
                return await EndAsync(publication, PublicationState.Published, "announced-by-hand", "Somebody announced it by hand.", Actor.Network, cancellationToken);
            case Preparation.ArticleGone:
                return await EndAsync(publication, PublicationState.Cancelled, "article-gone", prepared.Why, Actor.Rules, cancellationToken);
            case Preparation.ArticleMissing:
                return await MissingAsync(publication, prepared, cancellationToken);
            case Preparation.Refused:
                return await EndAsync(publication, PublicationState.Failed, "refused", prepared.Why, Actor.Network, cancellationToken);
            case Preparation.NeedsAttention:
                row.RefusedAt = time.GetUtcNow();
                return await AttentionAsync(publication, row, prepared.Why!, cancellationToken);
            default:
                var again = Later(publication, Patience(publication.PutOff++, prepared.RetryAfter, prepared.MayRepeatAtOnce));
                publication.PictureWaits += prepared.IsForPicture && !prepared.MayRepeatAtOnce ? 1 : 0;
                Rest(row, prepared.IsLimited, again);
                publication.Why = prepared.Why ?? "put-off";
                return await CommitAsync(publication, PublicationState.Planned, "waits", Actor.Clock, again, prepared.IsLimited ? row : null, cancellationToken, "put-off");
        }

        // The checks follow the upload, with what holds now.
        var team = await readTeam(cancellationToken);
        var gate = await gates.SyncAsync(team, cancellationToken);
        row = await store.AccountAsync(publication.Account, cancellationToken);
        if (Conditions(team).Check(publication, gate, row) is { } late)
            return await HinderedAsync(job with { Team = team, Gate = gate }, late, cancellationToken);
        (publication.Frozen, publication.FrozenPath) = (prepared.Request!.Body.ToArray(), prepared.Request.Path);
        publication.FirstSentAt = time.GetUtcNow();
        var before = row.LastSentAt;
        return await StartAsync(job with { Gate = gate }, account, row, "sending", cancellationToken) && await PostAsync(job, account, row, before, isFirst: true, cancellationToken);
    }

    private async Task<bool> MissingAsync(PublicationRow publication, Prepared prepared, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        publication.MissingSince ??= now;
        if (now - publication.MissingSince >= Times.Minute * MissingMinutes)
            return await EndAsync(publication, PublicationState.Cancelled, "article-gone", prepared.Why, Actor.Rules, cancellationToken);
        publication.Why = prepared.Why;
        var again = Later(publication, Patience(publication.PutOff++, prepared.RetryAfter, mayRepeatAtOnce: false));
        return await CommitAsync(publication, PublicationState.Planned, "waits", Actor.Clock, again, row: null, cancellationToken, "article-missing");
    }

    /// <summary>The one way into Sending: gate, account and publication as they were checked, the lease, and a new attempt whose writer alone may POST.</summary>
    private async Task<bool> StartAsync(SendJob job, PublishAccount account, AccountRow row, string what, CancellationToken cancellationToken)
    {
        var publication = job.Publication;
        var now = time.GetUtcNow();
        publication.Attempts++;
        publication.Attempt = Keys.Random(12);
        (publication.SendAgain, publication.InVain) = (false, 0);
        publication.LeaseUntil = now + Times.SendLease;
        (publication.At, publication.Why) = (now, null);
        (row.LastSentAt, row.InFlight) = (now, publication.Id);
        var move = PublicationMove.Of(store, publication, PublicationState.Sending, what, Actor.Clock, publication.LeaseUntil).With(row).With(job.Gate);
        if (await move.CommitAsync(cancellationToken) == Commit.Conflict)
            return false;
        Log.Sending(logger, publication.Id, account.Id, publication.Attempts);
        return true;
    }

    private async Task<bool> PostAsync(SendJob job, PublishAccount account, AccountRow row, DateTimeOffset? sentBefore, bool isFirst, CancellationToken cancellationToken)
    {
        // The last look, behind the claim: what was frozen, switched off or grew too late meanwhile does not begin.
        var hindrance = await HindranceAsync(job.Publication, row, cancellationToken);
        // The lease began with the transition, whose answer may have taken its time.
        var within = Half(job.Publication) - time.GetUtcNow();
        var unsent = hindrance is not null ? new PublishAnswer(PublishOutcome.Later) { Error = hindrance.Code, RetryAfter = hindrance.Until - time.GetUtcNow() }
            : within <= TimeSpan.Zero ? new PublishAnswer(PublishOutcome.Later) { Error = "The lease was half over before anything was sent." }
            : null;
        var answer = unsent ?? await job.Connection.PostAsync(account, job.Publication.Request!, within, cancellationToken);
        Log.Answered(logger, job.Publication.Id, answer.Outcome);
        while (true)
        {
            // Re-read: the transition's own ETag is not known, and an administrator may have changed hub.json meanwhile.
            var publication = await store.PublicationAsync(job.Publication.Id, cancellationToken);
            if (publication is null || publication.State != PublicationState.Sending || publication.Attempt != job.Publication.Attempt)
                return true;
            if (await SettleAsync(publication, answer, unsent is null ? null : new Unsent(sentBefore), isFirst, cancellationToken))
            {
                job.Publication.DueKey = publication.DueKey;
                return true;
            }
        }
    }

    // Whoever still worked when the due row is free again would be taken for dead by the next, and after the next for what ended the hub twice.
    private async Task<T> InTimeAsync<T>(DateTimeOffset until, Func<CancellationToken, Task<T>> work, T otherwise, CancellationToken cancellationToken)
    {
        var left = until - time.GetUtcNow();
        using var bound = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return otherwise;
        }
    }

    private async Task<Hindrance?> HindranceAsync(PublicationRow publication, AccountRow row, CancellationToken cancellationToken)
    {
        var team = await readTeam(cancellationToken);
        var gate = await gates.SyncAsync(team, cancellationToken);
        var now = time.GetUtcNow();
        var span = Half(publication) - now;
        return (Conditions(team) with { Now = now, Span = span > TimeSpan.Zero ? span : TimeSpan.Zero }).Check(publication, gate, row);
    }

    // Where the time of its one POST ends; the rest of the lease is the server's.
    private DateTimeOffset Half(PublicationRow publication) => publication.LeaseUntil!.Value - (Times.SendLease / 2);

    /// <summary>What an answer makes of a publication in Sending. After an unknown outcome (not the first attempt) nothing may say "it is not there".</summary>
    private async Task<bool> SettleAsync(PublicationRow publication, PublishAnswer answer, Unsent? unsent, bool isFirst, CancellationToken cancellationToken)
    {
        var row = await store.AccountAsync(publication.Account, cancellationToken);
        if (unsent is not null)
            row.LastSentAt = unsent.SentBefore;
        var now = time.GetUtcNow();
        publication.Why = answer.Error;
        // What did not begin to leave waits for what hindered it. A repeat is safe for some networks for less than an hour only: its waits grow to eight minutes.
        var again = Later(publication, unsent is not null ? answer.RetryAfter ?? Times.Minute : Patience(isFirst ? publication.PutOff : Math.Min(publication.Attempts - 2, 3), answer.RetryAfter, answer.MayRepeatAtOnce));
        Rest(row, answer.IsLimited, again);
        switch (answer.Outcome)
        {
            case PublishOutcome.Done:
                (publication.Url, publication.NativeId, publication.Why) = (answer.Url, answer.NativeId, null);
                (row.InFlight, row.Attention, row.RefusedAt) = (null, null, null);
                return await CommitAsync(publication, PublicationState.Published, "published", Actor.Network, null, row, cancellationToken);
            case PublishOutcome.Later when isFirst:
                (row.InFlight, publication.Frozen, publication.FrozenPath, publication.FirstSentAt) = (null, null, null, null);
                publication.PutOff += unsent is null ? 1 : 0;
                return await CommitAsync(publication, PublicationState.Planned, "not-sent", Actor.Network, again, row, cancellationToken);
            case PublishOutcome.Later:
                return await CommitAsync(publication, PublicationState.Sending, "not-sent", Actor.Network, again, answer.IsLimited || unsent is not null ? row : null, cancellationToken);
            case PublishOutcome.Refused or PublishOutcome.NeedsAttention:
                row.InFlight = null;
                if (answer.Outcome == PublishOutcome.NeedsAttention)
                    (row.Attention, row.RefusedAt) = (answer.Error, now);
                return isFirst
                    ? await CommitAsync(publication, PublicationState.Failed, "refused", Actor.Network, null, row, cancellationToken)
                    : await CommitAsync(publication, PublicationState.Uncertain, "refused-after-unknown", Actor.Network, now, row, cancellationToken);
            default:
                // Nothing is written: Sending with a lease that ends is what unknown looks like, also to whoever comes after a crash.
                return true;
        }
    }

    /// <summary>The lease is over and nobody wrote how it ended: look first, and send again only where that is safe and every condition still holds.</summary>
    private async Task<bool> ResolveAsync(SendJob job, bool killedTwice, CancellationToken cancellationToken)
    {
        var publication = job.Publication;
        var row = await store.AccountAsync(publication.Account, cancellationToken);
        var now = time.GetUtcNow();
        if (secrets.Get(job.Configuration.Secret ?? "") is not { } secret)
            return await StrandedAsync(publication, job.Team, "no-secret", NoSecret, cancellationToken);
        var account = new PublishAccount(publication.Account, job.Configuration, secret);
        var mark = new PublishMark(publication.Request!, publication.Body, publication.LinkMark, publication.FirstSentAt!.Value);
        var look = await InTimeAsync(job.Until, stop => job.Connection.LookAsync(account, mark, stop), new LookAnswer((bool?)null) { Error = TooSlow }, cancellationToken);
        if (look.IsFound is true)
        {
            (publication.Url, publication.NativeId, publication.Why, publication.SendAgain) = (look.Url, look.NativeId, null, false);
            (row.InFlight, row.Attention, row.RefusedAt) = (Released(row, publication), null, null);
            return await CommitAsync(publication, PublicationState.Published, "found", Actor.Network, null, row, cancellationToken);
        }

        var conditions = Conditions(job.Team);
        var isLate = now + conditions.Span > publication.PublishBy;
        if (look.IsFound is null && !isLate && !killedTwice)
        {
            var wait = Times.Growing(Times.SendLease, publication.InVain++);
            // One more look while a repeat is still safe.
            if (job.Connection.RepeatWithin is { } within && publication.FirstSentAt + within - (conditions.Span * 2) - now is { } safely && safely > TimeSpan.Zero && safely < wait)
                wait = safely;
            return await WaitAsync(publication, "not-looked-up", Later(publication, look.RetryAfter > wait ? look.RetryAfter.Value : wait), cancellationToken, look.Error);
        }

        var hindrance = conditions.Check(publication, job.Gate, row);
        // Only "send again" by a person goes beyond what the network makes safe.
        var isSafe = publication.SendAgain || job.Connection.RepeatWithin is not { } window || now + conditions.Span < publication.FirstSentAt + window;
        if (look.IsFound is null || !isSafe || isLate || killedTwice || hindrance is { Code: Hindrance.Expired })
            return await UncertainAsync(publication, row, look.Error ?? "Nobody knows whether it was posted.", cancellationToken);
        if (hindrance is not null)
        {
            var isHopeless = job.Connection.RepeatWithin is { } safe && !publication.SendAgain && hindrance.Until + conditions.Span >= publication.FirstSentAt + safe;
            return isHopeless
                ? await UncertainAsync(publication, row, "It could not be sent again in time.", cancellationToken)
                : await WaitAsync(publication, hindrance.Code, hindrance.Until, cancellationToken);
        }

        // Whatever ends before the POST ends this attempt as unknown: the next one looks again.
        var before = row.LastSentAt;
        return await StartAsync(job, account, row, "sending-again", cancellationToken) && await PostAsync(job, account, row, before, isFirst: false, cancellationToken);
    }

    /// <summary>It may have left, and nobody can look, because its account or the secret is gone: a person is told, and once it is too late asked; then nothing else of the account waits for it.</summary>
    private async Task<bool> StrandedAsync(PublicationRow publication, TeamSettings team, string code, string why, CancellationToken cancellationToken)
    {
        var row = await store.AccountAsync(publication.Account, cancellationToken);
        var isRemoved = !team.Configuration.Accounts.ContainsKey(publication.Account);
        if (time.GetUtcNow() + Conditions(team).Span > publication.PublishBy)
        {
            // The daily card asks from here on; of an account that is no more, nothing else would end the attention.
            row.Attention = isRemoved ? null : why;
            return await UncertainAsync(publication, row, why, cancellationToken);
        }

        (row.Attention, publication.Why) = (why, why);
        return await CommitAsync(publication, publication.State, "waits", Actor.Clock, Later(publication, Times.Growing(Poll, publication.InVain++)), row, cancellationToken, code);
    }

    private async Task<bool> HinderedAsync(SendJob job, Hindrance hindrance, CancellationToken cancellationToken)
    {
        var publication = job.Publication;
        var now = time.GetUtcNow();
        switch (hindrance.Code)
        {
            case Hindrance.Expired when now >= publication.PublishBy:
                // What it waited for tells the team what to change.
                var last = publication.Approval == Approval.Awaiting ? Hindrance.Approval : publication.Why ?? "It could not leave in time.";
                return await EndAsync(publication, PublicationState.Expired, "expired", last, Actor.Clock, cancellationToken);
            case Hindrance.Approval:
                return await AskAsync(job, cancellationToken);
            case Hindrance.DryRun when publication.Shown is null:
                publication.Shown = await InTimeAsync<string?>(job.Until, async stop => await preparation.ShowAsync(job, stop), null, cancellationToken);
                if (publication.Shown is null)
                    return await WaitAsync(publication, hindrance.Code, Soonest(now + Times.Growing(Times.Minute, publication.InVain++), publication.PublishBy), cancellationToken, TooSlow);
                return await CommitAsync(publication, PublicationState.Planned, Hindrance.DryRun, Actor.Clock, hindrance.Until, row: null, cancellationToken);
            default:
                return await WaitAsync(publication, hindrance.Code, hindrance.Until, cancellationToken);
        }
    }

    // One card for the whole look; then a reminder each day as long as it waits.
    private async Task<bool> AskAsync(SendJob job, CancellationToken cancellationToken)
    {
        var publication = job.Publication;
        var now = time.GetUtcNow();
        var again = now + Times.Reminder < publication.PublishBy ? now + Times.Reminder : publication.PublishBy;
        var waiting = publication.Look is null ? [] : await store.WaitingOfAsync(publication.Look, cancellationToken).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
            waiting.Add(publication);
        // When the one that owed the card is decided, the oldest that still waits owes the reminders.
        publication.OwesCard |= publication.Look is null || (publication.Why is not null && !waiting.Any(p => p.OwesCard) && waiting.MinBy(p => p.Id, StringComparer.Ordinal)?.Id == publication.Id);
        if (!publication.OwesCard)
            return await WaitAsync(publication, Hindrance.Approval, again, cancellationToken);
        // The card tells of all that its look found. A look that cannot go on, because the site is away, keeps nobody waiting for long.
        if (publication.Look is { } look && (await store.FeedsAsync(cancellationToken)).Any(feed => feed.Decision != LookDecision.None && feed.Look == look && feed.LookAt > now - (Times.Minute * LongLook)))
            return await WaitAsync(publication, Hindrance.Approval, Soonest(now + (Times.Minute / 4), publication.PublishBy), cancellationToken);
        if (!await InTimeAsync(job.Until, stop => cards.AskAsync(job.Team.Configuration, waiting, stop), otherwise: false, cancellationToken))
            return await WaitAsync(publication, "card-not-taken", Soonest(now + Times.Growing(Times.Minute, publication.InVain++), publication.PublishBy), cancellationToken);
        publication.InVain = 0;
        return await CommitAsync(publication, PublicationState.Planned, "asked", Actor.Clock, again, row: null, cancellationToken);
    }

    private async Task<bool> RemindAsync(PublicationRow publication, TeamSettings team, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var isLate = time.GetUtcNow() >= publication.PublishBy;
        var taken = await InTimeAsync(until, stop => cards.UncertainAsync(team.Configuration, publication, isLate, stop), otherwise: false, cancellationToken);
        var wait = taken ? Times.Reminder : Times.Growing(Times.Minute, publication.InVain++);
        if (taken)
            publication.InVain = 0;
        return await CommitAsync(publication, PublicationState.Uncertain, taken ? "asked" : "card-not-taken", Actor.Clock, time.GetUtcNow() + wait, row: null, cancellationToken);
    }

    private async Task<bool> AttentionAsync(PublicationRow publication, AccountRow row, string why, CancellationToken cancellationToken)
    {
        row.Attention = why;
        publication.Why = why;
        return await CommitAsync(publication, PublicationState.Planned, "account-needs-attention", Actor.Network, Soonest(time.GetUtcNow() + Refusal, publication.PublishBy), row, cancellationToken);
    }

    private async Task<bool> UncertainAsync(PublicationRow publication, AccountRow row, string why, CancellationToken cancellationToken)
    {
        row.InFlight = Released(row, publication);
        (publication.Why, publication.SendAgain, publication.InVain) = (why, false, 0);
        return await CommitAsync(publication, PublicationState.Uncertain, "uncertain", Actor.Clock, time.GetUtcNow(), row, cancellationToken);
    }

    private Task<bool> EndAsync(PublicationRow publication, PublicationState state, string what, string? why, Actor who, CancellationToken cancellationToken)
    {
        publication.Why = why;
        return CommitAsync(publication, state, what, who, null, row: null, cancellationToken);
    }

    private Task<bool> WaitAsync(PublicationRow publication, string code, DateTimeOffset until, CancellationToken cancellationToken, string? why = null)
    {
        publication.Why = why ?? code;
        // Due again at the very moment would be a loop without a pause.
        var due = until > time.GetUtcNow() ? until : time.GetUtcNow().AddMilliseconds(1);
        return CommitAsync(publication, publication.State, "waits", Actor.Clock, due, row: null, cancellationToken, code);
    }

    private async Task<bool> CommitAsync(PublicationRow publication, PublicationState to, string what, Actor who, DateTimeOffset? due, AccountRow? row, CancellationToken cancellationToken, string? code = null) =>
        await PublicationMove.Of(store, publication, to, what, who, due, code).With(row).CommitAsync(cancellationToken) == Commit.Applied;

    private async Task HintAgainAsync(PublicationRow publication, CancellationToken cancellationToken)
    {
        if (publication.DueKey is { } key && DueOf(key) <= time.GetUtcNow())
            await hints.SendAsync(Queues.PublicationSend, Hint.For(PublicationStore.Partition, key), cancellationToken);
    }

    private SendConditions Conditions(TeamSettings team)
    {
        var publishing = team.Configuration.Publishing;
        return new SendConditions(
            time.GetUtcNow(),
            Times.SendLease / 2,
            new QuietHours(TimeZoneInfo.FindSystemTimeZoneById(team.Configuration.Authority.TimeZone), publishing.QuietFrom, publishing.QuietTo),
            Times.Minute * publishing.PaceMinutes,
            gates.Mode,
            Poll,
            Refusal);
    }

    // As long as a server asks to wait, within reason; at publishBy it is over anyway.
    private DateTimeOffset Later(PublicationRow publication, TimeSpan wait)
    {
        var now = time.GetUtcNow();
        var at = now + (wait < LongestWait ? wait : LongestWait);
        // Due again at the very moment would be a loop without a pause.
        return publication.PublishBy > now && publication.PublishBy < at ? publication.PublishBy : at > now ? at : now.AddMilliseconds(1);
    }

    // A server may ask for more patience than ours, never for less: "at once", said each time, would be a loop without a pause.
    private TimeSpan Patience(int before, TimeSpan? asked, bool mayRepeatAtOnce)
    {
        var ours = mayRepeatAtOnce && before <= 0 ? TimeSpan.Zero : Times.Growing(Times.Minute, Math.Max(before, 0));
        return asked > ours ? asked.Value : ours;
    }

    private static void Rest(AccountRow row, bool isLimited, DateTimeOffset until)
    {
        if (isLimited && !(row.RestUntil > until))
            row.RestUntil = until;
    }

    private static string? Released(AccountRow row, PublicationRow publication) =>
        string.Equals(row.InFlight, publication.Id, StringComparison.Ordinal) ? null : row.InFlight;

    private static DateTimeOffset Soonest(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset DueOf(string key) => Keys.ParseUtc(key.Split('.')[1]);

    // Nothing began to leave behind the claim: the account's pace is as it was before.
    private sealed record Unsent(DateTimeOffset? SentBefore);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Publication {Publication} is sent to {Account}, attempt {Attempt}.")]
        public static partial void Sending(ILogger logger, string publication, string account, int attempt);

        [LoggerMessage(Level = LogLevel.Information, Message = "Publication {Publication}: {Outcome}.")]
        public static partial void Answered(ILogger logger, string publication, PublishOutcome outcome);
    }
}
