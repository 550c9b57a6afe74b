using System.Text.Json;

namespace SocialHub.Connections.Mastodon;

/// <summary>What one instance says of its limits (<c>GET /api/v2/instance</c>, <c>configuration</c>); forks run 5,000 characters and more.</summary>
/// <param name="MaxCharacters">Graphemes of a status.</param>
/// <param name="PerLink">What each link counts.</param>
/// <param name="Description">Code points of a picture's text alternative.</param>
/// <param name="Pictures">Of one status.</param>
internal sealed record MastodonInstanceLimits(int MaxCharacters, int PerLink, int Description, int Pictures)
{
    public static MastodonInstanceLimits Default { get; } = new(500, 23, 1500, 4);

    public static MastodonInstanceLimits Of(JsonElement configuration) => new(
        Number(configuration, "statuses", "max_characters", Default.MaxCharacters),
        Number(configuration, "statuses", "characters_reserved_per_url", Default.PerLink),
        Number(configuration, "media_attachments", "description_limit", Default.Description),
        Number(configuration, "statuses", "max_media_attachments", Default.Pictures));

    // An instance that says 0 or a billion is not believed.
    private static int Number(JsonElement configuration, string part, string name, int otherwise) =>
        configuration.Member(part)?.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number is >= 1 and <= 100_000 ? number : otherwise;
}
