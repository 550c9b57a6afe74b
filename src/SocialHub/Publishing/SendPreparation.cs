using System.Text;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Media;
using SocialHub.Publishing.Composition;

namespace SocialHub.Publishing;

/// <summary>One publication and what it is sent by.</summary>
/// <param name="Publication">As read.</param>
/// <param name="Team">What the team wants.</param>
/// <param name="Gate">What may leave.</param>
/// <param name="Configuration">Of its account.</param>
/// <param name="Connection">To its network.</param>
/// <param name="Until">When what waits for others' servers gives up; the due row is held a little longer.</param>
internal sealed record SendJob(PublicationRow Publication, TeamSettings Team, GateRow Gate, AccountConfiguration Configuration, IPublishConnection Connection, DateTimeOffset Until);

/// <summary>How the preparation of a send ended.</summary>
internal enum Preparation
{
    Ready,

    /// <summary>The account announced the page already.</summary>
    ByHand,

    /// <summary>Its page says that it is gone for good, or it has no address.</summary>
    ArticleGone,

    /// <summary>Its page answers 404: gone, or not there yet.</summary>
    ArticleMissing,

    Refused,

    NeedsAttention,

    /// <summary>Something could not be asked or uploaded now.</summary>
    Later,
}

/// <summary>What a preparation brought.</summary>
internal sealed record Prepared(Preparation Outcome)
{
    public FrozenRequest? Request { get; init; }

    public RecentPost? Post { get; init; }

    public string? Why { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Without its picture it might not have to wait.</summary>
    public bool IsForPicture { get; init; }

    /// <summary>The network lets the whole account wait.</summary>
    public bool IsLimited { get; init; }

    /// <summary>See <see cref="PublishAnswer.MayRepeatAtOnce"/>.</summary>
    public bool MayRepeatAtOnce { get; init; }
}

/// <summary>Everything before the transition into Sending: is the article still there, did somebody announce it by hand, the picture, the frozen bytes. It posts nothing.</summary>
internal sealed class SendPreparation(PublicationStore store, HubHttp http, Pictures pictures, MediaStore media, TimeProvider time)
{
    // A picture that cannot be had holds an announcement up this often, then it goes without.
    private const int MostWaitsForPicture = 3;

    // A column of a table takes 32,768 characters; long text alternatives with many signs to escape may go beyond.
    private const int LongestShown = 32_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(14);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public async Task<Prepared> RunAsync(SendJob job, PublishAccount account, CancellationToken cancellationToken)
    {
        var publication = job.Publication;
        if (publication is { Article: not null, Page: { } page })
        {
            if (await ArticleAsync(page, cancellationToken) is { } gone)
                return gone;
            publication.MissingSince = null;
            var since = await AboutItSinceAsync(publication, page, cancellationToken);
            var recent = await job.Connection.RecentAsync(account, since, cancellationToken);
            if (recent.Posts is null)
                return new Prepared(recent.NeedsAttention ? Preparation.NeedsAttention : Preparation.Later) { Why = recent.Error ?? "The account's posts cannot be read.", RetryAfter = recent.RetryAfter, IsLimited = recent.IsLimited };
            if (await ByHandAsync(publication, page, [.. recent.Posts.Where(post => post.At >= since)], cancellationToken) is { } post)
                return new Prepared(Preparation.ByHand) { Post = post };
        }

        if (await ChosenAsync(job, cancellationToken) is not { } chosen)
            return new Prepared(Preparation.Refused) { Why = "A picture that was chosen for it is no longer there, or cannot be made small enough." };
        var (picture, isLater) = chosen.Count > 0 ? (null, false) : await PictureAsync(job, cancellationToken);
        if (isLater)
            return new Prepared(Preparation.Later) { Why = "The picture cannot be fetched now.", IsForPicture = true };
        var answer = await job.Connection.PrepareAsync(account, Item(job, picture is null ? chosen : [picture]), cancellationToken);
        if (picture is not null && (answer.Outcome is PublishOutcome.Refused || (answer.Outcome is PublishOutcome.Unknown or PublishOutcome.Later && publication.PictureWaits >= MostWaitsForPicture)))
        {
            publication.WithoutPicture = true;
            answer = await job.Connection.PrepareAsync(account, Item(job, []), cancellationToken);
        }

        return answer.Outcome switch
        {
            PublishOutcome.Done => new Prepared(Preparation.Ready) { Request = answer.Request },
            PublishOutcome.NeedsAttention => new Prepared(Preparation.NeedsAttention) { Why = answer.Error },
            PublishOutcome.Refused => new Prepared(Preparation.Refused) { Why = answer.Error },
            // An upload of which nobody knows is done again: what nothing refers to, the network deletes.
            _ => new Prepared(Preparation.Later) { Why = answer.Error, RetryAfter = answer.RetryAfter, IsLimited = answer.IsLimited, MayRepeatAtOnce = answer.MayRepeatAtOnce, IsForPicture = picture is not null && !publication.WithoutPicture },
        };
    }

