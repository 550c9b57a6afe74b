using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Options;

namespace SocialHub.Standalone.Hosting;

/// <summary>
/// Feeds the messages of one queue to its function, as the queue listener of the Functions host does: in batches, invisible to
/// others and renewed while the function runs, back after <c>visibilityTimeout</c> when it throws, to <c>-poison</c> after <c>maxDequeueCount</c>.
/// </summary>
internal sealed partial class QueuePump
{
    // The host's: QueuePollingIntervals.Minimum.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    private readonly QueueClient _queue;
    private readonly QueueClient _poison;
    private readonly QueueFunction _function;
    private readonly FunctionInvoker _invoker;
    private readonly IServiceProvider _services;
    private readonly HostSettings _settings;
    private readonly TimeSpan _lease;
    private readonly TimeSpan _longestWait;
    private readonly HintFaultDice _dice;
    private readonly TimeProvider _time;
    private readonly ILogger<QueuePump> _logger;

    private readonly HashSet<Task> _running = [];

    public QueuePump(QueueFunction function, QueueServiceClient queues, IServiceProvider services, HostSettings settings, IOptions<StandaloneOptions> options, HintFaultDice dice, TimeProvider time, ILogger<QueuePump> logger)
    {
        (_function, _services, _settings, _dice, _time, _logger) = (function, services, settings, dice, time, logger);
        _queue = queues.GetQueueClient(function.Queue);
        _poison = queues.GetQueueClient(function.Queue + "-poison");
        _invoker = new FunctionInvoker(function);
        _lease = options.Value.QueueLease;
        _longestWait = options.Value.MaxPollingInterval ?? settings.MaxPollingInterval;
    }

    /// <summary>Pumps until <paramref name="stopping"/>; returns when the last function has ended.</summary>
    /// <param name="stopping">No new message is taken; what runs goes on.</param>
    /// <param name="aborting">Given to the functions: cancelled when the process may wait no longer.</param>
    public async Task PumpAsync(CancellationToken stopping, CancellationToken aborting)
    {
        var wait = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var messages = await FetchAsync(stopping);
                wait = messages.Length > 0 ? TimeSpan.Zero : Longer(wait);
                _dice.Shuffle(messages);
                foreach (var message in messages)
                    _running.Add(Task.Run(() => HandleAsync(message, aborting), CancellationToken.None));
                await RoomAsync(stopping);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, _time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Whatever it is, a token that the identity did not get among it: a queue that nobody reads any more helps nobody.
                Log.QueueUnreachable(_logger, e, _function.Queue);
                wait = Longer(wait);
                await Task.Delay(wait, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running);
    }

    private async Task<QueueMessage[]> FetchAsync(CancellationToken stopping)
    {
        try
        {
            return await _queue.ReceiveMessagesAsync(_settings.BatchSize, _lease, stopping);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }

    private async Task RoomAsync(CancellationToken stopping)
    {
        _running.RemoveWhere(task => task.IsCompleted);
        while (_running.Count > _settings.NewBatchThreshold)
        {
            await Task.WhenAny(_running).WaitAsync(stopping);
            _running.RemoveWhere(task => task.IsCompleted);
        }
    }

    // Doubles from 100 ms, a fifth up or down so that instances do not look in step.
    private TimeSpan Longer(TimeSpan wait)
    {
        var doubled = wait == TimeSpan.Zero ? ShortestWait : wait * 2;
#pragma warning disable CA5394 // jitter, not a secret
        var jittered = doubled * (0.8 + (0.4 * Random.Shared.NextDouble()));
#pragma warning restore CA5394
        return jittered < _longestWait ? jittered : _longestWait;
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken aborting)
    {
        try
        {
            if (_dice.Drops())
            {
                await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
                return;
            }

            if (_dice.Delays() is { } delay)
            {
                // A new copy, because a late message has not failed: its dequeue count must not bring it to the poison queue.
                await _queue.SendMessageAsync(message.MessageText ?? "", visibilityTimeout: delay, cancellationToken: CancellationToken.None);
                await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
                return;
            }

            if (message.DequeueCount > _settings.MaxDequeueCount || Text(message) is not { } text)
            {
                await PoisonAsync(message, message.PopReceipt);
                return;
            }

            var (succeeded, receipt) = await RunAsync(message, text, aborting);
            if (succeeded)
                await _queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
            else if (message.DequeueCount >= _settings.MaxDequeueCount)
                await PoisonAsync(message, receipt);
            else
                await _queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, _settings.VisibilityTimeout, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The message is not ours any more, or the storage is away: it comes again, which every function expects.
            Log.MessageLost(_logger, e, _function.Name, message.MessageId);
        }
    }

    private async Task<(bool Succeeded, string Receipt)> RunAsync(QueueMessage message, string text, CancellationToken aborting)
    {
        using var ended = new CancellationTokenSource();
        var renewal = RenewAsync(message, ended.Token);
        var succeeded = false;
        try
        {
            await _invoker.RunAsync(_services, text, aborting);
            if (_dice.RunsTwice())
                await _invoker.RunAsync(_services, text, aborting);
            succeeded = true;
        }
        catch (Exception e)
        {
            Log.Failed(_logger, e, _function.Name, message.MessageId, message.DequeueCount);
        }

        await ended.CancelAsync();
        return (succeeded, await renewal);
    }

    /// <summary>Keeps the message invisible until <paramref name="ended"/>.</summary>
    /// <returns>The receipt that is valid then.</returns>
    private async Task<string> RenewAsync(QueueMessage message, CancellationToken ended)
    {
        var receipt = message.PopReceipt;
        while (true)
        {
            await Task.Delay(_lease / 2, _time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return receipt;
            try
            {
                // Not cancelled by the function's end: its answer holds the receipt that the deletion needs.
                receipt = (await _queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, _lease, CancellationToken.None)).Value.PopReceipt;
            }
            catch (Exception e)
            {
                Log.NotRenewed(_logger, e, _function.Name, message.MessageId);
                return receipt;
            }
        }
    }

    private string? Text(QueueMessage message)
    {
        var text = message.MessageText ?? "";
        if (!_settings.Base64)
            return text;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private async Task PoisonAsync(QueueMessage message, string receipt)
    {
        Log.Poisoned(_logger, _function.Name, message.MessageId, message.DequeueCount);
        await _poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        await _poison.SendMessageAsync(message.MessageText ?? "", CancellationToken.None);
        await _queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed for message {Message}, try {Try}")]
        public static partial void Failed(ILogger logger, Exception exception, string function, string message, long @try);

        [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function}: message {Message} goes to the poison queue after {Tries} tries")]
        public static partial void Poisoned(ILogger logger, string function, string message, long tries);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} cannot be read; trying again")]
        public static partial void QueueUnreachable(ILogger logger, Exception exception, string queue);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function}: message {Message} could not be settled; it will come again")]
        public static partial void MessageLost(ILogger logger, Exception exception, string function, string message);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function}: message {Message} could not be renewed")]
        public static partial void NotRenewed(ILogger logger, Exception exception, string function, string message);
    }
}
