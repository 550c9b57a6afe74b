namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>A word that a civic thread must stop where it is said of somebody.</summary>
/// <param name="One">Said of one.</param>
/// <param name="Several">Said of several.</param>
/// <param name="Gender"><c>m</c> or <c>f</c>, which a French sentence needs; <c>en</c> for an English word.</param>
/// <param name="IsHard">It hurts by itself; others only where a person is called so.</param>
public sealed record Insult(string One, string Several, string Gender, bool IsHard)
{
    /// <summary>The form for one or several.</summary>
    public string Form(bool several) => several ? Several : One;
}
