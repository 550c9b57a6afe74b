using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>One transition of one thread in the making: alone, or within that of one of its comments.</summary>
internal sealed class ThreadChange(ThreadRow thread, DateTimeOffset now)
{
    // So long a debate that turned may be why its page is closed: the next morning, or after a weekend.
    private static readonly TimeSpan BecauseOf = TimeSpan.FromDays(7);

    private readonly List<Row> _adds = [];
    private readonly List<string> _deletes = [];
    private readonly List<string> _owned = [.. thread.Owned];

    public ThreadRow Thread { get; } = thread;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Adds a promise that this thread keeps.</summary>
    public DueRow Promise(string queue, string kind, DateTimeOffset due)
    {
        var row = DueRow.New(Thread.Site, queue, due, kind, Thread.PageKey);
        // One that goes and comes in the same millisecond would be one key twice in a transaction.
        while (_deletes.Contains(row.Key) || _owned.Contains(row.Key))
            row = DueRow.New(Thread.Site, queue, due = due.AddMilliseconds(1), kind, Thread.PageKey);
        _adds.Add(row);
        _owned.Add(row.Key);
        return row;
    }

    /// <summary>True while it promises something of this kind.</summary>
    public bool Promises(string kind) => _owned.Exists(key => IsOf(key, kind));

    /// <summary>Nothing of this kind is due any more.</summary>
    public void Drop(string kind) => DropWhere(key => IsOf(key, kind));

    /// <summary>Nobody needs to be told any more that its debate turned.</summary>
    public void DropTelling()
    {
        Drop(DueKinds.Turned);
        Drop(DueKinds.TurnedMail);
        Drop(DueKinds.Again);
    }

    /// <summary>Nobody needs to be told any more that it has reopened.</summary>
    public void DropReopened()
    {
        Drop(DueKinds.Reopened);
        Drop(DueKinds.ReopenedMail);
    }

    /// <summary>This promise is kept: its due row goes.</summary>
    /// <returns>False when it is not this thread's any more.</returns>
    public bool Keeps(string dueKey)
    {
        var owned = _owned.Contains(dueKey);
        DropWhere(key => key == dueKey);
        return owned;
    }

    /// <summary>Moderators see it in their list as long as its debate is turned, whatever was chosen about it, it is held, or a person closed it because of that.</summary>
    public void Watch()
    {
        var key = Keys.Watched(Thread.PageKey);
        if (!Thread.IsHeld && Thread.Heat == DebateHeat.None && !Thread.ClosedAfterTurn)
        {
            DropWhere(owned => owned == key);
            return;
        }

        if (_owned.Contains(key))
            return;
        // It went in this very transition, and stays after all.
        if (!_deletes.Remove(key))
            _adds.Add(new KeyedRow(new TableEntity(Thread.Site, key)));
        _owned.Add(key);
    }

    /// <summary>The debate is not turned any more, whatever the team was told of it.</summary>
    public void CoolDown()
    {
        Thread.Heat = DebateHeat.None;
        Drop(DueKinds.Calm);
        DropTelling();
        Watch();
    }

    /// <summary>Every new comment waits from now on, and readers are told so.</summary>
    /// <returns>The due row of its reopening.</returns>
    public DueRow Hold(DateTimeOffset until)
    {
        Thread.HeldSince ??= Now;
        Thread.HeldUntil = until;
        Thread.Version++;
        Drop(DueKinds.Reopen);
        DropReopened();
        Drop(DueKinds.Calm);
        DropTelling();
        Watch();
        return Promise(Queues.CommentUpkeep, DueKinds.Reopen, until);
    }

    /// <summary>New comments go their usual way again.</summary>
    /// <param name="calms">When it is looked whether its debate has calmed down, for nobody has answered it yet; null: it has.</param>
    public void Release(DateTimeOffset? calms = null)
    {
        Thread.HeldSince = null;
        Thread.HeldUntil = null;
        Thread.Version++;
        Drop(DueKinds.Reopen);
        if (calms is not { } then || Thread.Heat == DebateHeat.None)
        {
            CoolDown();
            return;
        }

        Promise(Queues.CommentUpkeep, DueKinds.Calm, then);
        Watch();
    }

    /// <summary>A person closes it: nobody writes there until a person opens it again.</summary>
    public void Close()
    {
        Thread.Closed = true;
        // A debate that calmed down long ago is not why; and what is closed once more stays where it is.
        Thread.ClosedAfterTurn |= Thread.Heat != DebateHeat.None || (Thread.IsHeld && Thread.Turn > 0) || Thread.TurnedAt > Now - BecauseOf;
        DropReopened();
        if (Thread.IsHeld)
            Release();
        else
            CoolDown();
    }

    /// <summary>A person opens it again.</summary>
    public void Open()
    {
        Thread.Closed = false;
        Thread.ClosedAfterTurn = false;
        Watch();
    }

    /// <summary>Its next log row.</summary>
    public LogRow Log(string what, Actor who, string? why = null)
    {
        Thread.Seq++;
        return LogRow.New(Thread.Site, Thread.PageKey, Thread.Seq, Now, what, State(Thread), who.Name, who.Id, why);
    }

    /// <summary>The transition of the thread alone.</summary>
    public Transition ToTransition(TableClient table, TimeProvider timeProvider, LogRow log)
    {
        Thread.Owned = _owned;
        var transition = new Transition(table, log, timeProvider).Replace(Thread);
        AddRowsTo(transition);
        return transition;
    }

    /// <summary>Its part in the transition of one of its comments, which replaces the thread's row itself; <paramref name="log"/> is the thread's own.</summary>
    public void JoinTo(Transition transition, LogRow? log)
    {
        AddRowsTo(transition);
        if (log is null)
            return;
        // That the write was ours is told by the comment's log row, which came with it.
        log.Entity["WriteId"] = Keys.Random(26);
        transition.Add(log);
    }

    /// <summary>What it owns after this.</summary>
    public void Settle() => Thread.Owned = _owned;

    /// <summary>What readers may do there, as the log says it.</summary>
    public static string State(ThreadRow thread) => thread.Closed ? "Closed" : thread.IsHeld ? "Held" : "Open";

    private static bool IsOf(string key, string kind) => key.StartsWith("d.", StringComparison.Ordinal) && key.Contains($".{kind}.", StringComparison.Ordinal);

    private void AddRowsTo(Transition transition)
    {
        foreach (var row in _adds)
        {
            // One that an older version of the hub left behind is taken over, or the thread could never be watched again.
            if (row is KeyedRow)
                transition.Put(row);
            else
                transition.Add(row);
        }

        foreach (var key in _deletes)
            transition.Delete(key);
    }

    private void DropWhere(Func<string, bool> goes)
    {
        foreach (var key in _owned.Where(goes).ToList())
        {
            _owned.Remove(key);
            // What came in this very transition never was.
            if (_adds.RemoveAll(row => row.Key == key) == 0)
                _deletes.Add(key);
        }
    }

    private sealed class KeyedRow(TableEntity entity) : Row(entity);
}
