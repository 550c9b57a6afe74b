namespace SocialHub.Connections;

/// <summary>One measured length of a text against the most that a network takes.</summary>
/// <param name="Count">How long it is by the network's own counting.</param>
/// <param name="Most">The most that is accepted.</param>
/// <param name="Unit"><c>graphemes</c> or <c>bytes</c>.</param>
public sealed record TextLength(int Count, int Most, string Unit)
{
    public bool Fits => Count <= Most;
}

/// <summary>How one network counts a text. The text always holds its links in full; what the network shows or counts instead is the rules' affair.</summary>
public abstract class TextRules
{
    /// <summary>The text's length by each limit of the network, the tightest first.</summary>
    public abstract IReadOnlyList<TextLength> Measure(string text);

    /// <summary>True when no limit is exceeded.</summary>
    public bool Fits(string text) => Measure(text).All(length => length.Fits);
}
