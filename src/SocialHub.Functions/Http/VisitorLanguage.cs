using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;

namespace SocialHub.Functions.Http;

/// <summary>The language in which a visitor is spoken to.</summary>
internal static class VisitorLanguage
{
    /// <summary><c>fr</c> or <c>en</c>: that of the visitor's page (query <c>lang</c>, BCP 47) where the hub speaks it, else the authority's.</summary>
    public static string Of(HttpRequest request, HubConfiguration hub)
    {
        var asked = request.Query["lang"].ToString();
        return asked.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en"
            : asked.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? "fr"
            : hub.Authority.Language;
    }
}
