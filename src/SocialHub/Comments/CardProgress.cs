using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>How far one card has come, on its due row: it is written when the work ends without having reached all channels, and goes with the row.</summary>
internal sealed class CardProgress(DueRow due)
{
    /// <summary>Instead of a status: no channel that hub.json names has an address.</summary>
    public const string NoAddress = "no-address";

    /// <summary>Instead of a channel: the mailbox of the one whom it tells.</summary>
    public const string Mailbox = "mailbox";

    /// <summary>Instead of a channel: it was told so much that this waits for another day.</summary>
    public const string ItsDay = "its-day";

    private const string TakenName = "Taken";
    private const string RefusedName = "Refused";
    private const string FirstKeyName = "FirstKey";
    private const string FailuresName = "Failures";

    /// <summary>Channels that have it: they don't get it again because another one failed.</summary>
    public IReadOnlyCollection<string> Taken => Parts(TakenName);

    /// <summary>People whom the server refuses for good: passed over once somebody else has it.</summary>
    public IReadOnlyCollection<string> Refused
    {
        get => Parts(RefusedName);
        set => due.Entity[RefusedName] = string.Join(' ', value);
    }

    /// <summary>The key of the promise that this one was first: names the same event after it was put off, or went on for one of many alone.</summary>
    public string FirstKey => due.Entity.GetString(FirstKeyName) ?? due.Key;

    /// <summary>When that was due.</summary>
    public DateTimeOffset FirstDue => Keys.ParseUtc(FirstKey.Split('.')[1]);

    /// <summary>By channel, what came instead of a 2xx at the newest try: a status, or what kind of failure it was.</summary>
    public IReadOnlyDictionary<string, string> Failures => Parts(FailuresName).Select(part => part.Split(':')).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);

    /// <summary>True when nothing but the mailbox of the one whom it tells, or how much that was told already, stands in the way.</summary>
    public bool WaitsForMailbox => Failures is { Count: > 0 } failures && failures.Keys.All(name => name is Mailbox or ItsDay);

    /// <summary>Notes how one round over the channels ended.</summary>
    public void Note(IEnumerable<string> taken, IReadOnlyDictionary<string, string> failures)
    {
        due.Entity[TakenName] = string.Join(' ', taken.Distinct(StringComparer.Ordinal));
        due.Entity[FailuresName] = string.Join(' ', failures.Select(failure => $"{failure.Key}:{failure.Value}"));
    }

    /// <summary>Another promise goes on where this one ends; who has it is not told again.</summary>
    public void GoOnIn(DueRow next)
    {
        foreach (var name in due.Entity.Keys.Where(name => name is not (FailuresName or "odata.etag" or "PartitionKey" or "RowKey" or "Timestamp" or "Queue" or nameof(DueRow.Attempts) or nameof(DueRow.BusyUntil) or nameof(DueRow.Claim) or nameof(DueRow.LastSent) or nameof(DueRow.Sent))).ToList())
            next.Entity[name] = due.Entity[name];
        GoOnAloneIn(next);
    }

    /// <summary>Another promise tells one of those whom this one did not reach.</summary>
    public void GoOnAloneIn(DueRow next) => next.Entity[FirstKeyName] = FirstKey;

    private string[] Parts(string name) => due.Entity.GetString(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
