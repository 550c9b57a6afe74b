using System.Net.Http.Headers;
using SocialHub.Connections;

namespace SocialHub.Comments;

/// <summary>Hands a card to a Teams Workflows webhook. Its address holds a secret: it is never logged and never part of an error.</summary>
public sealed class CardDelivery(HubHttp http)
{
    /// <summary>Posts a message once.</summary>
    /// <returns>Null when it was taken; else why not, without the address.</returns>
    public async Task<string?> DeliverAsync(Uri webhook, byte[] message, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = content };
        var answer = await http.SendOnceAsync(request, FetchLimits.Api, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is null)
            return null;
        return answer.Status == 0 ? answer.Failure.ToString() : answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
