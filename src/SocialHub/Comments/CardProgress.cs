using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>How far one card has come, on its due row: it is written when the work ends without having reached all channels, and goes with the row.</summary>
internal sealed class CardProgress(DueRow due)
{
    /// <summary>Instead of a status: no channel that hub.json names has an address.</summary>
    public const string NoAddress = "no-address";

    /// <summary>Instead of a channel: the mailbox of the one whom it tells.</summary>
    public const string Mailbox = "mailbox";

    private const string TakenName = "Taken";
    private const string FailuresName = "Failures";

    /// <summary>Channels that have it: they don't get it again because another one failed.</summary>
    public IReadOnlyCollection<string> Taken => Parts(TakenName);

    /// <summary>By channel, what came instead of a 2xx at the newest try: a status, or what kind of failure it was.</summary>
    public IReadOnlyDictionary<string, string> Failures => Parts(FailuresName).Select(part => part.Split(':')).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);

    /// <summary>True when nothing but the mailbox of the one whom it tells stands in the way.</summary>
    public bool WaitsForMailbox => Failures is { Count: > 0 } failures && failures.Keys.All(name => name == Mailbox);

    /// <summary>Notes how one round over the channels ended.</summary>
    public void Note(IEnumerable<string> taken, IReadOnlyDictionary<string, string> failures)
    {
        due.Entity[TakenName] = string.Join(' ', taken.Distinct(StringComparer.Ordinal));
        due.Entity[FailuresName] = string.Join(' ', failures.Select(failure => $"{failure.Key}:{failure.Value}"));
    }

    private string[] Parts(string name) => due.Entity.GetString(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
