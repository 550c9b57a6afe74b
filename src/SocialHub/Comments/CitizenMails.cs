using System.Globalization;
using Azure;
using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Connections.Mail;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// Mails to people who left an address with what they sent, which nobody has checked: it may be a stranger's. So whatever no person decided, receipts and what
/// the rules publish or refuse, is told to one mailbox of at most one comment or report a day and of <see cref="MostAMonth"/> in 30 days on a site, and what a
/// person of the authority decided <see cref="MostDecided"/> times a day. What somebody is owed (<see cref="MailClaim.Owed"/>) waits above that, one a day.
/// Whoever unsubscribes hears nothing on that site for <see cref="UnsubscribedFor"/>, whoever leaves that address again, unless they take it back by a link of such a mail.
/// </summary>
public sealed class CitizenMails(CommentStore store, MailRecipients recipients, MailTransport transport, TimeProvider timeProvider)
{
    /// <summary>Of as many comments and reports one address is told in a <see cref="Month"/> what no person decided.</summary>
    public const int MostAMonth = 5;

    /// <summary>Of as many decisions of persons one mailbox is told in a <see cref="Day"/>: the others are told on the next.</summary>
    public const int MostDecided = 10;

    /// <summary>Least time between the first mails about two of them.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How long they are counted.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>How long an unsubscription holds, from the newest one on: the three years for which the CNIL has whoever objects to mails be remembered at least, and no longer, for it is kept by a name of the person.</summary>
    public static readonly TimeSpan UnsubscribedFor = TimeSpan.FromDays(1096);

    /// <summary>What the log says of a mail that the server took.</summary>
    public const string Told = "told";

    /// <summary>What the log says of one that it refuses for good.</summary>
    public const string Bounced = "bounced";

    /// <summary>What the log says of one that is not to be sent, or not any more.</summary>
    public const string NotTold = "not-told";

    private const string AtName = "At";
    private const string TimesName = "Times";
    private const string DecidedName = "Decided";

