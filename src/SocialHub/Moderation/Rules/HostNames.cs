using System.Collections.Frozen;

namespace SocialHub.Moderation.Rules;

/// <summary>What somebody registered within a host name.</summary>
internal static class HostNames
{
    private static readonly FrozenSet<string> Suffixes = DomainList.Load("suffix");

    /// <summary>"rivemont.fr" of "www.rivemont.fr", "judo.asso.fr" of "www.judo.asso.fr".</summary>
    public static string Registered(string host)
    {
        var dot = host.LastIndexOf('.');
        if (dot <= 0) return host;
        var second = host.LastIndexOf('.', dot - 1);
        if (second > 0 && Suffixes.Contains(host[(second + 1)..])) second = host.LastIndexOf('.', second - 1);
        return host[(second + 1)..];
    }

    /// <summary>"rivemont" of "www.rivemont.fr".</summary>
    public static string NameOf(string host) => Registered(host).Split('.')[0];
}
