using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>The one-minute timer's part for comments: makes the hints again that were lost, from the due rows.</summary>
public sealed class CommentsTick(HubStorage storage, DueWork dueWork, HubConfigurationSource configuration)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(hub.Sites.Keys.Select(site => dueWork.HintDueAsync(storage.Comments, site, cancellationToken))).ConfigureAwait(false);
    }
}
