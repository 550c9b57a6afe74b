using System.Globalization;

namespace SocialHub.Connections.Web;

/// <summary>Which items of a long feed are read.</summary>
internal static class FeedWindow
{
    /// <summary>The newest <see cref="WebFeed.MostItems"/>: the first ones, or the last where dates grow towards the end; in the order of the document.</summary>
    /// <param name="items">All items.</param>
    /// <param name="date">The date of one as it is written.</param>
    /// <param name="notes">Takes that some are left out.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, Func<T, string?> date, FeedNotes notes)
    {
        if (items.Count <= WebFeed.MostItems)
            return items;
        // The zone matters little.
        var isOldestFirst = IsOldestFirst(items.Select(item => FeedDates.Parse(date(item), TimeZoneInfo.Utc)));
        notes.Repaired("too-many-items", null, string.Create(CultureInfo.InvariantCulture, $"Only the {(isOldestFirst ? "last" : "first")} {WebFeed.MostItems} of {items.Count} items are read."));
        return [.. isOldestFirst ? items.Skip(items.Count - WebFeed.MostItems) : items.Take(WebFeed.MostItems)];
    }

    /// <summary>True where dates grow towards the end of a feed. One item out of place, such as a pinned one, decides nothing.</summary>
    /// <param name="dates">Of its items in their order; null: none.</param>
    public static bool IsOldestFirst(IEnumerable<DateTimeOffset?> dates)
    {
        var known = dates.OfType<DateTimeOffset>().ToList();
        return known.Zip(known.Skip(1), (one, next) => next.CompareTo(one)).Sum() > 0;
    }
}
