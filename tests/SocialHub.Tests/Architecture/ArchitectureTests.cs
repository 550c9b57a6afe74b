using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Caching.Memory;

namespace SocialHub.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    private static readonly System.Reflection.Assembly Core = typeof(Problem).Assembly;
    private static readonly Lazy<IReadOnlyList<string>> Planted = new(() => Arrows.Violations(typeof(ArchitectureTests).Assembly));

    [Fact]
    public void Arrows_point_one_way_and_nobody_touches_anothers_store()
    {
        var found = Arrows.Violations(Core);
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public void The_arrows_make_no_circle() => Assert.Empty(Arrows.Circles(Arrows.Allowed));

    [Fact]
    public void A_circle_would_be_found() =>
        Assert.NotEmpty(Arrows.Circles(new Dictionary<string, string[]> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A"] }));

    [Theory]
    [InlineData("SocialHub.Moderation.PlantedCaller uses SocialHub.Comments.PlantedWord")]
    [InlineData("SocialHub.Moderation.PlantedLister uses SocialHub.Comments.PlantedWord")]
    [InlineData("SocialHub.Publishing.PlantedThief touches the store Comments")]
    [InlineData("SocialHub.Publishing.PlantedBurglar opens Tables")]
    [InlineData("SocialHub.Publishing.PlantedBurglar opens Blobs")]
    [InlineData("SocialHub.Publishing.PlantedBurglar opens QueueService")]
    [InlineData("SocialHub.Common.PlantedRoom is in the room Common")]
    public void What_must_not_be_is_found(string planted) =>
        Assert.Contains(Planted.Value, found => found.StartsWith(planted, StringComparison.Ordinal));

    // Two hubs of a test in one process stand for two processes only because nothing but their own services remembers anything.
    [Fact]
    public void No_state_is_shared_by_two_hubs_in_one_process()
    {
        // What these remember is worked out from their key alone, whoever asks first, and the scratch of a thread is emptied before each use.
        string[] memos = ["Homoglyphs.Seen", "LetterFold.Others", "PageAddress.Aliases", "Walk._spare", "WordPaths._scratch", "WordPaths._spare"];
        Assert.Equal(memos, SharedState(Core).Concat(SharedState(typeof(SocialHub.Standalone.StandaloneHost).Assembly)).Order(StringComparer.Ordinal));
        Assert.Equal(["PlantedMemory.Known", "PlantedMemory.Last"], SharedState(typeof(ArchitectureTests).Assembly).Where(field => field.StartsWith(nameof(PlantedMemory), StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_core_knows_no_request_and_no_trigger() =>
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || reference.Name.Contains("Functions", StringComparison.Ordinal) || reference.Name.Contains("WebJobs", StringComparison.Ordinal));

    [Fact]
    public void Namespaces_are_folders()
    {
        var wrong = Sources().Where(file => Namespace().Match(File.ReadAllText(file.Path)) is { Success: true } match && match.Groups["name"].Value != file.Namespace);
        Assert.Empty(wrong.Select(file => file.Path));
    }

    [Fact]
    public void No_folder_and_no_type_is_named_after_nothing()
    {
        var vague = Vague();
        Assert.Empty(Sources().Where(file => file.Namespace.Split('.').Any(vague.IsMatch) || vague.IsMatch(Path.GetFileNameWithoutExtension(file.Path))).Select(file => file.Path));
        Assert.True(vague.IsMatch("Helpers") && vague.IsMatch("FeedUtils") && vague.IsMatch("CommentManager") && !vague.IsMatch("Commonplace"));
    }

    [Fact]
    public void No_interface_of_the_core_has_a_single_implementation()
    {
        var types = new[] { Core, typeof(SocialHub.Standalone.StandaloneHost).Assembly }.SelectMany(assembly => assembly.GetTypes()).ToList();
        var lonely = Core.GetTypes().Where(type => type.IsInterface && types.Count(other => other is { IsClass: true, IsAbstract: false } && type.IsAssignableFrom(other)) == 1);
        Assert.Empty(lonely.Select(type => type.FullName));
    }

    /// <summary>Static fields that may be another tomorrow: assignable ones, and collections that grow. Not those that the compiler and its generators write.</summary>
    private static IEnumerable<string> SharedState(System.Reflection.Assembly assembly) =>
        from type in assembly.GetTypes()
        where !IsGenerated(type)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && !field.IsDefined(typeof(GeneratedCodeAttribute), inherit: false) && (!field.IsInitOnly || Grows(field.FieldType))
        select $"{type.Name}.{field.Name}";

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
        || type.IsAssignableTo(typeof(System.Text.Json.Serialization.JsonSerializerContext)) || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static bool Grows(Type type) => !type.IsArray && type.Namespace is not ("System.Collections.Frozen" or "System.Collections.Immutable" or "System.Collections.ObjectModel")
        && (type.IsAssignableTo(typeof(System.Collections.IDictionary)) || type.IsAssignableTo(typeof(System.Collections.IList)) || type.IsAssignableTo(typeof(IMemoryCache))
            || (type.IsGenericType && type.GetGenericTypeDefinition() is var open && Growing.Contains(open)));

    private static readonly Type[] Growing =
        [typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(System.Collections.Concurrent.ConcurrentQueue<>), typeof(System.Collections.Concurrent.ConcurrentBag<>), typeof(ConditionalWeakTable<,>)];

    /// <summary>Every source file of the product with the namespace that its folder asks for.</summary>
    private static IEnumerable<(string Path, string Namespace)> Sources()
    {
        var src = Path.Combine(Root(), "src");
        return Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Parts: Path.GetRelativePath(src, Path.GetDirectoryName(path)!).Split(Path.DirectorySeparatorChar)))
            .Where(file => !file.Parts.Contains("obj") && !file.Parts.Contains("bin"))
            .Select(file => (file.Path, string.Join('.', file.Parts)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SocialHub.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^namespace (?<name>[A-Za-z0-9_.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex("^(Common|Shared)$|(Utils?|Utilities|Helpers?|Manager)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Vague();
}
