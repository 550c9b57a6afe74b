using SocialHub.Standalone.Storage;

[assembly: AssemblyFixture(typeof(SocialHub.Tests.AzuriteFixture))]

namespace SocialHub.Tests;

/// <summary>
/// One Azurite, in memory, for all tests of the assembly: started when the first test asks, stopped after the last.
/// A test takes an account of its own, empty and seen by nobody else, so tests run in parallel and use the product's
/// own table, queue and container names: <c>public sealed class XTests(AzuriteFixture azurite)</c>, then
/// <c>var connection = await azurite.NewAccountAsync();</c>. An account costs nothing: it is a name that Azurite already knows.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private const int Accounts = 1000;
    private readonly Lazy<Task<EmbeddedAzurite>> _azurite = new(() => EmbeddedAzurite.StartAsync(
        new EmbeddedAzuriteOptions { Accounts = [.. Enumerable.Range(0, Accounts).Select(Name)], Progress = Console.Error.WriteLine },
        CancellationToken.None));

    private int _taken = -1;

    /// <summary>The connection string of a storage account that no other test uses.</summary>
    public async Task<string> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref _taken);
        Assert.True(number < Accounts, "More accounts than Azurite was told of: raise AzuriteFixture.Accounts.");
        return (await _azurite.Value).ConnectionStringOf(Name(number));
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite.IsValueCreated)
            await (await _azurite.Value).DisposeAsync();
    }

    private static string Name(int number) => $"test{number}";
}
