using System.Globalization;
using System.Text.Json.Nodes;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>What people do with publications: look, write, change, agree, call off, say how it ended.</summary>
public sealed class Publications(
    PublicationStore store,
    PublishingGate gates,
    ReadTeam readTeam,
    Composing composing,
    PublishConnections connections,
    ChosenPictures pictures,
    PublicationRemarks remarks,
    Secrets secrets,
    Hints hints,
    TimeProvider time)
{
    /// <summary>Longest hand-written text, characters; networks stop long before, or differ.</summary>
    public const int LongestText = 10_000;

    private const int MostAccounts = 15;
    private const int MostListed = 200;
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>The calendar between two moments, at most a year; by default from two weeks ago to two weeks ahead.</summary>
    public async Task<Answer<PublicationList>> ListAsync(DateTimeOffset? from, DateTimeOffset? to, string? state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (start, end) = (from ?? now.AddDays(-14), to ?? now.AddDays(14));
        if (start >= end || end - start > Farthest)
            return new Problem(ProblemKind.Invalid, "range-invalid", "Give from and to, to after from and at most a year later.");
        PublicationState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<PublicationState>(state, ignoreCase: true, out var read) || !Enum.IsDefined(read) || int.TryParse(state, CultureInfo.InvariantCulture, out _))
                return new Problem(ProblemKind.Invalid, "state-unknown", $"There is no such state; write one of {string.Join(", ", Enum.GetValues<PublicationState>().Select(PublicationView.Word))}.");
            wanted = read;
        }

        var rows = await store.CalendarAsync(start, end, wanted, MostListed + 1, cancellationToken);
        // Several may have one moment: the page ends before the last moment unless that is all it holds.
        if (rows.Count <= MostListed)
            return new PublicationList([.. rows.Select(PublicationView.Of)], null);
        var next = rows[MostListed].At;
        var page = rows.TakeWhile(row => row.At < next).ToList();
        return page.Count > 0
            ? new PublicationList([.. page.Select(PublicationView.Of)], next.ToUniversalTime())
            : new PublicationList([.. rows.Take(MostListed).Select(PublicationView.Of)], next.ToUniversalTime().AddMilliseconds(1));
    }

    /// <summary>One publication.</summary>
    public async Task<Answer<PublicationView>> GetAsync(string id, CancellationToken cancellationToken) =>
        await store.PublicationAsync(id, cancellationToken) is { } row ? PublicationView.Of(row) : Unknown();

    /// <summary>Plans a hand-written text on several accounts, all of them or none.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="idempotencyKey">The same key with the same body is the same request.</param>
    /// <param name="caller">Whose text it is; a contributor's waits for an approval.</param>
    /// <param name="cancellationToken">Stops it before it is written.</param>
    /// <returns>The publications, and whether they were there already; 422 with the length on each network, or with what the rules see in it until the editor says that it goes despite them.</returns>
    public async Task<Answer<(PublicationList List, bool IsReplay)>> WriteAsync(WrittenPublication written, string? idempotencyKey, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(caller);
        if (idempotencyKey is not { Length: >= 8 and <= 200 })
            return new Problem(ProblemKind.Invalid, "idempotency-key-required", "Send a random Idempotency-Key of 8 to 200 characters, the same one when you repeat the request.");
        var chosen = written.Pictures ?? [];
        if (WithoutNothing(written.Accounts, chosen) is { } empty)
            return empty;
        var hash = Keys.Hash($"{string.Join(',', written.Accounts)}\n{written.Text}\n{written.Page}\n{written.Title}\n{written.At:O}\n{written.PublishBy:O}{string.Concat(chosen.Select(picture => $"\n{picture.Hash} {picture.Alt}"))}");
        if (await ReplayAsync(idempotencyKey, hash, cancellationToken) is { } replay)
            return replay;
        var team = await readTeam(cancellationToken);
        await gates.SyncAsync(team, cancellationToken);
        var now = time.GetUtcNow();
        var text = written.Text.ReplaceLineEndings("\n").Trim();
        if (written.Page is { } page)
        {
            if (!IsPage(page))
                return new Problem(ProblemKind.Unprocessable, "page-invalid", "The page is no absolute http or https address.");
            if (!text.Contains(page, StringComparison.Ordinal))
                text = text.Length == 0 ? page : $"{text}\n\n{page}";
        }

        // Before anything is added to it: the calendar of the machine ends too.
        if (written.At > now + Farthest)
            return TooFar();
        var by = written.PublishBy ?? (written.At ?? now) + TimeSpan.FromHours(team.Configuration.Publishing.PublishWithinHours);
        if (await JudgeAsync(written.Accounts, text, written.At, by, team, cancellationToken) is { } problem)
            return problem;
        if (await pictures.JudgeAsync(written.Accounts, chosen, team, cancellationToken) is { } unusable)
            return unusable;
        // Somebody else reads what a contributor proposes, and is told.
        if (caller.Role >= Role.Editor && await UnconfirmedAsync(written.Despite, written.Title, text, chosen, team, cancellationToken) is { } unconfirmed)
            return unconfirmed;

        var actor = new Actor(caller.Name, caller.Id);
        List<PublicationRow> rows = [];
        foreach (var account in written.Accounts.Distinct(StringComparer.Ordinal))
        {
            var id = Composing.NewId(now);
            var network = team.Configuration.Accounts[account].Network;
            var row = PublicationRow.New(id, account, network, Composing.NetworkKey(network, id, now), now, by, team.Configuration.Authority.Language, article: null, look: null, caller.Id);
            (row.Body, row.Link, row.Page, row.Title, row.IsByHand, row.Revision) = (text, null, written.Page, written.Title ?? "", true, 1);
            row.Pictures = chosen;
            (row.NotBefore, row.At) = (written.At > now ? written.At.Value : now, written.At > now ? written.At.Value : now);
            row.Approval = caller.Role < Role.Editor ? Approval.Awaiting : Approval.NotNeeded;
            row.AskedFor = row.Approval == Approval.Awaiting ? AskReason.Proposal : null;
            rows.Add(row);
        }

        var transition = new Transition(store.Table, PublicationMove.Log(rows[0], now, actor), time);
        transition.Add(new Azure.Data.Tables.TableEntity(PublicationStore.Partition, Keys.Idempotency(idempotencyKey))
        {
            ["Publications"] = string.Join(' ', rows.Select(row => row.Id)),
            ["Hash"] = hash,
            ["Expires"] = now.AddDays(1),
        });
        foreach (var row in rows)
        {
            foreach (var entity in PublicationMove.Plan(row, now, actor, row.NotBefore, withLog: row != rows[0]))
                transition.Add(entity);
        }

        if (await transition.CommitAsync(cancellationToken) == Commit.Conflict)
            return await ReplayAsync(idempotencyKey, hash, cancellationToken) ?? new Problem(ProblemKind.Unavailable, "try-again", "Something else was written at this moment; send the same request again.") { RetryAfter = TimeSpan.FromSeconds(1) };
        foreach (var row in rows.Where(row => row.NotBefore <= now))
            await HintAsync(row, cancellationToken);
        return (new PublicationList([.. rows.Select(PublicationView.Of)], null), false);
    }

    /// <summary>Changes text, pictures or time before it is sent; clears an approval that was given to other ones.</summary>
    public Task<Answer<PublicationView>> ChangeAsync(string id, PublicationChange change, string? ifMatch, Caller caller, CancellationToken cancellationToken) => DoAsync(id, ifMatch, async row =>
    {
        if (row.State != PublicationState.Planned)
            return Conflict(row, "It is no longer planned.");
        var now = time.GetUtcNow();
        var text = change.Text?.ReplaceLineEndings("\n").Trim() ?? row.Body;
        if (WithoutNothing([], change.Pictures ?? []) is { } empty)
            return empty;
        var team = await readTeam(cancellationToken);
        if (await JudgeAsync([row.Account], text, change.At ?? row.NotBefore, change.PublishBy ?? row.PublishBy, team, cancellationToken) is { } problem)
            return problem;
        var chosen = change.Pictures ?? row.Pictures;
        if (change.Pictures is not null && await pictures.JudgeAsync([row.Account], chosen, team, cancellationToken) is { } unusable)
            return unusable;
        if (text != row.Body || !chosen.SequenceEqual(row.Pictures))
        {
            if (caller.Role >= Role.Editor && await UnconfirmedAsync(change.Despite, row.Title, text, chosen, team, cancellationToken) is { } unconfirmed)
                return unconfirmed;
            // Who takes the tracked link out of the text wants none; a template may have left it to the card alone, where nobody could take it out.
            if (row.Link is { } link && row.Body.Contains(link, StringComparison.Ordinal) && !text.Contains(link, StringComparison.Ordinal))
                row.Link = null;
            (row.Body, row.IsByHand, row.Pictures) = (text, true, chosen);
            // Whoever may publish agrees by writing.
            if (row.Approval != Approval.NotNeeded)
                row.Approval = caller.Role >= Role.Editor ? Approval.Given : Approval.Awaiting;
        }

        // What is over means now, as when it is written; a table takes no time before 1601.
        if ((change.At < now ? now : change.At) is { } at)
            (row.NotBefore, row.At) = (at, at);
        (row.PublishBy, row.Shown, row.Revision) = (change.PublishBy ?? row.PublishBy, null, row.Revision + 1);
        return Move(row, PublicationState.Planned, "changed", caller, row.NotBefore > now ? row.NotBefore : now);
    }, cancellationToken);

    /// <summary>Agrees to a publication that awaits it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ifMatch">Its ETag as it was seen.</param>
    /// <param name="caller">Who agrees.</param>
    /// <param name="cancellationToken">Stops it before it is written.</param>
    /// <param name="despite">True: although the rules see in it what a publication does not leave with by itself.</param>
    /// <returns>It; 422 with what the rules see in it, until the editor says that it goes despite that.</returns>
    public Task<Answer<PublicationView>> ApproveAsync(string id, string? ifMatch, Caller caller, CancellationToken cancellationToken, bool? despite = null) => DoAsync(id, ifMatch, async row =>
    {
        if (row.Approval == Approval.Given && row.State is PublicationState.Planned or PublicationState.Sending or PublicationState.Published)
            return Step.Unchanged;
        if (row.State != PublicationState.Planned || row.Approval != Approval.Awaiting)
            return Conflict(row, "It awaits no approval.");
        if (despite is not true && await remarks.GraveAsync(PublicationView.Of(row), (await readTeam(cancellationToken)).Configuration, cancellationToken) is { } warnings)
            return Unconfirmed(warnings);
        (row.Approval, row.OwesCard, row.Why, row.Revision) = (Approval.Given, false, null, row.Revision + 1);
        var now = time.GetUtcNow();
        return Move(row, PublicationState.Planned, "approved", caller, row.NotBefore > now ? row.NotBefore : now);
    }, cancellationToken);

    /// <summary>Calls a planned publication off; of an uncertain one a person says by this that it is not there, and is not to be sent again.</summary>
    public Task<Answer<PublicationView>> CancelAsync(string id, string? ifMatch, Caller caller, CancellationToken cancellationToken) => DoAsync(id, ifMatch, row => row.State switch
    {
        PublicationState.Cancelled => Step.Unchanged,
        PublicationState.Planned => Move(row, PublicationState.Cancelled, "cancelled", caller, null),
        PublicationState.Uncertain => NotThere(row, caller),
        _ => Conflict(row, "Only what is planned or uncertain can be called off."),
    }, cancellationToken);

    /// <summary>Sends again: a failed one is planned anew; of an uncertain one a person says by this that it is not there.</summary>
    public Task<Answer<PublicationView>> RetryAsync(string id, string? ifMatch, Caller caller, CancellationToken cancellationToken) => DoAsync(id, ifMatch, row =>
    {
        var now = time.GetUtcNow();
        if (row.State is PublicationState.Failed or PublicationState.Uncertain && now >= row.PublishBy)
            return Conflict(row, "Its time is over; write a new one.");
        switch (row.State)
        {
            case PublicationState.Failed:
                (row.Frozen, row.FrozenPath, row.FirstSentAt, row.Why, row.PutOff, row.PictureWaits, row.MissingSince, row.Revision) = (null, null, null, null, 0, 0, null, row.Revision + 1);
                return Move(row, PublicationState.Planned, "retried", caller, now);
            case PublicationState.Uncertain when row.SendAgain:
                return Step.Unchanged;
            case PublicationState.Uncertain:
                row.SendAgain = true;
                row.Revision++;
                return Move(row, PublicationState.Uncertain, "send-again", caller, now);
            default:
                return Conflict(row, "Only what failed or is uncertain can be sent again.");
        }
    }, cancellationToken);

    /// <summary>Says of an uncertain one that it is there.</summary>
    public Task<Answer<PublicationView>> ConfirmAsync(string id, string? url, string? ifMatch, Caller caller, CancellationToken cancellationToken) => DoAsync(id, ifMatch, row =>
    {
        if (row.State == PublicationState.Published)
            return Step.Unchanged;
        if (row.State != PublicationState.Uncertain)
            return Conflict(row, "Only what is uncertain can be confirmed.");
        if (url is not null && (!IsPage(url) || url.Length > 2000))
            return new Problem(ProblemKind.Unprocessable, "url-invalid", "The url is no absolute http or https address.");
        (row.Url, row.Why, row.SendAgain) = (url, null, false);
        return Move(row, PublicationState.Published, "confirmed", caller, null);
    }, cancellationToken);

    /// <summary>Deletes on its network one that the hub published; where the hub cannot, or a person posted it by hand, the problem says where to do it.</summary>
    public async Task<Answer<PublicationView>> DeleteAsync(string id, string? ifMatch, Caller caller, CancellationToken cancellationToken)
    {
        PublishAnswer? deleted = null;
        return await DoAsync(id, ifMatch, async row =>
        {
            if (row.IsDeleted)
                return Step.Unchanged;
            if (row.State != PublicationState.Published)
                return Conflict(row, "Only what is published can be deleted; call off what is planned.");
            // Before the network is asked: what is gone there does not come back.
            if (Changed(PublicationView.Of(row), ifMatch!) is { } changed)
                return changed;
            // Nothing left the hub for it: the post there is a person's.
            if (row.Frozen is null)
                return new Problem(ProblemKind.Conflict, "delete-there", row.Url is { } theirs ? $"Somebody posted it by hand, so the hub does not delete it; do it at {theirs}." : "Somebody posted it by hand, so the hub does not delete it; do it on the network.");
            var team = await readTeam(cancellationToken);
            if (row.NativeId is null || !team.Configuration.Accounts.TryGetValue(row.Account, out var account) || connections.Find(row.Network) is not { } connection || secrets.Get(account.Secret ?? "") is not { } secret)
                return new Problem(ProblemKind.Conflict, "delete-there", row.Url is { } there ? $"The hub cannot delete it; do it at {there}." : "The hub cannot delete it; do it on the network.");
            deleted ??= await connection.DeleteAsync(new PublishAccount(row.Account, account, secret), row.NativeId, cancellationToken);
            if (deleted.Outcome != PublishOutcome.Done)
                return new Problem(ProblemKind.Unavailable, "not-deleted", $"The network did not delete it: {deleted.Error} Try again, or do it at {row.Url}.") { RetryAfter = deleted.RetryAfter ?? TimeSpan.FromMinutes(1) };
            (row.IsDeleted, row.Revision) = (true, row.Revision + 1);
            return Move(row, PublicationState.Published, "deleted", caller, null);
        }, cancellationToken);
    }

    private async Task<Answer<PublicationView>> DoAsync(string id, string? ifMatch, Func<PublicationRow, Task<Step>> act, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(ifMatch))
            return new Problem(ProblemKind.PreconditionRequired, "if-match-required", "Send the ETag of the publication as you saw it in the header If-Match.");
        // A worker may put the same publication off meanwhile: that changes nothing that a person saw.
        for (var attempt = 0; ; attempt++)
        {
            var row = await store.PublicationAsync(id, cancellationToken);
            if (row is null)
                return Unknown();
            var seen = PublicationView.Of(row);
            var step = await act(row);
            if (step.Problem is null && step.Move is null)
                return seen;
            if (Changed(seen, ifMatch) is { } changed)
                return changed;
            if (step.Problem is { } problem)
                return problem;
            if (await step.Move!().CommitAsync(cancellationToken) == Commit.Applied)
            {
                if (row.DueKey is not null)
                    await HintAsync(row, cancellationToken);
                return PublicationView.Of(row);
            }

            if (attempt == 5)
                return new Problem(ProblemKind.Unavailable, "try-again", "It is being worked on; try again.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }
    }

    private Task<Answer<PublicationView>> DoAsync(string id, string? ifMatch, Func<PublicationRow, Step> act, CancellationToken cancellationToken) =>
        DoAsync(id, ifMatch, row => Task.FromResult(act(row)), cancellationToken);

    private static Problem? Changed(PublicationView seen, string ifMatch) => !EntityTags.Match(ifMatch, seen.ETag)
        ? new Problem(ProblemKind.Changed, "publication-changed", "It changed since you read it; read it again.") { Extensions = Today(seen) }
        : null;

    private Step NotThere(PublicationRow row, Caller caller)
    {
        (row.Why, row.SendAgain) = (null, false);
        return Move(row, PublicationState.Cancelled, "cancelled", caller, null, "not-there");
    }

    private Step Move(PublicationRow row, PublicationState to, string what, Caller caller, DateTimeOffset? due, string? why = null) =>
        new(null, () => PublicationMove.Of(store, row, to, what, new Actor(caller.Name, caller.Id), due, why));

    private static Step Conflict(PublicationRow row, string why) =>
        new Problem(ProblemKind.Conflict, "not-in-this-state", $"{why} It is {PublicationView.Word(row.State)}.") { Extensions = Today(PublicationView.Of(row)) };

    private static Dictionary<string, object?> Today(PublicationView view) => new(StringComparer.Ordinal)
    {
        ["state"] = view.State,
        ["etag"] = view.ETag,
        ["why"] = view.Why,
    };

    // A reader of JSON takes null for an item of a list.
    private static Problem? WithoutNothing(IReadOnlyList<string?> accounts, IReadOnlyList<ChosenPicture?> pictures) =>
        accounts.Contains(null) ? new Problem(ProblemKind.Unprocessable, "accounts-invalid", "An account is null; write its id.")
        : pictures.Any(picture => picture?.Hash is null) ? new Problem(ProblemKind.Unprocessable, "picture-invalid", "A picture is null, or has no hash; write {\"hash\", \"alt\"}.")
        : null;

    private async Task<Problem?> JudgeAsync(IReadOnlyList<string> accounts, string text, DateTimeOffset? at, DateTimeOffset publishBy, TeamSettings team, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (accounts.Count is 0 or > MostAccounts)
            return new Problem(ProblemKind.Unprocessable, "accounts-invalid", $"Choose 1 to {MostAccounts} accounts.");
        if (accounts.FirstOrDefault(account => !team.Configuration.Accounts.ContainsKey(account)) is { } missing)
            return new Problem(ProblemKind.Unprocessable, "account-unknown", $"There is no account \"{missing}\"; the accounts are {string.Join(", ", team.Configuration.Accounts.Keys)}.");
        if (text.Length is 0 or > LongestText)
            return new Problem(ProblemKind.Unprocessable, "text-length", $"Write 1 to {LongestText} characters.");
        if (at > now + Farthest || publishBy > now + Farthest + Farthest)
            return TooFar();
        if (publishBy <= now || publishBy <= at)
            return new Problem(ProblemKind.Unprocessable, "time-over", "publishBy has to be later than now and than at.");
        var lengths = new JsonObject();
        var fits = true;
        foreach (var account in accounts.Distinct(StringComparer.Ordinal))
        {
            if (await composing.RulesAsync(team.Configuration.Accounts[account], cancellationToken) is not { } rules)
                return new Problem(ProblemKind.Unprocessable, "network-unknown", $"The hub cannot post on the network of \"{account}\".");
            var measured = rules.Measure(text);
            fits &= measured.All(length => length.Fits);
            lengths[account] = new JsonArray([.. measured.Select(length => new JsonObject { ["unit"] = length.Unit, ["count"] = length.Count, ["most"] = length.Most, ["fits"] = length.Fits })]);
        }

        return fits ? null : new Problem(ProblemKind.Unprocessable, "text-too-long", "The text is too long for at least one account; the lengths say where and by how much.")
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["lengths"] = lengths },
        };
    }

    // What leaves cannot be taken back: who writes it is told before, not after.
    private async Task<Problem?> UnconfirmedAsync(bool? despite, string? title, string text, IReadOnlyList<ChosenPicture> chosen, TeamSettings team, CancellationToken cancellationToken) =>
        despite is not true && await remarks.GraveAsync(title, text, chosen.Select(picture => picture.Alt), team.Configuration, cancellationToken) is { } warnings ? Unconfirmed(warnings) : null;

    private static Problem Unconfirmed(IReadOnlyList<string> warnings) =>
        new(ProblemKind.Unprocessable, "warnings-unconfirmed", "The moderation rules see something in it that should perhaps not be public; read the warnings, and send the same again with \"despite\": true if it is to leave all the same.")
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode?)warning)]) },
        };

    private async Task<Answer<(PublicationList List, bool IsReplay)>?> ReplayAsync(string key, string hash, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(Keys.Idempotency(key), cancellationToken) is not { } made)
            return null;
        if (!string.Equals(made.GetString("Hash"), hash, StringComparison.Ordinal))
            return new Problem(ProblemKind.Unprocessable, "key-reused", "This Idempotency-Key belongs to another request; take a new one.");
        List<PublicationView> views = [];
        foreach (var id in (made.GetString("Publications") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (await store.PublicationAsync(id, cancellationToken) is { } row)
                views.Add(PublicationView.Of(row));
        }

        return (new PublicationList(views, null), true);
    }

    private Task HintAsync(PublicationRow row, CancellationToken cancellationToken) =>
        hints.SendAsync(Queues.PublicationSend, Hint.For(PublicationStore.Partition, row.DueKey!), cancellationToken);

    private static bool IsPage(string text) => text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && WebAddresses.Host(uri) is not null;

    private static Problem TooFar() => new(ProblemKind.Unprocessable, "time-too-far", "Choose a time within a year.");

    private static Problem Unknown() => new(ProblemKind.NotFound, "publication-unknown", "There is no publication of that id.");

    // What a request comes to: a refusal, a transition, or nothing because it is so already.
    private sealed record Step(Problem? Problem, Func<PublicationMove>? Move)
    {
        public static Step Unchanged { get; } = new(null, null);

        public static implicit operator Step(Problem problem) => new(problem, null);
    }
}
