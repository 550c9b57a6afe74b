using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SocialHub.Feeds;

namespace SocialHub.Connections.Web;

/// <summary>Drafts to posts: identities, addresses, dates, clean HTML. An item that can't be read costs no other.</summary>
internal sealed class PostMaker(FeedDraft feed, WebFeedOrigin origin, FeedNotes notes)
{
    private const int LongestTitle = 500;
    private const int LongestId = 1000;
    private const int MostTags = 20;
    private const int MostPictures = 10;
    private const int SmallPicture = 160;

    // HTML is the costly part; what goes beyond this much of it in a feed becomes its words.
    private const int HtmlBudget = 3_000_000;

    private static readonly string[] EscapedTags = ["&lt;p&gt;", "&lt;br", "&lt;a href", "&lt;div", "&lt;strong&gt;", "&lt;img ", "&lt;ul&gt;", "&lt;/p&gt;"];
    private readonly TimeZoneInfo _zone = origin.Zone ?? TimeZoneInfo.Utc;
    private int _htmlLeft = HtmlBudget;

    public IReadOnlyList<Post> Make()
    {
        // One id on different pages is a fault of the site's software: then none of these items can be known by it, at this read or the next.
        var repeated = feed.Items.Where(i => i.Id is not null).GroupBy(i => i.Id!, StringComparer.Ordinal)
            .Where(g => g.Select(i => Link(i)?.AbsoluteUri).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        List<Post> posts = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in feed.Items)
        {
            if (One(item, repeated) is not { } post)
                continue;
            if (seen.Add(post.NativeId))
                posts.Add(post);
            else
                notes.Repaired("item-twice", item.Number, "An item with this identity stands before it; this one was left out.");
        }
        return posts;
    }

    private static Uri? Link(ItemDraft item) => FeedLinks.Resolve(item.Link, item.Base) ?? (item.IdIsAddress ? FeedLinks.Resolve(IsGlobal(item.Id) || item.Id?.StartsWith('/') is true ? item.Id : null, item.Base) : null);

