using Microsoft.Extensions.Hosting;

namespace SocialHub.Connections;

/// <summary>Two connections of one name would read by chance; the hub doesn't start with them.</summary>
internal sealed class ReadConnectionNames(IEnumerable<IReadConnection> connections) : IHostedService
{
    /// <exception cref="InvalidOperationException">Names the networks that are there twice.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var twice = connections.GroupBy(c => c.Network, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key} ({string.Join(", ", g.Select(c => c.GetType().Name))})").ToList();
        return twice.Count == 0 ? Task.CompletedTask : throw new InvalidOperationException($"More than one connection reads {string.Join(" and ", twice)}.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
