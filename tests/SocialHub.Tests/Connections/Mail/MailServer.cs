using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace SocialHub.Tests.Connections.Mail;

/// <summary>A real SMTP server on this machine: what it was handed, whom it refuses, and what it says instead of yes.</summary>
internal sealed class MailServer : MessageStore, IMailboxFilter, IUserAuthenticator, IAsyncDisposable
{
    public const string User = "hub";
    public const string Password = "a password for tests only";

    private readonly CancellationTokenSource _over = new();
    private Task _running = Task.CompletedTask;

    private MailServer(int port) => Port = port;

    public int Port { get; }

    /// <summary>In the order in which they came, also those that were answered by <see cref="Instead"/>.</summary>
    public ConcurrentQueue<MimeMessage> Received { get; } = [];

    /// <summary>Recipients that are refused for good.</summary>
    public ConcurrentDictionary<string, bool> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Recipients that it does not take at this moment, with what it says.</summary>
    public ConcurrentDictionary<string, SmtpResponse> Deferred { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asked for each recipient before it is answered: what else happens meanwhile.</summary>
    public Func<string, Task>? Meanwhile { get; set; }

    /// <summary>What it answers to the next whole message though it kept it; null: yes.</summary>
    public SmtpResponse? Instead { get; set; }

    /// <param name="isSecure">It offers STARTTLS, with a certificate that nobody signed, and asks for a login.</param>
    /// <param name="port">Of one that was away; 0: any.</param>
    public static async Task<MailServer> StartAsync(bool isSecure = false, int port = 0)
    {
        var server = new MailServer(port == 0 ? FreePort() : port);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, server.Port));
            if (isSecure)
                endpoint.Certificate(Certificate()).AuthenticationRequired();
        }).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)server);
        services.Add((IMailboxFilter)server);
        services.Add((IUserAuthenticator)server);
        server._running = new SmtpServer.SmtpServer(options, services).StartAsync(server._over.Token);
        await Patience.UntilAsync("the mail server listens", async () =>
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, server.Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return server;
    }

    /// <summary>A port where nobody listens at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(buffer.ToArray());
        Received.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
        var answer = Instead ?? SmtpResponse.Ok;
        Instead = null;
        return answer;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

    public async Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
    {
        var address = $"{to.User}@{to.Host}";
        if (Meanwhile is { } meanwhile)
            await meanwhile(address);
        return Deferred.TryGetValue(address, out var answer) ? throw new SmtpResponseException(answer) : !Refused.ContainsKey(address);
    }

    public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) => Task.FromResult((user, password) == (User, Password));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That was asked for.
        }

        _over.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
