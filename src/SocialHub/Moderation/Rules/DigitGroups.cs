namespace SocialHub.Moderation.Rules;

/// <summary>
/// The numbers of a reading as people write them: groups of digits with at most two spaces, dots, hyphens or brackets between.
/// Shared by the rules that know numbers by a check digit.
/// </summary>
internal sealed class DigitGroups
{
    private readonly List<char> _digits = [];
    private readonly List<int> _positions = [];
    private readonly List<int> _groupStarts = [];

    private DigitGroups(bool plus) => HasPlus = plus;

    /// <summary>All digits of the number, without what separates them.</summary>
    public ReadOnlySpan<char> Digits => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_digits);

    /// <summary>True when a plus stands before the first digit.</summary>
    public bool HasPlus { get; }

    /// <summary>Index in <see cref="Digits"/> of the first digit of each group.</summary>
    public IReadOnlyList<int> GroupStarts => _groupStarts;

    /// <summary>Place of a digit in the reading.</summary>
    public int Position(int digit) => _positions[digit];

    /// <summary>True when a group begins at this digit, or when it is the end.</summary>
    public bool IsEdge(int digit) => digit == _digits.Count || _groupStarts.BinarySearch(digit) >= 0;

    /// <summary>Sizes of the groups between two edges.</summary>
    public IEnumerable<int> Sizes(int start, int end)
    {
        for (var group = _groupStarts.BinarySearch(start); group < _groupStarts.Count && _groupStarts[group] < end; group++)
        {
            yield return (group + 1 < _groupStarts.Count ? _groupStarts[group + 1] : _digits.Count) - _groupStarts[group];
        }
    }

    public static IEnumerable<DigitGroups> In(Text.Normalised reading)
    {
        var i = 0;
        while (i < reading.Length)
        {
            if (!char.IsAsciiDigit(reading.Text[i]))
            {
                i++;
                continue;
            }

            // Digits glued to letters before them are part of a word or of an address, not a number.
            var glued = i > 0 && (Text.Words.IsLetterOrDigit(reading.Text[i - 1]) || reading.Text[i - 1] is '/' or '=' or '_');
            var groups = new DigitGroups(i > 0 && reading.Text[i - 1] == '+');
            i = groups.Read(reading.Text, i);
            var after = groups._positions[^1] + 1;
            if (!glued && !(after < reading.Length && char.IsLetter(reading.Text[after]))) yield return groups;
        }
    }

    private int Read(ReadOnlySpan<char> text, int i)
    {
        var separators = 3;
        while (i < text.Length)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (separators > 0) _groupStarts.Add(_digits.Count);
                separators = 0;
                _digits.Add(text[i]);
                _positions.Add(i);
            }
            else if (separators < 2 && text[i] is ' ' or '.' or '-' or '(' or ')')
            {
                separators++;
            }
            else
            {
                break;
            }

            i++;
        }

        return i;
    }
}
