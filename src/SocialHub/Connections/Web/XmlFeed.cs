using System.Globalization;

namespace SocialHub.Connections.Web;

/// <summary>RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0, from the tree. Elements of the wrong format or place are taken where they stand.</summary>
internal static class XmlFeed
{
    private static readonly string[] Roots = ["rss", "rdf:rdf", "rdf", "atom:feed", "feed", "channel"];

    /// <returns>Null when the document holds no feed.</returns>
    public static FeedDraft? Read(FeedElement document, Uri? address, FeedNotes notes)
    {
        var root = Root(document, 0);
        if (root is null)
            return null;
        var isAtom = root.Name is "atom:feed" or "feed";
        var format = isAtom ? "atom" : root.Name.StartsWith("rdf", StringComparison.Ordinal) ? "rdf" : "rss";
        var head = isAtom ? root : root.Name == "channel" ? root : root.Named("channel").FirstOrDefault() ?? root;
        var home = isAtom ? AtomLink(head, "alternate") : head.TextOf("link") ?? AtomLink(head, "alternate");
        // A feed behind a relay has the relay's address: links are relative to the site that the feed names (before that, to xml:base).
        var inherited = FeedLinks.Resolve(home, address) ?? address;
        var items = FeedWindow.Of(Items(document), item => Published(item) ?? Updated(item), notes);
        var language = Language(head) ?? head.TextOf("language", "dc:language");
        var feedAuthor = isAtom ? Author(head) : null;
        return new FeedDraft(format)
        {
            Title = Title(head).Text,
            HomePage = FeedLinks.Resolve(home, Base(head, address))?.AbsoluteUri,
            Language = language,
            Pace = Pace(head),
            Items = [.. items.Where(i => IsWhole(i, notes)).Select(i => Item(i, isAtom || i.Name.EndsWith("entry", StringComparison.Ordinal), inherited, notes) is var item && item.Author is null ? item with { Author = feedAuthor } : item)],
        };
    }

    private static FeedElement? Root(FeedElement element, int depth) =>
        element.Elements.FirstOrDefault(e => Roots.Contains(e.Name, StringComparer.Ordinal)) ?? (depth > 3 ? null : element.Elements.Select(e => Root(e, depth + 1)).FirstOrDefault(e => e is not null));

    private static List<FeedElement> Items(FeedElement element)
    {
        List<FeedElement> items = [];
        Collect(element, 0);
        return items;

        void Collect(FeedElement inside, int depth)
        {
            foreach (var child in inside.Elements)
            {
                if (child.Item > 0)
                    items.Add(child);
                else if (depth < 6)
                    Collect(child, depth + 1);
            }
        }
    }

    private static bool IsWhole(FeedElement item, FeedNotes notes)
    {
        if (!item.IsClosed)
            notes.Refused("truncated-item", item.Item, "The document ends inside this item.");
        return item.IsClosed;
    }

    private static ItemDraft Item(FeedElement item, bool isAtom, Uri? inherited, FeedNotes notes)
    {
        var guid = item.Named("guid").FirstOrDefault(g => g.Text.Trim().Length > 0);
        var id = isAtom ? item.TextOf("atom:id", "id", "guid") : guid?.Text.Trim() ?? item.TextOf("atom:id", "dc:identifier") ?? item.Attribute("rdf:about");
        var body = Body(item, isAtom);
        var isBodySummary = body is { } text && IsSummary(text.Element);
        var summary = isBodySummary ? null : Summary(item);
        var title = Title(item);
        return new ItemDraft(item.Item)
        {
            Id = id,
            IdIsAddress = guid is null ? item.Attribute("rdf:about") is not null || isAtom : !string.Equals(guid.Attribute("ispermalink")?.Trim(), "false", StringComparison.OrdinalIgnoreCase),
            Link = (isAtom ? AtomLink(item, "alternate") : null) ?? item.TextOf("link") ?? AtomLink(item, "alternate"),
            Title = title.Text,
            TitleKind = title.Kind,
            Body = body?.Text,
            BodyKind = body?.Kind ?? BodyKind.Html,
            Summary = summary?.Text,
            SummaryKind = summary?.Kind ?? BodyKind.Html,
            IsBodySummary = isBodySummary,
            Published = Published(item),
            Updated = Updated(item),
            Author = Author(item),
            Language = Language(item) ?? item.TextOf("dc:language"),
            Base = Base(item, inherited),
            BodyBase = Base(body?.Element ?? item, inherited),
            Tags = [.. item.Named("category", "atom:category", "dc:subject").Select(c => c.Attribute("label") ?? c.Attribute("term") ?? c.Text)],
            Pictures = [.. FeedPictures.Of(item)],
        };
    }

    private static string? Published(FeedElement item) =>
        item.TextOf("pubdate", "dc:date", "atom:published", "published", "atom:issued", "issued", "atom:created", "created", "dcterms:issued", "dcterms:created", "date");

    private static string? Updated(FeedElement item) => item.TextOf("atom:updated", "updated", "atom:modified", "modified", "dcterms:modified", "lastbuilddate");

