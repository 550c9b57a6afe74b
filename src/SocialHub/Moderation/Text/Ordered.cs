namespace SocialHub.Moderation.Text;

/// <summary>Search in what runs from left to right in a text.</summary>
internal static class Ordered
{
    /// <summary>Index of the first item at or behind a place; their count when there is none.</summary>
    /// <param name="items">By the places that <paramref name="placeOf"/> gives.</param>
    /// <param name="place">In characters or words, as <paramref name="placeOf"/>.</param>
    /// <param name="placeOf">Where an item stands.</param>
    public static int FirstFrom<T>(ReadOnlySpan<T> items, int place, Func<T, int> placeOf)
    {
        var (from, to) = (0, items.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (placeOf(items[middle]) < place) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
