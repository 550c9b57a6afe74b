using System.Text.Json;
using System.Text.Json.Serialization;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

internal sealed record TokenBody(string? Token, string? Decision, string? Reason, string? By)
{
    /// <summary>About a debate: the choice that was shown, and that this one takes the place of.</summary>
    public string? Instead { get; init; }

    /// <summary>True: the personal data that the rules found are asked for, too.</summary>
    public bool? Reveal { get; init; }
}

/// <summary>Which of a comment's texts is asked for whole.</summary>
internal sealed record RevealBody(string? Subject);

/// <summary>
/// A decision by page, script or workflow; <paramref name="Reports"/> is how many were shown, <paramref name="By"/> the responder that a workflow names.
/// </summary>
internal sealed record DecisionBody(string? Decision, string? Subject, int? Revision, int? Round, int? Reports, string? Reason, ResponderBody? By);

internal sealed record ResponderBody(string? Id, string? Name);

internal sealed record UndoBody(int? Round, ResponderBody? By);

internal sealed record AnswerBody(string? Text);

/// <summary>Members that are not known yet are refused: a moderator who asked for one must not believe that it was done.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ThreadRuleBody(string? Site, string? Page, bool? Closed, string? Policy, bool? Held, DateTimeOffset? Until, DateTimeOffset? Closes, IReadOnlyList<string>? RejectAtOnce, ResponderBody? By);

/// <summary>
/// A decision about a debate that turned: hold, close or leave, on the turn that was shown; <paramref name="By"/> is the responder that a workflow names,
/// <paramref name="Instead"/> the choice that was shown, and that this one takes the place of.
/// </summary>
internal sealed record DebateDecisionBody(string? Decision, int? Turn, ResponderBody? By, string? Instead);

internal sealed record ParentBody(string Id, string Name, string Text);

/// <summary>
/// What became of the other comments with the code of this one's author; <paramref name="Words"/> says the same in the authority's language,
/// <paramref name="IsPart"/> is true where there are more than were counted.
/// </summary>
internal sealed record AuthorRecordBody(int Published, int Refused, int Waiting, int Withdrawn, bool? IsPart, string Words);

internal sealed record ChoiceBody(string Code, string Label);

/// <summary>Where a reader may be answered; <paramref name="Notice"/> is the place of what they said in <c>notices</c>, from 0.</summary>
internal sealed record ContactBody(int Notice, string Email, string? Name);

/// <summary>What waits, or was decided, with its whole context.</summary>
internal sealed record WaitingBody(
    string Site,
    string Id,
    string Subject,
    string State,
    string Page,
    string Title,
    string Name,
    string Text,
    string Html,
    ParentBody? Parent,
    DateTimeOffset Received,
    DateTimeOffset Since,
    int Revision,
    int Round,
    int Reports,
    IReadOnlyList<string> Notices,
    string? Objection,
    string? Why,
    string Verdict,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>What became of the author's other comments; absent where nobody has a code.</summary>
    public AuthorRecordBody? Author { get; init; }

    /// <summary>How many places of personal data are hidden in the texts of people; absent where none is.</summary>
    public int? Masked { get; init; }

    public string? Authority { get; init; }

    public IReadOnlyList<string>? Choices { get; init; }

    public IReadOnlyList<ChoiceBody>? Reasons { get; init; }

    public bool? MayAct { get; init; }

    /// <summary>For signed-in moderators alone: the addresses that readers left with their reports.</summary>
    public IReadOnlyList<ContactBody>? Contacts { get; init; }

    /// <summary>What its author wrote first, before putting it in other words; absent where that was not so.</summary>
    public string? FirstText { get; init; }

    /// <summary>Until when its author may still put it in other words; nobody needs to wait for that.</summary>
    public DateTimeOffset? RewordUntil { get; init; }

    /// <summary>Of a proposal: the text that is public today.</summary>
    public string? PublicText { get; init; }

    /// <summary>Of a proposal: public answers to that text.</summary>
    public int? Answers { get; init; }

    /// <summary>Of a proposal: those among them that the authority wrote.</summary>
    public int? OfficialAnswers { get; init; }

    /// <summary>True for an answer of the authority.</summary>
    public bool? Official { get; init; }

    /// <summary>Of an objection: the refusal that it is about.</summary>
    public ContestedBody? Contested { get; init; }

    /// <summary>Of what is decided: who did, a name or <c>rules</c>.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Of what is decided: true when the rules did; a person may have any name.</summary>
    public bool? ByRules { get; init; }

    /// <summary>Of what is decided: true when that name is what the holder of a link said, and nobody checked.</summary>
    public bool? Declared { get; init; }

    /// <summary>Of what is refused: the reason in words.</summary>
    public string? Refusal { get; init; }

    /// <summary>Of what is decided: whether it can be taken back.</summary>
    public bool? MayUndo { get; init; }
}

internal sealed record WaitingList(IReadOnlyList<WaitingBody> Items, string? Next, IReadOnlyList<ChoiceBody> Reasons);

/// <summary>What a decision made of a comment.</summary>
internal sealed record DecidedBody(string Site, string Id, string State, int Revision, int Round, string? DecidedBy, DateTimeOffset? DecidedAt, string? Undo, bool? Declared)
{
    /// <summary>Of an official answer: what the rules see in it, in words; it is public all the same.</summary>
    public IReadOnlyList<string>? Remarks { get; init; }
}

