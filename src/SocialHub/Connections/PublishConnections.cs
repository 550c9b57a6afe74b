namespace SocialHub.Connections;

/// <summary>The networks that the hub can post on, by name.</summary>
public sealed class PublishConnections
{
    private readonly Dictionary<string, IPublishConnection> _byNetwork = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Two connections have one name: which of them posts would be chance.</exception>
    public PublishConnections(IEnumerable<IPublishConnection> connections)
    {
        foreach (var connection in connections)
        {
            if (!_byNetwork.TryAdd(connection.Network, connection))
                throw new InvalidOperationException($"Two connections publish on \"{connection.Network}\": {_byNetwork[connection.Network].GetType().Name} and {connection.GetType().Name}. Register one.");
        }
    }

    /// <summary>Their names.</summary>
    public IEnumerable<string> Networks => _byNetwork.Keys;

    /// <summary>The connection of a network; null when the hub cannot post there.</summary>
    public IPublishConnection? Find(string network) => _byNetwork.GetValueOrDefault(network);
}
