using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;
using SmtpServer.Protocol;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Connections.Mail;

namespace SocialHub.Tests.Connections.Mail;

public sealed class MailTransportTests
{
    private static readonly OutgoingMail Mail = new("camille@saint-exemple.fr", "turned ville abc 1", "Une discussion dérape à l’école", new MailBody().Paragraph("Écoutez <b>bien</b> & vite.").Quote("Ligne 1\nLigne <2>").Lines(["Un", "Deux"]).Link("Décider…", "https://hub.example/moderation/decide#t=abc&d=hold"))
    {
        ToName = "Camille Durand",
    };

    [Fact]
    public async Task A_mail_has_two_forms_says_that_a_machine_wrote_it_and_is_known_again_by_what_it_tells()
    {
        await using var server = await MailServer.StartAsync();
        Assert.Equal(MailOutcome.Taken, await SendAsync(Hub(server.Port, MailSecurity.None), Mail));
        Assert.Equal(MailOutcome.Taken, await SendAsync(Hub(server.Port, MailSecurity.None), Mail));
        Assert.Equal(MailOutcome.Taken, await SendAsync(Hub(server.Port, MailSecurity.None), Mail with { Event = "turned ville abc 2" }));
        var mails = server.Received.ToArray();
        var first = mails[0];
        Assert.Equal((first.MessageId, true), (mails[1].MessageId, first.MessageId != mails[2].MessageId));
        Assert.EndsWith("@hub.example", first.MessageId, StringComparison.Ordinal);
        Assert.Equal(("Une discussion dérape à l’école", "\"Ville de Saint-Exemple\" <commentaires@saint-exemple.fr>", "\"Camille Durand\" <camille@saint-exemple.fr>"), (first.Subject, first.From.ToString(), first.To.ToString()));
        Assert.Equal(("auto-generated", "fr"), (first.Headers["Auto-Submitted"], first.Body!.Headers["Content-Language"]));
        Assert.Null(first.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("multipart/alternative", first.Body!.ContentType.MimeType);
        Assert.Equal("Écoutez <b>bien</b> & vite.\n\n> Ligne 1\n> Ligne <2>\n\n- Un\n- Deux\n\nDécider…\nhttps://hub.example/moderation/decide#t=abc&d=hold\n", first.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("&lt;b&gt;bien&lt;/b&gt; &amp; vite.</p>", first.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://hub.example/moderation/decide#t=abc&amp;d=hold\">", first.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Ligne 1<br>", first.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Further_mails_are_ended_by_one_post_where_somebody_is_subscribed()
    {
        await using var server = await MailServer.StartAsync();
        await SendAsync(Hub(server.Port, MailSecurity.None), Mail with { Unsubscribe = new Uri("https://hub.example/unsubscribe/abc") });
        var mail = Assert.Single(server.Received);
        Assert.Equal(("<https://hub.example/unsubscribe/abc>", "List-Unsubscribe=One-Click"), (mail.Headers[HeaderId.ListUnsubscribe], mail.Headers[HeaderId.ListUnsubscribePost]));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task With_starttls_and_a_login_nothing_is_said_in_the_clear()
    {
        await using var server = await MailServer.StartAsync(isSecure: true);
        var hub = Hub(server.Port, MailSecurity.StartTls, MailServer.User);
        Assert.Equal(MailOutcome.Taken, await SendAsync(hub, Mail, MailServer.Password, isTrusted: true));
        Assert.Equal(new MailOutcome("certificate", false), await SendAsync(hub, Mail, MailServer.Password));
        Assert.Equal(new MailOutcome("refused-login", false), await SendAsync(hub, Mail, "another password", isTrusted: true));
        Assert.Equal(new MailOutcome(MailTransport.NoSecret, false), await SendAsync(hub, Mail));
        Assert.Single(server.Received);
        await using var plain = await MailServer.StartAsync();
        Assert.Equal(new MailOutcome("not-supported", false), await SendAsync(Hub(plain.Port, MailSecurity.StartTls), Mail));
        Assert.Empty(plain.Received);
    }

    [Fact]
    public async Task What_a_server_refuses_for_good_is_told_from_what_may_be_tried_again()
    {
        await using var server = await MailServer.StartAsync();
        var hub = Hub(server.Port, MailSecurity.None);
        server.Refused[Mail.To] = true;
        Assert.Equal(("550", true, true), Said(await SendAsync(hub, Mail)));
        server.Refused.Clear();
        server.Instead = new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "come back later");
        Assert.Equal(new MailOutcome("421", false), await SendAsync(hub, Mail));
        server.Instead = new SmtpResponse(SmtpReplyCode.TransactionFailed, "no such content here");
        Assert.Equal(("554", true, true), Said(await SendAsync(hub, Mail)));
        // A full mailbox is one person's, and may be emptied.
        server.Deferred[Mail.To] = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "mailbox full");
        Assert.Equal(("452", false, true), Said(await SendAsync(hub, Mail)));
        server.Deferred.Clear();
        Assert.Equal(new MailOutcome("not-connected", false), await SendAsync(Hub(MailServer.FreePort(), MailSecurity.None), Mail));
    }

    [Fact]
    public async Task An_address_that_the_server_has_no_letters_for_is_that_ones_alone_and_refused_for_good()
    {
        await using var server = await AsciiServer.StartAsync();
        var hub = Hub(server.Port, MailSecurity.None);
        Assert.Equal((true, true), (await SendAsync(hub, Mail with { To = "zoé@saint-exemple.fr" })) is { IsFinal: var isFinal, ConcernsOne: var isTheirs } ? (isFinal, isTheirs) : default);
        Assert.Equal(MailOutcome.Taken, await SendAsync(hub, Mail));
        Assert.Equal(("address", true, true), Said(await SendAsync(hub, Mail with { To = "not an address <" })));
    }

    private static (string?, bool, bool) Said(MailOutcome outcome) => (outcome.Failure, outcome.IsFinal, outcome.ConcernsOne);

    private static HubConfiguration Hub(int port, MailSecurity security, string? user = null) => new()
    {
        Authority = new AuthorityConfiguration { Name = "Ville de Saint-Exemple", PublicAddress = "https://hub.example" },
        Mail = new MailConfiguration { Host = "localhost", Port = port, Security = security, User = user, Secret = user is null ? null : "SMTP_PASSWORD", From = "commentaires@saint-exemple.fr" },
    };

    private static Task<MailOutcome> SendAsync(HubConfiguration hub, OutgoingMail mail, string? password = null, bool isTrusted = false) =>
        new MailTransport(new Secrets(new ConfigurationManager { ["SMTP_PASSWORD"] = password }), TimeProvider.System, Options.Create(new HubOptions()), NullLogger<MailTransport>.Instance)
        {
            Certificates = isTrusted ? (_, certificate, _, _) => certificate?.Subject == "CN=localhost" : null,
        }.SendAsync(hub, mail, TestContext.Current.CancellationToken);
}
