namespace SocialHub.Publishing;

/// <summary>What the queue <c>publication-send</c> does.</summary>
public sealed class PublicationWork
{
    private readonly Sending _sending;

    internal PublicationWork(Sending sending) => _sending = sending;

    /// <summary>Does what the hinted publication needs now; a hint of something done, unknown or busy does nothing.</summary>
    public Task RunAsync(string hint, CancellationToken cancellationToken) => _sending.RunAsync(hint, cancellationToken);
}
