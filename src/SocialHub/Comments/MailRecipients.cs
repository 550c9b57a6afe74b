using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What the hub calls a citizen whom it writes to.</summary>
/// <param name="Names">In rows; the first is used, the others were before.</param>
/// <param name="Link">In the link that ends the mails, with the proof that this hub made it.</param>
internal sealed record MailRecipient(IReadOnlyList<string> Names, string Link);

/// <summary>
/// Names of the people whom the hub writes to, in the rows of those who want no more mails and in the links that end them. An address can be guessed, so a hash
/// would give it away to whoever has the table: a name is an HMAC under a random key of the hub. That key is kept sealed (AES-GCM) under the signing key and
/// outlives each change of it, for an unsubscription and a link to object must, and a mail lies in its mailbox for years: whoever opens it with the key from before seals it
/// under the present one, too, each process at its start; health tells until that is done. One that cannot be opened, because both signing keys were changed at once, stays and counts again once they are back.
/// </summary>
public sealed partial class MailRecipients(HubStorage storage, IOptions<HubOptions> options, ILogger<MailRecipients> logger)
{
    private const int NameLength = 26;
    private const int SecretBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const string Seals = "Seals";

    private readonly byte[][] _seals = PurposeKey.Accepted(options.Value, "mail-recipient-seal");

    // Rows of an older version of the hub, which named them by the signing key itself.
    private readonly byte[][] _older = PurposeKey.Accepted(options.Value, "mail-recipient");
    private volatile IReadOnlyList<Secret>? _secrets;
    private volatile bool _isSealed;

    /// <summary>What a mailbox is called on a site, however its address is written: victim+1@ and victim+2@ are one.</summary>
    internal async Task<MailRecipient> OfAsync(string site, string email, CancellationToken cancellationToken)
    {
        var written = email.Trim().ToLowerInvariant();
        var address = Encoding.UTF8.GetBytes(written);
        var secrets = await SecretsAsync(cancellationToken).ConfigureAwait(false);
        // Older versions named people by all that was written.
        var names = new[] { Mailbox(written), written }.Distinct(StringComparer.Ordinal).SelectMany(one => secrets.Select(secret => Hash(secret.Name, [.. Encoding.UTF8.GetBytes(site), 0, .. Encoding.UTF8.GetBytes(one)]))).ToList();
        return new MailRecipient([.. names, .. _older.Select(key => Hash(key, address))], $"{names[0]}-{Proof(secrets[0], site, names[0])}");
    }

