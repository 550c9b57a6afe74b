namespace SocialHub;

/// <summary>What a person saw, against what is there now: <c>If-Match</c> as RFC 9110, 13.1.1 has it, the same for every resource.</summary>
public static class EntityTags
{
    /// <summary>
    /// True when a change may be made: the value is <c>*</c>, or names the tag, alone or in a list. Quotes may be left out; a proxy that compresses may have made
    /// the tag weak (<c>W/</c>), which is not held against the caller.
    /// </summary>
    /// <param name="ifMatch">The header's value.</param>
    /// <param name="current">Tag of what is there now, without quotes; null: there is nothing, which nothing matches, <c>*</c> neither.</param>
    public static bool Match(string ifMatch, string? current)
    {
        ArgumentNullException.ThrowIfNull(ifMatch);
        return current is not null && ifMatch.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || string.Equals(Bare(tag), current, StringComparison.Ordinal));
    }

    private static string Bare(string tag) => (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"');
}