/// <summary>One step; <paramref name="Declared"/> is true when the name is what the holder of a link said, and nobody checked.</summary>
internal sealed record HistoryEntry(int Seq, DateTimeOffset At, string What, string State, string Who, bool? Declared, string? Why, int Revision, int Round)
{
    /// <summary>Of a decision about an objection: another-moderator, after-rules, declared-only (nobody can say whether another) or only-moderator (the same, for there is no other).</summary>
    public string? Hearing { get; init; }
}

internal sealed record HistoryBody(string Site, string Id, IReadOnlyList<HistoryEntry> Entries);

/// <summary>
/// The refusal that an objection is about. <paramref name="Words"/> says all of it in the authority's language, <paramref name="Answerer"/> that somebody else than
/// who refused has to answer, where the hub knows of two; <paramref name="Mine"/> is true for who refused then.
/// </summary>
internal sealed record ContestedBody(string Words, string Reason, string Label, string? Article, int? Version, string Charter, string By, bool? ByRules, bool? Declared, DateTimeOffset At, string? Answerer, bool? Mine);

/// <summary>
/// What holds for one page. <paramref name="Revision"/> is what a change sends back as If-Match, absent where nothing of it was ever settled or written;
/// <paramref name="Notice"/> is what its readers are told now, <paramref name="HoldNotice"/> what they would be told if it were held until
/// <paramref name="Morning"/>, <paramref name="ClosedNotice"/> if it were closed.
/// </summary>
internal sealed record PageRule(
    string Site,
    string SiteName,
    string Page,
    string Title,
    string? Thread,
    int? Revision,
    int Count,
    bool Closed,
    DateTimeOffset? Closes,
    DateTimeOffset? HeldUntil,
    string Policy,
    IReadOnlyList<string> RejectAtOnce,
    PageRuleOrigins Own,
    SiteRule SiteRule,
    PageFreeze? Freeze,
    string? Notice,
    DateTimeOffset Morning,
    string HoldNotice,
    string ClosedNotice,
    IReadOnlyList<PageChange> Changes);

/// <summary>Which of a page's rules the team gave it; the others are those of its site in hub.json.</summary>
internal sealed record PageRuleOrigins(bool Policy, bool RejectAtOnce, bool Closes);

/// <summary>What hub.json says of the site.</summary>
internal sealed record SiteRule(string Policy, IReadOnlyList<string> RejectAtOnce, int? CloseAfterDays, int TrustDays);

/// <summary>The team's freeze, where it lasts for this page: that goes before its own rules.</summary>
internal sealed record PageFreeze(bool Closed, DateTimeOffset? Until, string? Reason);

/// <summary>Who settled something of a page; <paramref name="What"/> is closed, closes, held, policy, released or reopened.</summary>
internal sealed record PageChange(string What, DateTimeOffset At, string Who, bool? Declared);

internal sealed record ThreadRule(string Page, bool Closed, string? Policy, int Count, int Revision, DateTimeOffset? HeldUntil, DateTimeOffset? Closes, IReadOnlyList<string>? RejectAtOnce);

internal sealed record ContactLine(string Name, string? Phone, string? When);

internal sealed record ReadyAnswer(string Title, string Text);

/// <summary>What the authority wants to have at hand.</summary>
internal sealed record PlaybookBody(IReadOnlyList<ContactLine> Call, IReadOnlyList<string> Steps, IReadOnlyList<ReadyAnswer> Answers);

/// <summary>
/// A debate that turned, or a page that is held. <paramref name="Why"/> is held, received or threat, <paramref name="Reason"/> the same in words;
/// <paramref name="Until"/> is when the page would reopen by itself if it were held now; <paramref name="Choice"/> is what was chosen at this turn.
/// </summary>
internal sealed record DebateBody(
    string Subject,
    string Site,
    string Thread,
    string Page,
    string Title,
    string State,
    string? Why,
    string? Reason,
    int Turn,
    DateTimeOffset? TurnedAt,
    int Waiting,
    DateTimeOffset Until,
    DateTimeOffset? HeldSince,
    DateTimeOffset? HeldUntil,
    string? Choice,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    bool? Declared)
{
    public string? Authority { get; init; }

    public IReadOnlyList<string>? Choices { get; init; }

    public PlaybookBody? Playbook { get; init; }

    /// <summary>Behind a link alone: the text that made the debate turn, then the newest that wait, with what is personal in them hidden.</summary>
    public IReadOnlyList<DebateText>? Texts { get; init; }
}

/// <summary>A text of a debate as whoever has nothing but a link may read it; <paramref name="Written"/> is when its author wrote it.</summary>
internal sealed record DebateText(string Id, string Subject, string State, string Name, string Text, DateTimeOffset Written, IReadOnlyList<Finding> Findings)
{
    /// <summary>What became of it, in words of the authority's language, where it waits for nobody.</summary>
    public string? Note { get; init; }
}

internal sealed record DebateList(IReadOnlyList<DebateBody> Items, PlaybookBody Playbook)
{
    /// <summary>The thread that was asked for, where it is none of <see cref="Items"/>: nothing is to be decided about its debate, and its evidence may still be taken.</summary>
    public DebateBody? Thread { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(UndoBody))]
[JsonSerializable(typeof(RevealBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(ThreadRuleBody))]
[JsonSerializable(typeof(WaitingBody))]
[JsonSerializable(typeof(WaitingList))]
[JsonSerializable(typeof(DecidedBody))]
[JsonSerializable(typeof(HistoryBody))]
[JsonSerializable(typeof(ThreadRule))]
[JsonSerializable(typeof(PageRule))]
[JsonSerializable(typeof(DebateDecisionBody))]
[JsonSerializable(typeof(DebateBody))]
[JsonSerializable(typeof(DebateList))]
internal sealed partial class ModerationWire : JsonSerializerContext;
