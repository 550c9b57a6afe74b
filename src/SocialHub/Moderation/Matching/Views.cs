namespace SocialHub.Moderation.Matching;

/// <summary>What a reading of a text had to undo to see a word in it. Several may be needed for one word.</summary>
[Flags]
public enum Views
{
    /// <summary>Nothing beyond folding: case, accents, widths, circles and invisible characters.</summary>
    Plain = 0,

    /// <summary>Digits and signs that stand for letters (<c>c0nn@rd</c>).</summary>
    Leet = 1,

    /// <summary>Letters written more often than the word has them.</summary>
    Repeats = 2,

    /// <summary>Letters of other alphabets that look like Latin ones.</summary>
    Homoglyphs = 4,

    /// <summary>Letters written apart (<c>c o n n a r d</c>, <c>con.nard</c>).</summary>
    Joined = 8,

    /// <summary>Words written together (<c>saleconnard</c>).</summary>
    Split = 16,

    /// <summary>Letters that stars stand for (<c>c*nnard</c>).</summary>
    Masked = 32,

    /// <summary>A letter left out, two exchanged, k for c, or a word written as it sounds.</summary>
    Spelling = 64,
}

/// <summary>Names of readings, as findings carry them.</summary>
internal static class ViewNames
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 128).Select(views => Name((Views)views))];

    /// <summary><c>plain</c>, <c>leet</c>, <c>leet+repeats</c> ...</summary>
    public static string Of(Views views) => Names[(int)views];

    private static string Name(Views views)
    {
        if (views == Views.Plain) return "plain";
        var one = new[] { Views.Leet, Views.Repeats, Views.Homoglyphs, Views.Joined, Views.Split, Views.Masked, Views.Spelling };
#pragma warning disable CA1308 // findings write their words in lower case
        return string.Join('+', one.Where(view => views.HasFlag(view)).Select(view => view.ToString().ToLowerInvariant()));
#pragma warning restore CA1308
    }
}
