using System.Text.Json.Nodes;
using Azure;
using SocialHub.Storage;

namespace SocialHub.Operations;

/// <summary>
/// What is due and not done, and which hints ended in a poison queue. One request for each partition with due rows (a site; publishing) and one for each
/// queue, all at once: with one site, seven.
/// </summary>
public sealed class QueueHealth(HubStorage storage, IEnumerable<DuePlaces> places, TimeProvider time)
{
    /// <summary>Overdue is what is still there so long after it was due: the waits between tries grow, and by then four have been in vain.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>One member per queue. Not healthy when anything is overdue (at most 1,000 rows of a partition are counted) or lies in a poison queue (7 days, if nobody empties it).</summary>
    public async Task<HealthAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Late;
        var overdue = Task.WhenAll(places.Select(place => OverdueAsync(place, before, cancellationToken)));
        var poisoned = await Task.WhenAll(HubStorage.QueueNames.Select(async queue => (Queue: queue, Count: await PoisonedAsync(queue, cancellationToken))));
        var rows = (await overdue).SelectMany(row => row).ToLookup(row => row.Queue, row => row.Due, StringComparer.Ordinal);
        var details = new JsonObject();
        foreach (var (queue, count) in poisoned)
        {
            details[queue] = new JsonObject
            {
                ["overdue"] = rows[queue].Count(),
                ["overdueSince"] = rows[queue].Any() ? rows[queue].Min().UtcDateTime : null,
                ["poison"] = count,
            };
        }

        return new(rows.Count == 0 && poisoned.All(one => one.Count == 0), details);
    }

    private static async Task<IEnumerable<DueRow>> OverdueAsync(DuePlaces place, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var partitions = await place.PartitionsAsync(cancellationToken);
        return (await Task.WhenAll(partitions.Select(partition => DueWork.OverdueAsync(place.Table, partition, before, cancellationToken)))).SelectMany(row => row).Where(row => !place.IsExcused(row));
    }

    private async Task<int> PoisonedAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            // The Functions host makes it, under this name, when the first message is poisoned.
            return (await storage.QueueService.GetQueueClient(queue + "-poison").GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return 0;
        }
    }
}
