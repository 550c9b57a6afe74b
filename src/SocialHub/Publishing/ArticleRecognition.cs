using SocialHub.Feeds;

namespace SocialHub.Publishing;

/// <summary>One item of an article feed in a look at it.</summary>
/// <param name="post">As it was read.</param>
/// <param name="names">Keys of all its identities, the surest first.</param>
/// <param name="withoutFragment">The one of them that leaves a fragment of its address aside; null: there is none.</param>
internal sealed class FoundItem(Post post, IReadOnlyList<string> names, string? withoutFragment)
{
    public Post Post => post;

    public IReadOnlyList<string> Names { get; } = names;

    public string? WithoutFragment => withoutFragment;

    /// <summary>It has a guid that is none of its addresses.</summary>
    public bool HasOwnGuid => post.NativeId.Length > 0 && !ArticleIdentities.IsOfAddress(post, Names[0]);

    /// <summary>The identities that name it and no other item of its look; what it is known by from here on.</summary>
    public IReadOnlyList<string> Identities { get; set; } = names;

    /// <summary>The identities that name other items of its look too.</summary>
    public IReadOnlyList<string> Shared { get; set; } = [];

    /// <summary>The article that it is; null: nobody knows it.</summary>
    public string? Article { get; set; }

    /// <summary>The look under way has just made an article of it.</summary>
    public bool IsAdded { get; set; }

    /// <summary>It says nothing of when it appeared, and stands where older items of its feed stand.</summary>
    public bool IsBehind { get; set; }

    /// <summary>Its page is that of an article that is known, and it says neither the same as that one nor clearly something else: nobody knows whether it is that one.</summary>
    public bool IsOnKnownPage { get; set; }

    /// <summary>Another feed found it, and this one has not announced it on its accounts yet.</summary>
    public bool IsOfAnotherFeed { get; set; }
}

/// <summary>
/// Tells which items of a feed are articles that are known. A page that several items of one look share names none of them: the alerts of a site may all link to the one page
/// that lists them, and then their guids, or fragments, tell. An item that stands alone for its page is what that page was before, also under a new guid: a relaunched site
/// announces nothing again.
/// </summary>
internal sealed class ArticleRecognition(PublicationStore store)
{
    /// <summary>The items of a feed, in its order.</summary>
    public async Task<IReadOnlyList<FoundItem>> OfAsync(IEnumerable<Post> posts, string feed, CancellationToken cancellationToken)
    {
        List<FoundItem> items = [.. posts.Select(post => new FoundItem(post, ArticleIdentities.Of(post, feed), ArticleIdentities.WithoutFragment(post)))];
        // What says the same twice, as in two sections of a site, is one article under two guids.
        var shared = items.SelectMany(item => item.Names, (item, name) => (Name: name, Says: (item.Post.Title, item.Post.Published, item.Post.Text)))
            .GroupBy(one => one.Name, one => one.Says, StringComparer.Ordinal).Where(same => same.Distinct().Skip(1).Any()).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var item in items)
        {
            // Items that share all that they have are one article too.
            if (!item.Names.All(shared.Contains))
                (item.Identities, item.Shared) = ([.. item.Names.Where(name => !shared.Contains(name))], [.. item.Names.Where(shared.Contains)]);
            item.Article = await FindAsync(item, cancellationToken);
        }

        var taken = items.Select(item => item.Article).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var item in items.Where(item => item.Article is null && item.Shared.Count > 0))
        {
            if (await store.ArticleOfAsync(item.Shared, cancellationToken) is not { } id || await store.ArticleAsync(id, cancellationToken) is not { } article)
                continue;
            if (!taken.Contains(id) && IsSame(article, item.Post, items))
            {
                item.Article = id;
                taken.Add(id);
            }

            // The next date of what takes place every week, or the same again under another guid.
            item.IsOnKnownPage = item.Article is null && IsCalled(article, item.Post);
        }

        return items;
    }

    /// <summary>The article of the first of its identities that is known; null when none is.</summary>
    public async Task<string?> FindAsync(FoundItem item, CancellationToken cancellationToken)
    {
        foreach (var identity in item.Identities)
        {
            if (await store.ArticleOfAsync([identity], cancellationToken) is not { } id)
                continue;
            if (identity == item.Names[0] || await store.ArticleAsync(id, cancellationToken) is not { } article)
                return id;
            var (post, isPlace) = (item.Post, identity == item.WithoutFragment && !ArticleIdentities.LeadsTo(item.Post.Url, article.Url));
            // Its page alone says that it is this one. A relaunched site keeps titles or dates; a page that shows one alert at a time keeps neither.
            if (isPlace ? IsCalled(article, post) && article.Published == post.Published : IsCalled(article, post) || article.Published == post.Published || !item.HasOwnGuid)
                return id;
            item.Identities = [.. item.Identities.Where(name => name != identity)];
            item.IsOnKnownPage |= !isPlace || IsCalled(article, post);
        }

        return null;
    }

    // The first of several on one page was known by the page alone, or comes from another feed with a guid of its own.
    private static bool IsSame(ArticleRow article, Post post, List<FoundItem> items) =>
        (string.Equals(article.Url, post.Url, StringComparison.Ordinal) && items.Count(item => string.Equals(item.Post.Url, post.Url, StringComparison.Ordinal)) == 1)
        || (IsCalled(article, post) && article.Published is not null && article.Published == post.Published);

    private static bool IsCalled(ArticleRow article, Post post) => article.Title.Length > 0 && string.Equals(article.Title, post.Title, StringComparison.Ordinal);
}