    /// <summary>Ends the mails to whom a link was made for; also again, from now on.</summary>
    /// <param name="site">Of the link.</param>
    /// <param name="link">Its last part.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>False, and nothing is written, when no mail of this hub had such a link.</returns>
    public async Task<bool> UnsubscribeAsync(string site, string link, CancellationToken cancellationToken)
    {
        if (await recipients.ProvenAsync(site, link, cancellationToken).ConfigureAwait(false) is not { } name)
            return false;
        await store.Table.UpsertEntityAsync(new TableEntity(site, Keys.Unsubscribed(name)) { [AtName] = timeProvider.GetUtcNow() }, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whom a link was made for wants mails again. Nothing else brings them back before their time: whoever leaves an address may not be its owner.</summary>
    /// <param name="site">Of the link.</param>
    /// <param name="link">Its last part.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>False, and nothing is written, when no mail of this hub had such a link.</returns>
    public async Task<bool> ResumeAsync(string site, string link, CancellationToken cancellationToken)
    {
        if (await recipients.ProvenAsync(site, link, cancellationToken).ConfigureAwait(false) is not { } name)
            return false;
        await store.DeleteAsync(site, Keys.Unsubscribed(name), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether whom a link was made for has ended the mails; null when no mail of this hub had such a link.</summary>
    public async Task<bool?> HasEndedAsync(string site, string link, CancellationToken cancellationToken) =>
        await recipients.ProvenAsync(site, link, cancellationToken).ConfigureAwait(false) is { } name ? await IsUnsubscribedAsync(site, name, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Writes to one address.</summary>
    /// <param name="hub">Whose mail server.</param>
    /// <param name="site">What it is about.</param>
    /// <param name="email">As it was left.</param>
    /// <param name="about">Names the comment or the report: receipt and publication of one are counted once.</param>
    /// <param name="what">Names the event; its Message-ID is made of it.</param>
    /// <param name="claim">What of it must be told.</param>
    /// <param name="write">Subject and body, with the address of the link that ends the mails.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<CitizenMail> SendAsync(HubConfiguration hub, string site, string email, string about, string what, MailClaim claim, Func<string, (string Subject, MailBody Body)> write, CancellationToken cancellationToken)
    {
        var recipient = await recipients.OfAsync(site, email, cancellationToken).ConfigureAwait(false);
        foreach (var name in recipient.Names)
        {
            if (await IsUnsubscribedAsync(site, name, cancellationToken).ConfigureAwait(false))
                return new CitizenMail(NotTold, null, false);
        }

        if (!await AdmitAsync(site, recipient.Names[0], claim == MailClaim.Decided ? what : about, claim, cancellationToken).ConfigureAwait(false))
            return claim == MailClaim.Plain ? new CitizenMail(NotTold, null, false) : CitizenMail.Waits;
        var address = $"{hub.Authority.PublicAddress}/api/v1/sites/{site}/unsubscribe/{recipient.Link}";
        var (subject, body) = write(address);
        var outcome = await transport.SendAsync(hub, new OutgoingMail(email, what, subject, body) { Language = hub.Authority.Language, Unsubscribe = new Uri(address) }, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            { Failure: null } => new CitizenMail(Told, null, false),
            { IsFinal: true } => new CitizenMail(Bounced, outcome.Failure, outcome.ConcernsOne) { IsMailbox = outcome.IsMailbox },
            _ => new CitizenMail(null, outcome.Failure, outcome.ConcernsOne) { IsMailbox = outcome.IsMailbox },
        };
    }

    /// <summary>Tells domains apart without naming one: 32 x 32 of them.</summary>
    internal static string DomainOf(string email) => Keys.Hash(email[(email.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant(), 2);

    /// <summary>What the mailbox of an address is called on a site.</summary>
    internal async Task<string> NameAsync(string site, string email, CancellationToken cancellationToken) => (await recipients.OfAsync(site, email, cancellationToken).ConfigureAwait(false)).Names[0];

    /// <summary>The daily part: what is counted no more is forgotten.</summary>
    internal async Task ForgetAsync(string site, CancellationToken cancellationToken)
    {
        await foreach (var row in store.RangeAsync(site, Keys.AllMailed, cancellationToken).ConfigureAwait(false))
        {
            // If-Match: one that is written to at this moment is not forgotten.
            if (Counted(row, TimesName, timeProvider.GetUtcNow() - Month).Count == 0 && Counted(row, DecidedName, timeProvider.GetUtcNow() - Day).Count == 0)
                await store.DeleteUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
        }

        await foreach (var row in store.RangeAsync(site, Keys.AllUnsubscribed, cancellationToken).ConfigureAwait(false))
        {
            // If-Match: one who ends them again at this moment has ended them.
            if (IsOver(row))
                await store.DeleteUnchangedAsync(row, cancellationToken).ConfigureAwait(false);
        }
    }

    // A day's round may be late.
    private async Task<bool> IsUnsubscribedAsync(string site, string name, CancellationToken cancellationToken) =>
        await store.EntityAsync(site, Keys.Unsubscribed(name), cancellationToken).ConfigureAwait(false) is { } row && !IsOver(row);

    private bool IsOver(TableEntity row) => timeProvider.GetUtcNow() - (row.GetDateTimeOffset(AtName) ?? row.Timestamp) > UnsubscribedFor;

    // Counted before the first mail about it is sent, and once however often that is tried.
    private async Task<bool> AdmitAsync(string site, string name, string about, MailClaim claim, CancellationToken cancellationToken)
    {
        var id = Keys.Hash(about, 12);
        var (property, kept) = claim == MailClaim.Decided ? (DecidedName, Day) : (TimesName, Month);
        while (true)
        {
            var now = timeProvider.GetUtcNow();
            var row = await store.EntityAsync(site, Keys.Mailed(name), cancellationToken).ConfigureAwait(false);
            var counted = row is null ? [] : Counted(row, property, now - kept);
            if (counted.Exists(mail => mail.Id == id))
                return true;
            if (claim == MailClaim.Decided ? counted.Count >= MostDecided : (claim == MailClaim.Plain && counted.Count >= MostAMonth) || counted.Exists(mail => mail.At > now - Day))
                return false;
            counted.Add((now, id));
            var entity = row ?? new TableEntity(site, Keys.Mailed(name));
            entity[property] = string.Join(' ', counted.Select(mail => string.Create(CultureInfo.InvariantCulture, $"{Keys.Time(mail.At)}:{mail.Id}")));
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

    private static List<(DateTimeOffset At, string Id)> Counted(TableEntity row, string property, DateTimeOffset since) =>
        [.. (row.GetString(property) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(mail => mail.Split(':')).Select(mail => (At: Keys.ParseTime(mail[0]), Id: mail[1])).Where(mail => mail.At > since)];
}

/// <summary>What must be told of an event, whoever left the address.</summary>
internal enum MailClaim
{
    /// <summary>Nobody decided it, and nobody is owed it: what is above the bounds is not told.</summary>
    Plain,

    /// <summary>Nobody decided it, and the law asks for it: why the rules refused a text, that a report which names the law arrived. It waits until it may be told.</summary>
    Owed,

    /// <summary>A person of the authority decided it.</summary>
    Decided,
}

/// <summary>How a mail to a citizen ended.</summary>
/// <param name="Said">What the log says; null: it is to be tried again.</param>
/// <param name="Failure">Why the server did not take it.</param>
/// <param name="ConcernsOne">True when that is about this address alone.</param>
internal readonly record struct CitizenMail(string? Said, string? Failure, bool ConcernsOne)
{
    private const string Bound = "bound";

    /// <summary>True when the server itself says that it is this mailbox's doing: that says nothing of what it does with others.</summary>
    public bool IsMailbox { get; init; }

    /// <summary>So much was told there already that this is told later.</summary>
    public static CitizenMail Waits { get; } = new(null, Bound, true);

    /// <summary>True when it waits for its day: that is no failure, and it is not given up.</summary>
    public bool IsWaiting => Said is null && Failure == Bound;

    /// <summary>Instead of a channel, why the promise is not kept yet.</summary>
    public string Where => IsWaiting ? CardProgress.ItsDay : ConcernsOne ? CardProgress.Mailbox : TeamMails.Channel;
}
