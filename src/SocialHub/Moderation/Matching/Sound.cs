namespace SocialHub.Moderation.Matching;

/// <summary>
/// What a French reader hears in a written word, as a key: "konar" and "connard", "raklur" and "raclure", "gniakwé" and "niakoué" have one.
/// The rules are the first ones of French spelling: which letters write one sound, which are silent at the end, which vowels are nasal.
/// Letters of the folded text have no accents, so é and a mute e at the end are both left out.
/// </summary>
internal static class Sound
{
    /// <summary>Letters of the longest word that is heard.</summary>
    public const int Longest = 24;

    // "pute" has as many sounds as "put", "peut" and "pouët".
    private const int Fewest = 4;

    /// <summary>The key of a word of the letters a to z; 0: it is too long, or has too few sounds to be told from others.</summary>
    public static ulong KeyOf(ReadOnlySpan<char> word)
    {
        if (word.Length > Longest) return 0;
        var end = EndOf(word);
        var hash = TextHash.Empty;
        var (last, count) = ('\0', 0);
        for (var i = 0; i < end;)
        {
            var (sound, length) = At(word, i);
            i += length;
            // A sound held, or written with a letter twice, is one.
            if (sound == '\0' || sound == last) continue;
            (last, hash) = (sound, TextHash.With(hash, sound));
            count++;
        }

        return count >= Fewest ? TextHash.Final(hash) : 0;
    }

    // "salope" and "salopes", "bâtard" and "batar", "enculer" and "enculé" sound alike; before a mute e the last consonant is heard.
    private static int EndOf(ReadOnlySpan<char> word)
    {
        var end = word.Length;
        if (end > 3 && word[end - 1] is 's' or 'x' or 'z') end--;
        if (end > 3 && word[end - 1] == 'e') return end - 1;
        if (end > 4 && word[end - 1] == 'r' && word[end - 2] == 'e') return end - 2;
        return end > 3 && word[end - 1] is 't' or 'd' ? end - 1 : end;
    }

    private static (char Sound, int Length) At(ReadOnlySpan<char> word, int i)
    {
        var next = i + 1 < word.Length ? word[i + 1] : '\0';
        switch (word[i])
        {
            case 'e' when next == 'a' && i + 2 < word.Length && word[i + 2] == 'u':
                return ('o', 3);
            case 'a' when next == 'u':
                return ('o', 2);
            case 'a' or 'e' when next is 'i' or 'y':
                return IsNasal(word, i + 1) ? ('1', 3) : ('e', 2);
            case 'a' or 'e' when IsNasal(word, i):
                return ('2', 2);
            case 'i' or 'y' or 'u' when IsNasal(word, i):
                return ('1', 2);
            case 'o' when next is 'u' or 'w':
                return ('w', 2);
            case 'o' when IsNasal(word, i):
                return ('3', 2);
            case 'o' when next == 'e':
                return ('e', 2);
            case 'e' when next == 'u':
                return ('e', 2);
            case 'i' when next == 'l' && i + 2 < word.Length && word[i + 2] == 'l':
                return ('i', 3);
            case 'y':
                return ('i', 1);
            case 'h':
                return ('\0', 1);
            case 'c' or 's' when next == 'h':
                return ('x', 2);
            case 'c' when next is 'e' or 'i' or 'y':
                return ('s', 1);
            case 'c' when next is 'k' or 'q':
                return ('k', 2);
            case 'q' when next == 'u':
                return ('k', 2);
            case 'c' or 'q' or 'k':
                return ('k', 1);
            case 'p' when next == 'h':
                return ('f', 2);
            case 'g' when next == 'n':
                // "bougnoule", "bounioul"
                return i + 2 < word.Length && word[i + 2] is 'i' or 'y' ? ('n', 2) : ('ñ', 2);
            case 'n' when next is 'i' or 'y' && i + 2 < word.Length && IsVowel(word[i + 2]):
                return ('ñ', 2);
            case 'g' when next is 'e' or 'i' or 'y':
                return ('j', 1);
            case 'g' when next == 'u' && i + 2 < word.Length && word[i + 2] is 'e' or 'i' or 'y':
                return ('g', 2);
            case 'z':
                return ('s', 1);
            default:
                return (word[i], 1);
        }
    }

    // A vowel before n or m that no vowel and no second n or m follows.
    private static bool IsNasal(ReadOnlySpan<char> word, int vowel) =>
        vowel + 1 < word.Length && word[vowel + 1] is 'n' or 'm' && (vowel + 2 == word.Length || !(IsVowel(word[vowel + 2]) || word[vowel + 2] is 'n' or 'm'));

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
