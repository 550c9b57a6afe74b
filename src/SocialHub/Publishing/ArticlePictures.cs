using SocialHub.Connections;
using SocialHub.Media;

namespace SocialHub.Publishing;

/// <summary>
/// The pictures of articles for those who approve: fetched from the site by the hub, so that its pages show nothing of elsewhere, and neither decoded nor kept;
/// that happens when the announcement is prepared.
/// </summary>
public sealed class ArticlePictures(PublicationStore store, HubHttp http)
{
    /// <summary>The picture that goes with a publication, as it is now.</summary>
    /// <returns>404 when there is none of that id, or it has none; 503 when the site does not give it now.</returns>
    public async Task<Answer<MediaFile>> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.PublicationAsync(id, cancellationToken) is not { Picture: { } picture } || !Uri.TryCreate(picture, UriKind.Absolute, out var address))
            return new Problem(ProblemKind.NotFound, "no-picture", "There is no publication of that id, or its article has no picture.");
        var fetched = await http.GetAsync(address, FetchLimits.Picture, cancellationToken);
        // Nobody agrees to what would not be sent.
        if (!fetched.Succeeded || PictureType.Of(fetched.Bytes.Span) is not { } type || !Pictures.CanBeSent(fetched.Bytes))
            return new Problem(ProblemKind.Unavailable, "picture-not-read", fetched.Error ?? "What the site gives there is no picture that the hub can send.") { RetryAfter = TimeSpan.FromMinutes(1) };
        return new MediaFile(type.ContentType, fetched.Bytes);
    }
}
