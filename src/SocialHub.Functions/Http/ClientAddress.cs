using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace SocialHub.Functions.Http;

/// <summary>From where a request came, coarse enough that one household is one address.</summary>
public static class ClientAddress
{
    /// <summary>
    /// The address that the farthest proxy of ours saw, IPv6 cut to its /64.
    /// Entries left of it are the caller's own word. Without as many entries as proxies, it is the connection's address.
    /// A caller who can go round the proxies writes those entries too: where there is none before the hub, the number is 0.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="trustedHops">How many proxies at the right end of X-Forwarded-For are ours (<see cref="Configuration.HubOptions.TrustedHops"/>); 0: none.</param>
    /// <returns>For example <c>192.0.2.7</c> or <c>2001:db8:1:2::/64</c>; empty when nothing is known.</returns>
    public static string Of(HttpRequest request, int trustedHops)
    {
        var address = request.HttpContext.Connection.RemoteIpAddress;
        if (trustedHops > 0)
        {
            var hops = request.Headers["X-Forwarded-For"].SelectMany(value => (value ?? "").Split(',')).ToList();
            if (hops.Count >= trustedHops && Parse(hops[^trustedHops].Trim()) is { } seen)
                address = seen;
        }

        return address is null ? "" : Coarse(address);
    }

    private static string Coarse(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    // The platform writes "192.0.2.7:51234" and "[2001:db8::1]:51234"; others write the bare address.
    private static IPAddress? Parse(string hop) =>
        IPAddress.TryParse(hop, out var address) ? address
        : IPEndPoint.TryParse(hop, out var endPoint) ? endPoint.Address
        : null;
}
