using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>Who answers an objection, beside who refused.</summary>
internal enum Hearing
{
    /// <summary>Somebody else.</summary>
    Another,

    /// <summary>A person; the rules had refused.</summary>
    AfterRules,

    /// <summary>Nobody can say: one of the two was declared by name only, or no id of who refused was kept.</summary>
    Declared,

    /// <summary>Whoever refused, for there is nobody else.</summary>
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
    /// <param name="comment">With its refusal.</param>
    /// <param name="by">Who answers the objection.</param>
    /// <param name="areSeveral">Whether there is more than one moderator.</param>
    internal static Hearing Of(CommentRow comment, Actor by, bool areSeveral)
    {
        if (Actor.IsRules(comment.RefusedBy, comment.RefusedById))
            return Hearing.AfterRules;
        if (comment.RefusedById is not { } refuser || by.Id is not { } id || Actor.IsDeclared(refuser) || Actor.IsDeclared(id))
            return Hearing.Declared;
        if (refuser != id)
            return Hearing.Another;
        return areSeveral ? Hearing.Refused : Hearing.OnlyModerator;
    }

    /// <summary>As the log has it.</summary>
    internal static string Word(Hearing hearing) => hearing switch
    {
        Hearing.Another => "another-moderator",
        Hearing.AfterRules => "after-rules",
        Hearing.Declared => "declared-only",
        _ => "only-moderator",
    };
}
