using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SocialHub.Functions.Http;

/// <summary>The version that a change is made from.</summary>
public static class IfMatch
{
    /// <summary>The one tag of header <c>If-Match</c>, without quotes; null when there is none. <c>*</c> and lists name no version, so they match none.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return null;
        return EntityTagHeaderValue.TryParse(header.ToString(), out var tag) ? tag.Tag.ToString().Trim('"') : header.ToString();
    }
}
