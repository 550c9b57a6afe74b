using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

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
        ["Settings"] = ["Configuration.Settings", "Operations"],
        ["Figures"] = ["Engagement"],
    };

    /// <summary>A post is what connections bring, feeds keep and discovery reads articles from: the one word of Feeds that these rooms may say.</summary>
    private static readonly string[] Post = ["SocialHub.Feeds.Post", "SocialHub.Feeds.PostPicture", "SocialHub.Feeds.PostLink"];

    public static IReadOnlyList<string> Violations(params System.Reflection.Assembly[] assemblies)
    {
        var architecture = new ArchLoader().LoadAssemblies(assemblies).Build();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in architecture.Types)
        {
            if (RoomOf(type) is not { } from)
                continue;
            if (!Allowed.TryGetValue(from, out var allowed))
                found.Add($"{type.FullName} is in the room {from}, which the architecture does not know.");
            // A type parameter carries the namespace of whichever method the loader saw it in first.
            foreach (var dependency in type.Dependencies.Where(d => d.Target is not GenericParameter))
            {
                if (RoomOf(dependency.Target) is { } to && to != from && allowed?.Contains(to, StringComparer.Ordinal) == false && !IsSharedWord(from, dependency.Target))
                    found.Add($"{type.FullName} uses {dependency.Target.FullName}: {from} may not use {to}.");
                if (from != "Storage" && StoreOf(dependency) is { } store && Owners.TryGetValue(store, out var owners) && !owners.Contains(from, StringComparer.Ordinal))
                    found.Add($"{type.FullName} touches the store {store}, which belongs to {string.Join(" and ", owners)}.");
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

    private static bool IsSharedWord(string from, IType target) =>
        from is "Connections" or "Publishing" && Post.Contains(target.FullName, StringComparer.Ordinal);

    private static string? StoreOf(ArchUnitNET.Domain.Dependencies.ITypeDependency dependency) =>
        dependency is ArchUnitNET.Domain.Dependencies.MethodCallDependency { TargetMember: { } member } && dependency.Target.FullName == "SocialHub.Storage.HubStorage" && member.Name.StartsWith("get_", StringComparison.Ordinal)
            ? member.Name["get_".Length..].Split('(')[0]
            : null;

    /// <summary>The folder under the core; null for the root (composition and the words all rooms share) and for everything that is not ours.</summary>
    private static string? RoomOf(IType type)
    {
        var name = type.Namespace?.FullName ?? "";
        if (name.StartsWith("SocialHub.Configuration.Settings", StringComparison.Ordinal))
            return "Configuration.Settings";
        if (!name.StartsWith("SocialHub.", StringComparison.Ordinal))
            return null;
        var room = name.Split('.')[1];
        return room is "Tests" or "Standalone" or "Functions" or "Web" or "Tweetinvi" ? null : room;
    }
}
