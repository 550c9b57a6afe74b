using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Connections.Bluesky;

/// <summary>Who an account is, and where its posts are kept.</summary>
/// <param name="Did">Its identity; handles change.</param>
/// <param name="Server">Its own PDS, an origin.</param>
internal sealed record BlueskyPlace(string Did, Uri Server);

/// <summary>Handle to DID to PDS (<see href="https://atproto.com/specs/did"/>, <see href="https://atproto.com/specs/handle"/>).</summary>
internal sealed class BlueskyIdentity(HubHttp http, IOptions<HubOptions> options)
{
    private static readonly FetchLimits Small = FetchLimits.Api with { Bytes = 100_000, Redirects = 2 };

    /// <param name="account">Name: a handle or a DID; server: whoever resolves handles (PDS or entryway).</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>The place, or in words why there is none.</returns>
    public async Task<(BlueskyPlace? Place, string? Error)> FindAsync(AccountConfiguration account, CancellationToken cancellationToken)
    {
        var name = account.Name.TrimStart('@');
        var did = AtIdentifiers.IsDid(name) ? name : null;
        if (did is null && !AtIdentifiers.IsHandle(name))
            return (null, $"\"{account.Name}\" is neither a handle nor a DID.");
        did ??= await DidAsync(name, account.Server, cancellationToken);
        if (did is null)
            return (null, $"The handle {name} leads to no account.");
        if (Document(did) is not { } address)
            return (null, $"Identities of the kind of {did} are not known here.");
        var fetched = await http.GetAsync(new FetchRequest(address, Small) { IsAccount = true, Accept = "application/json" }, cancellationToken);
        using var document = fetched.Succeeded ? JsonValues.Parse(fetched.Bytes) : null;
        if (document is null || document.RootElement.StringOf("id") != did)
            return (null, fetched.Error ?? $"{address.Host} does not know {did}.");
        // A handle counts only when the identity claims it too: anybody may point a domain at somebody else's account.
        if (!AtIdentifiers.IsDid(name) && !document.RootElement.ListOf("alsoKnownAs").Any(a => a.ValueKind == System.Text.Json.JsonValueKind.String && string.Equals(a.GetString(), "at://" + name, StringComparison.OrdinalIgnoreCase)))
            return (null, $"{did} does not use the handle {name}.");
        var service = document.RootElement.ListOf("service").FirstOrDefault(s => s.StringOf("id")?.EndsWith("#atproto_pds", StringComparison.Ordinal) is true);
        return Uri.TryCreate(service.StringOf("serviceEndpoint"), UriKind.Absolute, out var server) && WebAddresses.IsWeb(server)
            ? (new BlueskyPlace(did, new Uri(server.GetLeftPart(UriPartial.Authority))), null)
            : (null, $"{did} names no server.");
    }

    private async Task<string?> DidAsync(string handle, string server, CancellationToken cancellationToken)
    {
        if (Uri.TryCreate(server, UriKind.Absolute, out var resolver))
        {
            var fetched = await http.GetAsync(new FetchRequest(new Uri(resolver, $"/xrpc/com.atproto.identity.resolveHandle?handle={Uri.EscapeDataString(handle)}"), Small) { IsAccount = true }, cancellationToken);
            using var answer = fetched.Succeeded ? JsonValues.Parse(fetched.Bytes) : null;
            if (answer?.RootElement.StringOf("did") is { } did && AtIdentifiers.IsDid(did))
                return did;
        }
        var own = await http.GetAsync(new FetchRequest(new Uri($"https://{handle}/.well-known/atproto-did"), Small), cancellationToken);
        return own.Succeeded && System.Text.Encoding.UTF8.GetString(own.Bytes.Span).Trim() is var text && AtIdentifiers.IsDid(text) ? text : null;
    }

    private Uri? Document(string did)
    {
        if (did.StartsWith("did:plc:", StringComparison.Ordinal))
            return Uri.TryCreate(options.Value.PlcDirectory.TrimEnd('/') + "/" + did, UriKind.Absolute, out var directory) ? directory : null;
        // Only whole hosts, no paths (https://atproto.com/specs/did#blessed-did-methods).
        return did.StartsWith("did:web:", StringComparison.Ordinal) && did["did:web:".Length..] is var host && !host.Contains(':', StringComparison.Ordinal)
            && Uri.TryCreate($"https://{Uri.UnescapeDataString(host)}/.well-known/did.json", UriKind.Absolute, out var address) && address.AbsolutePath == "/.well-known/did.json"
            ? address
            : null;
    }
}
