using System.Runtime.ExceptionServices;

namespace SocialHub.Storage;

/// <summary>Work of one kind for several owners: what one of them throws keeps no other one from its turn.</summary>
public sealed class EachInTurn
{
    private readonly List<Exception> _thrown = [];

    /// <summary>One owner's turn; a cancellation ends the round.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="cancellationToken">The round's own end.</param>
    /// <returns>What it threw; null when it ended well.</returns>
    public async Task<Exception?> TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            await work().ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // nothing is swallowed: ThrowAny throws it behind the last turn
        catch (Exception thrown) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _thrown.Add(thrown);
            return thrown;
        }
    }

    /// <summary>Throws what was thrown, so that the trigger fails and tells.</summary>
    public void ThrowAny()
    {
        if (_thrown.Count == 1)
            ExceptionDispatchInfo.Throw(_thrown[0]);
        if (_thrown.Count > 1)
            throw new AggregateException(_thrown);
    }
}
