using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Connections.Mail;

/// <summary>
/// Hands mails to the authority's SMTP server, one at a time. At least once: where the answer to the whole message is lost nobody knows whether it was
/// taken, so it is sent again under the same Message-ID. The server is what IT wrote in hub.json, so it may be a private address.
/// </summary>
public sealed partial class MailTransport(Secrets secrets, TimeProvider timeProvider, IOptions<HubOptions> options, ILogger<MailTransport> logger)
{
    /// <summary>The setting that hub.json names holds no password.</summary>
    public const string NoSecret = "no-secret";

    /// <summary>Replaces the judgement of the system about the server's certificate; for tests, which have no authority that signs one.</summary>
    internal RemoteCertificateValidationCallback? Certificates { get; init; }

    /// <summary>Sends one mail.</summary>
    /// <returns>How it ended; an expected failure is no exception.</returns>
    public async Task<MailOutcome> SendAsync(HubConfiguration hub, OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (hub.Mail is not { } server)
            throw new InvalidOperationException("hub.json names no mail server.");
        var password = server.Secret is { } name ? secrets.Get(name) : null;
        if (server.User is not null && password is null)
            return Failed(server, NoSecret, isFinal: false);
        if (!MailboxAddress.TryParse(mail.To, out _))
            return Failed(server, "address", isFinal: true, concernsOne: true);
        using var message = Message(hub, server, mail);
        // A server that never answers must not hold a due row longer than its claim.
        using var bound = new CancellationTokenSource(options.Value.Times.BusyWork, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        using var client = new SmtpClient { ServerCertificateValidationCallback = Certificates, LocalDomain = new Uri(hub.Authority.PublicAddress).IdnHost };
        var isOpen = false;
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Security switch { MailSecurity.Tls => SecureSocketOptions.SslOnConnect, MailSecurity.None => SecureSocketOptions.None, _ => SecureSocketOptions.StartTls }, either.Token).ConfigureAwait(false);
            if (server.User is { } user && password is not null)
                await client.AuthenticateAsync(user, password, either.Token).ConfigureAwait(false);
            isOpen = true;
            await client.SendAsync(message, either.Token).ConfigureAwait(false);
        }
        catch (SmtpCommandException refused)
        {
            // A refused sender, or a server that is closing or busy (421, RFC 5321, 4.2.3), concerns all mails; 5yz is for good (4.2.1).
            var concernsOne = refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && refused.StatusCode != SmtpStatusCode.ServiceNotAvailable;
            return Failed(server, ((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture), concernsOne && (int)refused.StatusCode >= 500, concernsOne) with { IsMailbox = concernsOne && OfMailbox().IsMatch(refused.Message) };
        }
        catch (AuthenticationException)
        {
            return Failed(server, "refused-login", isFinal: false);
        }
        catch (SslHandshakeException)
        {
            return Failed(server, "certificate", isFinal: false);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed(server, "too-slow", isFinal: false);
        }
        // MailKit says so where a server offers no STARTTLS or no login, and where it takes no letters beyond ASCII in an address (SMTPUTF8, RFC 6531).
        catch (NotSupportedException)
        {
            return isOpen && Ascii.IsValid(server.From) && !Ascii.IsValid(mail.To) ? Failed(server, "no-smtputf8", isFinal: true, concernsOne: true) : Failed(server, "not-supported", isFinal: false);
        }
        catch (Exception e) when (e is IOException or SocketException or SmtpProtocolException or ServiceNotConnectedException)
        {
            return Failed(server, "not-connected", isFinal: false);
        }

        // It is taken; what the farewell comes to changes nothing.
        try
        {
            await client.DisconnectAsync(quit: true, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or SmtpProtocolException or SmtpCommandException or ServiceNotConnectedException or OperationCanceledException)
        {
            Log.NoFarewell(logger, server.Host);
        }

        return MailOutcome.Taken;
    }

    /// <summary>The Message-ID of what an event tells, without the signs around it: the same for each try.</summary>
    internal static string MessageId(HubConfiguration hub, string what) => $"{Keys.Hash(what)}@{new Uri(hub.Authority.PublicAddress).IdnHost}";

    private MimeMessage Message(HubConfiguration hub, MailConfiguration server, OutgoingMail mail)
    {
        var message = new MimeMessage { Subject = mail.Subject, Date = timeProvider.GetUtcNow(), MessageId = MessageId(hub, mail.Event) };
        message.From.Add(new MailboxAddress(server.Name ?? hub.Authority.Name, server.From));
        message.To.Add(new MailboxAddress(mail.ToName ?? "", mail.To));
        // So that no absence note answers (RFC 3834; the second is Exchange's).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (mail.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        message.Body = new MultipartAlternative(
            new TextPart("plain") { Text = mail.Body.Text },
            new TextPart("html") { Text = mail.Body.Html(mail.Language, mail.Subject) });
        message.Body.Headers.Add("Content-Language", mail.Language);
        return message;
    }

    private MailOutcome Failed(MailConfiguration server, string failure, bool isFinal, bool concernsOne = false)
    {
        Log.NotTaken(logger, server.Host, failure);
        return new MailOutcome(failure, isFinal) { ConcernsOne = concernsOne };
    }

    // The address and the mailbox of the recipient; x.1.7 and x.1.8 are of the sender's, and a server that passes nothing on says x.7.
    [GeneratedRegex(@"^ ?[45]\.(?:1\.(?:[0-69]|[0-9]{2,3})|2\.[0-9]{1,3})\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OfMailbox();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server {Host} did not take a mail ({Failure}).")]
        public static partial void NotTaken(ILogger logger, string host, string failure);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The mail server {Host} took a mail, and the connection then ended without a farewell.")]
        public static partial void NoFarewell(ILogger logger, string host);
    }
}
