namespace SocialHub.Standalone.Triggers;

/// <summary>Which of the platform's keys a caller needs; the values are those of the isolated worker.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
