using Mono.Cecil;

namespace SocialHub.Tests.Architecture;

/// <summary>Who may use whom inside the core, and what its types really use (read from the compiled code, bodies included).</summary>
internal static class Arrows
{
    private static readonly string[] Mechanics = ["Access", "Configuration", "Configuration.Settings", "Connections", "Operations", "Storage"];

    /// <summary>Room -> rooms that it may use besides itself. A room that is not listed may not exist.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Configuration"] = [],
        ["Storage"] = ["Configuration"],
        ["Access"] = ["Configuration"],
        ["Connections"] = ["Configuration", "Access", "Storage"],
        ["Operations"] = ["Configuration", "Storage"],
        ["Configuration.Settings"] = ["Configuration", "Storage", "Access"],
        ["Media"] = ["Configuration", "Operations", "Storage"],
        ["Moderation"] = Mechanics,
        ["Comments"] = [.. Mechanics, "Moderation"],
        ["Feeds"] = [.. Mechanics, "Media", "Moderation"],
        ["Publishing"] = [.. Mechanics, "Media", "Moderation"],
        ["Engagement"] = [.. Mechanics, "Moderation", "Comments", "Feeds", "Publishing"],
    };

    /// <summary>Tables and containers -> the rooms whose truth they hold. What is not listed belongs to nobody yet.</summary>
    public static IReadOnlyDictionary<string, string[]> Owners { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Comments"] = ["Comments"],
        ["Limits"] = ["Comments"],
        ["Erasures"] = ["Comments"],
        ["Publishing"] = ["Publishing"],
        ["Posts"] = ["Feeds"],
        ["Feeds"] = ["Feeds"],
        ["Snapshots"] = ["Feeds"],
        ["Media"] = ["Media"],
        ["Configuration"] = ["Configuration"],
        ["Settings"] = ["Configuration.Settings", "Operations"],
        ["Figures"] = ["Engagement"],
    };

    /// <summary>The clients of whole services, through which every store can be opened by name: for the rooms of mechanics and the hosts alone.</summary>
    private static readonly string[] Services = ["Tables", "Blobs", "QueueService"];

    private static readonly string[] MayOpenServices = ["Storage", "Operations"];

    /// <summary>A post is what connections bring, feeds keep and discovery reads articles from: the one word of Feeds that these rooms may say.</summary>
    private static readonly string[] Post = ["SocialHub.Feeds.Post", "SocialHub.Feeds.PostPicture", "SocialHub.Feeds.PostLink"];

    public static IReadOnlyList<string> Violations(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in module.GetTypes())
        {
            if (RoomOf(type) is not { } from)
                continue;
            // What the compiler nests into a type, for its lambdas and its waits, is that type's.
            var name = Outermost(type).FullName;
            if (!Allowed.TryGetValue(from, out var allowed))
                found.Add($"{name} is in the room {from}, which the architecture does not know.");
            foreach (var used in CompiledCode.TypesOf(type))
            {
                if (RoomOf(used) is { } to && to != from && allowed?.Contains(to, StringComparer.Ordinal) == false && !IsSharedWord(from, used))
                    found.Add($"{name} uses {used.FullName}: {from} may not use {to}.");
            }

            foreach (var store in CompiledCode.CallsOf(type).Select(StoreOf).OfType<string>())
            {
                if (from != "Storage" && Owners.TryGetValue(store, out var owners) && !owners.Contains(from, StringComparer.Ordinal))
                    found.Add($"{name} touches the store {store}, which belongs to {string.Join(" and ", owners)}.");
                if (Services.Contains(store, StringComparer.Ordinal) && !MayOpenServices.Contains(from, StringComparer.Ordinal))
                    found.Add($"{name} opens {store}, in which every room's stores are.");
            }
        }
        return [.. found];
    }

    /// <summary>Circles in a set of arrows, each as the path that closes it.</summary>
    public static IReadOnlyList<string> Circles(IReadOnlyDictionary<string, string[]> arrows)
    {
        var circles = new List<string>();
        void Follow(string room, string[] path)
        {
            if (path.Contains(room, StringComparer.Ordinal))
                circles.Add(string.Join(" -> ", path.Append(room)));
            else
                foreach (var next in arrows.GetValueOrDefault(room) ?? [])
                    Follow(next, [.. path, room]);
        }
        foreach (var room in arrows.Keys)
            Follow(room, []);
        return circles;
    }

    private static bool IsSharedWord(string from, TypeReference target) =>
        from is "Connections" or "Publishing" && Post.Contains(target.FullName, StringComparer.Ordinal);

    private static string? StoreOf(MethodReference called) =>
        called.DeclaringType.FullName == "SocialHub.Storage.HubStorage" && called.Name.StartsWith("get_", StringComparison.Ordinal) ? called.Name["get_".Length..] : null;

    /// <summary>The folder under the core; null for the root (composition and the words all rooms share) and for everything that is not ours.</summary>
    private static string? RoomOf(TypeReference type)
    {
        var name = Outermost(type).Namespace;
        if (name.StartsWith("SocialHub.Configuration.Settings", StringComparison.Ordinal))
            return "Configuration.Settings";
        if (!name.StartsWith("SocialHub.", StringComparison.Ordinal))
            return null;
        var room = name.Split('.')[1];
        return room is "Tests" or "Standalone" or "Functions" or "Web" or "Tweetinvi" ? null : room;
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
