using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SocialHub.Tests.Connections.Mail;

/// <summary>An SMTP server of the plainest kind (RFC 5321 alone): it offers neither SMTPUTF8 nor anything else.</summary>
internal sealed class AsciiServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _running = Task.CompletedTask;

    private AsciiServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Task<AsciiServer> StartAsync()
    {
        var server = new AsciiServer();
        server._running = server.RunAsync();
        return Task.FromResult(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _running;
        _over.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_over.Token);
                await TalkAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 localhost");
        var isData = false;
        while (await reader.ReadLineAsync(_over.Token) is { } line)
        {
            if (isData && line != ".")
                continue;
            var answer = isData ? "250 taken" : line.Split(' ')[0].ToUpperInvariant() switch
            {
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                "RCPT" or "MAIL" when line.Any(letter => letter > 126) => "553 not in these letters",
                _ => "250 localhost",
            };
            isData = answer.StartsWith("354", StringComparison.Ordinal);
            await writer.WriteLineAsync(answer);
        }
    }
}
