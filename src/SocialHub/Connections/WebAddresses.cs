using System.Collections.Frozen;
using System.Text;

namespace SocialHub.Connections;

/// <summary>What can be used of an address that somebody else wrote.</summary>
public static class WebAddresses
{
    // RFC 1035 without the root's dot.
    private const int LongestHost = 253;

    // Matomo's and Piano's (AT Internet's) parameters by name: pk_article or at_id may be the page's own.
    private static readonly FrozenSet<string> Trackers = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "pk_campaign", "pk_cpn", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid", "pk_group", "pk_placement",
        "at_medium", "at_campaign", "at_creation", "at_variant", "at_format", "at_channel", "at_general_placement", "at_detail_placement", "at_network", "at_term", "at_platform", "at_type",
        "at_recipient_id", "at_recipient_list", "at_send_date", "at_send_time", "at_link", "at_link_id", "at_emailtype",
        "xtor", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid");

    /// <summary>
    /// The host as name services know it, in small letters; null for one that cannot be written so. <see cref="Uri"/> accepts <c>https://www.mairie.fr…</c>, and
    /// <see cref="Uri.IdnHost"/> throws only when it is read, also where an HTTP client reads it: nobody else here does, but who judges hub.json.
    /// </summary>
    public static string? Host(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return address.IdnHost is { Length: > 0 and <= LongestHost } host && Ascii.IsValid(host) ? host.ToLowerInvariant() : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Scheme, host and port as browsers send them (RFC 6454): in small letters, the host as <see cref="Host"/> has it, no port that the scheme has anyhow; null where there is no such host.</summary>
    public static string? Origin(Uri address)
    {
        if (Host(address) is not { } host)
            return null;
        var name = address.HostNameType == UriHostNameType.IPv6 ? address.Host : host;
        return address.IsDefaultPort ? $"{address.Scheme}://{name}" : $"{address.Scheme}://{name}:{address.Port}";
    }

    /// <summary>True for an absolute http(s) address without a user name, whose host can be asked for.</summary>
    public static bool IsWeb(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && Host(address) is not null;
    }

    /// <summary>True for a part of a query (<c>name=value</c>) that says where a reader came from, never which page it is.</summary>
    public static bool IsTracker(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var name = part.Split('=')[0];
        return Trackers.Contains(name) || name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("mtm_", StringComparison.OrdinalIgnoreCase);
    }
}
