using Microsoft.Extensions.Logging;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>The team's channels that hub.json names, one card to each.</summary>
public sealed partial class CardChannels(Secrets secrets, CardDelivery delivery, ILogger<CardChannels> logger)
{
    /// <summary>Brings a card to each channel that has not taken it: one that did is left alone while another one fails, and the round goes on with what is left.</summary>
    /// <param name="hub">Whose channels.</param>
    /// <param name="card">The message.</param>
    /// <param name="due">Whose progress is noted on it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>True when each channel that has an address took it, and one has.</returns>
    internal async Task<bool> DeliverAsync(HubConfiguration hub, byte[] card, DueRow due, CancellationToken cancellationToken)
    {
        var progress = new CardProgress(due);
        var taken = new List<string>(progress.Taken);
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        var addresses = 0;
        foreach (var name in hub.Moderation.Webhooks)
        {
            if (secrets.Address(name) is not { } address)
            {
                Log.NoAddress(logger, name);
                failures[name] = CardProgress.NoAddress;
                continue;
            }

            addresses++;
            if (taken.Contains(name, StringComparer.Ordinal))
                continue;
            if (await delivery.DeliverAsync(address, card, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                Log.NotDelivered(logger, name, due.Partition, due.Owner, failure);
                failures[name] = failure;
            }
            else
            {
                taken.Add(name);
            }
        }

        progress.Note(taken, failures);
        return addresses > 0 && failures.Values.All(failure => failure == CardProgress.NoAddress);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The setting {Name}, named under moderation.webhooks in hub.json, holds no address; its channel gets no card.")]
        public static partial void NoAddress(ILogger logger, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook of {Name} did not take the card of {Id} of {Site} ({Failure}); it is sent again later.")]
        public static partial void NotDelivered(ILogger logger, string name, string site, string id, string failure);
    }
}
