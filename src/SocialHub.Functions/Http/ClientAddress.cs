using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;

namespace SocialHub.Functions.Http;

/// <summary>From where a request came, coarse enough that one household is one address.</summary>
public static class ClientAddress
{
    /// <summary>
    /// The address that the farthest proxy of ours saw, IPv6 cut to its /64: what the front's own header says (<see cref="HubOptions.ClientAddressHeader"/>),
    /// where one is named, else the entry of X-Forwarded-For that <see cref="HubOptions.TrustedHops"/> counts to. Entries left of it are the caller's own word.
    /// With fewer entries than proxies it is the first, which one of them wrote; with none the connection's address.
    /// A caller who can go round the proxies writes those entries too: where there is none before the hub, the number is 0 and the header empty.
    /// </summary>
    /// <returns>For example <c>192.0.2.7</c> or <c>2001:db8:1:2::/64</c>; empty when nothing is known.</returns>
    public static string Of(HttpRequest request, HubOptions options)
    {
        var named = options.ClientAddressHeader.Length > 0 ? Entries(request, options.ClientAddressHeader) : [];
        var hops = options.TrustedHops > 0 ? Entries(request, "X-Forwarded-For") : [];
        var address = (named.Count > 0 ? Parse(named[^1]) : null)
            ?? (hops.Count > 0 ? Parse(hops[Math.Max(hops.Count - options.TrustedHops, 0)]) : null)
            ?? request.HttpContext.Connection.RemoteIpAddress;
        return address is null ? "" : Coarse(address);
    }

    private static List<string> Entries(HttpRequest request, string header) =>
        [.. request.Headers[header].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))];

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
