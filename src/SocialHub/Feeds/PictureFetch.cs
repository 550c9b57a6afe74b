using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Media;
using SocialHub.Storage;

namespace SocialHub.Feeds;

/// <summary>Fetches one picture, at most 8 MB, from the public internet; null when nothing usable came.</summary>
internal delegate Task<ReadOnlyMemory<byte>?> FetchPicture(Uri address, CancellationToken cancellationToken);

/// <summary>What of a read has to be written.</summary>
/// <param name="Changed">Posts that are new, changed, or got a picture.</param>
/// <param name="IsWhole">False when the time was over before all pictures were asked for.</param>
internal sealed record TakenPosts(IReadOnlyList<PostRow> Changed, bool IsWhole);

/// <summary>Brings the pictures of posts into the hub's media before the posts are written. One that is known by its address is not fetched again.</summary>
internal sealed class PictureFetch(MediaStore media, FetchPicture fetch, TimeProvider time, IOptions<HubOptions> options)
{
    // A picture that failed in so many reads is given up.
    private const int MostTries = 5;
    private const int AtOnce = 4;

    public async Task<TakenPosts> TakeAsync(string source, IReadOnlyList<Post> read, IReadOnlyDictionary<string, PostRow> known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var byAddress = new Dictionary<string, KeptPicture>(StringComparer.Ordinal);
        foreach (var picture in known.Values.SelectMany(row => row.Pictures))
            byAddress.TryAdd(picture.Url, picture);
        var until = now + (options.Value.Times.Busy * 0.8);
        var changed = new List<PostRow>();
        var isWhole = true;
        foreach (var post in read)
        {
            var row = known.GetValueOrDefault(Keys.Post(post.NativeId));
            var hash = PostLimits.Hash(post);
            var kept = row?.Pictures ?? [];
            var isSame = row is not null && row.Hash == hash;
            var lacks = post.Pictures.Any(picture => kept.All(k => k.Url != picture.Url));
            if (isSame && (!lacks || row!.Tries >= MostTries))
                continue;
            if (lacks && time.GetUtcNow() >= until)
            {
                // Its text is not made to wait for its pictures.
                isWhole = false;
                if (!isSame)
                    changed.Add(PostRow.New(source, post, hash, row?.FirstSeen ?? now, [.. kept.Where(k => post.Pictures.Any(p => p.Url == k.Url))], 0));
                continue;
            }
            var pictures = await KeepAsync(post, byAddress, cancellationToken);
            var tries = pictures.Count == post.Pictures.Count ? 0 : (isSame ? row!.Tries : 0) + 1;
            changed.Add(PostRow.New(source, post, hash, row?.FirstSeen ?? now, pictures, tries));
        }
        return new(changed, isWhole);
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
