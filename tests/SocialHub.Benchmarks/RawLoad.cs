using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SocialHub.Benchmarks;

/// <summary>
/// Asks one address the same thing over and over on kept connections. The body has always the same length (only Age comes and goes in the headers),
/// so nothing is parsed: on few cores a generator that costs more than the server would hide what it measures.
/// </summary>
internal sealed class RawLoad : IDisposable
{
    private readonly byte[] _request;
    private readonly int _body;
    private readonly IReadOnlyList<Socket> _connections;

    private RawLoad(byte[] request, byte[] answer, IReadOnlyList<Socket> connections) => (_request, Answer, _body, _connections) = (request, answer, answer.Length - (answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4), connections);

    /// <summary>Status line, headers and body as they came.</summary>
    public byte[] Answer { get; }

    /// <summary>Connects and asks once.</summary>
    /// <param name="address">Scheme, host and port.</param>
    /// <param name="path">With its query.</param>
    /// <param name="headers">Besides Host.</param>
    /// <param name="connections">How many are used at once.</param>
    public static async Task<RawLoad> ConnectAsync(Uri address, string path, IEnumerable<string> headers, int connections)
    {
        // A fixed host, so that both sides get the very same bytes.
        var request = Encoding.ASCII.GetBytes(string.Join("\r\n", [$"GET {path} HTTP/1.1", "Host: hub.example", .. headers, "", ""]));
        var sockets = new List<Socket>();
        for (var i = 0; i < connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
            sockets.Add(socket);
        }

        return new RawLoad(request, await FirstAsync(sockets[0], request), sockets);
    }

    /// <summary>Runs for a time.</summary>
    /// <returns>Answers per second.</returns>
    public async Task<double> RunAsync(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(_connections.Select(connection => Task.Run(() => AskAsync(connection, start, time))));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private async Task<long> AskAsync(Socket connection, long start, TimeSpan time)
    {
        var buffer = new byte[Answer.Length + 64];
        long count = 0;
        for (; Stopwatch.GetElapsedTime(start) < time; count++)
        {
            await connection.SendAsync(_request, SocketFlags.None);
            for (int got = 0, whole = int.MaxValue; got < whole;)
            {
                var read = await connection.ReceiveAsync(buffer.AsMemory(got), SocketFlags.None);
                got += read > 0 ? read : throw new IOException("The server closed the connection.");
                if (whole == int.MaxValue && buffer.AsSpan(0, got).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
                    whole = end + 4 + _body;
            }

            // The status line is the same, or the measurement is of something else.
            if (!buffer.AsSpan(0, 12).SequenceEqual(Answer.AsSpan(0, 12)))
                throw new IOException($"Another answer: {Encoding.ASCII.GetString(buffer, 0, Math.Min(200, buffer.Length))}");
        }

        return count;
    }

    private static async Task<byte[]> FirstAsync(Socket connection, byte[] request)
    {
        await connection.SendAsync(request, SocketFlags.None);
        var buffer = new byte[1024 * 1024];
        for (var got = 0; ;)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(got), SocketFlags.None);
            got += read > 0 ? read : throw new IOException("The server closed the connection.");
            var end = buffer.AsSpan(0, got).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            var length = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
            var whole = end + 4 + (length is null ? 0 : int.Parse(length.AsSpan(16), CultureInfo.InvariantCulture));
            if (got >= whole)
                return buffer[..whole];
        }
    }
}
