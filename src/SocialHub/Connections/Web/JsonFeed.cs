using System.Text;
using System.Text.Json;

namespace SocialHub.Connections.Web;

/// <summary>JSON Feed 1.0 and 1.1 (<see href="https://www.jsonfeed.org/version/1.1/"/>). A document that is no JSON is read item by item.</summary>
internal static class JsonFeed
{
    private static readonly JsonDocumentOptions Forgiving = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <param name="text">The document.</param>
    /// <param name="address">Where it came from; null: nobody knows.</param>
    /// <param name="notes">Takes what was repaired and refused.</param>
    /// <returns>Null when it is no JSON Feed.</returns>
    public static FeedDraft? Read(string text, Uri? address, FeedNotes notes)
    {
        var document = ParseRepaired(text, notes);
        if (document is not null)
        {
            using (document)
                return Feed(document.RootElement, null, address, notes);
        }
        var (head, items) = JsonPieces.Split(text, piece => ParseRepaired(piece, notes) is { } item ? new JsonPiece(item) : null, WebFeed.MostItems + 1);
        if (items is null)
            return null;
        notes.Repaired("json-broken", null, "It is no JSON as a whole; its items were read one by one.");
        using var frame = Parse(head) ?? JsonDocument.Parse("{}");
        try
        {
            return Feed(frame.RootElement, items, address, notes);
        }
        finally
        {
            foreach (var item in items)
                item?.Dispose();
        }
    }

    private static JsonDocument? ParseRepaired(string text, FeedNotes notes)
    {
        // Halves of characters are found only when a string is taken out, and what XML forbids would go on into our own RSS: both go before.
        if (!HasHarmfulEscape(text) && Parse(text) is { } sound)
            return sound;
        return Parse(Repaired(text, notes));
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Forgiving);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FeedDraft? Feed(JsonElement root, IReadOnlyList<JsonPiece?>? pieces, Uri? address, FeedNotes notes)
    {
        if (root.ValueKind != JsonValueKind.Object || (pieces is null && !(root.TryGetProperty("items", out var list) && list.ValueKind == JsonValueKind.Array)))
            return null;
        if (!(String(root, "version") ?? "").Contains("jsonfeed.org/version/1", StringComparison.Ordinal))
            notes.Repaired("version-missing", null, "It does not say that it is a JSON Feed; its items are those of one.");
        address ??= FeedLinks.Resolve(String(root, "feed_url"), null);
        var home = FeedLinks.Resolve(String(root, "home_page_url"), address);
        var drafts = new List<ItemDraft>();
        var number = 0;
        if (pieces is not null)
        {
            foreach (var piece in pieces.Take(WebFeed.MostItems))
            {
                number++;
                if (piece is null)
                    notes.Refused("item-broken", number, "It is no JSON.");
                else
                    Add(piece.Element);
            }
        }
        else
        {
            var all = root.GetProperty("items").EnumerateArray().Select((item, place) => (Item: item, Number: place + 1)).ToList();
            foreach (var one in FeedWindow.Of(all, one => one.Item.ValueKind == JsonValueKind.Object ? String(one.Item, "date_published") ?? String(one.Item, "date_modified") : null, notes))
            {
                number = one.Number;
                Add(one.Item);
            }
        }
        if (pieces?.Count > WebFeed.MostItems)
            notes.Repaired("too-many-items", null, $"Only the first {WebFeed.MostItems} items are read.");
        return new FeedDraft("json") { Title = Words(root, "title"), HomePage = home?.AbsoluteUri, Language = String(root, "language"), Items = drafts };

        void Add(JsonElement item)
        {
            if (item.ValueKind == JsonValueKind.Object)
                drafts.Add(Item(item, number, home ?? address, Author(root)));
            else
                notes.Refused("item-broken", number, "It is no object.");
        }
    }

