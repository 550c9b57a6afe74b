using System.Globalization;
using Azure;
using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Connections.Mail;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Mails to people who left an address with what they sent, which nobody has checked: it may be a stranger's. So whatever no person decided, receipts and what
/// the rules publish or refuse, is told to one address of at most one comment or report a day and of <see cref="MostAMonth"/> in 30 days on a site; what a
/// person of the authority decided is told always. Whoever unsubscribes hears nothing more on that site.
/// </summary>
public sealed class CitizenMails(CommentStore store, MailRecipients recipients, MailTransport transport, TimeProvider timeProvider)
{
    /// <summary>Of as many comments and reports one address is told in a <see cref="Month"/> what no person decided.</summary>
    public const int MostAMonth = 5;

    /// <summary>Least time between the first mails about two of them.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How long they are counted.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>What the log says of a mail that the server took.</summary>
    public const string Told = "told";

    /// <summary>What the log says of one that it refuses for good.</summary>
    public const string Bounced = "bounced";

    /// <summary>What the log says of one that is not to be sent, or not any more.</summary>
    public const string NotTold = "not-told";

    private const string TimesName = "Times";

    /// <summary>Ends the mails to whom a link was made for; also again.</summary>
    /// <param name="site">Of the link.</param>
    /// <param name="link">Its last part.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>False, and nothing is written, when no mail of this hub had such a link.</returns>
    public async Task<bool> UnsubscribeAsync(string site, string link, CancellationToken cancellationToken)
    {
        if (await recipients.ProvenAsync(site, link, cancellationToken).ConfigureAwait(false) is not { } name)
            return false;
        await store.TryAddAsync(new CitizenRow(new TableEntity(site, Keys.Unsubscribed(name)) { ["At"] = timeProvider.GetUtcNow() }), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>True when a mail of this hub had such a link.</summary>
    public async Task<bool> IsLinkAsync(string site, string link, CancellationToken cancellationToken) => await recipients.ProvenAsync(site, link, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Writes to one address.</summary>
    /// <param name="hub">Whose mail server.</param>
    /// <param name="site">What it is about.</param>
    /// <param name="email">As it was left.</param>
    /// <param name="about">Names the comment or the report: receipt and publication of one are counted once.</param>
    /// <param name="what">Names the event; its Message-ID is made of it.</param>
    /// <param name="isOfPerson">True when a person of the authority decided what it tells.</param>
    /// <param name="write">Subject and body, with the address of the link that ends the mails.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<CitizenMail> SendAsync(HubConfiguration hub, string site, string email, string about, string what, bool isOfPerson, Func<string, (string Subject, MailBody Body)> write, CancellationToken cancellationToken)
    {
        var recipient = await recipients.OfAsync(site, email, cancellationToken).ConfigureAwait(false);
        foreach (var name in recipient.Names)
        {
            if (await store.EntityAsync(site, Keys.Unsubscribed(name), cancellationToken).ConfigureAwait(false) is not null)
                return new CitizenMail(NotTold, null, false);
        }

        if (!isOfPerson && !await AdmitAsync(site, recipient.Names[0], about, cancellationToken).ConfigureAwait(false))
            return new CitizenMail(NotTold, null, false);
        var address = $"{hub.Authority.PublicAddress}/api/v1/sites/{site}/unsubscribe/{recipient.Link}";
        var (subject, body) = write(address);
        var outcome = await transport.SendAsync(hub, new OutgoingMail(email, what, subject, body) { Language = hub.Authority.Language, Unsubscribe = new Uri(address) }, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            { Failure: null } => new CitizenMail(Told, null, false),
            { IsFinal: true } => new CitizenMail(Bounced, outcome.Failure, outcome.ConcernsOne),
            _ => new CitizenMail(null, outcome.Failure, outcome.ConcernsOne),
        };
    }

    /// <summary>The daily part: what is counted no more is forgotten.</summary>
    internal async Task ForgetAsync(string site, CancellationToken cancellationToken)
    {
        await foreach (var row in store.RangeAsync(site, Keys.AllMailed, cancellationToken).ConfigureAwait(false))
        {
            // If-Match: one that is written to at this moment is not forgotten.
            if (Counted(row, timeProvider.GetUtcNow()).Count == 0)
                await store.DeleteUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
        }
    }

    // Counted before the first mail about it is sent, and once however often that is tried.
    private async Task<bool> AdmitAsync(string site, string name, string about, CancellationToken cancellationToken)
    {
        var id = Keys.Hash(about, 12);
        while (true)
        {
            var now = timeProvider.GetUtcNow();
            var row = await store.EntityAsync(site, Keys.Mailed(name), cancellationToken).ConfigureAwait(false);
            var counted = row is null ? [] : Counted(row, now);
            if (counted.Exists(mail => mail.Id == id))
                return true;
            if (counted.Count >= MostAMonth || counted.Exists(mail => mail.At > now - Day))
                return false;
            counted.Add((now, id));
            var entity = row ?? new TableEntity(site, Keys.Mailed(name));
            entity[TimesName] = string.Join(' ', counted.Select(mail => string.Create(CultureInfo.InvariantCulture, $"{Keys.Time(mail.At)}:{mail.Id}")));
            try
            {
                if (row is null)
                    await store.Table.AddEntityAsync(entity, cancellationToken).ConfigureAwait(false);
                else
                    await store.Table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
            {
                // Another mail to the same address at the same time: count again.
            }
        }
    }

    private static List<(DateTimeOffset At, string Id)> Counted(TableEntity row, DateTimeOffset now) =>
        [.. (row.GetString(TimesName) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(mail => mail.Split(':')).Select(mail => (At: Keys.ParseTime(mail[0]), Id: mail[1])).Where(mail => mail.At > now - Month)];

    private sealed class CitizenRow(TableEntity entity) : Row(entity);
}

/// <summary>How a mail to a citizen ended.</summary>
/// <param name="Said">What the log says; null: it is to be tried again.</param>
/// <param name="Failure">Why the server did not take it.</param>
/// <param name="ConcernsOne">True when that is about this address alone.</param>
internal readonly record struct CitizenMail(string? Said, string? Failure, bool ConcernsOne);
