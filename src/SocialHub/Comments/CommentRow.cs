using System.Text.Json;
using Azure.Data.Tables;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>One comment as stored: the truth about it. Only transitions (<see cref="CommentChange"/>) write it.</summary>
public sealed class CommentRow(TableEntity entity) : Row(entity)
{
    // An entity's string holds 32,768 UTF-16 characters; the findings stay well below, the most severe first.
    private const int LongestFindings = 30_000;

    public string Site => Partition;

    public string Id => Key[2..];

    /// <summary>Canonical address of its page.</summary>
    public string Page
    {
        get => Text("Page") ?? "";
        init => Set("Page", value);
    }

    public string? Parent
    {
        get => Text("Parent");
        init => Set("Parent", value);
    }

    /// <summary>0 for a comment on the page, at most 2 for an answer to an answer: where it stands while all above it are public.</summary>
    public int Depth
    {
        get => Number("Depth");
        init => Set("Depth", value);
    }

    public string Name
    {
        get => Text("Name") ?? "";
        set => Set("Name", value);
    }

    /// <summary>What the author wrote. Property <c>Body</c>: the words of an erased comment are nowhere.</summary>
    public string Body
    {
        get => Text("Body") ?? "";
        set => Set("Body", value);
    }

    /// <summary>The text rendered once per revision; safe HTML.</summary>
    public string Html
    {
        get => Text("Html") ?? "";
        set => Set("Html", value);
    }

    /// <summary>Where the author is told; never shown.</summary>
    public string? Email
    {
        get => Text("Email");
        set => Set("Email", value);
    }

    public CommentState State
    {
        get => Choice("State", CommentState.Received);
        set => Set("State", value);
    }

    /// <summary>Counts the texts it had, from 0.</summary>
    public int Revision
    {
        get => Number("Revision");
        set => Set("Revision", value);
    }

    /// <summary>Counts its passages through moderation, from 0; a link of an older round decides nothing.</summary>
    public int Round
    {
        get => Number("Round");
        set => Set("Round", value);
    }

    /// <summary>Of its newest log row.</summary>
    public int Seq
    {
        get => Number("Seq");
        set => Set("Seq", value);
    }

    public DateTimeOffset Received => Time("Received") ?? default;

    /// <summary>Since when the state is what it is.</summary>
    public DateTimeOffset Since
    {
        get => Time("Since") ?? Received;
        set => Set("Since", value);
    }

    public DateTimeOffset? PublishedAt
    {
        get => Time("PublishedAt");
        set => Set("PublishedAt", value);
    }

    /// <summary>Since when the publication stands that a month's figures count; null: none does. One that is taken back in its month is not counted there.</summary>
    public DateTimeOffset? CountedAt
    {
        get => Flag("Uncounted") ? null : Time("CountedAt") ?? PublishedAt;
        set
        {
            Set("CountedAt", value);
            Set("Uncounted", value is null);
        }
    }

    public DateTimeOffset? EditedAt
    {
        get => Time("EditedAt");
        set => Set("EditedAt", value);
    }

    /// <summary>True for an answer of the authority.</summary>
    public bool Official
    {
        get => Flag("Official");
        init => Set("Official", value);
    }

    /// <summary>Hash of the author key; gone once erased.</summary>
    public string? AuthorHash
    {
        get => Text("AuthorHash");
        set => Set("AuthorHash", value);
    }

    /// <summary>When its newest text was written, proposed or not.</summary>
    public DateTimeOffset WrittenAt
    {
        get => Time("WrittenAt") ?? Received;
        set => Set("WrittenAt", value);
    }

    /// <summary>Key of its fingerprint row.</summary>
    public string? FingerprintKey
    {
        get => Text("FingerprintKey");
        set => Set("FingerprintKey", value);
    }

    /// <summary>True when the field that people don't see was filled.</summary>
    public bool? Trapped
    {
        get => Entity.GetBoolean("Trapped");
        init => Set("Trapped", value);
    }