    // Without what most servers leave aside when they deliver: a detail behind a plus sign (RFC 5233), and quotes.
    private static string Mailbox(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1)
            return address;
        var local = address[..at].Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        return (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? local[..plus] : local) + address[at..];
    }

    /// <summary>Whom a link of a mail is for.</summary>
    /// <returns>The name for rows; null when no mail of this hub had such a link.</returns>
    internal async Task<string?> ProvenAsync(string site, string link, CancellationToken cancellationToken)
    {
        if (link.Length != NameLength + 1 + NameLength || link[NameLength] != '-' || !Keys.IsKey(link))
            return null;
        var (name, proof) = (link[..NameLength], Encoding.ASCII.GetBytes(link[(NameLength + 1)..]));
        // Another instance may have made one since this one read them.
        return IsOurs(await SecretsAsync(cancellationToken).ConfigureAwait(false)) || IsOurs(await ReadAsync(cancellationToken).ConfigureAwait(false)) ? name : null;

        bool IsOurs(IReadOnlyList<Secret> secrets) => secrets.Any(secret => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Proof(secret, site, name)), proof));
    }

    /// <summary>What proves that a text stood in a link of a mail of this hub that lets its reader object (<see cref="ObjectionLinks"/>).</summary>
    internal async Task<string> SignObjectionAsync(string text, CancellationToken cancellationToken) => ObjectionProof((await SecretsAsync(cancellationToken).ConfigureAwait(false))[0], text);

    /// <summary>True when <see cref="SignObjectionAsync"/> made it, under whichever signing key.</summary>
    internal async Task<bool> IsObjectionSignedAsync(string text, string proof, CancellationToken cancellationToken)
    {
        return IsOurs(await SecretsAsync(cancellationToken).ConfigureAwait(false)) || IsOurs(await ReadAsync(cancellationToken).ConfigureAwait(false));

        bool IsOurs(IReadOnlyList<Secret> secrets) => secrets.Any(secret => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ObjectionProof(secret, text)), Encoding.ASCII.GetBytes(proof)));
    }

    /// <summary>
    /// Seals under the present signing key what is sealed under the one before alone: else two changes of it without a mail in between would lose all
    /// unsubscriptions. Once a process at its start, and daily.
    /// </summary>
    internal async Task SealAnewAsync(bool isDaily, CancellationToken cancellationToken)
    {
        if (_isSealed && !isDaily)
            return;
        // Where no mail was ever sent there is nothing to keep.
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is not null)
            await ReadAsync(cancellationToken).ConfigureAwait(false);
        _isSealed = true;
    }

    /// <summary>False while PreviousSigningKey must not be taken away: something is sealed under it alone.</summary>
    internal async Task<bool> IsSealedAsync(CancellationToken cancellationToken)
    {
        var opened = SealsOf(await FindAsync(cancellationToken).ConfigureAwait(false)).Select(Open).OfType<(byte[] Secret, bool IsPresent)>();
        return opened.ToLookup(one => Convert.ToHexString(one.Secret)).All(one => one.Any(seal => seal.IsPresent));
    }

    private static List<string> SealsOf(TableEntity? row) => [.. (row?.GetString(Seals) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private async Task<TableEntity?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await storage.Limits.GetEntityIfExistsAsync<TableEntity>(Keys.RecipientsPartition, Keys.RecipientKeys, cancellationToken: cancellationToken).ConfigureAwait(false);
        return found.HasValue ? found.Value : null;
    }

    // The keys that count, made at the first mail.
    private async Task<IReadOnlyList<Secret>> SecretsAsync(CancellationToken cancellationToken) => _secrets ?? await ReadAsync(cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<Secret>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await FindAsync(cancellationToken).ConfigureAwait(false);
            var row = found ?? new TableEntity(Keys.RecipientsPartition, Keys.RecipientKeys);
            var seals = SealsOf(row);
            var before = seals.Count;
            var opened = seals.Select(Open).OfType<(byte[] Secret, bool IsPresent)>().ToLookup(one => Convert.ToHexString(one.Secret));
            var secrets = opened.Select(one => one.First().Secret).ToList();
            if (secrets.Count == 0)
            {
                if (before > 0)
                    Log.NotOpened(logger);
                secrets = [RandomNumberGenerator.GetBytes(SecretBytes)];
                seals.Add(Seal(secrets[0]));
            }

            seals.AddRange(opened.Where(one => !one.Any(seal => seal.IsPresent)).Select(one => Seal(one.First().Secret)));
            if (seals.Count > before)
            {
                row[Seals] = string.Join(' ', seals);
                try
                {
                    if (found is not null)
                        await storage.Limits.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
                    else
                        await storage.Limits.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
                }
                catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
                {
                    // Another instance was faster, or it was this one and the answer was lost: what is there counts.
                    continue;
                }
            }

            return _secrets = [.. secrets.Select(secret => new Secret(PurposeKey.Derive(Convert.ToHexString(secret), "mail-recipient-name"), PurposeKey.Derive(Convert.ToHexString(secret), "mail-recipient-link"), PurposeKey.Derive(Convert.ToHexString(secret), "objection-link")))];
        }
    }

    private string Seal(byte[] secret)
    {
        var sealedBytes = new byte[NonceBytes + SecretBytes + TagBytes];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_seals[0], TagBytes);
        cipher.Encrypt(sealedBytes.AsSpan(0, NonceBytes), secret, sealedBytes.AsSpan(NonceBytes, SecretBytes), sealedBytes.AsSpan(NonceBytes + SecretBytes));
        return Base64Url.EncodeToString(sealedBytes);
    }

    private (byte[] Secret, bool IsPresent)? Open(string seal)
    {
        if (!Base64Url.IsValid(seal, out var length) || length != NonceBytes + SecretBytes + TagBytes)
            return null;
        var bytes = Base64Url.DecodeFromChars(seal);
        foreach (var key in _seals)
        {
            var secret = new byte[SecretBytes];
            using var cipher = new AesGcm(key, TagBytes);
            try
            {
                cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, SecretBytes), bytes.AsSpan(NonceBytes + SecretBytes), secret);
                return (secret, key == _seals[0]);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Of another signing key.
            }
        }

        return null;
    }

    private static string Proof(Secret secret, string site, string name) => Hash(secret.Link, Encoding.UTF8.GetBytes($"{site} {name}"));

    private static string ObjectionProof(Secret secret, string text) => Hash(secret.Objection, Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] key, byte[] bytes) => Keys.Base32(HMACSHA256.HashData(key, bytes), NameLength);

    private sealed record Secret(byte[] Name, byte[] Link, byte[] Objection);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The key that names whom the hub writes to was sealed under signing keys that are gone; a new one is made, and nobody is known to have unsubscribed until PreviousSigningKey is one of those again.")]
        public static partial void NotOpened(ILogger logger);
    }
}
