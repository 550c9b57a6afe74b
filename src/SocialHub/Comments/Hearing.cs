using SocialHub.Access;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Who answers an objection, beside who refused.</summary>
internal enum Hearing
{
    /// <summary>Somebody else.</summary>
    Another,

    /// <summary>A person; the rules had refused.</summary>
    AfterRules,

    /// <summary>Somebody of another name, where the hub knows of several moderators, as far as anybody can say: one of the two was declared by name only, or no id of who refused was kept.</summary>
    Declared,

    /// <summary>Whoever refused, for the hub knows of nobody else: another name that somebody gave makes no second person.</summary>
    OnlyModerator,

    /// <summary>Whoever refused, though there is somebody else: not taken.</summary>
    Refused,
}

/// <summary>An objection goes to another moderator than the one who refused, where there are two.</summary>
public static class Hearings
{
    /// <summary>How it was answered, where the log says it.</summary>
    public static string? WordOf(LogRow row) => row.Entity.GetString(LogMarks.Hearing);

    /// <summary>Whose answer it would be.</summary>
    /// <param name="refused">Who refused: a name and, when there is one, a stable id.</param>
    /// <param name="by">Who answers the objection.</param>
    /// <param name="moderators">Who else there is.</param>
    /// <param name="named">How many people the team named.</param>
    internal static Hearing Of((string? Name, string? Id) refused, Actor by, Moderators moderators, int named)
    {
        var (refuser, refuserId) = refused;
        if (Actor.IsRules(refuser, refuserId))
            return Hearing.AfterRules;
        // The id of a link in a channel is everybody's; that of a link of one's own is its holder's, whatever name they give.
        var isDeclared = Actor.IsDeclared(refuserId) || Actor.IsDeclared(by.Id);
        var isByName = isDeclared || refuserId is null || by.Id is null;
        var isOne = (refuserId == by.Id && !Actor.IsOfChannel(by.Id)) || (isByName && Actor.HaveOneName(refuser, by.Name));
        if (!isOne && isByName)
            return moderators.AreSeveral(named, isNamed: true) ? Hearing.Declared : Hearing.OnlyModerator;
        if (!isOne)
            return Hearing.Another;
        return moderators.AreSeveral(named, isDeclared) ? Hearing.Refused : Hearing.OnlyModerator;
    }

    /// <summary>True when it is somebody else than who refused, as far as anybody can say: then the same text is not heard again.</summary>
    internal static bool IsOfAnother(Hearing hearing) => hearing is Hearing.Another or Hearing.Declared;

    /// <summary>As the log has it.</summary>
    internal static string Word(Hearing hearing) => hearing switch
    {
        Hearing.Another => "another-moderator",
        Hearing.AfterRules => "after-rules",
        Hearing.Declared => "declared-only",
        _ => "only-moderator",
    };
}
