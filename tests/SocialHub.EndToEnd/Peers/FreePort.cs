using System.Net;
using System.Net.Sockets;

namespace SocialHub.EndToEnd.Peers;

/// <summary>
/// Ports for programs that must know theirs before they start, and that keep it while they are down between two starts. They lie below those that systems give
/// to whoever asks for any: nothing else on the machine takes one in between.
/// </summary>
public static class FreePort
{
    private const int First = 15_000;
    private const int Last = 32_000;

    // Not the same beginning for two test processes at once.
    private static int _given = Random.Shared.Next(Last - First);

    /// <summary>A port of 127.0.0.1 that nobody listens on, and that is not given again before all others were.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _given) % (Last - First));
            try
            {
                using var trial = new TcpListener(IPAddress.Loopback, port);
                trial.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
