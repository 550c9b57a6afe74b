using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Who makes a transition.</summary>
/// <param name="Name">A person's name, or <c>clock</c>, <c>rules</c>, <c>network</c>.</param>
/// <param name="Id">Stable id of a person.</param>
public sealed record Actor(string Name, string? Id = null)
{
    public static Actor Clock { get; } = new("clock");

    public static Actor Rules { get; } = new("rules");

    public static Actor Network { get; } = new("network");
}

/// <summary>
/// One transition of a publication: its row If-Match, its log rows, its due row moved, in one transaction.
/// Which state may follow which is decided here and nowhere else.
/// </summary>
internal sealed class PublicationMove
{
    private readonly Transition _transition;

    private PublicationMove(Transition transition) => _transition = transition;

    /// <summary>Changes a publication.</summary>
    /// <param name="store">Where.</param>
    /// <param name="row">As read, with its new values but not yet its new state.</param>
    /// <param name="to">The state after it.</param>
    /// <param name="what">Word of the log, kebab-case.</param>
    /// <param name="who">Whose doing.</param>
    /// <param name="due">When there is work again; null for a final state only.</param>
    /// <param name="why">A reason code, no personal data.</param>
    /// <exception cref="InvalidOperationException">A state that may not follow.</exception>
    public static PublicationMove Of(PublicationStore store, PublicationRow row, PublicationState to, string what, Actor who, DateTimeOffset? due, string? why = null)
    {
        if (!MayFollow(row.State, to))
            throw new InvalidOperationException($"{to} may not follow {row.State}.");
        var now = store.Time.GetUtcNow();
        var wasFinal = row.IsFinal;
        row.State = to;
        // What happens to it behind its end changes nothing of how it ended.
        if (!row.IsFinal)
            (row.Ended, row.EndedAt) = (null, null);
        else if (!wasFinal)
            (row.Ended, row.EndedAt) = (what, now);
        if (row.IsFinal != due is null)
            throw new InvalidOperationException("A final state has no due row, every other one has.");
        row.Seq++;
        var log = LogRow.New(PublicationStore.Partition, row.Id, row.Seq, now, what, to.ToString(), who.Name, who.Id, why);
        var transition = new Transition(store.Table, log, store.Time).Add(Moment(row, now, what));
        MoveDue(transition, row, due);
        return new PublicationMove(transition.Replace(row));
    }

    /// <summary>
    /// The rows of a new publication, for the transaction that plans it, the reservation of its record key among them where the network has such keys; without its log row when
    /// that is the transaction's own proof.
    /// </summary>
    public static IEnumerable<TableEntity> Plan(PublicationRow row, DateTimeOffset now, Actor who, DateTimeOffset due, bool withLog = true)
    {
        row.Seq = 1;
        var planned = DueRow.New(PublicationStore.Partition, Queues.PublicationSend, due, "send", row.Id);
        row.DueKey = planned.Key;
        yield return row.Entity;
        yield return planned.Entity;
        yield return Moment(row, now, "planned");
        if (row.Network == "bluesky")
            yield return new TableEntity(PublicationStore.Partition, Keys.RecordKey(row.Account, row.NetworkKey)) { ["Publication"] = row.Id };
        if (withLog)
            yield return Named(Log(row, now, who)).Entity;
    }

    /// <summary>The first log row of a publication.</summary>
    public static LogRow Log(PublicationRow row, DateTimeOffset now, Actor who) =>
        LogRow.New(PublicationStore.Partition, row.Id, 1, now, "planned", nameof(PublicationState.Planned), who.Name, who.Id);

    /// <summary>A log row that rides in another one's transaction: it names its write like every other.</summary>
    public static LogRow Named(LogRow log)
    {
        log.Entity["WriteId"] = Keys.Random(26);
        return log;
    }

    /// <summary>Another row that must be as it was read.</summary>
    public PublicationMove With(Row? row)
    {
        if (row is not null)
            _transition.Replace(row);
        return this;
    }

    public Task<Commit> CommitAsync(CancellationToken cancellationToken) => _transition.CommitAsync(cancellationToken);

    /// <summary>True when <paramref name="to"/> may follow <paramref name="from"/>.</summary>
    public static bool MayFollow(PublicationState from, PublicationState to) => (from, to) switch
    {
        (PublicationState.Planned, PublicationState.Uncertain) => false,
        (PublicationState.Planned, _) => true,
        // Back to Planned, or Failed, only on a definite answer to the first attempt; the sender sees to that.
        (PublicationState.Sending, PublicationState.Cancelled or PublicationState.Expired) => false,
        (PublicationState.Sending, _) => true,
        // Called off only by a person, who looked and says that it is not there.
        (PublicationState.Uncertain, PublicationState.Uncertain or PublicationState.Sending or PublicationState.Published or PublicationState.Cancelled) => true,
        (PublicationState.Failed, PublicationState.Planned) => true,
        (PublicationState.Published, PublicationState.Published) => true,
        _ => false,
    };

    /// <summary>Exchanges the due row of <paramref name="row"/> within a transaction.</summary>
    internal static void MoveDue(Transition transition, PublicationRow row, DateTimeOffset? due)
    {
        var old = row.DueKey;
        if (due is not { } at)
        {
            transition.Delete(old);
            row.DueKey = null;
            return;
        }

        var next = DueRow.New(PublicationStore.Partition, Queues.PublicationSend, at, "send", row.Id);
        // A key that is the old one cannot be deleted and added in one transaction.
        if (string.Equals(next.Key, old, StringComparison.Ordinal))
            next = DueRow.New(PublicationStore.Partition, Queues.PublicationSend, at.AddMilliseconds(1), "send", row.Id);
        transition.Delete(old).Add(next);
        row.DueKey = next.Key;
    }

    internal static TableEntity Moment(PublicationRow row, DateTimeOffset now, string what) =>
        new(PublicationStore.Partition, Keys.Moment(now, row.Id, row.Seq)) { ["What"] = what, ["State"] = row.State.ToString(), ["Account"] = row.Account };
}
