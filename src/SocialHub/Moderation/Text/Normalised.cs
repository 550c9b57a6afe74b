using System.Text;

namespace SocialHub.Moderation.Text;

/// <summary>One reading of a text (a view), with the way back: each of its characters knows the original UTF-16 units that it stands for.</summary>
public sealed class Normalised
{
    private readonly char[] _text;
    private readonly int[]? _starts;
    private readonly int[]? _ends;

    // Without starts and ends each character stands for the unit at its own place, as in most texts.
    internal Normalised(string original, string view, char[] text, int[]? starts, int[]? ends, int length)
    {
        (Original, View, _text, _starts, _ends, Length) = (original, view, text, starts, ends, length);
    }

    /// <summary>The text as it was written.</summary>
    public string Original { get; }

    /// <summary>Name of this reading; <c>plain</c> is the folded text itself.</summary>
    public string View { get; }

    /// <summary>How many characters this reading has.</summary>
    public int Length { get; }

    /// <summary>The characters of this reading.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, Length);

    /// <summary>The folded text: see <see cref="LetterFold"/>. Linear in the length, for any string, lone surrogates included.</summary>
    public static Normalised Plain(string original)
    {
        var target = new FoldTarget(original.Length + 16);
        var i = 0;
        while (i < original.Length)
        {
            if (LetterFold.IsOne(original[i], out var folded))
            {
                target.OriginalStart = i;
                target.OriginalEnd = ++i;
                target.Add(folded);
                continue;
            }

            // An ill-formed unit reads as U+FFFD, which is no letter: it ends words and keeps the count of units.
            _ = Rune.DecodeFromUtf16(original.AsSpan(i), out var rune, out var consumed);
            target.OriginalStart = i;
            i += consumed;
            target.OriginalEnd = i;
            LetterFold.Append(rune, ref target);
        }

        return target.ToNormalised(original, "plain");
    }

    /// <summary>The original units that <paramref name="start"/> to <paramref name="end"/> (exclusive) of this reading stand for.</summary>
    public (int Start, int End) ToOriginal(int start, int end)
    {
        if (start >= end && start >= Length) return (Original.Length, Original.Length);
        if (_starts is null || _ends is null) return (start, Math.Max(start, end));
        return start < end ? (_starts[start], _ends[end - 1]) : (_starts[start], _starts[start]);
    }
}
