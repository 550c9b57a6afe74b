using Microsoft.Extensions.DependencyInjection;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Tests.Configuration;

public sealed class BlobConfigurationTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_configuration_brought_in_by_one_hub_runs_on_the_other()
    {
        await using var hubs = await TwoHubs.StartAsync(azurite);
        var (first, second) = (Source(hubs.First), Source(hubs.Second));
        Assert.Equal(ProblemKind.Unavailable, (await second.UsableAsync(None)).Problem?.Kind);
        var etag = (await first.ReplaceAsync(new BinaryData(HubJson.Whole), null, None)).Value;
        await second.RereadAsync(None);
        Assert.Equal(etag, second.ETag);
        Assert.Equal("Ville de Saint-Exemple", second.Current.Authority.Name);
    }

    [Fact]
    public async Task Of_two_changes_of_the_same_version_one_is_refused()
    {
        await using var hubs = await TwoHubs.StartAsync(azurite);
        var (first, second) = (Source(hubs.First), Source(hubs.Second));
        var etag = (await first.ReplaceAsync(new BinaryData(HubJson.Smallest), null, None)).Value;
        await second.RereadAsync(None);
        Assert.True((await first.ReplaceAsync(new BinaryData(HubJson.Whole), etag, None)).Succeeded);
        Assert.Equal(ProblemKind.Changed, (await second.ReplaceAsync(new BinaryData(HubJson.With("authority.name", "\"X\"")), etag, None)).Problem?.Kind);
        Assert.Equal(HubJson.Whole, await TextAsync(hubs.First, "hub.json"));
    }

    [Fact]
    public async Task A_broken_blob_is_outlived_by_a_cold_start()
    {
        await using var hubs = await TwoHubs.StartAsync(azurite);
        await Source(hubs.First).ReplaceAsync(new BinaryData(HubJson.Whole), null, None);
        await hubs.First.GetRequiredService<HubStorage>().Configuration.GetBlobClient("hub.json").UploadAsync(new BinaryData("{"), overwrite: true, None);
        var cold = Source(hubs.Second);
        Assert.Equal("Ville de Saint-Exemple", (await cold.CurrentAsync(None)).Authority.Name);
        Assert.NotEmpty(cold.Errors);
    }

    [Fact]
    public async Task An_empty_blob_is_an_invalid_file_not_a_crash()
    {
        await using var hubs = await TwoHubs.StartAsync(azurite);
        await hubs.First.GetRequiredService<HubStorage>().Configuration.GetBlobClient("hub.json").UploadAsync(BinaryData.Empty, overwrite: true, None);
        await Source(hubs.First).CurrentAsync(None);
        Assert.Contains("no JSON", Assert.Single(Source(hubs.First).Errors).Message, StringComparison.Ordinal);
        Assert.True((await Source(hubs.First).ReplaceAsync(new BinaryData(HubJson.Whole), null, None)).Succeeded);
    }

    private static HubConfigurationSource Source(IServiceProvider hub) => hub.GetRequiredService<HubConfigurationSource>();

    private static async Task<string> TextAsync(IServiceProvider hub, string name) =>
        (await hub.GetRequiredService<HubStorage>().Configuration.GetBlobClient(name).DownloadContentAsync(None)).Value.Content.ToString();
}
