namespace SocialHub.EndToEnd.Faults;

/// <summary>Names requests to everything that is not storage. Reading is no point.</summary>
internal static class NetworkNames
{
    public static RequestName? Of(string service, string method, string path)
    {
        if (method is "GET" or "HEAD" or "OPTIONS")
            return null;
        var last = path.TrimEnd('/').Split('/')[^1];
        return service switch
        {
            // A process signs in again after its start: how often is the crash's own doing.
            "pds" when last[(last.LastIndexOf('.') + 1)..] is var procedure => new RequestName($"pds {procedure}", Clock: procedure is "createSession" or "refreshSession"),
            "mastodon" => new RequestName($"mastodon {method} {(method == "POST" ? last : path.Split('/')[^2])}", Clock: false),
            _ => new RequestName($"{service} {method}", Clock: false),
        };
    }
}