    private static ItemDraft Item(JsonElement item, int number, Uri? @base, string? feedAuthor)
    {
        var html = String(item, "content_html");
        var (text, summary) = (html ?? String(item, "content_text"), Words(item, "summary"));
        return new ItemDraft(number)
        {
            Id = String(item, "id"),
            IdIsAddress = true,
            Link = String(item, "url") ?? String(item, "external_url"),
            Title = Words(item, "title"),
            TitleKind = BodyKind.Plain,
            Body = text ?? summary,
            BodyKind = html is null ? BodyKind.Plain : BodyKind.Html,
            Summary = text is null ? null : summary,
            SummaryKind = BodyKind.Plain,
            Published = String(item, "date_published"),
            Updated = String(item, "date_modified"),
            Author = Author(item) ?? feedAuthor,
            Language = String(item, "language"),
            Base = @base,
            Tags = [.. List(item, "tags").Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)],
            Pictures = [.. Pictures(item)],
        };
    }

    private static IEnumerable<PictureDraft> Pictures(JsonElement item)
    {
        foreach (var name in (string[])["image", "banner_image"])
        {
            if (String(item, name) is { } address)
                yield return new PictureDraft(address, null);
        }
        foreach (var attachment in List(item, "attachments").Where(a => a.ValueKind == JsonValueKind.Object))
        {
            if (String(attachment, "mime_type")?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) is true && String(attachment, "url") is { } address)
                yield return new PictureDraft(address, String(attachment, "title"));
        }
    }

    private static string? Author(JsonElement element)
    {
        var one = element.TryGetProperty("author", out var author) && author.ValueKind == JsonValueKind.Object ? String(author, "name") : null;
        return List(element, "authors").Where(a => a.ValueKind == JsonValueKind.Object).Select(a => String(a, "name")).FirstOrDefault(n => n is not null) ?? one;
    }

    private static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Take(100) : [];

    // Plain text by the specification; plug-ins leave their software's references of HTML in it.
    private static string? Words(JsonElement element, string name) =>
        String(element, name) is { } text && !text.Contains("&lt;", StringComparison.Ordinal) ? System.Net.WebUtility.HtmlDecode(text) : String(element, name);

    // An id is sometimes a number (the specification asks readers to take it).
    private static string? String(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { } text && text.AsSpan().Trim().Length > 0 ? text.Trim() : null,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static bool HasHarmfulEscape(string text)
    {
        for (var at = text.IndexOf('\\', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('\\', at + 2))
        {
            if (text[at + 1] is 'b' or 'f' || (Escaped(text, at) is { } sign && FeedText.IsForbidden(sign)))
                return true;
        }
        return false;
    }

    /// <summary>Line breaks inside strings, halves of characters and control characters: no JSON, or nothing to see, and common.</summary>
    private static string Repaired(string text, FeedNotes notes)
    {
        var result = new StringBuilder(text.Length);
        var (inString, changed, removed) = (false, false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!inString)
            {
                inString = c == '"';
                result.Append(c);
            }
            else if (c is '\n' or '\t')
            {
                result.Append(c == '\n' ? "\\n" : "\\t");
                changed = true;
            }
            else if (c == '\\' && i + 1 < text.Length)
            {
                if (text[i + 1] is 'b' or 'f' || (Escaped(text, i) is { } sign && !char.IsSurrogate(sign) && FeedText.IsForbidden(sign)))
                {
                    i += text[i + 1] == 'u' ? 5 : 1;
                    removed++;
                    continue;
                }
                if (Surrogate(text, i) is { } half && !(half.IsHigh && Surrogate(text, i + 6) is { IsHigh: false }))
                {
                    result.Append("\\uFFFD");
                    i += 5;
                    changed = true;
                    continue;
                }
                var length = Surrogate(text, i) is not null ? 12 : 2;
                result.Append(text, i, Math.Min(length, text.Length - i));
                i += length - 1;
            }
            else
            {
                inString = c != '"';
                result.Append(c);
            }
        }
        if (changed)
            notes.Repaired("json-string", null, "Line breaks or halves of characters in strings were put right.");
        if (removed > 0)
            notes.Repaired("control-characters", null, $"{removed} control characters were removed from strings.");
        return changed || removed > 0 ? result.ToString() : text;
    }

    private static (bool IsHigh, int Value)? Surrogate(string text, int at) =>
        Escaped(text, at) is { } sign && char.IsSurrogate(sign) ? (char.IsHighSurrogate(sign), sign) : null;

    // The character of \uXXXX at a place; null: none stands there.
    private static char? Escaped(string text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u' && ushort.TryParse(text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? (char)value
            : null;
}
