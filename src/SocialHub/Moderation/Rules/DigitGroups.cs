namespace SocialHub.Moderation.Rules;

/// <summary>
/// The numbers of a reading as people write them: groups of digits with at most three spaces, dots, hyphens, slashes or brackets between.
/// Shared by the rules that know numbers by a check digit or by a plan.
/// </summary>
internal sealed class DigitGroups
{
    private readonly List<char> _digits = [];
    private readonly List<int> _positions = [];
    private readonly List<int> _groupStarts = [];
    private readonly List<bool> _slashed = [];
    private readonly List<char> _separators = [];
    private int[] _groupAt = []; // the group that begins at a digit; below 0: none does

    private DigitGroups(Text.Normalised reading, int plus) => (Reading, PlusAt) = (reading, plus);

    /// <summary>All digits of the number, without what separates them.</summary>
    public ReadOnlySpan<char> Digits => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_digits);

    /// <summary>True when a plus stands before the first digit.</summary>
    public bool HasPlus => PlusAt >= 0;

    /// <summary>Where that plus stands, with a blank behind it or none; below 0: nowhere.</summary>
    public int PlusAt { get; }

    /// <summary>Index in <see cref="Digits"/> of the first digit of each group.</summary>
    public IReadOnlyList<int> GroupStarts => _groupStarts;

    /// <summary>The reading they stand in.</summary>
    public Text.Normalised Reading { get; }

    /// <summary>What stands between the groups between two edges: a slash, comma, hyphen or dot, or a blank.</summary>
    public char[] Separators(int start, int end)
    {
        var (first, beyond) = Groups(start, end);
        return first < beyond ? [.. _separators[(first + 1)..beyond]] : [];
    }

    /// <summary>Place of a digit in the reading.</summary>
    public int Position(int digit) => _positions[digit];

    /// <summary>True when a group begins at this digit, or when it is the end.</summary>
    public bool IsEdge(int digit) => digit == _digits.Count || _groupAt[digit] >= 0;

    /// <summary>True when a slash stands between the group that begins at this digit and the one before.</summary>
    public bool IsSlashed(int digit) => _groupAt[digit] is var group and > 0 && _slashed[group];

    /// <summary>True when that slash touches both: people leave a blank between two numbers, references have none.</summary>
    public bool IsGlued(int digit) => _groupAt[digit] is var group and > 0 && IsGluedGroup(group);

    /// <summary>Whether slashes stand between some of the groups between two edges, and whether between all.</summary>
    public (bool Some, bool All) Slashes(int start, int end)
    {
        var (some, all) = (false, true);
        var (first, beyond) = Groups(start, end);
        for (var group = first + 1; group < beyond; group++)
        {
            some |= _slashed[group];
            all &= _slashed[group];
        }

        return (some, all);
    }

    /// <summary>Sizes of the groups between two edges.</summary>
    public int[] Sizes(int start, int end)
    {
        var (first, beyond) = Groups(start, end);
        var sizes = new int[beyond - first];
        for (var group = first; group < beyond; group++) sizes[group - first] = (group + 1 < _groupStarts.Count ? _groupStarts[group + 1] : _digits.Count) - _groupStarts[group];
        return sizes;
    }

    // The groups that begin from one edge on and before another place.
    private (int First, int Beyond) Groups(int start, int end)
    {
        var first = _groupAt[start];
        var beyond = first;
        while (beyond < _groupStarts.Count && _groupStarts[beyond] < end) beyond++;
        return (first, beyond);
    }

    public static IEnumerable<DigitGroups> In(Text.Normalised reading)
    {
        var i = 0;
        while (i < reading.Length)
        {
            if (!char.IsAsciiDigit(reading.Text[i]))
            {
                var ahead = reading.Text[i..].IndexOfAnyInRange('0', '9');
                if (ahead < 0) yield break;
                i += ahead;
            }

            // Digits glued to letters before them are part of a word or of an address, not a number.
            var glued = i > 0 && (Text.Words.IsLetterOrDigit(reading.Text[i - 1]) || reading.Text[i - 1] is '/' or '=' or '_');
            var groups = new DigitGroups(reading, i > 0 && reading.Text[i - 1] == '+' ? i - 1 : i > 1 && reading.Text[i - 1] == ' ' && reading.Text[i - 2] == '+' ? i - 2 : -1);
            i = groups.Read(reading.Text, i);
            var after = groups._positions[^1] + 1;
            // Only the group that is glued is no number: "06 12 34 56 78, bât. 2" and "06 12 34 56 78 / 2e étage" hold the same one.
            if (after < reading.Length && char.IsLetter(reading.Text[after])) groups.TakeOff(groups._groupStarts[^1], groups._digits.Count);
            if (glued && groups._digits.Count > 0) groups.TakeOff(0, groups.EndOfPath());
            if (groups._digits.Count == 0) continue;
            groups.Order();
            yield return groups;
        }
    }

    private void Order()
    {
        _groupAt = new int[_digits.Count];
        Array.Fill(_groupAt, -1);
        for (var group = 0; group < _groupStarts.Count; group++) _groupAt[_groupStarts[group]] = group;
    }

    // A path goes on over the slashes that touch both sides: none of its parts is a number.
    private int EndOfPath()
    {
        var group = 1;
        while (group < _groupStarts.Count && IsGluedGroup(group)) group++;
        return group < _groupStarts.Count ? _groupStarts[group] : _digits.Count;
    }

    private bool IsGluedGroup(int group) => _slashed[group] && _positions[_groupStarts[group]] == _positions[_groupStarts[group] - 1] + 2;

    private void TakeOff(int start, int end)
    {
        var from = _groupStarts.BinarySearch(start);
        var to = end == _digits.Count ? _groupStarts.Count : _groupStarts.BinarySearch(end);
        _groupStarts.RemoveRange(from, to - from);
        _slashed.RemoveRange(from, to - from);
        _separators.RemoveRange(from, to - from);
        _digits.RemoveRange(start, end - start);
        _positions.RemoveRange(start, end - start);
        for (var group = from; group < _groupStarts.Count; group++) _groupStarts[group] -= end - start;
    }

    private int Read(ReadOnlySpan<char> text, int i)
    {
        const int MostSeparators = 3;
        var separators = MostSeparators;
        var slashed = false;
        var between = ' ';
        // Only the reading that wrote them itself has commas between the groups of one number.
        var commas = !string.Equals(Reading.View, "plain", StringComparison.Ordinal);
        while (i < text.Length)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (separators > 0)
                {
                    _groupStarts.Add(_digits.Count);
                    _slashed.Add(slashed);
                    _separators.Add(between);
                }

                (separators, slashed, between) = (0, false, ' ');
                _digits.Add(text[i]);
                _positions.Add(i);
            }
            else if (separators < MostSeparators && (text[i] is ' ' or '.' or '-' or '(' or ')' or '/' || (commas && text[i] == ',')))
            {
                slashed |= text[i] == '/';
                if (text[i] is not (' ' or '(' or ')')) between = text[i];
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