    private static (string? Text, BodyKind Kind) Title(FeedElement element)
    {
        var title = element.Named("title", "atom:title", "dc:title", "media:title").FirstOrDefault(t => t.Children.Count > 0 && FeedMarkup.Content(t).Text.Trim().Length > 0);
        if (title is null)
            return (null, BodyKind.Html);
        var content = FeedMarkup.Content(title);
        return title.Name == "atom:title" ? (content.Text, content.Kind) : (content.Text, BodyKind.Html);
    }

    private static (string Text, BodyKind Kind, FeedElement Element)? Body(FeedElement item, bool isAtom)
    {
        foreach (var element in isAtom
            ? item.Named("atom:content", "content", "content:encoded", "atom:summary", "summary", "description", "itunes:summary", "media:description")
            : item.Named("content:encoded", "xhtml:body", "xhtml:div", "body", "atom:content", "content", "description", "atom:summary", "summary", "itunes:summary", "media:description"))
        {
            var (text, kind) = FeedMarkup.Content(element);
            if (text.Trim().Length > 0 && !IsOtherMedia(element))
                return (text, kind, element);
        }
        // YouTube and others put all they have into a group.
        return item.Named("media:group").SelectMany(g => g.Named("media:description")).FirstOrDefault() is { } described ? (described.Text, described.Attribute("type") == "html" ? BodyKind.Html : BodyKind.Plain, described) : null;
    }

    // Atom puts what is no text into its content as base64 (RFC 4287, section 4.1.3.3).
    private static bool IsOtherMedia(FeedElement element) => element.Attribute("type")?.Trim() is { } type && type.Contains('/', StringComparison.Ordinal)
        && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !type.Contains("xml", StringComparison.OrdinalIgnoreCase) && !type.Contains("html", StringComparison.OrdinalIgnoreCase);

    private static bool IsSummary(FeedElement body) => body.Name is "description" or "atom:summary" or "summary" or "itunes:summary" or "media:description";

    private static (string Text, BodyKind Kind)? Summary(FeedElement item) =>
        item.Named("description", "atom:summary", "summary", "itunes:summary").Select(FeedMarkup.Content).Where(one => one.Text.Trim().Length > 0).Select(one => ((string, BodyKind)?)one).FirstOrDefault();

    private static string? AtomLink(FeedElement element, string relation) => element.Named("atom:link", "link")
        .Where(l => l.Attribute("href") is not null && (l.Attribute("rel") ?? "alternate") == relation)
        .OrderBy(l => l.Attribute("type") is null or "text/html" or "application/xhtml+xml" ? 0 : 1)
        .Select(l => l.Attribute("href")).FirstOrDefault();

    // An address of e-mail is nobody's name: RSS has both in one element, "mail (name)".
    private static string? Author(FeedElement item)
    {
        foreach (var author in item.Named("dc:creator", "author", "atom:author", "itunes:author", "managingeditor"))
        {
            var text = (author.TextOf("atom:name", "name") ?? (author.Elements.Any() ? "" : author.Text)).Trim();
            if (text.Contains('@', StringComparison.Ordinal))
                text = text.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open ? text[(open + 1)..].TrimEnd(')', ' ') : text.IndexOf('<', StringComparison.Ordinal) is > 0 and var less ? text[..less].Trim(' ', '"') : "";
            if (text.Length is > 0 and <= 200 && !text.Contains('@', StringComparison.Ordinal))
                return text;
        }
        return null;
    }

    /// <summary>The longer of RSS's <c>ttl</c> and of the syndication module (http://purl.org/rss/1.0/modules/syndication/); what is no number or no period says nothing.</summary>
    private static TimeSpan? Pace(FeedElement head)
    {
        var keep = TimeSpan.FromMinutes(Number(head.TextOf("ttl")) ?? 0);
        var period = head.TextOf("sy:updateperiod")?.ToUpperInvariant() switch
        {
            "HOURLY" => TimeSpan.FromHours(1),
            "DAILY" => TimeSpan.FromDays(1),
            "WEEKLY" => TimeSpan.FromDays(7),
            "MONTHLY" => TimeSpan.FromDays(30),
            "YEARLY" => TimeSpan.FromDays(365),
            _ => TimeSpan.Zero,
        } / (Number(head.TextOf("sy:updatefrequency")) ?? 1);
        var pace = keep > period ? keep : period;
        return pace > TimeSpan.Zero ? pace : null;

        static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }

    private static string? Language(FeedElement element)
    {
        for (var e = element; e is not null; e = e.Parent)
        {
            if (e.Attribute("xml:lang") is { Length: > 0 } language)
                return language;
        }
        return null;
    }

    /// <summary>xml:base of the element and of all around it, outermost first, on what is inherited.</summary>
    private static Uri? Base(FeedElement element, Uri? inherited)
    {
        var outer = element.Parent is null ? inherited : Base(element.Parent, inherited);
        return element.Attribute("xml:base") is { } own ? FeedLinks.Resolve(own, outer) ?? outer : outer;
    }
}
