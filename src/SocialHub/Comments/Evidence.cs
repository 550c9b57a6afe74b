using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// All that is kept of a page's debate, for a complaint: each comment under whichever address of the page it was written, also what its author took back, and
/// each row of the logs with its time and the SHA-256 of what it says. The thread's log keeps who took it and the SHA-256 of the file, so that the file can be
/// shown later to be the one that was made then.
/// </summary>
public sealed class Evidence(CommentStore store, HubConfigurationSource configuration, TimeProvider timeProvider)
{
    /// <summary>In the log, before the SHA-256 of a text or a file.</summary>
    internal const string HashMark = "sha256 ";

    /// <summary>Behind all that begins so.</summary>
    internal const string BehindHashes = "sha256!";

    /// <summary>Makes the file, and notes that somebody took it.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="pageKey">Its page key.</param>
    /// <param name="by">A signed-in moderator.</param>
    /// <param name="cancellationToken">Ends it before the note.</param>
    /// <returns>JSON in UTF-8 and its SHA-256 in hexadecimal digits; 404. Nobody gets the file before the note is written.</returns>
    public async Task<Answer<(byte[] File, string Sha256)>> TakeAsync(string site, string pageKey, Actor by, CancellationToken cancellationToken)
    {
        if (!Keys.IsKey(pageKey) || await store.FindThreadAsync(site, pageKey, cancellationToken).ConfigureAwait(false) is not { } thread)
            return CommentProblems.NoSuchThread;
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var comments = await CommentsAsync(site, pageKey, cancellationToken).ConfigureAwait(false);
        var others = new List<EvidenceAddress>();
        foreach (var key in OtherKeys(thread, hub.SiteOrDefault(site)))
        {
            if (await store.FindThreadAsync(site, key, cancellationToken).ConfigureAwait(false) is not { } other)
                continue;
            comments.AddRange(await CommentsAsync(site, key, cancellationToken).ConfigureAwait(false));
            others.Add(new EvidenceAddress(key, other.Page, other.Title, await StepsAsync(site, key, cancellationToken).ConfigureAwait(false)));
        }

        var authority = hub.Authority;
        var file = JsonSerializer.SerializeToUtf8Bytes(
            new EvidenceFile(
                authority.Name, authority.PublicAddress, site, pageKey, thread.Page, thread.Title, timeProvider.GetUtcNow(), by.Name, EvidenceFile.Hashing(hub.Retention.AuditDays).In(authority.Language),
                [.. comments.OrderBy(comment => comment.Received)], await StepsAsync(site, pageKey, cancellationToken).ConfigureAwait(false), others.Count > 0 ? others : null),
            EvidenceJson.Readable.EvidenceFile);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        var noted = await store.ChangeThreadAsync(site, pageKey, change => change.Log("evidence", by, HashMark + digest), cancellationToken).ConfigureAwait(false);
        return noted.Problem is { } gone ? gone : (file, digest);
    }

    // A page that moved has a thread under each of its addresses.
    private static IEnumerable<string> OtherKeys(ThreadRow thread, SiteConfiguration site) =>
        (PageAddress.Canonical(thread.Page, site) is { Succeeded: true } page ? PageAddress.KeysOf(page.Value, site) : []).Where(key => key != thread.PageKey);

    private async Task<List<EvidenceComment>> CommentsAsync(string site, string pageKey, CancellationToken cancellationToken)
    {
        var steps = (await LogAsync(site, Keys.LogsOfThread(pageKey), cancellationToken).ConfigureAwait(false)).ToLookup(step => step.Owner, step => step.Step, StringComparer.Ordinal);
        var comments = new List<EvidenceComment>();
        await foreach (var entity in store.RangeAsync(site, Keys.CommentsOfThread(pageKey), cancellationToken).ConfigureAwait(false))
        {
            var comment = new CommentRow(entity);
            comments.Add(new EvidenceComment(
                comment.Id, comment.Parent, comment.State.ToString().ToLowerInvariant(), comment.Name, comment.Body, Sha256(comment.Body), comment.Received, comment.PublishedAt, comment.EditedAt, comment.Revision, comment.Official ? true : null,
                comment.FirstBody, comment.FirstBody is { } first ? Sha256(first) : null, comment.ProposalBody, comment.ProposalBody is { } proposed ? Sha256(proposed) : null, comment.Refusal, [.. steps[comment.Id]]));
        }

        return comments;
    }

