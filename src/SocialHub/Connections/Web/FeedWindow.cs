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
        // One item out of place, such as a pinned one, decides nothing. The zone matters little.
        var dates = items.Select(item => FeedDates.Parse(date(item), TimeZoneInfo.Utc)).OfType<DateTimeOffset>().ToList();
        var isOldestFirst = dates.Zip(dates.Skip(1), (one, next) => next.CompareTo(one)).Sum() > 0;
        notes.Repaired("too-many-items", null, string.Create(CultureInfo.InvariantCulture, $"Only the {(isOldestFirst ? "last" : "first")} {WebFeed.MostItems} of {items.Count} items are read."));
        return [.. isOldestFirst ? items.Skip(items.Count - WebFeed.MostItems) : items.Take(WebFeed.MostItems)];
    }
}
