using System.Net.Http.Headers;
using Tweetinvi;
using Tweetinvi.Exceptions;

namespace SocialHub.Tweetinvi;

/// <summary>
/// Sends posts to X, signed with OAuth 1.0a by Tweetinvi. Its own v2 client has no call that creates a post, and its 1.1 call is refused
/// with code 453 (linvi/tweetinvi 1147, 1212, 1219), so the request is ours and only the signature and the sending are Tweetinvi's.
/// </summary>
/// <param name="client">With the application's and the account's keys; it must not wait for rate limits (the default), for it would send later than it was told.</param>
public sealed class XTransport(ITwitterClient client)
{
    /// <summary>Where a post is created (X API v2, "Create Post").</summary>
    public const string Address = "https://api.x.com/2/tweets";

    /// <summary>A transport for one account.</summary>
    /// <param name="consumerKey">Of the application.</param>
    /// <param name="consumerSecret">Of the application.</param>
    /// <param name="accessToken">Of the account.</param>
    /// <param name="accessSecret">Of the account.</param>
    public static XTransport For(string consumerKey, string consumerSecret, string accessToken, string accessSecret) =>
        new(new TwitterClient(consumerKey, consumerSecret, accessToken, accessSecret));

    /// <summary>Sends one request with exactly these bytes, once.</summary>
    /// <param name="body">The frozen request, JSON in UTF-8, for example <c>{"text":"..."}</c>. OAuth 1.0a does not sign it (RFC 5849, 3.4.1.3.1: only forms are).</param>
    /// <param name="within">Given up after this; whether X took the post is then unknown.</param>
    public async Task<XAnswer> PostAsync(ReadOnlyMemory<byte> body, TimeSpan within)
    {
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            var result = await client.Execute.AdvanceRequestAsync(request =>
            {
                request.Query.Url = Address;
                request.Query.HttpMethod = global::Tweetinvi.Models.HttpMethod.POST;
                request.Query.HttpContent = content;
                request.Query.IsHttpContentPartOfQueryParams = false;
                request.Query.Timeout = within;
            }).ConfigureAwait(false);
            return new XAnswer(result.Response.StatusCode, result.Content);
        }
        catch (TwitterTimeoutException)
        {
            // Tweetinvi gives it a status of 408, which X never said.
            return new XAnswer(null, null);
        }
        catch (TwitterException e) when (e.StatusCode >= 100)
        {
            return new XAnswer(e.StatusCode, e.Content);
        }
        catch (Exception e) when (e is TwitterException or HttpRequestException or IOException or OperationCanceledException)
        {
            return new XAnswer(null, null);
        }
    }
}
