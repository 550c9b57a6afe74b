using System.Net;
using System.Net.Sockets;

namespace SocialHub.Connections;

/// <summary>
/// Which addresses a fetched one may lead to: the public internet only. The blocks are the IANA special-purpose registries for
/// <see href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</see> and
/// <see href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</see>.
/// </summary>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Refused4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        // Azure's platform agent: a public number that only its own machines can reach.
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    private static readonly IPNetwork[] Refused6 =
    [
        // IETF protocols: Teredo, benchmarking, ORCHID.
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        // 6to4 holds an IPv4 address, which may be a private one.
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(Refused4, block => block.Contains(address)),
        AddressFamily.InterNetworkV6 => IsGlobalUnicast(address) && !Array.Exists(Refused6, block => block.Contains(address)),
        _ => false,
    };

    // 2000::/3. Loopback, mapped, compatible, NAT64, unique local, link local and multicast all lie outside.
    // Told by its bits: IPNetwork.Contains takes a mapped address for the IPv4 one in it.
    private static bool IsGlobalUnicast(IPAddress address) => (address.GetAddressBytes()[0] & 0xE0) == 0x20;
}