    /// <summary>Milliseconds from showing the form to its submission; null when not known.</summary>
    public int? WritingMilliseconds
    {
        get => Entity.GetInt32("WritingMs");
        init => Set("WritingMs", value);
    }

    /// <summary>What the rules said of the text they judged last.</summary>
    public Verdict Verdict
    {
        get => Choice("Verdict", Verdict.Hold);
        set => Set("Verdict", value);
    }

    /// <summary>Why it waits or why it was refused, in words, for moderators and the author; with new words it has no <see cref="Cause"/> until one is set.</summary>
    public string? Why
    {
        get => Text("Why");
        set
        {
            Set("Why", value);
            Set("Cause", null);
        }
    }

    /// <summary>The same where its author is told it in other words.</summary>
    public WaitCause Cause
    {
        get => Text("Cause") is null ? WaitCauses.OfOlder(Why) : Choice("Cause", WaitCause.Other);
        set => Set("Cause", value == WaitCause.Other ? null : value);
    }

    /// <summary>Until when its author was asked to put it in other words, once (<see cref="Rewording"/>), or when a text that the rules held was changed without being asked for; null: neither, or it was done in time.</summary>
    public DateTimeOffset? RewordUntil
    {
        get => Time("RewordUntil");
        set => Set("RewordUntil", value);
    }

    /// <summary>What its author wrote first, where the rules held that, it was changed, and a person still has to read it; null otherwise.</summary>
    public string? FirstBody
    {
        get => Text("FirstBody");
        set => Set("FirstBody", value);
    }

    /// <summary>Since when it waits for a person, where its author has changed it meanwhile: it keeps its place; null otherwise.</summary>
    public DateTimeOffset? WaitsFrom
    {
        get => Time("WaitsFrom");
        set => Set("WaitsFrom", value);
    }

    /// <summary>When the card was due that its author's change replaced; null: none was on its way.</summary>
    public DateTimeOffset? CardAt
    {
        get => Time("CardAt");
        set => Set("CardAt", value);
    }

    /// <summary>Code of <see cref="RefusalReasons"/> once refused.</summary>
    public string? Refusal
    {
        get => Text("Refusal");
        set => Set("Refusal", value);
    }

    /// <summary>What the refusal cites; null: not refused, or by a version of the hub that did not keep it.</summary>
    public CharterCitation? RefusalCites
    {
        get => Entity.GetInt32("RefusalCharter") is { } version ? new CharterCitation(Text("RefusalArticle"), version) : null;
        set
        {
            Set("RefusalCharter", value?.Version);
            Set("RefusalArticle", value?.Article);
        }
    }

    /// <summary>Who refused it last, also while an objection waits: somebody else is to answer that.</summary>
    public string? RefusedBy
    {
        get => Text("RefusedBy");
        set => Set("RefusedBy", value);
    }

    /// <summary>Stable id of who refused it last, when there is one.</summary>
    public string? RefusedById
    {
        get => Text("RefusedById");
        set => Set("RefusedById", value);
    }

    /// <summary>True when what refused it last was decided on notice: readers had reported the text.</summary>
    public bool RefusedOnNotice
    {
        get => Flag("RefusedOnNotice");
        set => Set("RefusedOnNotice", value ? true : null);
    }

    /// <summary>The revision that was judged last, by rules or a person; the one that is public.</summary>
    public int JudgedRevision
    {
        get => Number("JudgedRevision");
        set => Set("JudgedRevision", value);
    }

    /// <summary>True once it was erased because nobody had decided about it in time.</summary>
    public bool Expired
    {
        get => Flag("Expired");
        set => Set("Expired", value ? true : null);
    }

    /// <summary>When the oldest report came that nobody has decided about; null: there is none.</summary>
    public DateTimeOffset? ReportedAt
    {
        get => Time("ReportedAt");
        set => Set("ReportedAt", value);
    }

