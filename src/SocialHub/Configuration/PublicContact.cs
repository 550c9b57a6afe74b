namespace SocialHub.Configuration;

/// <summary>A telephone number or an e-mail address that anybody may publish (<c>moderation.publicContacts</c> of hub.json).</summary>
public static class PublicContact
{
    /// <summary>How many an authority may list.</summary>
    public const int Most = 500;

    /// <summary>The number as E.164 writes it; null when no plan has it. Spaces, dots, hyphens and brackets are let pass.</summary>
    public static string? PhoneOf(string contact)
    {
        var digits = string.Concat(contact.Where(c => char.IsAsciiDigit(c) || c == '+'));
        return digits.Length is < 8 or > 16 || !contact.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '.' or '-' or '(' or ')') ? null : PhonePlan.Find(digits, services: true);
    }
}