    private async Task<IReadOnlyList<EvidenceStep>> StepsAsync(string site, string pageKey, CancellationToken cancellationToken) =>
        [.. (await LogAsync(site, Keys.LogOf(pageKey), cancellationToken).ConfigureAwait(false)).Select(step => step.Step)];

    private async Task<List<(string Owner, EvidenceStep Step)>> LogAsync(string site, (string From, string Before) range, CancellationToken cancellationToken) =>
        await store.RangeAsync(site, range, cancellationToken).Select(entity => new LogRow(entity)).Select(row =>
            (row.Key.Split('.')[1], new EvidenceStep(row.Seq, row.At, row.What, row.State.ToLowerInvariant(), row.Who, Actor.IsDeclared(row.WhoId) ? true : null, row.Why, row.Revision, row.Round, row.WriteId, Sha256(string.Join('\n', EvidenceStep.Hashed(row)))))).ToListAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Of a text in UTF-8, in hexadecimal digits.</summary>
    internal static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

internal sealed record EvidenceFile(string Authority, string Hub, string Site, string Thread, string Page, string Title, DateTimeOffset MadeAt, string MadeBy, string Hashes, IReadOnlyList<EvidenceComment> Comments, IReadOnlyList<EvidenceStep> Log, IReadOnlyList<EvidenceAddress>? OtherAddresses)
{
    public const string HowHashed = "SHA-256 in hexadecimal digits: textSha256, firstTextSha256 (of what was written first, while a person has to read what its author changed) and proposalSha256 of the text in UTF-8, as the sha256 in why of the step reworded or edited that replaced a first text, as long as the comment is not erased; a step's sha256 of seq, at (UTC, ISO 8601 with seven decimals), what, state, who, why, revision, round and writeId, parted by line feeds, in UTF-8. The log of the hub keeps the SHA-256 of this whole file.";

    /// <summary>How each hash is made, and how long another file gives the same ones.</summary>
    /// <param name="auditDays">How long the logs say who did something.</param>
    public static Wording Hashing(int auditDays) => new(
        "SHA-256 en chiffres hexadécimaux : textSha256, firstTextSha256 (de ce qui a été écrit d’abord, tant qu’une personne doit lire ce que son auteur en a fait) et proposalSha256 sont ceux du texte en UTF-8, comme le sha256 dans why de l’étape reworded ou edited qui a remplacé un premier texte, tant que le commentaire n’est pas effacé ; le sha256 d’une étape est celui de seq, at (UTC, ISO 8601 à sept décimales), what, state, who, why, revision, round et writeId, séparés par des sauts de ligne, en UTF-8. Le journal du hub garde le SHA-256 de ce fichier entier. "
        + $"Les étapes disent {auditDays} jours qui a décidé ; dans un fichier pris plus tard, who est forgotten et le sha256 de ces étapes n’est plus le même : ce fichier-ci, que son SHA-256 atteste, reste la preuve de ce qu’elles disaient.",
        HowHashed + $" The steps say for {auditDays} days who decided; in a file that is taken later, who is forgotten and the sha256 of those steps is another one: this file, to which its SHA-256 attests, stays the proof of what they said.");
}

/// <summary>The same page under another address, before or after it moved.</summary>
internal sealed record EvidenceAddress(string Thread, string Page, string Title, IReadOnlyList<EvidenceStep> Log);

internal sealed record EvidenceComment(
    string Id, string? Parent, string State, string Name, string Text, string TextSha256, DateTimeOffset Received, DateTimeOffset? Published, DateTimeOffset? Edited, int Revision, bool? Official,
    string? FirstText, string? FirstTextSha256, string? Proposal, string? ProposalSha256, string? Refusal, IReadOnlyList<EvidenceStep> Log);

internal sealed record EvidenceStep(int Seq, DateTimeOffset At, string What, string State, string Who, bool? Declared, string? Why, int Revision, int Round, string WriteId, string Sha256)
{
    /// <summary>What its hash is of.</summary>
    public static IEnumerable<string> Hashed(LogRow row) => [Text(row.Seq), row.At.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), row.What, row.State.ToLowerInvariant(), row.Who, row.Why ?? "", Text(row.Revision), Text(row.Round), row.WriteId];

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvidenceFile))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    /// <summary>For people who print it: indented, letters with accents stay letters.</summary>
    public static EvidenceJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    });
}
