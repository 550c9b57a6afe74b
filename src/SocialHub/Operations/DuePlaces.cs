using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Operations;

/// <summary>Where a room keeps its due rows; registered by it, like a <see cref="Tick"/>, so that health can say what is overdue.</summary>
/// <param name="Table">The room's table.</param>
/// <param name="PartitionsAsync">Its partitions with due rows; one request each when health is asked.</param>
public sealed record DuePlaces(TableClient Table, Func<CancellationToken, Task<IReadOnlyList<string>>> PartitionsAsync)
{
    /// <summary>What waits for somebody else, and is no fault of the hub however late it is.</summary>
    public Func<DueRow, bool> IsExcused { get; init; } = _ => false;
}
