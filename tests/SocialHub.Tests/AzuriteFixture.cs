using System.Collections.Concurrent;
using SocialHub.Standalone.Storage;

[assembly: AssemblyFixture(typeof(SocialHub.Tests.AzuriteFixture))]

namespace SocialHub.Tests;

/// <summary>
/// Azurite, in memory, for all tests of the assembly, one for each two processors: started when the first test asks, stopped after the last.
/// A test takes an account of its own, empty and seen by nobody else, so tests run in parallel and use the product's
/// own table, queue and container names: <c>public sealed class XTests(AzuriteFixture azurite)</c>, then
/// <c>var connection = await azurite.NewAccountAsync();</c>. An account costs nothing: it is a name that Azurite already knows.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    // As many as fit into the one environment variable by which Azurite is told of them; the next ones are another Azurite's.
    private const int AccountsOfOne = 1000;

    // Azurite has one thread: on many processors all tests would wait for it.
    private static readonly int SideBySide = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    private readonly ConcurrentDictionary<(int, int), Lazy<Task<EmbeddedAzurite>>> _azurites = new();
    private int _taken = -1;

    /// <summary>The connection string of a storage account that no other test uses.</summary>
    public async Task<string> NewAccountAsync()
    {
        var (number, place) = Math.DivRem(Interlocked.Increment(ref _taken), SideBySide);
        var azurite = _azurites.GetOrAdd((place, number / AccountsOfOne), _ => new(() => EmbeddedAzurite.StartAsync(
            new EmbeddedAzuriteOptions { Accounts = [.. Enumerable.Range(0, AccountsOfOne).Select(Name)], Progress = Console.Error.WriteLine },
            CancellationToken.None)));
        return (await azurite.Value).ConnectionStringOf(Name(number % AccountsOfOne));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var azurite in _azurites.Values.Where(one => one.IsValueCreated))
            await (await azurite.Value).DisposeAsync();
    }

    private static string Name(int number) => $"test{number}";
}
