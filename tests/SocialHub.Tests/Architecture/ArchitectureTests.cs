using System.Text.RegularExpressions;

namespace SocialHub.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    private static readonly System.Reflection.Assembly Core = typeof(Problem).Assembly;

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
    [InlineData("SocialHub.Publishing.PlantedThief touches the store Comments")]
    [InlineData("SocialHub.Common.PlantedRoom is in the room Common")]
    public void What_must_not_be_is_found(string planted) =>
        Assert.Contains(Arrows.Violations(typeof(ArchitectureTests).Assembly), found => found.StartsWith(planted, StringComparison.Ordinal));

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
