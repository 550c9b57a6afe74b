using System.Globalization;
using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A promise of a thread that is due in days is moved to now: its due row and what the thread says of it, in one transaction as the hub writes them.</summary>
internal static class ThreadPromise
{
    /// <summary>Moves it.</summary>
    /// <param name="table">Of the comments.</param>
    /// <param name="thread">As read.</param>
    /// <param name="due">Its due row.</param>
    /// <param name="kind">Of the due row.</param>
    /// <param name="lay">Lays the new time and the new key over the thread.</param>
    /// <returns>False: a late write of the hub came first, and all is to be read again.</returns>
    public static async Task<bool> MoveAsync(TableClient table, TableEntity thread, TableEntity due, string kind, Action<DateTimeOffset, string> lay)
    {
        var now = TimeProvider.System.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var moved = new TableEntity(due) { RowKey = $"d.{now.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}.{kind}.{thread.RowKey[2..]}.-" };
        lay(now, moved.RowKey);
        try
        {
            await table.SubmitTransactionAsync([
                new(TableTransactionActionType.UpdateReplace, thread, thread.ETag),
                new(TableTransactionActionType.Delete, due),
                new(TableTransactionActionType.Add, moved)]);
            return true;
        }
        catch (TableTransactionFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }
}
