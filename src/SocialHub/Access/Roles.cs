namespace SocialHub.Access;

/// <summary>Roles as settings, claims and answers write them: their names in small letters.</summary>
public static class Roles
{
    private static readonly Role[] Named = [Role.Contributor, Role.Moderator, Role.Editor, Role.Administrator];

    /// <summary><c>moderator</c> for <see cref="Role.Moderator"/>.</summary>
    public static string Name(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Reads a role's name, in any case; numbers and <c>none</c> are no roles.</summary>
    public static bool TryParse(string text, out Role role)
    {
        role = Array.Find(Named, r => string.Equals(Name(r), text, StringComparison.OrdinalIgnoreCase));
        return role != Role.None;
    }
}
