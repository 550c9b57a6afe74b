using SocialHub.Media;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>Fetches one picture, at most 8 MB, from the public internet; null when nothing usable came.</summary>
internal delegate Task<ReadOnlyMemory<byte>?> FetchPicture(Uri address, CancellationToken cancellationToken);

/// <summary>What of a read has to be written.</summary>
/// <param name="Changed">Posts that are new, changed, or got a picture.</param>
/// <param name="IsWhole">False when the time was over before all pictures were asked for.</param>
/// <param name="LacksPictures">Some pictures failed, and are asked for again at the next read.</param>
internal sealed record TakenPosts(IReadOnlyList<PostRow> Changed, bool IsWhole, bool LacksPictures);

/// <summary>Brings the pictures of posts into the hub's media before the posts are written. One that is known by its address is not fetched again.</summary>
internal sealed class PictureFetch(MediaStore media, FetchPicture fetch, TimeProvider time)
{
    // A picture that failed in so many reads is given up.
    private const int MostTries = 5;
    private const int AtOnce = 4;

    /// <param name="source">Source id.</param>
    /// <param name="read">Its posts as they were read.</param>
    /// <param name="known">Its rows by key.</param>
    /// <param name="former">The row that a new post takes the place of, by the key of the new one.</param>
    /// <param name="now">When it was read.</param>
    /// <param name="until">When it gives up; the rest of the time that the source is held is for writing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TakenPosts> TakeAsync(string source, IReadOnlyList<Post> read, IReadOnlyDictionary<string, PostRow> known, IReadOnlyDictionary<string, PostRow> former, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var left = until - time.GetUtcNow();
        using var bound = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        var byAddress = new Dictionary<string, KeptPicture>(StringComparer.Ordinal);
        foreach (var picture in known.Values.SelectMany(row => row.Pictures))
            byAddress.TryAdd(picture.Url, picture);
        var changed = new List<PostRow>();
        var isWhole = true;
        foreach (var post in read)
        {
            var key = Keys.Post(post.NativeId);
            var row = known.GetValueOrDefault(key);
            var last = row ?? former.GetValueOrDefault(key);
            var firstSeen = last?.FirstSeen ?? now;
            var hash = PostLimits.Hash(post);
            var kept = last?.Pictures ?? [];
            var isSame = row is not null && row.Hash == hash;
            var lacks = post.Pictures.Any(picture => kept.All(k => k.Url != picture.Url));
            if (isSame && (!lacks || row!.Tries >= MostTries))
                continue;
            var tries = isSame ? row!.Tries : 0;
            // Its text is not made to wait for its pictures.
            if (lacks && time.GetUtcNow() >= until)
            {
                isWhole = false;
                if (!isSame)
                    AddWithout();
                continue;
            }
            try
            {
                var pictures = await KeepAsync(post, byAddress, either.Token);
                changed.Add(PostRow.New(source, post, hash, firstSeen, pictures, pictures.Count == post.Pictures.Count ? 0 : tries + 1));
            }
            catch (OperationCanceledException) when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                isWhole = false;
                // One that takes all the time there is, each time, is given up as one that fails.
                tries++;
                AddWithout();
            }

            void AddWithout() => changed.Add(PostRow.New(source, post, hash, firstSeen, [.. kept.Where(k => post.Pictures.Any(p => p.Url == k.Url))], tries));
        }
        return new(changed, isWhole, changed.Exists(row => row.Tries is > 0 and < MostTries));
    }

    private async Task<List<KeptPicture>> KeepAsync(Post post, Dictionary<string, KeptPicture> byAddress, CancellationToken cancellationToken)
    {
        using var gate = new SemaphoreSlim(AtOnce);
        var found = await Task.WhenAll(post.Pictures.Select(async picture =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                if (byAddress.TryGetValue(picture.Url, out var known) && await media.TouchAsync(known.Media, cancellationToken))
                    return known;
                var bytes = await fetch(new Uri(picture.Url), cancellationToken);
                if (bytes is null || await media.KeepAsync(bytes.Value, cancellationToken) is not { Succeeded: true } answer)
                    return null;
                return new KeptPicture(picture.Url, answer.Value.Hash, answer.Value.Type.Width, answer.Value.Type.Height);
            }
            finally
            {
                gate.Release();
            }
        }));
        var kept = found.OfType<KeptPicture>().ToList();
        foreach (var picture in kept)
            byAddress[picture.Url] = picture;
        return kept;
    }
}
