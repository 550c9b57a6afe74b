namespace SocialHub.Access;

/// <summary>The one place that decides who may do what.</summary>
public sealed class Authoriser
{
}
