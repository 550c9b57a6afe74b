using System.Collections.Frozen;
using System.Text;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Who makes a transition.</summary>
/// <param name="Name">A person's name, or <see cref="Rules"/>, <see cref="TheAuthor"/>, <see cref="TheClock"/>, <see cref="AReader"/>, <see cref="Forgotten"/>, of a <see cref="Link"/>.</param>
/// <param name="Id">Stable id, when there is one.</param>
public sealed record Actor(string Name, string? Id = null)
{
    /// <summary>Longest name of a person, characters.</summary>
    public const int LongestName = 60;

    // What the log has had since the first version: an id of these is no person's.
    private const string DeclaredId = "declared";
    private const string LinkPrefix = "link:";

    private static readonly FrozenSet<string> OfTheHub = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "rules", "author", "reader", "clock", "link", LogRow.Forgotten);

    public static Actor Rules { get; } = new("rules");

    public static Actor TheAuthor { get; } = new("author");

    public static Actor AReader { get; } = new("reader");

    public static Actor TheClock { get; } = new("clock");

    /// <summary>A person whose name is kept no longer.</summary>
    public static Actor Forgotten { get; } = new(LogRow.Forgotten);

    /// <summary>True for a person, as the log has them: somebody with an id, or a name that is none of the hub's own.</summary>
    public static bool IsPerson(string? name, string? id) => id is not null || (name is not null && !OfTheHub.Contains(name));

    /// <summary>Somebody who holds a link and says no name.</summary>
    /// <param name="person">Id of the person for whom the link was made; null for a link in a channel.</param>
    public static Actor Link(string? person) => new("link", person);

    /// <summary>Somebody who holds a link: a channel has no sign-in, so the name is what they say.</summary>
    /// <param name="name">As they say.</param>
    /// <param name="person">Id of the person for whom the link was made; null for a link in a channel.</param>
    public static Actor Declared(string name, string? person) => new(name, person is null ? DeclaredId : LinkPrefix + person);

    /// <summary>True when the name that goes with this id is what somebody said of themselves, and nobody checked it.</summary>
    public static bool IsDeclared(string? id) => id is DeclaredId || id?.StartsWith(LinkPrefix, StringComparison.Ordinal) == true;

    /// <summary>True when this id is that of a link which was made for this person.</summary>
    public static bool IsLinkOf(string? id, string person) => id is not null && (id == person || id == LinkPrefix + person);

    /// <summary>True when this id is that of any link in a channel, or there is none: it says nothing of who it was.</summary>
    public static bool IsOfChannel(string? id) => id is null or DeclaredId;

    /// <summary>True when two names read the same in a log.</summary>
    public static bool HaveOneName(string? one, string? other) => one is not null && other is not null && Plain(one).Equals(Plain(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the rules themselves; a person of that name has an id.</summary>
    public static bool IsRules(string? name, string? id) => id is null && name == Rules.Name;

    /// <summary>Why somebody cannot be called so in the log; null when they can.</summary>
    public static Problem? WrongName(string name)
    {
        if (name.Length is 0 or > LongestName || name.EnumerateRunes().Any(Visible.IsUnseen) || !Visible.HasAny(name))
            return new Problem(ProblemKind.Unprocessable, "name-required", $"by must name who decides, in 1 to {LongestName} characters that can be seen.");
        // Other spellings of the same letters would read the same in a log.
        return OfTheHub.Contains(Plain(name))
            ? new Problem(ProblemKind.Unprocessable, "name-reserved", $"The log calls the hub itself \"{name}\"; by must be the name of a person.")
            : null;
    }

    private static string Plain(string name) => name.Normalize(NormalizationForm.FormKC).Trim();
}
