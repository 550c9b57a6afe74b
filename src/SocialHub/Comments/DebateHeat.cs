namespace SocialHub.Comments;

/// <summary>How far the debate of a page has turned.</summary>
public enum DebateHeat
{
    /// <summary>It has not, or it has calmed down.</summary>
    None,

    /// <summary>Many comments in a short time, or several that the rules held.</summary>
    Heated,

    /// <summary>Somebody threatens.</summary>
    Threat,
}