    /// <summary>Open reports since the last decision about them.</summary>
    public int Reports
    {
        get => Number("Reports");
        set => Set("Reports", value);
    }

    /// <summary>True once a reader left an address with a report of it, to be told what is decided.</summary>
    public bool HasReachableReaders
    {
        get => Flag("ReachableReaders");
        set => Set("ReachableReaders", value);
    }

    /// <summary>All reports ever; a link knows how many its card had seen.</summary>
    public int ReportsEver
    {
        get => Number("ReportsEver");
        set => Set("ReportsEver", value);
    }

    /// <summary>
    /// The first round whose reports are shown again while it waits, because what was decided since was taken back; null: none are.
    /// A report or an objection begins a round of its own.
    /// </summary>
    public int? NoticesFrom
    {
        get => Entity.GetInt32("NoticesFrom");
        set
        {
            Set("NoticesFrom", value);
            if (value is null)
                HasNotices = false;
        }
    }

    /// <summary>True when readers reported it in a round that <see cref="NoticesFrom"/> lets be shown again: what is decided then is decided on notice.</summary>
    public bool HasNotices
    {
        get => Flag("HasNotices");
        set => Set("HasNotices", value ? true : null);
    }

    /// <summary>How many fresh cards were asked for in the round <see cref="CardsAskedIn"/>.</summary>
    public int CardsAsked
    {
        get => Number("CardsAsked");
        set => Set("CardsAsked", value);
    }

    /// <summary>The round that <see cref="CardsAsked"/> counts in.</summary>
    public int CardsAskedIn
    {
        get => Number("CardsAskedIn");
        set => Set("CardsAskedIn", value);
    }

    /// <summary>True while the author's objection waits.</summary>
    public bool Objected
    {
        get => Flag("Objected");
        set => Set("Objected", value);
    }

    /// <summary>The round of the refusal that its author's newest objection is about; null: none was made, or by a version of the hub that did not keep it.</summary>
    public int? ObjectedIn
    {
        get => Entity.GetInt32("ObjectedIn");
        set => Set("ObjectedIn", value);
    }

    /// <summary>Who had refused what that objection is about: a decision that is taken back leaves the objection to somebody else than them.</summary>
    public string? ObjectedTo
    {
        get => Text("ObjectedTo");
        set => Set("ObjectedTo", value);
    }

    /// <summary>Stable id of <see cref="ObjectedTo"/>, when there is one.</summary>
    public string? ObjectedToId
    {
        get => Text("ObjectedToId");
        set => Set("ObjectedToId", value);
    }

    /// <summary>The revision of the refused change that it is about, where a change was objected for; null: it is about the refusal of the comment.</summary>
    public int? ObjectedChange
    {
        get => Entity.GetInt32("ObjectedChange");
        set => Set("ObjectedChange", value);
    }

    /// <summary>True while it is public or refused because that objection was answered so.</summary>
    public bool ObjectionAnswered
    {
        get => Flag("ObjectionAnswered");
        set => Set("ObjectionAnswered", value);
    }

    /// <summary>The revision whose refusal somebody else than who had refused it upheld, after its author objected; null: none was.</summary>
    public int? UpheldRevision
    {
        get => Entity.GetInt32("UpheldRevision");
        set => Set("UpheldRevision", value);
    }

    /// <summary>True when its author may object to the refusal of what they wrote last, the comment or a change of it: a text that a second person read has been heard.</summary>
    public bool MayObject => State == CommentState.Rejected ? UpheldRevision != Revision : IsChangeRefused && ProposalObjection != ChangeObjection.Upheld;

    /// <summary>True while its author has objected and nobody has answered.</summary>
    public bool IsObjectionWaiting => (Objected && State is (CommentState.Received or CommentState.Held)) || IsChangeObjected;

    /// <summary>True while something is still to be told of what its author wrote, or to be objected to: so long the address is kept.</summary>
    public bool IsToBeHeardOf => State is CommentState.Received or CommentState.Held || ProposalWaits || MayObject;