    /// <summary>What would be sent, for a dry run: path and body, as they would be frozen now.</summary>
    public async Task<string> ShowAsync(SendJob job, CancellationToken cancellationToken)
    {
        var chosen = await ChosenAsync(job, cancellationToken) ?? [];
        var (picture, _) = chosen.Count > 0 ? (null, false) : await PictureAsync(job, cancellationToken);
        var request = await job.Connection.PreviewAsync(job.Configuration, Item(job, picture is null ? chosen : [picture]), cancellationToken);
        var shown = $"POST {job.Configuration.Server}{request.Path}\n\n{Encoding.UTF8.GetString(request.Body.Span)}";
        return shown.Length <= LongestShown ? shown : shown[..LongestShown];
    }

    // What somebody wrote before about a page that changes, as one that lists alerts, is about something else. A page of its own is announced by hand before its feed tells of it,
    // if a cache stands between; an article's date may be the day alone, or that of an event.
    private async Task<DateTimeOffset> AboutItSinceAsync(PublicationRow publication, string page, CancellationToken cancellationToken)
    {
        var earliest = publication.PlannedAt - LookBack;
        if (await store.ArticleAsync(publication.Article!, cancellationToken) is not { } article)
            return earliest;
        var since = article.Published < article.FoundAt ? article.Published.Value : article.FoundAt;
        if (await store.ArticleOfAsync([ArticleIdentities.OfPlace(page)], cancellationToken) == article.Id)
            since -= Ahead;
        return since > earliest ? since : earliest;
    }

    // Several articles may have one page: the hub's own announcement of another one is none of this.
    private async Task<RecentPost?> ByHandAsync(PublicationRow publication, string page, IReadOnlyList<RecentPost> posts, CancellationToken cancellationToken)
    {
        foreach (var (post, link) in posts.Where(post => !post.IsAside).SelectMany(post => post.Links.Where(link => ArticleIdentities.LeadsTo(link, page)), (post, link) => (post, link)))
        {
            if (TrackedLink.PublicationOf(link) is not { } id || await store.PublicationAsync(id, cancellationToken) is not { Article: { } other } || other == publication.Article)
                return post;
        }

        return null;
    }

    private async Task<Prepared?> ArticleAsync(string page, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(page, UriKind.Absolute, out var address))
            return new Prepared(Preparation.ArticleGone) { Why = "The article has no usable address." };
        var fetched = await http.GetAsync(address, FetchLimits.Page, cancellationToken);
        return fetched.Status switch
        {
            200 => null,
            410 => new Prepared(Preparation.ArticleGone) { Why = fetched.Error },
            404 => new Prepared(Preparation.ArticleMissing) { Why = fetched.Error, RetryAfter = fetched.RetryAfter },
            _ => new Prepared(Preparation.Later) { Why = fetched.Error ?? $"The article answered {fetched.Status}.", RetryAfter = fetched.RetryAfter },
        };
    }

    private async Task<(PublishPicture? Picture, bool IsLater)> PictureAsync(SendJob job, CancellationToken cancellationToken)
    {
        var publication = job.Publication;
        if (publication.Picture is not { } address || publication.WithoutPicture)
            return (null, false);
        var (picture, isGone) = await pictures.GetAsync(address, publication.Alt, job.Connection.MostPictureBytes, cancellationToken);
        return (picture, picture is null && !isGone && publication.PictureWaits < MostWaitsForPicture);
    }

    /// <summary>The pictures that a person chose, small enough; null when one of them cannot be had: a text that speaks of a picture does not go without it.</summary>
    private async Task<IReadOnlyList<PublishPicture>?> ChosenAsync(SendJob job, CancellationToken cancellationToken)
    {
        List<PublishPicture> chosen = [];
        foreach (var (hash, alt) in job.Publication.Pictures)
        {
            if (await media.FindAsync(hash, cancellationToken) is not { Succeeded: true } found || Pictures.Encode(found.Value.Bytes, alt, job.Connection.MostPictureBytes) is not { } picture)
                return null;
            chosen.Add(picture);
        }

        return chosen;
    }

    private PublishItem Item(SendJob job, IReadOnlyList<PublishPicture> items)
    {
        var publication = job.Publication;
        return new PublishItem(publication.Body, publication.NetworkKey, time.GetUtcNow(), publication.Language)
        {
            // A post shows a link card or pictures; whoever chose pictures wants those.
            Card = publication.Pictures.Count == 0 ? Card(publication) : null,
            Pictures = items,
        };
    }

    // Whoever writes by hand gives the page as it is; who took it out of the text again wants no card of it. Without a title the address stands there.
    private static PublishCard? Card(PublicationRow publication) => publication switch
    {
        { Link: { } link } => new PublishCard(link, publication.Title, publication.Description),
        { Article: null, Page: { } page } when publication.Body.Contains(page, StringComparison.Ordinal) => new PublishCard(page, publication.Title.Length > 0 ? publication.Title : page, publication.Description),
        _ => null,
    };
}
