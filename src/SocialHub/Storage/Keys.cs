using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace SocialHub.Storage;

/// <summary>
/// Every row key and partition key of the hub, each with the query it serves. Keys are <c>[a-z0-9.-]</c>, so that none of the characters
/// that Azure Tables refuses (<c>/ \ # ?</c> and controls) can occur, and a dot always parts two fields.
/// </summary>
public static class Keys
{
    // RFC 4648 base32hex in lower case: its order is the order of the numbers, so times written with it sort.
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";
    private const string DueFormat = "yyyyMMddHHmmssfff";
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>The one partition of table Publishing: an article on two sites is announced once.</summary>
    public const string PublishingPartition = "publishing";

    /// <summary>A random string of <paramref name="length"/> characters, 5 bits each.</summary>
    public static string Random(int length) => string.Create(length, 0, static (span, _) =>
    {
        Span<byte> bytes = stackalloc byte[span.Length];
        RandomNumberGenerator.Fill(bytes);
        for (var i = 0; i < span.Length; i++)
            span[i] = Alphabet[bytes[i] & 31];
    });

    /// <summary>A hash of any text as a key part: base32 of SHA-256, cut to <paramref name="length"/> characters (at most 51).</summary>
    public static string Hash(string text, int length = 26) => Hash(Encoding.UTF8.GetBytes(text), length);