    private Post? One(ItemDraft item, HashSet<string> repeated)
    {
        var title = item.Title is null ? "" : FeedHtml.Line(item.Title, item.TitleKind == BodyKind.Html, int.MaxValue);
        if (title.Length > LongestTitle)
        {
            title = FeedHtml.Cut(title, LongestTitle);
            notes.Repaired("title-cut", item.Number, $"Its title is longer than {LongestTitle} characters; it was cut.");
        }
        var body = Body(item, title);
        var pictures = Pictures(item, body);
        var url = Link(item);
        if (url is null && title.Length == 0 && body.Text.Length == 0 && pictures.Count == 0)
        {
            notes.Refused("item-empty", item.Number, "It has no address, no title and no text.");
            return null;
        }
        if (item.Link is { Length: > 0 } link && FeedLinks.Resolve(link, item.Base) is null)
            notes.Repaired("link-unreadable", item.Number, $"Its link \"{link}\" is no address of a page.");
        if (url is null)
        {
            url = FeedLinks.Resolve(feed.HomePage, null) ?? origin.Address;
            if (url is null)
            {
                notes.Refused("item-without-address", item.Number, "It has no address, and the feed has none that could stand for it.");
                return null;
            }
            notes.Repaired("link-missing", item.Number, "It has no address of its own; the feed's site stands for it.");
        }
        // Items that all link to the front page have as little of their own.
        var isOfSite = Link(item) is null || string.Equals(url.AbsoluteUri, FeedLinks.Resolve(feed.HomePage, null)?.AbsoluteUri, StringComparison.Ordinal);
        var (published, updated) = (Date(item, item.Published), Date(item, item.Updated));
        var (id, isGlobal) = Identity(item, url, repeated, title, body.Text);
        if (isGlobal is false && item.Id is null && item.Link is null)
            notes.Repaired("id-missing", item.Number, "It has no identity; one was made of its title, date and text.");
        return new Post(id, url.AbsoluteUri)
        {
            Title = title.Length > 0 ? title : null,
            Html = body.Html,
            Text = body.Text,
            Summary = Summary(item, title, body.Text),
            Published = published ?? updated,
            Updated = updated,
            IsDateOfChange = published is null && updated is not null,
            Language = Language(item.Language ?? feed.Language),
            Author = item.Author is { } author ? FeedHtml.Line(author, isHtml: true, 200) : null,
            Links = [.. body.Links.Prepend(url.AbsoluteUri).Distinct(StringComparer.Ordinal)],
            Tags = [.. item.Tags.Select(t => FeedHtml.Line(t, isHtml: true, 100)).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTags)],
            Pictures = pictures,
            IdIsGlobal = isGlobal,
            IsAddressOfSite = isOfSite,
        };
    }

    private FeedHtml Body(ItemDraft item, string title)
    {
        var text = item.Body ?? "";
        if (item.BodyKind == BodyKind.Plain)
            return FeedHtml.FromText(text);
        if (IsEscapedTwice(text))
        {
            notes.Repaired("escaped-twice", item.Number, "Its HTML was escaped twice.");
            text = System.Net.WebUtility.HtmlDecode(text);
        }
        if (item.IsBodySummary)
            text = SiteHabits.WithoutSection(text);
        text = SiteHabits.WithoutBuilderMarks(text);
        // Without a tag or a comment the paragraphs of a text are those that it is written in.
        if (!FeedMarkup.HasTag(text) && !text.Contains("<!--", StringComparison.Ordinal) && text.Trim().Contains("\n\n", StringComparison.Ordinal))
            return FeedHtml.FromLines(text);
        var html = FeedHtml.Read(text, item.BodyBase ?? item.Base, ref _htmlLeft, out var simplified, words => IsHead(item, title, words));
        if (simplified)
            notes.Repaired("html-simplified", item.Number, "Its HTML is too long or too deep; its words were kept.");
        return html;
    }

    private string? Summary(ItemDraft item, string title, string text)
    {
        if (item.IsBodySummary)
            return text.Length <= FeedSummary.Longest ? FeedSummary.Of(text, title, text) : null;
        if (item.Summary is null)
            return null;
        var words = item.SummaryKind == BodyKind.Plain
            ? FeedHtml.FromText(item.Summary)
            : FeedHtml.Read(SiteHabits.WithoutBuilderMarks(SiteHabits.WithoutSection(item.Summary)), null, ref _htmlLeft, out _, words => IsHead(item, title, words));
        return FeedSummary.Of(words.Text, title, text);
    }

    // Drupal begins an item's text with its title, the account that wrote it, and its date.
    private static bool IsHead(ItemDraft item, string title, string words) =>
        words.Length is > 0 and <= LongestTitle && (string.Equals(words, title, StringComparison.Ordinal) || string.Equals(words, item.Author, StringComparison.Ordinal));

    private static bool IsEscapedTwice(string text) =>
        !text.Contains('<', StringComparison.Ordinal)
        && EscapedTags.Any(t => text.Contains(t, StringComparison.OrdinalIgnoreCase));

    private static List<PostPicture> Pictures(ItemDraft item, FeedHtml body)
    {
        List<PostPicture> pictures = [];
        // A thumbnail of this size is a smaller copy of what stands in the text.
        foreach (var draft in item.Pictures.Where(p => body.Pictures.Count == 0 || p.Width is not <= SmallPicture).Concat(body.Pictures))
        {
            if (pictures.Count == MostPictures || FeedLinks.Resolve(draft.Address, item.Base)?.AbsoluteUri is not { } address)
                continue;
            var same = pictures.FindIndex(p => p.Url == address);
            if (same < 0)
                pictures.Add(new PostPicture(address, draft.Alt) { Width = draft.Width, Height = draft.Height });
            else if (pictures[same].Alt is null)
                pictures[same] = pictures[same] with { Alt = draft.Alt };
        }
        return pictures;
    }

    private DateTimeOffset? Date(ItemDraft item, string? text)
    {
        if (text is null)
            return null;
        var date = FeedDates.Parse(text, _zone);
        if (date is null)
            notes.Repaired("date-unreadable", item.Number, $"Its date \"{text}\" cannot be read; the time it is first seen stands for it.");
        return date;
    }

    // guid, atom:id and JSON's id before the link, the link before a hash of what it says (networks.md, section 9).
    private (string Id, bool IsGlobal) Identity(ItemDraft item, Uri url, HashSet<string> repeated, string title, string text)
    {
        if (item.Id is { Length: > 0 } id)
        {
            if (!repeated.Contains(id))
                return (id.Length > LongestId ? Hash(id) : id, IsGlobal(id));
            notes.Repaired("id-not-unique", item.Number, "Items of other pages have the same identity; its address is taken for it.");
        }
        if (FeedLinks.Resolve(item.Link, item.Base) is not null)
            return (url.AbsoluteUri.Length > LongestId ? Hash(url.AbsoluteUri) : url.AbsoluteUri, true);
        // Whether its spaces may break has never been part of it.
        return (Hash($"{title}\n{item.Published}\n{(title.Length > 0 && item.Published is not null ? "" : text)}".Replace('\u00A0', ' ').Replace('\u202F', ' ')), false);
    }

    private static bool IsGlobal(string? id) => id is not null && (id.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || id.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || id.StartsWith("tag:", StringComparison.OrdinalIgnoreCase) || id.StartsWith("urn:", StringComparison.OrdinalIgnoreCase));

    private static string Hash(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    private static string? Language(string? text) =>
        text?.Trim().Replace('_', '-') is { Length: >= 2 and <= 35 } tag && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(tag[0]) ? tag.ToLower(CultureInfo.InvariantCulture) : null;
}
