using SocialHub.Standalone.Storage;

namespace SocialHub.Tests.Standalone;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("socialhub-data-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_another_hub_has_is_refused_and_says_so()
    {
        using var held = DataFolder.Hold(_folder);
        var refused = Assert.Throws<EmbeddedAzuriteException>(() => DataFolder.Hold(_folder));
        Assert.StartsWith("Another hub keeps its data in ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_other_hub()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a link to itself stands for what a full or read-only disk answers");
        File.CreateSymbolicLink(Path.Combine(_folder, "running"), "running");
        var refused = Assert.Throws<EmbeddedAzuriteException>(() => DataFolder.Hold(_folder));
        Assert.DoesNotContain("Another hub", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
    }
}
