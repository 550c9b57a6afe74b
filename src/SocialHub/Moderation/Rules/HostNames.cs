using System.Collections.Frozen;

namespace SocialHub.Moderation.Rules;

/// <summary>What somebody registered within a host name.</summary>
internal static class HostNames
{
    private static readonly FrozenSet<string> Hosting = DomainList.Load("hosting");
    private static readonly FrozenSet<string> Suffixes = DomainList.Load("suffix").Union(Hosting).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"rivemont.fr" of "www.rivemont.fr", "judo.asso.fr" of "www.judo.asso.fr", "rivemont.free.fr" of what lies below it; of "www.free.fr" it is "free.fr".</summary>
    public static string Registered(string host)
    {
        var last = host.LastIndexOf('.');
        if (last <= 0) return host;
        // The longest ending below which anybody has a name, or the last part.
        for (var (start, dot) = (0, host.IndexOf('.')); dot >= 0 && dot < last; (start, dot) = (dot + 1, host.IndexOf('.', dot + 1)))
        {
            if (Suffixes.Contains(host[(dot + 1)..])) return host[start..dot] is "www" ? host[(dot + 1)..] : host[start..];
        }

        return host[(host.LastIndexOf('.', last - 1) + 1)..];
    }

    /// <summary>True where anybody has a name without registering a domain ("rivemont.free.fr").</summary>
    public static bool IsHosted(string host) => Registered(host) is var registered && Hosting.Contains(registered[(registered.IndexOf('.') + 1)..]);

    /// <summary>"rivemont" of "www.rivemont.fr".</summary>
    public static string NameOf(string host) => Registered(host).Split('.')[0];
}
