namespace SocialHub.EndToEnd.Faults;

/// <summary>Names requests to the Queue service: a put is a hint, everything else about a message is the pump's own pace.</summary>
internal static class QueueNames
{
    public static RequestName? Of(string method, string path, string query)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
            return null;
        var queue = parts[1];
        return (method, parts.Length) switch
        {
            ("PUT", 2) => new RequestName($"queues create {queue}", Clock: false),
            ("DELETE", 2) => new RequestName($"queues drop {queue}", Clock: false),
            ("POST", 3) => new RequestName($"queues {queue} put", Clock: false),
            ("DELETE", 3) => new RequestName($"queues {queue} clear", Clock: false),
            ("GET", 3) when !query.Contains("peekonly", StringComparison.Ordinal) => new RequestName($"queues {queue} receive", Clock: true),
            ("PUT", 4) => new RequestName($"queues {queue} renew", Clock: true),
            ("DELETE", 4) => new RequestName($"queues {queue} delete", Clock: true),
            _ => null,
        };
    }
}

/// <summary>Names requests to the Blob service by container; leases, and the blobs by which timers know their last run, are the clock's.</summary>
internal static class BlobNames
{
    private static readonly string[] OfTimers = ["azure-webjobs-hosts", "standalone-timers"];

    public static RequestName? Of(string method, string path, string query)
    {
        if (method is "GET" or "HEAD")
            return null;
        var parts = path.Split('/', 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
            return null;
        var container = parts[1];
        if (parts.Length == 2)
            return new RequestName($"blobs {(method == "PUT" ? "create" : "drop")} {container}", Clock: false);
        var what = container == "config" ? $"config/{parts[2]}" : container;
        var action = Parameter(query, "comp") is { } component ? component : method == "DELETE" ? "del" : "put";
        return new RequestName($"blobs {what} {action}", Clock: action == "lease" || OfTimers.Contains(container));
    }

    private static string? Parameter(string query, string name) =>
        query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).FirstOrDefault(p => p[0] == name) is [_, var value] ? value : null;
}
