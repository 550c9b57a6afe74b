namespace SocialHub.Moderation.Rules;

/// <summary>A name that readers take for the authority's own. Its real answers carry a mark and come another way, which no rule judges.</summary>
public sealed class AuthorityNameRule : ModerationRule
{
    public override string Id => "authority-name";

    public override string FindingClass => FindingClasses.Impersonation;

    public override Wording Reason { get; } = new(
        "Le nom est celui de la collectivité : une personne vérifie qui écrit.",
        "The name is the authority's own: a person checks who writes.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        if (reading.Subject.Name is not { Length: > 0 } name || !reading.Authority.IsOwnName(name)) return;
        var field = reading.Fields.First(field => string.Equals(field.Name, "name", StringComparison.Ordinal));
        findings.Add(field, 0, field.Plain.Length);
    }
}
