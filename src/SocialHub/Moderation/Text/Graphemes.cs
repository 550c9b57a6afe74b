using System.Globalization;

namespace SocialHub.Moderation.Text;

/// <summary>Where a reader may be cut: boundaries of extended grapheme clusters (UAX 29), so that no highlight or excerpt splits a character.</summary>
public sealed class Graphemes
{
    private readonly bool[] _boundary;

    public Graphemes(string text)
    {
        _boundary = new bool[text.Length + 1];
        var i = 0;
        while (i < text.Length)
        {
            _boundary[i] = true;
            i += StringInfo.GetNextTextElementLength(text.AsSpan(i));
        }

        _boundary[text.Length] = true;
    }

    /// <summary>True where a cut before unit <paramref name="index"/> splits no cluster.</summary>
    public bool IsBoundary(int index) => _boundary[index];

    /// <summary>The smallest span on boundaries that holds the given one.</summary>
    public (int Start, int End) Widen(int start, int end)
    {
        while (!_boundary[start]) start--;
        while (!_boundary[end]) end++;
        return (start, end);
    }

    /// <summary>
    /// The first units of <paramref name="text"/>, at most <paramref name="units"/>, cut on a boundary.
    /// A cluster longer than the whole limit is cut between two code points: nothing else could be shown of it.
    /// </summary>
    public static string Cut(string text, int units)
    {
        if (text.Length <= units) return text;
        var end = 0;
        while (end < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            if (end + next > units) break;
            end += next;
        }

        if (end == 0) end = units > 0 && char.IsHighSurrogate(text[units - 1]) ? units - 1 : units;
        return text[..end];
    }
}
