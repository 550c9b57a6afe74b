namespace SocialHub.Moderation;

/// <summary>A sentence for people in the languages the hub speaks; a language that is neither reads French, the default.</summary>
public sealed record Wording(string French, string English)
{
    /// <summary>The sentence in a BCP 47 language.</summary>
    public string In(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : French;
}