    /// <summary>True while it is public and the change of it that its author wanted is refused.</summary>
    public bool IsChangeRefused => State == CommentState.Published && ProposalState == ProposalState.Rejected;

    /// <summary>True while the author's objection to the refusal of a change waits.</summary>
    public bool IsChangeObjected => State == CommentState.Published && ProposalWaits && ProposalObjection == ChangeObjection.Waits;

    /// <summary>How many cards about it were delivered; none where the moderation page is the only channel.</summary>
    public int Cards
    {
        get => Number("Cards");
        set => Set("Cards", value);
    }

    /// <summary>The card in whose place a mail was promised last: once for each, whoever died after it.</summary>
    public string? MailedFor
    {
        get => Text("MailedFor");
        set => Set("MailedFor", value);
    }

    /// <summary>When the newest card about a change of the public text was due, or is: the next one keeps its time, or comes a while after.</summary>
    public DateTimeOffset? ProposalCardAt
    {
        get => Time("ProposalCardAt");
        set => Set("ProposalCardAt", value);
    }

    public ProposalState ProposalState
    {
        get => Choice("ProposalState", ProposalState.None);
        set
        {
            Set("ProposalState", value == ProposalState.None ? null : value);
            if (value != ProposalState.Held)
                ProposalWhy = null;
        }
    }

    /// <summary>Why the proposed text waits for a person, in words; null while it does not.</summary>
    public string? ProposalWhy
    {
        get => Text("ProposalWhy");
        set => Set("ProposalWhy", value);
    }

    /// <summary>True while a change of the public text waits for the rules or a person.</summary>
    public bool ProposalWaits => ProposalState is ProposalState.Received or ProposalState.Held;

    /// <summary>True while what the author wrote last is a change beside the public text: it waits, or was refused.</summary>
    public bool IsNewestProposed => State == CommentState.Published && ProposalState != ProposalState.None;

    /// <summary>Revision that the author's next change has to name: of the change that waits, else of the text. A refused one counts no more.</summary>
    public int ChangeableRevision => ProposalWaits ? ProposalRevision : Revision;

    /// <summary>The text that is to replace the public one, or that was refused in its place: its author's alone.</summary>
    public string? ProposalBody
    {
        get => Text("ProposalBody");
        set => Set("ProposalBody", value);
    }

    public string? ProposalHtml
    {
        get => Text("ProposalHtml");
        set => Set("ProposalHtml", value);
    }

    /// <summary>What the rules said of the proposed text.</summary>
    public Verdict ProposalVerdict
    {
        get => Choice("ProposalVerdict", Verdict.Hold);
        set => Set("ProposalVerdict", value);
    }

    /// <summary>Code of <see cref="RefusalReasons"/> once the proposal was refused.</summary>
    public string? ProposalRefusal
    {
        get => Text("ProposalRefusal");
        set => Set("ProposalRefusal", value);
    }

    /// <summary>What the refusal of the proposal cites; null: not refused, or by a version of the hub that did not keep it.</summary>
    public CharterCitation? ProposalCites
    {
        get => Entity.GetInt32("ProposalCharter") is { } version ? new CharterCitation(Text("ProposalArticle"), version) : null;
        set
        {
            Set("ProposalCharter", value?.Version);
            Set("ProposalArticle", value?.Article);
        }
    }

    /// <summary>When the proposal was refused.</summary>
    public DateTimeOffset? ProposalDecidedAt
    {
        get => Time("ProposalDecidedAt");
        set => Set("ProposalDecidedAt", value);
    }

    /// <summary>Who refused the proposal, also while an objection waits: somebody else is to answer that.</summary>
    public string? ProposalRefusedBy
    {
        get => Text("ProposalRefusedBy");
        set => Set("ProposalRefusedBy", value);
    }

