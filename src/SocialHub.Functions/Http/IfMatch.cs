using Microsoft.AspNetCore.Http;

namespace SocialHub.Functions.Http;

/// <summary>The version that a change is made from.</summary>
public static class IfMatch
{
    /// <summary>The value of header <c>If-Match</c>, for <see cref="EntityTags.Match"/>; null when there is none.</summary>
    public static string? Of(HttpRequest request) => request.Headers.IfMatch is { Count: > 0 } header && !string.IsNullOrWhiteSpace(header.ToString()) ? header.ToString() : null;
}
