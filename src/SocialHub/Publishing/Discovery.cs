using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Connections.Web;
using SocialHub.Feeds;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Reads an article feed.</summary>
/// <param name="address">Its address.</param>
/// <param name="validators">What the last whole look left.</param>
/// <param name="cancellationToken">Ends it.</param>
public delegate Task<ReadAnswer> ReadArticleFeed(string address, string? validators, CancellationToken cancellationToken);

/// <summary>What the team wants now, read now.</summary>
public delegate Task<TeamSettings> ReadTeam(CancellationToken cancellationToken);

/// <summary>
/// Finds new articles in the sites' own feeds. The decision for a whole look is written before its first article, so that a crash in its middle
/// cannot turn a burst into a few ordinary articles; the validators are written last, so that what was not taken is read again.
/// </summary>
public sealed partial class Discovery(
    PublicationStore store,
    Composing composing,
    PublicationRemarks remarks,
    ReadArticleFeed read,
    Hints hints,
    TimeProvider time,
    IOptions<HubOptions> options,
    ILogger<Discovery> logger)
{
    // More new articles than this in one look are a burst.
    private const int OrdinaryLook = 3;
    private const int MostItems = 500;
    private const int MostConflicts = 5;
    private const string TooLong = "text-too-long";
    private static readonly TimeSpan Old = TimeSpan.FromDays(3);

    // A server that says "in a year" is not believed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private readonly ArticleRecognition _recognition = new(store);

    /// <summary>Looks at every article feed that is due.</summary>
    public async Task TickAsync(TeamSettings team, GateRow gate, CancellationToken cancellationToken)
    {
        var turns = new EachInTurn();
        foreach (var feed in team.Configuration.AllArticleFeeds())
        {
            async Task TurnAsync()
            {
                var row = await store.FeedAsync(feed.Address, cancellationToken);
                if (row is null || row.NextDue <= time.GetUtcNow())
                    await LookAsync(feed, row, team, gate, cancellationToken);
            }

            if (await turns.TryAsync(TurnAsync, cancellationToken) is not null)
                await turns.TryAsync(() => NoteFaultAsync(feed.Address, team, cancellationToken), cancellationToken);
        }

        turns.ThrowAny();
    }

    // A look that ended half-way goes on with its own decision when the wait is over.
    private async Task NoteFaultAsync(string address, TeamSettings team, CancellationToken cancellationToken) =>
        await NoteAsync(
            await store.FeedAsync(address, cancellationToken) ?? ArticleFeedRow.New(address),
            new ReadAnswer(ReadOutcome.Failed) { Error = "The hub met an error that it did not expect; the log has it." },
            Every(team),
            cancellationToken);

    private TimeSpan Every(TeamSettings team) => options.Value.Times.Minute * team.Configuration.Publishing.LookEveryMinutes;

    private async Task LookAsync(ArticleFeedConfiguration feed, ArticleFeedRow? known, TeamSettings team, GateRow gate, CancellationToken cancellationToken)
    {
        var answer = await read(feed.Address, known?.Validators, cancellationToken);
        var row = known ?? ArticleFeedRow.New(feed.Address);
        var every = Every(team);
        if (answer.Outcome != ReadOutcome.Read || answer.Posts.Count == 0)
        {
            await NoteAsync(row, answer, every, cancellationToken);
            return;
        }

        var found = await _recognition.OfAsync(answer.Posts.Take(MostItems), feed.Address, cancellationToken);
        await FindOthersAsync(found, row, team, cancellationToken);
        // What was brought back in the middle of a look no longer knows what left before.
        if (row.Decision == LookDecision.Announce && gate.RestoredAt > row.LookAt)
        {
            (row.Decision, row.AskedFor) = (LookDecision.Ask, AskReason.Restored);
            if (!await WriteAsync(row, isNew: false, cancellationToken))
                return;
        }

        if (row.Decision == LookDecision.None && !await DecideAsync(row, known is null, found, gate, cancellationToken))
            return;

        var look = new Look(feed, row, team, row.Items.ToHashSet(StringComparer.Ordinal));
        SeeBehind(found, look);
        var isWhole = true;
        var handled = new HashSet<string>(StringComparer.Ordinal);
        // Oldest first; an item without a date keeps the feed's order, which is newest first.
        foreach (var item in found.Reverse().OrderBy(item => item.Post.Published ?? DateTimeOffset.MaxValue))
        {
            // Left as it is, the look goes on at the next tick with its own decision.
            if (!await TakeAsync(item, look, cancellationToken))
                return;
            if (item.Article is null)
            {
                isWhole = false;
                continue;
            }

            var isFirst = handled.Add(item.Article);
            isWhole &= !item.IsOfAnotherFeed || look.Holds(item);
            if (!item.IsAdded)
                isWhole &= await UpdateAsync(item.Article, item, isFirst, look, cancellationToken);
        }

        // What appeared after the decision belongs to the next look, which must not get a 304.
        (row.Decision, row.Items, row.FirstLookDone, row.LookedAt, row.Failures, row.Error) = (LookDecision.None, [], true, time.GetUtcNow(), 0, null);
        (row.MovedTo, row.IsGone, row.EmptySince) = (answer.MovedTo, false, null);
        row.NextDue = isWhole ? time.GetUtcNow() + every : time.GetUtcNow();
        if (isWhole)
            row.Validators = answer.Validators;
        // The one card of the look tells of all of it.
        if (await WriteAsync(row, isNew: false, cancellationToken))
            await HintAsync(look.Asking, cancellationToken);
    }

    // Adds an item that is one of the look's articles, unless it is known meanwhile. False: others wrote each time.
    private async Task<bool> TakeAsync(FoundItem item, Look look, CancellationToken cancellationToken)
    {
        for (var attempt = 0; item.Article is null && look.Holds(item); attempt++)
        {
            if (attempt > MostConflicts)
                return false;
            // The same article twice in one feed, or another instance: it may have been written a moment ago.
            item.Article = await _recognition.FindAsync(item, cancellationToken);
            await FindOthersAsync([item], look.Row, look.Team, cancellationToken);
            item.IsAdded = item.Article is null && await AddAsync(item, look, cancellationToken);
        }

        return true;
    }

    private async Task<bool> DecideAsync(ArticleFeedRow row, bool isNew, IReadOnlyList<FoundItem> items, GateRow gate, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unknown = items.Where(item => item.Article is null || item.IsOfAnotherFeed).ToList();
        var fresh = unknown.Where(item => !IsOld(item.Post, now)).Select(item => item.Identities[0]).Distinct(StringComparer.Ordinal).Count();
        row.AskedFor = !row.FirstLookDone ? null
            : items.All(item => item.Article is null) && (fresh > OrdinaryLook || !AppearedSinceEmpty(row, items)) ? AskReason.Relaunch
            : gate.RestoredAt > (row.LookedAt ?? DateTimeOffset.MinValue) ? AskReason.Restored
            : fresh > OrdinaryLook ? AskReason.Burst
            : null;
        row.Decision = !row.FirstLookDone ? LookDecision.FirstLook : row.AskedFor is not null ? LookDecision.Ask : LookDecision.Announce;
        row.Look = Keys.Time(now) + Keys.Random(8);
        row.LookAt = now;
        row.Items = [.. unknown.SelectMany(item => item.Identities).Distinct(StringComparer.Ordinal)];
        if (unknown.Count > 0)
            Log.Look(logger, row.Decision, unknown.Count);
        return await WriteAsync(row, isNew, cancellationToken);
    }

    // A feed of alerts is empty most of the time, and what it holds next is no relaunch. What left it before, and comes back under another name, is dated before it
    // was seen empty, or by its last change, or by the day of an event; a site's clock or zone may be wrong by hours.
    private bool AppearedSinceEmpty(ArticleFeedRow row, IReadOnlyList<FoundItem> items) =>
        row is { LookedAt: not null, EmptySince: { } since } && items.All(item => item.Post is { IsDateOfChange: false, Published: { } at } && at >= since && at < time.GetUtcNow().AddDays(1));

    // An article that another feed found is new to this one's accounts, once, while it is recent. With one feed there is no other.
    private async Task FindOthersAsync(IReadOnlyList<FoundItem> items, ArticleFeedRow row, TeamSettings team, CancellationToken cancellationToken)
    {
        if (!team.Configuration.AllArticleFeeds().Skip(1).Any())
            return;
        foreach (var item in items.Where(item => item.Article is not null))
            item.IsOfAnotherFeed = await store.ArticleAsync(item.Article!, cancellationToken) is { } article && IsNewTo(row, article, item.Post);
    }

    private bool IsNewTo(ArticleFeedRow row, ArticleRow article, Post post) =>
        article.Decision != ArticleDecision.Seen
        && !string.Equals(article.Feed, row.Key, StringComparison.Ordinal) && !article.AlsoIn.Contains(row.Key, StringComparer.Ordinal)
        && article.FoundAt >= time.GetUtcNow() - Old && !IsOld(post, time.GetUtcNow());

    // When an article leaves a feed, an old one slides into it at its end. Without a date of its own it would look new.
    private static void SeeBehind(IReadOnlyList<FoundItem> items, Look look)
    {
        var isKnownAhead = false;
        foreach (var item in FeedWindow.IsOldestFirst(items.Select(item => item.Post.Published)) ? items.Reverse() : items)
        {
            item.IsBehind = isKnownAhead && (item.Post.Published is null || item.Post.IsDateOfChange);
            // What the look itself has added, before it was cut, is not known by that.
            isKnownAhead |= item.Article is not null && !look.Holds(item);
        }
    }

    // One article, its identities and its publications: all or nothing. Another instance that looks at the same time makes it a conflict, and wins.
    private async Task<bool> AddAsync(FoundItem item, Look look, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (post, row) = (item.Post, look.Row);
        var article = ArticleRow.New(Keys.Time(now) + Keys.Random(8), row.Look, row.Key);
        Fill(article, post);
        article.Published = post.Published;
        var title = ArticleIdentities.TitleOfDay(post, row.LookAt);
        var isSameTitle = title is not null && await store.FindAsync(title, cancellationToken) is not null;
        article.Decision = row.Decision == LookDecision.FirstLook || IsOld(post, row.LookAt) ? ArticleDecision.Seen
            : row.Decision == LookDecision.Ask || isSameTitle || item.IsBehind || item.IsOnKnownPage ? ArticleDecision.Ask
            : ArticleDecision.Announce;
        article.Seq = 1;
        IReadOnlyList<PublicationRow> publications = article.Decision == ArticleDecision.Seen ? []
            : await PlanAllAsync(article, [.. look.Feed.Accounts.Distinct(StringComparer.Ordinal)], item.IsBehind ? AskReason.Undated : isSameTitle ? AskReason.SameTitle : AskReason.SamePage, look, cancellationToken);
        article.Publications = [.. publications.Select(publication => publication.Id)];
        var log = LogRow.New(PublicationStore.Partition, article.Id, 1, now, "found", article.Decision.ToString(), Actor.Rules.Name, why: row.Decision.ToString());
        var transition = new Transition(store.Table, log, time).Add(article);
        foreach (var identity in item.Identities)
            transition.Add(Identity(identity, article.Id));
        if (title is not null && !isSameTitle)
            transition.Add(Identity(title, article.Id));
        AddAll(publications, transition, now);
        if (await transition.CommitAsync(cancellationToken) == Commit.Conflict)
            return false;
        item.Article = article.Id;
        await PlannedAsync(publications, look, cancellationToken);
        return true;
    }

    /// <summary>The publications of an article on some accounts, by the look's decision and what the team wants.</summary>
    /// <param name="article">What they announce.</param>
    /// <param name="accounts">Without a publication of it.</param>
    /// <param name="reason">Why the article itself is asked about, where it is.</param>
    /// <param name="look">The look that plans them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<IReadOnlyList<PublicationRow>> PlanAllAsync(ArticleRow article, IReadOnlyList<string> accounts, string reason, Look look, CancellationToken cancellationToken)
    {
        var (feed, row, team) = (look.Feed, look.Row, look.Team);
        // The look may have been cut after the article that owes its card; when that card has not waited for the rest, the rest owes one of its own.
        var asked = look.HasAsked || (row.LookAt > time.GetUtcNow() - (options.Value.Times.Minute * Sending.LongLook) && await store.WaitingOfAsync(row.Look, cancellationToken).AnyAsync(cancellationToken));
        List<PublicationRow> publications = [];
        foreach (var account in accounts)
        {
            if (!team.Configuration.Accounts.TryGetValue(account, out var configuration))
                continue;
            var publication = await PlanAsync(article, account, configuration, feed, row.Look, team, cancellationToken);
            var warned = await WhyAskAsync(publication, team, cancellationToken);
            if (row.Decision == LookDecision.Ask || article.Decision == ArticleDecision.Ask || feed.Approval || team.Configuration.Publishing.Approval || publication.Why is not null || warned is not null)
            {
                publication.Approval = Approval.Awaiting;
                publication.AskedFor = publication.Why is not null ? AskReason.TooLong
                    : row.Decision == LookDecision.Ask ? row.AskedFor
                    : article.Decision == ArticleDecision.Ask ? reason
                    : warned ?? AskReason.Policy;
                publication.OwesCard = !asked;
                asked = true;
            }

            publications.Add(publication);
        }

        return publications;
    }

    // Nobody has read what a rule announces: what might hurt somebody, or could not be read by every rule either, waits for a person, whom the card tells why.
    private Task<string?> WhyAskAsync(PublicationRow publication, TeamSettings team, CancellationToken cancellationToken) =>
        remarks.WhyAskAsync(publication.Title, publication.Body, publication.Picture is null ? [] : [publication.Alt], team.Configuration, cancellationToken);

    private static void AddAll(IReadOnlyList<PublicationRow> publications, Transition transition, DateTimeOffset now)
    {
        foreach (var publication in publications)
        {
            foreach (var entity in PublicationMove.Plan(publication, now, Actor.Rules, publication.NotBefore))
                transition.Add(entity);
        }
    }

    // What waits for a person makes the look's one card, which waits for the end of the look.
    private async Task PlannedAsync(IReadOnlyList<PublicationRow> publications, Look look, CancellationToken cancellationToken)
    {
        look.HasAsked |= publications.Any(publication => publication.Approval == Approval.Awaiting);
        look.Asking.AddRange(publications.Where(publication => publication.Approval == Approval.Awaiting));
        await HintAsync(publications.Where(publication => publication.Approval != Approval.Awaiting), cancellationToken);
    }

    private async Task HintAsync(IEnumerable<PublicationRow> publications, CancellationToken cancellationToken)
    {
        foreach (var publication in publications)
            await hints.SendAsync(Queues.PublicationSend, Hint.For(PublicationStore.Partition, publication.DueKey!), cancellationToken);
    }

    private async Task<PublicationRow> PlanAsync(ArticleRow article, string account, AccountConfiguration configuration, ArticleFeedConfiguration feed, string look, TeamSettings team, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Composing.NewId(now);
        // Counted from here, not from the article's date: many sites give a day only, or the day of the event.
        var publishBy = now + TimeSpan.FromHours(team.Configuration.Publishing.PublishWithinHours);
        var publication = PublicationRow.New(id, account, configuration.Network, Composing.NetworkKey(configuration.Network, id, now), now, publishBy, team.Configuration.Authority.Language, article.Id, look, Actor.Rules.Name);
        publication.Revision = 1;
        if (!await composing.ComposeAsync(publication, article, feed, configuration, team, cancellationToken))
            publication.Why = TooLong;
        return publication;
    }

    // False: others wrote each time, and the change is still to be taken. Of what stands in the feed twice the second one adds its identities, no more.
    private async Task<bool> UpdateAsync(string articleId, FoundItem item, bool isFirst, Look look, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt <= MostConflicts; attempt++)
        {
            if (await TryUpdateAsync(articleId, item, isFirst, look, cancellationToken))
                return true;
        }

        return false;
    }

    private async Task<bool> TryUpdateAsync(string articleId, FoundItem item, bool isFirst, Look look, CancellationToken cancellationToken) =>
        await ChangeOfAsync(articleId, item, isFirst, look, cancellationToken) is not { } change || await ApplyAsync(change, item, look, cancellationToken);

    // What an item says that its article does not know yet; null: nothing.
    private async Task<Change?> ChangeOfAsync(string articleId, FoundItem item, bool isFirst, Look look, CancellationToken cancellationToken)
    {
        if (await store.ArticleAsync(articleId, cancellationToken) is not { } article)
            return null;
        var aliases = new List<string>();
        foreach (var identity in item.Identities)
        {
            if (await store.FindAsync(identity, cancellationToken) is null)
                aliases.Add(identity);
        }

        // Two feeds may tell of one article in different words; the one that found it has the say.
        var isChanged = isFirst && string.Equals(article.Feed, look.Row.Key, StringComparison.Ordinal) && article.Hash != HashOf(item.Post);
        var isNewHere = isFirst && item.IsOfAnotherFeed && look.Holds(item) && IsNewTo(look.Row, article, item.Post);
        return aliases.Count > 0 || isChanged || isNewHere ? new Change(article, aliases, isChanged, isNewHere) : null;
    }

    // False: another one wrote meanwhile.
    private async Task<bool> ApplyAsync(Change change, FoundItem item, Look look, CancellationToken cancellationToken)
    {
        var (article, aliases, isChanged, isNewHere) = change;
        var (feed, row, team) = (look.Feed, look.Row, look.Team);
        var now = time.GetUtcNow();
        if (isChanged)
            Fill(article, item.Post);
        List<PublicationRow> planned = [];
        foreach (var id in isChanged || isNewHere ? article.Publications : [])
        {
            if (await store.PublicationAsync(id, cancellationToken) is { } publication)
                planned.Add(publication);
        }

        IReadOnlyList<PublicationRow> added = [];
        if (isNewHere)
        {
            article.AlsoIn = [.. article.AlsoIn, row.Key];
            // What a person called off is not announced by way of another feed.
            if (row.Decision != LookDecision.FirstLook && !planned.Exists(publication => publication.State == PublicationState.Cancelled && publication.Ended == "cancelled"))
                added = await PlanAllAsync(article, [.. feed.Accounts.Except(planned.Select(p => p.Account), StringComparer.Ordinal)], planned.Find(p => p.AskedFor is not null)?.AskedFor ?? AskReason.SameTitle, look, cancellationToken);
            article.Publications = [.. article.Publications, .. added.Select(publication => publication.Id)];
        }

        article.Seq++;
        var log = LogRow.New(PublicationStore.Partition, article.Id, article.Seq, now, isChanged ? "changed" : isNewHere ? "found-again" : "alias", article.Decision.ToString(), Actor.Rules.Name);
        var transition = new Transition(store.Table, log, time).Replace(article);
        foreach (var alias in aliases)
            transition.Add(Identity(alias, article.Id));
        List<PublicationRow> moved = [];
        if (isChanged)
        {
            foreach (var publication in planned.Where(p => p.State == PublicationState.Planned))
            {
                if (team.Configuration.Accounts.TryGetValue(publication.Account, out var account)
                    && await RecomposeAsync(publication, article, feed, account, team, asks: !moved.Exists(p => p.OwesCard), transition, cancellationToken))
                    moved.Add(publication);
            }
        }

        AddAll(added, transition, now);
        if (await transition.CommitAsync(cancellationToken) == Commit.Conflict)
            return false;
        await HintAsync(moved, cancellationToken);
        await PlannedAsync(added, look, cancellationToken);
        return true;
    }

    // True: it is due now. A feed may say another thing at each look, as how often a page was read: what would be sent as before is left alone, and so is what an editor wrote,
    // which stays as it was agreed to while its page does.
    private async Task<bool> RecomposeAsync(PublicationRow publication, ArticleRow article, ArticleFeedConfiguration feed, AccountConfiguration account, TeamSettings team, bool asks, Transition transition, CancellationToken cancellationToken)
    {
        if (publication is { IsByHand: true, Approval: Approval.Given } && publication.Page == (article.HasNoPage ? null : article.Url))
            return false;
        var (now, before, page) = (time.GetUtcNow(), Composing.Sent(publication), publication.Page);
        var fits = await composing.ComposeAsync(publication, article, feed, account, team, cancellationToken);
        if (Composing.Sent(publication) == before)
            return false;
        // The card of what waits already was sent, or is on its way: whoever opens the page sees the text as it is then.
        var isAsked = publication.Approval == Approval.Awaiting;
        publication.Why = !fits ? TooLong : isAsked && publication.Why != TooLong ? publication.Why : null;
        var warned = publication.Approval == Approval.NotNeeded && fits ? await WhyAskAsync(publication, team, cancellationToken) : null;
        // Somebody agreed to another text; nobody agreed to a bare link, nor to what the rules warn of; and what an editor wrote may name the page that was.
        if (publication.Approval == Approval.Given || warned is not null || (publication.Approval == Approval.NotNeeded && (!fits || (publication.IsByHand && publication.Page != page))))
            (publication.Approval, publication.OwesCard, publication.AskedFor) = (Approval.Awaiting, asks, warned ?? (fits ? AskReason.Changed : AskReason.TooLong));
        (publication.Revision, publication.Seq, publication.WithoutPicture, publication.PutOff, publication.PictureWaits, publication.Shown) = (publication.Revision + 1, publication.Seq + 1, false, 0, 0, null);
        // Its page may be another one now, and its site is at work.
        publication.MissingSince = null;
        if (!isAsked)
            PublicationMove.MoveDue(transition, publication, publication.NotBefore > now ? publication.NotBefore : now);
        transition.Replace(publication)
            .Add(PublicationMove.Named(LogRow.New(PublicationStore.Partition, publication.Id, publication.Seq, now, "recomposed", nameof(PublicationState.Planned), Actor.Rules.Name)))
            .Add(PublicationMove.Moment(publication, now, "recomposed"));
        return !isAsked;
    }

    private async Task NoteAsync(ArticleFeedRow row, ReadAnswer answer, TimeSpan every, CancellationToken cancellationToken)
    {
        var isNew = row.ETag == default;
        var isEmpty = answer.Outcome == ReadOutcome.Read;
        // A site that has no article yet was looked at all the same: its first one was not there before, so a person is asked about it.
        row.FirstLookDone |= isEmpty && row.Decision == LookDecision.None;
        // The validators are never those of an empty feed: "unchanged" says that it holds what it held.
        row.EmptySince = isEmpty ? row.EmptySince ?? time.GetUtcNow() : answer.Outcome == ReadOutcome.Unchanged ? null : row.EmptySince;
        var failed = answer.Outcome is not (ReadOutcome.Unchanged or ReadOutcome.Read);
        (row.MovedTo, row.IsGone) = (answer.MovedTo, answer.Outcome == ReadOutcome.Gone);
        (row.Failures, row.Error) = failed ? (row.Failures + 1, answer.Error ?? "The feed could not be read.") : (0, null);
        var wait = every * Math.Pow(2, Math.Min(row.Failures, 6));
        var longest = every > TimeSpan.FromHours(6) ? every : TimeSpan.FromHours(6);
        row.NextDue = time.GetUtcNow() + (answer.RetryAfter is { } asked && asked > wait ? (asked < LongestWait ? asked : LongestWait) : !failed ? every : wait < longest ? wait : longest);
        if (failed)
            Log.NotRead(logger, row.Error!);
        await WriteAsync(row, isNew, cancellationToken);
    }

    // The feed's row has no log: it is discovery's own memory, and another instance that was faster has written the same kind of thing.
    private async Task<bool> WriteAsync(ArticleFeedRow row, bool isNew, CancellationToken cancellationToken)
    {
        try
        {
            var response = isNew
                ? await store.Table.AddEntityAsync(row.Entity, cancellationToken)
                : await store.Table.UpdateEntityAsync(row.Entity, row.ETag, TableUpdateMode.Replace, cancellationToken);
            row.Entity.ETag = response.Headers.ETag!.Value;
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static bool IsOld(Post post, DateTimeOffset now) => post.Published < now - Old;

    private static void Fill(ArticleRow article, Post post)
    {
        article.Title = Cut(post.Title ?? "", 1000);
        (article.Url, article.HasNoPage) = (post.Url, post.IsAddressOfSite);
        article.Summary = SummaryOf(post);
        article.Picture = post.Pictures.Count > 0 ? post.Pictures[0].Url : null;
        article.Alt = AltOf(post);
        article.Hash = HashOf(post);
    }

    private static string HashOf(Post post) =>
        Keys.Hash($"{Cut(post.Title ?? "", 1000)}\n{post.Url}\n{SummaryOf(post)}\n{(post.Pictures.Count > 0 ? post.Pictures[0].Url + AltOf(post) : "")}");

    private static string SummaryOf(Post post) => Cut(post.Summary ?? post.Text, 4000);

    private static string AltOf(Post post) => Cut(post.Pictures.Count > 0 ? post.Pictures[0].Alt ?? "" : "", 2000);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static TableEntity Identity(string key, string article) => new(PublicationStore.Partition, key) { ["Article"] = article };

    /// <summary>What is to be written of an article that is known.</summary>
    /// <param name="Article">As read.</param>
    /// <param name="Aliases">Keys of identities that nobody has yet.</param>
    /// <param name="IsChanged">It says something else.</param>
    /// <param name="IsNewHere">Another feed found it, and this one's accounts have no publication of it.</param>
    private sealed record Change(ArticleRow Article, IReadOnlyList<string> Aliases, bool IsChanged, bool IsNewHere);

    /// <summary>A look at one feed, under way.</summary>
    private sealed record Look(ArticleFeedConfiguration Feed, ArticleFeedRow Row, TeamSettings Team, HashSet<string> Items)
    {
        /// <summary>The look's card is owed by one of its publications.</summary>
        public bool HasAsked { get; set; }

        /// <summary>Publications of it that wait for a person.</summary>
        public List<PublicationRow> Asking { get; } = [];

        /// <summary>True for an item that was new to the feed when the look was decided.</summary>
        public bool Holds(FoundItem item) => item.Identities.Any(Items.Contains);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A look at an article feed: {Decision} for {Count} new items.")]
        public static partial void Look(ILogger logger, LookDecision decision, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "An article feed could not be read: {Error}")]
        public static partial void NotRead(ILogger logger, string error);
    }
}