    /// <summary>Stable id of who refused the proposal, when there is one.</summary>
    public string? ProposalRefusedById
    {
        get => Text("ProposalRefusedById");
        set => Set("ProposalRefusedById", value);
    }

    /// <summary>
    /// Where its author's objection to that refusal stands. It is said of one <see cref="ProposalRevision"/>, so raise that first: a version of the hub that
    /// knows of no such objection leaves it on the row beside another text.
    /// </summary>
    public ChangeObjection ProposalObjection
    {
        get => Entity.GetInt32("ProposalObjectionOf") == ProposalRevision ? Choice("ProposalObjection", ChangeObjection.None) : ChangeObjection.None;
        set
        {
            Set("ProposalObjection", value == ChangeObjection.None ? null : value);
            Set("ProposalObjectionOf", value == ChangeObjection.None ? null : ProposalRevision);
        }
    }

    /// <summary>The revision that the proposal had when its author objected; null: they have not.</summary>
    public int? ProposalObjectedIn
    {
        get => Entity.GetInt32("ProposalObjectedIn");
        set => Set("ProposalObjectedIn", value);
    }

    /// <summary>Revision that the text will have once it is public.</summary>
    public int ProposalRevision
    {
        get => Number("ProposalRevision");
        set => Set("ProposalRevision", value);
    }

    /// <summary>The newest decision of a person: what a repeated click is compared with.</summary>
    public string? DecidedBy
    {
        get => Text("DecidedBy");
        set => Set("DecidedBy", value);
    }

    /// <summary>Stable id of that person, when there is one.</summary>
    public string? DecidedById
    {
        get => Text("DecidedById");
        set => Set("DecidedById", value);
    }

    public DateTimeOffset? DecidedAt
    {
        get => Time("DecidedAt");
        set => Set("DecidedAt", value);
    }

    /// <summary>Subject, revision, round, reports and choice of that decision.</summary>
    public string? Decision
    {
        get => Text("Decision");
        set => Set("Decision", value);
    }

    /// <summary>Exact keys of the queue and due rows it owns: only its transitions add, move or remove them.</summary>
    public IReadOnlyList<string> Owned
    {
        get => Text("Owned")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        set => Set("Owned", value.Count == 0 ? null : string.Join(' ', value));
    }

    /// <summary>The most severe findings, at most 100.</summary>
    public IReadOnlyList<Finding> Findings
    {
        get => Text("Findings") is { } json ? JsonSerializer.Deserialize(json, CommentsJson.Default.IReadOnlyListFinding) ?? [] : [];
        set => Set("Findings", Serialise(value));
    }

    /// <summary>What the rules said of the proposed text.</summary>
    public IReadOnlyList<Finding> ProposalFindings
    {
        get => Text("ProposalFindings") is { } json ? JsonSerializer.Deserialize(json, CommentsJson.Default.IReadOnlyListFinding) ?? [] : [];
        set => Set("ProposalFindings", Serialise(value));
    }

    /// <summary>How many findings there were.</summary>
    public int FindingsTotal
    {
        get => Number("FindingsTotal");
        set => Set("FindingsTotal", value);
    }

    /// <summary>The row of a comment that was just accepted.</summary>
    public static CommentRow New(string site, CommentId id, DateTimeOffset at) =>
        new(new TableEntity(site, Keys.Comment(id.Value)) { ["Received"] = at, ["Since"] = at, ["State"] = nameof(CommentState.Received) });

    /// <summary>True while something about it waits for the rules or a person.</summary>
    public bool IsOpen => State is CommentState.Received or CommentState.Held || ProposalWaits || Reports > 0;

    private static string? Serialise(IReadOnlyList<Finding> findings)
    {
        for (var count = findings.Count; count > 0; count /= 2)
        {
            var json = JsonSerializer.Serialize(count == findings.Count ? findings : [.. findings.Take(count)], CommentsJson.Default.IReadOnlyListFinding);
            if (json.Length <= LongestFindings)
                return json;
        }

        return null;
    }
}
