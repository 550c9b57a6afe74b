using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Connections;

/// <summary>Turns a name into addresses; tests put names of their own in its place.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken cancellationToken);

/// <summary>
/// Opens every outgoing connection of the hub. The address that was checked is the very one that is connected to, so a name that
/// resolves differently a moment later gains nothing.
/// </summary>
internal sealed class GuardedConnect(IOptions<HubOptions> options, ResolveName resolve, TimeProvider time)
{
    // One address that swallows packets must leave time for the next one.
    private static readonly TimeSpan PerAddress = TimeSpan.FromSeconds(3);

    private readonly HashSet<string> _allowed = options.Value.AllowedPrivateOrigins
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(o => Uri.TryCreate(o, UriKind.Absolute, out var address) ? Origin(address) : o)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for an exact origin of <see cref="HubOptions.AllowedPrivateOrigins"/>: scheme, host and port.</summary>
    public bool IsAllowed(Uri address) => _allowed.Contains(Origin(address));

    /// <exception cref="RefusedAddressException">No address of the host is public, and its origin is no exception.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await resolve(host, cancellationToken);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        if (context.InitialRequestMessage.RequestUri is not { } asked || !IsAllowed(asked))
            addresses = Array.FindAll(addresses, AddressGuard.IsPublic);
        if (addresses.Length == 0)
            throw new RefusedAddressException(host);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using var limit = new CancellationTokenSource(PerAddress, time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
                await socket.ConnectAsync(new IPEndPoint(address, port), both.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                socket.Dispose();
                last = new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw last!;
    }

    private static string Origin(Uri address) => address.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.StrongPort, UriFormat.UriEscaped);
}
