namespace SocialHub.EndToEnd.Publishing;

/// <summary>The real clock, moved ahead as a test likes: waits take their real time, an hour takes none.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    // What is remembered for a time is old after it, too.
    public override long GetTimestamp() => System.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan by) => _ahead += by;
}
