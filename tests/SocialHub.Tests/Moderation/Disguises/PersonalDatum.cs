namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>A sentence with personal data in it, or with what only looks like it.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Written">The number or address as it stands in it.</param>
/// <param name="What">Which data: <c>mobile</c>, <c>iban-fr</c>, <c>siret</c>...</param>
/// <param name="Way">How it is written; <c>plain</c> as forms ask for it.</param>
/// <param name="IsPersonal">False: it must pass.</param>
public sealed record PersonalDatum(string Text, string Written, string What, string Way, bool IsPersonal);