    /// <inheritdoc cref="Hash(string, int)"/>
    public static string Hash(ReadOnlySpan<byte> bytes, int length = 26)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Base32(digest, length);
    }

    /// <summary>Bytes as base32hex, cut to <paramref name="length"/> characters.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, bytes.Length * 8 / 5);
        return string.Create(length, new BigInteger(bytes, isUnsigned: true, isBigEndian: true) >> ((bytes.Length * 8) - (length * 5)), static (span, number) =>
        {
            for (var i = span.Length - 1; i >= 0; i--, number >>= 5)
                span[i] = Alphabet[(int)(number & 31)];
        });
    }

    /// <summary>Milliseconds since 1970 in 9 characters (45 bits: until the year 3084) that sort by time.</summary>
    public static string Time(DateTimeOffset at) => string.Create(9, at.ToUnixTimeMilliseconds(), static (span, value) =>
    {
        for (var i = span.Length - 1; i >= 0; i--, value >>= 5)
            span[i] = Alphabet[(int)(value & 31)];
    });

    /// <summary>Inverse of <see cref="Time"/>.</summary>
    /// <exception cref="FormatException">A character is outside the alphabet.</exception>
    public static DateTimeOffset ParseTime(ReadOnlySpan<char> text)
    {
        long value = 0;
        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                throw new FormatException("Not a time key.");
            value = (value << 5) | (long)digit;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(value);
    }

    /// <summary>True for 1 to 1,024 characters of <c>[a-z0-9.-]</c>: what may reach a table from outside.</summary>
    public static bool IsKey(string? text) => text is { Length: > 0 and <= 1024 } && !text.AsSpan().ContainsAnyExcept(KeyCharacters);

    /// <summary>UTC to the millisecond, sortable, 17 digits.</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString(DueFormat, CultureInfo.InvariantCulture);

    /// <summary>Inverse of <see cref="Utc"/>.</summary>
    public static DateTimeOffset ParseUtc(string text) => DateTimeOffset.ParseExact(text, DueFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Table Comments: the thread of one page. Serves the page view and the counts, by point read.</summary>
    public static string Thread(string pageKey) => $"t.{pageKey}";

    /// <summary><c>T</c>: the key of a canonical page address, 12 characters.</summary>
    public static string Page(string canonicalAddress) => Hash(canonicalAddress, 12);

    /// <summary>Table Comments: a thread that somebody has to look at, because its debate turned or all of it is held; all of them by one range.</summary>
    public static string Watched(string pageKey) => $"w.{pageKey}";

    /// <summary>The range of a site's threads that somebody has to look at.</summary>
    public static (string From, string Before) AllWatched { get; } = ("w.", "w/");

    /// <summary>The range of what waits since a moment or later.</summary>
    public static (string From, string Before) WaitingSince(DateTimeOffset since) => ($"q.{Utc(since)}", "q/");

    /// <summary>Table Comments: one comment, by point read; all of a thread sorted by date, by one range.</summary>
    public static string Comment(string commentId) => $"c.{commentId}";

    /// <summary>The range of a thread's comments.</summary>
    public static (string From, string Before) CommentsOfThread(string pageKey) => ($"c.{pageKey}-", $"c.{pageKey}.");

    /// <summary>Table Comments: what an Idempotency-Key already made.</summary>
    public static string Idempotency(string key) => $"i.{Hash(key)}";

    /// <summary>Table Comments: one author key (its hash); owns the due row of that author's erasure.</summary>
    public static string Author(string authorKeyHash) => $"a.{authorKeyHash}";

    /// <summary>Table Comments: an author's comments, export and erasure, by one range.</summary>
    public static string AuthorComment(string authorKeyHash, string commentId) => $"a.{authorKeyHash}.{commentId}";

    /// <summary>The range of an author's comments.</summary>
    public static (string From, string Before) CommentsOfAuthor(string authorKeyHash) => ($"a.{authorKeyHash}.", $"a.{authorKeyHash}/");

    /// <summary>Table Comments: what waits for a moderator, oldest first, by one range.</summary>
    public static string Waiting(DateTimeOffset since, string commentId, string subject) => $"q.{Utc(since)}.{commentId}.{subject}";

    /// <summary>
    /// Table Comments: one report per reporter and round of the comment. The row lives as long as the comment, the reporter's hash three days: so the hash is
    /// the key of an HMAC, which finds the same reader's repeat and, once the hash is forgotten, links no two rows of a household, not even for whoever has all our secrets.
    /// </summary>
    public static string Report(string commentId, int round, string reporterHash)
    {
        var of = string.Create(CultureInfo.InvariantCulture, $"{commentId}.{round}");
        return $"r.{of}.{Base32(HMACSHA256.HashData(Encoding.UTF8.GetBytes(reporterHash), Encoding.UTF8.GetBytes(of)), 26)}";
    }

    /// <summary>The range of a comment's reports.</summary>
    public static (string From, string Before) ReportsOf(string commentId) => ($"r.{commentId}.", $"r.{commentId}/");

    /// <summary>The range of all reports of a site.</summary>
    public static (string From, string Before) AllReports { get; } = ("r.", "r/");

    /// <summary>The range of a comment's objections.</summary>
    public static (string From, string Before) ObjectionsOf(string commentId) => ($"o.{commentId}.", $"o.{commentId}/");

    /// <summary>The range of a site's moderation queue that begins behind a key of it.</summary>
    public static (string From, string Before) WaitingAfter(string? key) => (key is null ? "q." : key + ".", "q/");

    /// <summary>Table Comments: one objection per refusal.</summary>
    public static string Objection(string commentId, int round) => string.Create(CultureInfo.InvariantCulture, $"o.{commentId}.{round:D4}");

    /// <summary>
    /// Table Comments: one objection per refused change of a public text, by the revision that the change had. A version of the hub that knows of none erases it
    /// with the others, and reads the last part as the number of a round: this one is no comment's.
    /// </summary>
    public static string ObjectionToChange(string commentId, int revision) => string.Create(CultureInfo.InvariantCulture, $"o.{commentId}.change.-{revision:D4}");

    /// <summary>Table Comments: fingerprints of the texts of one hour, one for each comment; flood and duplicate rules read one range.</summary>
    public static string Fingerprint(DateTimeOffset hour, string fingerprint, string commentId) => $"s.{hour.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}.{fingerprint}.{commentId}";

    /// <summary>Where the fingerprints of an hour begin.</summary>
    public static string FingerprintsFrom(DateTimeOffset hour) => $"s.{hour.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}";

    /// <summary>One transition of one owner: its history, and the proof that a write was ours. Never overwritten, no gap in <paramref name="seq"/>.</summary>
    public static string Log(string ownerId, int seq) => string.Create(CultureInfo.InvariantCulture, $"l.{ownerId}.{seq:D6}");

    /// <summary>The range of one owner's log.</summary>
    public static (string From, string Before) LogOf(string ownerId) => ($"l.{ownerId}.", $"l.{ownerId}/");

    /// <summary>The same from one of its transitions on.</summary>
    public static (string From, string Before) LogFrom(string ownerId, int seq) => (Log(ownerId, seq), $"l.{ownerId}/");

    /// <summary>The range of the logs of all comments of a thread.</summary>
    public static (string From, string Before) LogsOfThread(string pageKey) => ($"l.{pageKey}-", $"l.{pageKey}.");

    /// <summary>The same transition by time, short and without text: figures and the calendar read one range.</summary>
    public static string Moment(DateTimeOffset at, string ownerId, int seq) => string.Create(CultureInfo.InvariantCulture, $"m.{Utc(at)}.{ownerId}.{seq:D6}");

    /// <summary>Where the moments from <paramref name="at"/> on begin, and those before it end: what was decided lately is one range.</summary>
    public static string MomentsUntil(DateTimeOffset at) => $"m.{Utc(at)}";

    /// <summary>The range of all moments.</summary>
    public static (string From, string Before) AllMoments { get; } = ("m.", "m/");

    /// <summary>Table Comments: the public counts of one month that is over, <c>yyyy-MM</c>.</summary>
    public static string Month(string month) => $"y.{month}";

    /// <summary>The range of the stored months from one on.</summary>
    public static (string From, string Before) MonthsFrom(string month) => ($"y.{month}", "y/");

    /// <summary>A stored promise: due work is one range up to now.</summary>
    /// <param name="due">When it becomes due.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="owner">Whose promise it is.</param>
    /// <param name="subject">Which of the owner's, when it has several.</param>
    public static string Due(DateTimeOffset due, string kind, string owner, string subject = "-") => $"d.{Utc(due)}.{kind}.{owner}.{subject}";

    /// <summary>The range of rows due at <paramref name="now"/>.</summary>
    public static (string From, string Before) DueBy(DateTimeOffset now) => ("d.", $"d.{Utc(now.AddMilliseconds(1))}");

    /// <summary>Table Comments: an erasure, applied again after a restore.</summary>
    public static string Erasure(string commentId) => $"x.{commentId}";

    /// <summary>Table Publishing: the state of discovery in one article feed.</summary>
    public static string ArticleFeed(string address) => $"f.{Hash(address)}";

    /// <summary>Table Publishing: the same article by any of its identities.</summary>
    public static string ArticleIdentity(string identity) => $"k.{Hash(identity)}";

    /// <summary>Table Publishing: one article.</summary>
    public static string Article(string articleId) => $"a.{articleId}";

    /// <summary>Table Publishing: one publication.</summary>
    public static string Publication(string publicationId) => $"p.{publicationId}";

    /// <summary>Table Publishing: a record key of a network is taken once.</summary>
    public static string RecordKey(string account, string recordKey) => $"u.{account}.{recordKey}";

    /// <summary>Table Publishing: what may be sent now.</summary>
    public const string PublishingGate = "g";

    /// <summary>Table Publishing: pacing and health of one account.</summary>
    public static string PublishingAccount(string account) => $"n.{account}";

    /// <summary>Table Posts: the state of one source (its partition).</summary>
    public const string SourceState = "s";

    /// <summary>Table Posts: one post of a source.</summary>
    public static string Post(string nativeId) => $"p.{Hash(nativeId)}";

    /// <summary>Table Feeds: the version of a feed's choices.</summary>
    public const string FeedVersion = "v";

    /// <summary>Table Feeds: a hidden post.</summary>
    public static string Hidden(string postKey) => $"h.{postKey}";

    /// <summary>Table Feeds: a pinned post.</summary>
    public static string Pinned(string postKey) => $"n.{postKey}";

    /// <summary>Table Settings: the partition of what the team edits; its few rows are read by one range.</summary>
    public const string SettingsPartition = "settings";

    /// <summary>Table Settings: one setting of the team as it is now.</summary>
    public static string Setting(string name) => $"s.{name}";

    /// <summary>Table Settings: the number of a default that was in force, by the hash of its text.</summary>
    public static string DefaultSetting(string name, string hash) => $"s.{name}.{hash}";

    /// <summary>The range of what has a number of one setting: the setting itself and its defaults.</summary>
    public static (string From, string Before) NumbersOf(string name) => ($"s.{name}", $"s.{name}/");

    /// <summary>Table Comments: somebody who wants no more mails, by a keyed hash of the address.</summary>
    public static string Unsubscribed(string recipient) => $"n.{recipient}";

    /// <summary>The range of all who want no more mails.</summary>
    public static (string From, string Before) AllUnsubscribed { get; } = ("n.", "n/");

    /// <summary>Table Comments: when somebody was written to lately that no person decided, by a keyed hash of the address.</summary>
    public static string Mailed(string recipient) => $"h.{recipient}";

    /// <summary>The range of all that was written lately.</summary>
    public static (string From, string Before) AllMailed { get; } = ("h.", "h/");

    /// <summary>Table Limits: the partition of what names people whom the hub writes to; it sorts behind every day.</summary>
    public const string RecipientsPartition = "recipients";

    /// <summary>Table Limits: the sealed keys of those names.</summary>
    public const string RecipientKeys = "keys";

    /// <summary>Table Comments: what a site's team is told of all that waits at once, by point read; owns its due rows.</summary>
    public const string Digest = "g.digest";

    /// <summary>Table Comments: how far the log of a site's exports goes, by point read.</summary>
    public const string Exports = "g.exports";

    /// <summary>The range of all settings.</summary>
    public static (string From, string Before) AllSettings { get; } = ("s.", "s/");

    /// <summary>Table Settings: the partition of what the hub notes about itself.</summary>
    public const string OperationsPartition = "operations";

    /// <summary>Table Settings: when the timer last ran.</summary>
    public const string LastTick = "tick";
}
