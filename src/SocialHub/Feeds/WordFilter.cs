using System.Text;
using SocialHub.Moderation.Text;

namespace SocialHub.Feeds;

/// <summary>Finds words in posts: whole words, without case or accents; an expression of several words as they follow each other.</summary>
internal sealed class WordFilter
{
    private readonly string[] _words;

    public WordFilter(IEnumerable<string> words) => _words = [.. words.Select(word => Fold(word)).Where(word => word.Trim().Length > 0)];

    /// <summary>True when nothing is looked for.</summary>
    public bool IsEmpty => _words.Length == 0;

    /// <summary>A text as its folded words, a space before and after each.</summary>
    public static string Fold(string text)
    {
        var folded = Normalised.Plain(text).Text;
        var words = new StringBuilder(folded.Length + 2).Append(' ');
        foreach (var word in Words.In(folded))
            words.Append(folded[word.Start..word.End]).Append(' ');
        return words.ToString();
    }

    /// <summary>Everything of a post that has words.</summary>
    public static string Fold(Post post) => Fold($"{post.Title} . {post.Text} . {string.Join(" . ", post.Tags)}");

    /// <summary>True when one of the words is in a <see cref="Fold(string)"/>.</summary>
    public bool FindsAny(string folded) => Array.Exists(_words, word => folded.Contains(word, StringComparison.Ordinal));

    /// <summary>True when every word begins a word of a <see cref="Fold(string)"/>: what a search field expects.</summary>
    public bool FindsAll(string folded) => Array.TrueForAll(_words, words => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => folded.Contains(' ' + word, StringComparison.Ordinal)));
}
