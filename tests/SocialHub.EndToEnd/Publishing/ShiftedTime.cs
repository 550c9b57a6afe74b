namespace SocialHub.EndToEnd.Publishing;

/// <summary>The real clock, moved ahead as a test likes: waits take their real time, an hour takes none.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public void Advance(TimeSpan by) => _ahead += by;
}
