using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Standalone.Hosting;

/// <summary>
/// Runs one timer function by its NCrontab schedule in UTC, once for all processes on one storage account: the schedule is a blob,
/// the turn is that blob's lease. A run that nobody was there for happens once, as past due; two runs overlap only where a process lost its lease and goes on, as on Azure.
/// </summary>
internal sealed partial class TimerPump
{
    /// <summary>Container of the schedules.</summary>
    public const string Container = "standalone-timers";

    // How soon another process looks again at a turn that is taken.
    private static readonly TimeSpan TurnTaken = TimeSpan.FromSeconds(1);

    // Task.Delay's longest is 49 days; a yearly schedule is simply looked at again.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly BlobClient _blob;
    private readonly TimerFunction _function;
    private readonly FunctionInvoker _invoker;
    private readonly IServiceProvider _services;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly ILogger<TimerPump> _logger;

    public TimerPump(TimerFunction function, BlobServiceClient blobs, IServiceProvider services, IOptions<StandaloneOptions> options, TimeProvider time, ILogger<TimerPump> logger)
    {
        (_function, _services, _time, _logger) = (function, services, time, logger);
        _blob = blobs.GetBlobContainerClient(Container).GetBlobClient(function.Name.ToLowerInvariant());
        _invoker = new FunctionInvoker(function);
        _lease = options.Value.TimerLease;
    }

    /// <summary>Runs the timer until <paramref name="stopping"/>; returns when the function has ended.</summary>
    /// <param name="stopping">No new run begins; one that runs goes on.</param>
    /// <param name="aborting">Given to the function: cancelled when the process may wait no longer.</param>
    public async Task PumpAsync(CancellationToken stopping, CancellationToken aborting)
    {
        // A due run that this process did not see coming was missed by whoever was there before.
        var watching = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var record = await ReadAsync(stopping);
                var early = record.Next - Now;
                if (early > TimeSpan.Zero)
                {
                    watching = true;
                    await Task.Delay(early < LongestSleep ? early : LongestSleep, _time, stopping);
                    continue;
                }

                if (!await TryRunAsync(isPastDue: !watching, stopping, aborting))
                {
                    // If its owner dies in there, the run is late when the lease has run out.
                    watching = false;
                    await Task.Delay(TurnTaken, _time, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is: a timer that stands still helps nobody.
                Log.ScheduleUnreachable(_logger, e, _function.Name);
                await Task.Delay(TurnTaken, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Takes the turn if nobody has it and the run is still due, and runs.</summary>
    /// <returns>False when another process has the turn.</returns>
    private async Task<bool> TryRunAsync(bool isPastDue, CancellationToken stopping, CancellationToken aborting)
    {
        var turn = _blob.GetBlobLeaseClient();
        try
        {
            await turn.AcquireAsync(_lease, cancellationToken: stopping);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return false;
        }

        using var ended = new CancellationTokenSource();
        var renewal = RenewAsync(turn, ended.Token);
        try
        {
            var record = await ReadAsync(stopping);
            var started = Now;
            if (record.Next > started)
                return true;
            await RunAsync(record, isPastDue, aborting);
            var next = record with { Last = started, Next = _function.Schedule.GetNextOccurrence(started), LastUpdated = Now };
            await _blob.UploadAsync(Bytes(next), new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = turn.LeaseId } }, CancellationToken.None);
            return true;
        }
        finally
        {
            await ended.CancelAsync();
            await renewal;
            await ReleaseAsync(turn);
        }
    }

    private async Task RunAsync(TimerRecord record, bool isPastDue, CancellationToken aborting)
    {
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new ScheduleStatus { Last = record.Last ?? DateTime.MinValue, Next = record.Next, LastUpdated = record.LastUpdated },
        };
        try
        {
            await _invoker.RunAsync(_services, info, aborting);
            Log.Ran(_logger, _function.Name, record.Next);
        }
        catch (Exception e)
        {
            // As on Azure, a failed run is not repeated: the next one is the retry.
            Log.Failed(_logger, e, _function.Name);
        }
    }

    /// <summary>The schedule as recorded; recorded anew when there is none that can be read, or when it is of another expression and would only seem overdue.</summary>
    private async Task<TimerRecord> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = (await _blob.DownloadContentAsync(cancellationToken)).Value;
            var record = Parse(content.Content);
            if (string.Equals(record?.Schedule, _function.Schedule.ToString(), StringComparison.Ordinal))
                return record!;
            return await RecordAsync(new BlobRequestConditions { IfMatch = content.Details.ETag }, record?.Last, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            if (e.ErrorCode == BlobErrorCode.ContainerNotFound)
                await _blob.GetParentBlobContainerClient().CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await RecordAsync(new BlobRequestConditions { IfNoneMatch = ETag.All }, last: null, cancellationToken);
        }
    }

    // What somebody broke by hand is as good as none.
    private static TimerRecord? Parse(BinaryData content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, TimerJson.Default.TimerRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<TimerRecord> RecordAsync(BlobRequestConditions conditions, DateTime? last, CancellationToken cancellationToken)
    {
        var record = new TimerRecord(_function.Schedule.ToString(), last, _function.Schedule.GetNextOccurrence(Now), Now);
        try
        {
            await _blob.UploadAsync(Bytes(record), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return record;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another process recorded it first, or runs it now under the old expression and will be read again.
            return record;
        }
    }

    private async Task RenewAsync(BlobLeaseClient turn, CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(_lease / 3, _time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;
            try
            {
                await turn.RenewAsync(cancellationToken: CancellationToken.None);
            }
            catch (Exception e)
            {
                Log.NotRenewed(_logger, e, _function.Name);
            }
        }
    }

    private async Task ReleaseAsync(BlobLeaseClient turn)
    {
        try
        {
            await turn.ReleaseAsync(cancellationToken: CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.NotRenewed(_logger, e, _function.Name);
        }
    }

    private static BinaryData Bytes(TimerRecord record) => new(JsonSerializer.SerializeToUtf8Bytes(record, TimerJson.Default.TimerRecord));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Timer {Function} ran for {Due:O}")]
        public static partial void Ran(ILogger logger, string function, DateTime due);

        [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Function} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string function);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule of timer {Function} cannot be reached; trying again")]
        public static partial void ScheduleUnreachable(ILogger logger, Exception exception, string function);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Timer {Function}: its turn could not be kept or given back")]
        public static partial void NotRenewed(ILogger logger, Exception exception, string function);
    }
}
