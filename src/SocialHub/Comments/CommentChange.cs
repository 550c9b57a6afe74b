using Azure.Data.Tables;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>
/// One transition of one comment in the making: what becomes of its row, which rows come and go with it, and how it is logged.
/// It is written whole or not at all.
/// </summary>
internal sealed class CommentChange(CommentRow comment, ThreadRow? thread, DateTimeOffset now, TimeSpan? hearsAfter)
{
    private static readonly TimeSpan AddressGoesOn = TimeSpan.FromDays(1);

    private readonly List<Row> _adds = [];
    private readonly List<string> _deletes = [];
    private readonly List<Row> _others = [];
    private readonly List<string> _owned = [.. comment.Owned];
    private readonly Dictionary<string, object?> _marks = new(StringComparer.Ordinal);
    private readonly CommentState _before = comment.State;
    private readonly bool _isToldOf = IsToldOf(comment, thread);
    private readonly bool _mayThreaten = IsToldOf(comment, thread) && DebateWatch.MayThreaten(comment);
    private string? _inLog;
    private ThreadChange? _ofThread;
    private bool _threadCounts;
    private string? _outdated;
    private TableEntity? _print;
    private bool _threadMoves;

    public CommentRow Comment { get; } = comment;

    /// <summary>Its thread, which moves with it where it has to.</summary>
    public ThreadRow Thread => thread ?? throw new InvalidOperationException("The thread was not read.");

    /// <summary>What this makes of the thread besides its counts; from then on the thread's row is written with the comment's.</summary>
    public ThreadChange OfThread => _ofThread ??= new ThreadChange(Thread, Now);

    /// <summary>The thread's own log row, where its state changes with the comment's.</summary>
    public LogRow? ThreadLog { get; set; }

    public DateTimeOffset Now { get; } = now;

    /// <summary>True while something about it is in the moderators' queue.</summary>
    public bool WaitsForPerson => _owned.Exists(key => key.StartsWith("q.", StringComparison.Ordinal));

    /// <summary>True while a first or a renewed card about it is promised and not delivered.</summary>
    public bool HasCardOnItsWay => _owned.Exists(key => key.Contains($".{DueKinds.Card}.", StringComparison.Ordinal));

    public void Add(Row row) => _adds.Add(row);

    public void Delete(string key) => _deletes.Add(key);

    /// <summary>A row of another owner that this transition depends on: it is written with it, and only as it was read.</summary>
    public void With(Row row, bool isNew)
    {
        if (isNew)
            _adds.Add(row);
        else
            _others.Add(row);
    }

    /// <summary>Adds a promise that this comment keeps.</summary>
    public DueRow Promise(string queue, string kind, DecisionSubject subject, TimeSpan after = default) => Promise(queue, kind, Word(subject), after);

    /// <summary>Puts it into the moderators' queue, with the card that tells them.</summary>
    /// <returns>The due row of that card, for a hint once it is written.</returns>
    /// <param name="subject">What is to be decided.</param>
    /// <param name="after">When they are told.</param>
    public DueRow Wait(DecisionSubject subject, TimeSpan after = default)
    {
        var key = Keys.Waiting(subject is DecisionSubject.Comment or DecisionSubject.Objection && Comment.WaitsFrom is { } since ? since : Now, Comment.Id, Word(subject));
        _adds.Add(new KeyedRow(new TableEntity(Comment.Site, key)));
        _owned.Add(key);
        return Promise(Queues.ModerationCard, DueKinds.Card, subject, after);
    }

    /// <summary>
    /// It leaves the page, or is refused no more, and waits for a person in a new round, which old links know nothing of. Only what is public has open reports;
    /// what readers said goes on being shown to whoever decides next.
    /// </summary>
    /// <param name="isObjection">True: what was decided about its author's objection is taken back, so that waits again.</param>
    /// <returns>The due row of the card, for a hint once it is written.</returns>
    public DueRow WaitAgain(bool isObjection = false)
    {
        DropAll();
        DropHearing();
        DropWaitingProposal();
        Comment.State = CommentState.Held;
        // Reported now, or before the decision that is taken back.
        Comment.HasNotices |= Comment.Reports > 0 || Comment.Decision?.StartsWith(Word(DecisionSubject.Report) + " ", StringComparison.Ordinal) == true;
        Comment.NoticesFrom ??= Comment.Round;
        Comment.Round++;
        Comment.Reports = 0;
        (Comment.Objected, Comment.ObjectionAnswered) = (isObjection, false);
        return Wait(isObjection ? DecisionSubject.Objection : DecisionSubject.Comment);
    }

    /// <summary>Its author changes it while it waits: call it before what waits is dropped. It keeps its place among what waits, and a card that is due later its time.</summary>
    public void KeepPlace()
    {
        // While the rules look at an earlier change, that one has kept it.
        if (_owned.Find(key => key.StartsWith("q.", StringComparison.Ordinal)) is not { } waiting)
            return;
        Comment.WaitsFrom = Keys.ParseUtc(waiting.Split('.')[1]);
        Comment.CardAt = _owned.Find(key => key.StartsWith("d.", StringComparison.Ordinal) && key.Contains($".{DueKinds.Card}.", StringComparison.Ordinal)) is { } card ? Keys.ParseUtc(card.Split('.')[1]) : null;
    }

    /// <summary>
    /// What the cards showed has changed: whatever waits gets a fresh one, now. One that is on its way is replaced, too, for its link will fit nothing any more.
    /// </summary>
    /// <returns>Their due rows.</returns>
    public IReadOnlyList<DueRow> RenewCards()
    {
        var subjects = _owned.Where(key => key.StartsWith("q.", StringComparison.Ordinal)).Select(key => Enum.Parse<DecisionSubject>(key[(key.LastIndexOf('.') + 1)..], ignoreCase: true)).ToList();
        var cards = new List<DueRow>();
        foreach (var subject in subjects)
        {
            Drop(subject, DueKinds.Reminder);
            Drop(subject, DueKinds.Card);
            Drop(subject, DueKinds.Mail);
            cards.Add(Promise(Queues.ModerationCard, DueKinds.Card, subject));
        }

        return cards;
    }

    /// <summary>True while a mail about it is promised and not handed over.</summary>
    public bool HasMailOnItsWay(DecisionSubject subject) => _owned.Exists(key => key.EndsWith($".{DueKinds.Mail}.{Comment.Id}.{Word(subject)}", StringComparison.Ordinal));

    /// <summary>Nothing about this subject waits or is due any more.</summary>
    public void Drop(DecisionSubject subject) => DropWhere(key => key.EndsWith("." + Word(subject), StringComparison.Ordinal));

    /// <summary>Removes the due rows of one kind.</summary>
    public void Drop(DecisionSubject subject, string kind) =>
        DropWhere(key => key.StartsWith("d.", StringComparison.Ordinal) && key.EndsWith($".{kind}.{Comment.Id}.{Word(subject)}", StringComparison.Ordinal));

    /// <summary>This promise is kept: its due row goes.</summary>
    /// <returns>False when it is not this comment's any more.</returns>
    public bool Keeps(string dueKey)
    {
        var owned = _owned.Contains(dueKey);
        DropWhere(key => key == dueKey);
        return owned;
    }

    /// <summary>Nothing at all waits or is due any more, but for what the author and its readers are to hear.</summary>
    public void DropAll() => DropWhere(key => !IsHearing(key) && !IsNotice(key));

    /// <summary>
    /// The author, who left an address, is to hear of this by mail, and of nothing that came before it. Of an answer of the authority it is whoever was answered
    /// that hears, once it is public.
    /// </summary>
    public void Hear(string what)
    {
        DropHearing();
        if (Comment.Official)
            what = what == AuthorMails.Published ? AuthorMails.Answered : "";
        if (hearsAfter is not { } after || what.Length == 0 || (Comment.Email is null && !Comment.Official))
            return;
        Promise(Queues.MailSend, DueKinds.Hear, what, after);
    }

    /// <summary>The author is to hear nothing that is not sent yet.</summary>
    public void DropHearing() => DropWhere(IsHearing);

    /// <summary>True while the author is to hear something that is not sent yet.</summary>
    public bool IsToHear => _owned.Exists(IsHearing);

    /// <summary>Readers who left an address with a report are to hear that it arrived: one promise for all of them.</summary>
    public void ConfirmNotices()
    {
        Comment.HasReachableReaders = true;
        if (hearsAfter is { } after && !_owned.Exists(key => IsNotice(key) && key.EndsWith("." + NoticeMails.Receipt, StringComparison.Ordinal)))
            Promise(Queues.MailSend, DueKinds.Notice, NoticeMails.Receipt, after);
    }

    /// <summary>They are to hear what was decided about the reports of this round and of those before it that are shown with it.</summary>
    /// <param name="from">The first of these rounds.</param>
    /// <param name="isObjection">True when it is the author's objection that was decided about: who was told nothing yet, of any round, is told, too.</param>
    public void TellNotices(int from, bool isObjection = false)
    {
        if (hearsAfter is not { } after || !Comment.HasReachableReaders)
            return;
        var row = Promise(Queues.MailSend, DueKinds.Notice, NoticeMails.Decided(Comment.Round), after);
        row.Entity[NoticeMails.FromName] = from;
        row.Entity[NoticeMails.RoundName] = Comment.Round;
        row.Entity[NoticeMails.ObjectionName] = isObjection;
    }

    /// <summary>They are to hear of no decision that is not told yet: it was taken back.</summary>
    public void DropDecidedNotices() => DropWhere(key => IsNotice(key) && !key.EndsWith("." + NoticeMails.Receipt, StringComparison.Ordinal));

    /// <summary>They are to hear nothing any more: nothing is left to be decided.</summary>
    public void DropNotices() => DropWhere(IsNotice);

    /// <summary>From now on other texts are compared with the one that the comment has now, and with no earlier one.</summary>
    public void TakeFingerprint(CommentFingerprints fingerprints)
    {
        var row = fingerprints.RowOf(Comment, Now, address: null);
        // The same letters within the hour.
        if (row.RowKey == Comment.FingerprintKey)
            return;
        _outdated = Comment.FingerprintKey;
        Comment.FingerprintKey = row.RowKey;
        _print = row;
        _adds.Add(new KeyedRow(row));
    }

    /// <summary>Removes with the transition what other texts were compared with until now; what it knew of the address goes on for a day, no longer than the rules look back.</summary>
    /// <param name="findAsync">The retention may have taken it already, and deleting what is gone would fail the whole transition.</param>
    public async Task DropOutdatedAsync(Func<string, Task<TableEntity?>> findAsync)
    {
        if (_outdated is null || await findAsync(_outdated).ConfigureAwait(false) is not { } outdated)
            return;
        _deletes.Add(_outdated);
        // Else each change would keep it for two days more, and an author who writes again and again would be known for ever.
        var made = CommentFingerprints.AddressMade(outdated);
        if (Now - made >= AddressGoesOn || outdated.GetString(CommentFingerprints.Address) is not { } address)
            return;
        _print![CommentFingerprints.Address] = address;
        _print[CommentFingerprints.AddressAt] = made;
    }

    /// <summary>The proposed text becomes the public one.</summary>
    /// <returns>Due rows of new cards: those of an open report showed the text that was.</returns>
    public IReadOnlyList<DueRow> TakeProposal(CommentFingerprints fingerprints)
    {
        Comment.Body = Comment.ProposalBody ?? Comment.Body;
        Comment.Html = Comment.ProposalHtml ?? Comment.Html;
        Comment.Revision = Comment.ProposalRevision;
        Comment.JudgedRevision = Comment.ProposalRevision;
        Comment.EditedAt = Now;
        // What the rules said goes with the text that they said it of; a change that they let pass by themselves waited for nobody.
        (Comment.Findings, Comment.FindingsTotal, Comment.Verdict) = Comment.ProposalState == ProposalState.Held
            ? (Comment.ProposalFindings, Comment.ProposalFindings.Count, Comment.ProposalVerdict)
            : ([], 0, Verdict.Publish);
        TakeFingerprint(fingerprints);
        DropProposal();
        ThreadMoves();
        return RenewCards();
    }

    /// <summary>
    /// A proposal that waits does not outlive the public text it was to replace; one that was refused stays its author's, also where an objection to that waits:
    /// nothing is left to be shown, so nobody answers it, and once the comment is back its author may object anew.
    /// </summary>
    public void DropWaitingProposal()
    {
        if (!Comment.ProposalWaits)
            return;
        // Else its author has written another text since the refusal.
        if (Comment.ProposalObjection != ChangeObjection.Waits || Comment.ProposalRefusal is null)
        {
            DropProposal();
            return;
        }

        Comment.ProposalState = ProposalState.Rejected;
        Comment.ProposalObjection = ChangeObjection.None;
        Comment.ProposalObjectedIn = null;
        Drop(DecisionSubject.Proposal);
    }

    /// <summary>Another text takes the place of what its author proposed before. An objection that nobody has answered goes on with it.</summary>
    public void ReplaceProposal(string body, string html)
    {
        var (isObjected, key, by, byId) = (Comment.IsChangeObjected, Comment.ProposalObjectedIn, Comment.ProposalRefusedBy, Comment.ProposalRefusedById);
        DropProposal();
        RaiseProposal();
        if (isObjected)
            (Comment.ProposalObjection, Comment.ProposalObjectedIn, Comment.ProposalRefusedBy, Comment.ProposalRefusedById) = (ChangeObjection.Waits, key, by, byId);
        Comment.ProposalState = ProposalState.Received;
        Comment.ProposalBody = body;
        Comment.ProposalHtml = html;
    }

    /// <summary>Its author objects to the refusal of a change: that waits again, under a number that no card and no link knows.</summary>
    /// <returns>The due row of the card, for a hint once it is written.</returns>
    public DueRow ReopenProposal(string html)
    {
        Comment.ProposalObjectedIn = Comment.ProposalRevision;
        RaiseProposal();
        Comment.ProposalObjection = ChangeObjection.Waits;
        Comment.ProposalState = ProposalState.Held;
        Comment.ProposalHtml = html;
        Comment.ProposalCardAt = Now;
        return Wait(DecisionSubject.Proposal);
    }

    /// <summary>Nothing is left of a proposal, refused or not.</summary>
    public void DropProposal()
    {
        Comment.ProposalState = ProposalState.None;
        Comment.ProposalBody = null;
        Comment.ProposalHtml = null;
        Comment.ProposalFindings = [];
        Comment.ProposalRefusal = null;
        Comment.ProposalCites = null;
        Comment.ProposalDecidedAt = null;
        (Comment.ProposalRefusedBy, Comment.ProposalRefusedById) = (null, null);
        Comment.ProposalObjection = ChangeObjection.None;
        Comment.ProposalObjectedIn = null;
        Drop(DecisionSubject.Proposal);
    }

    /// <summary>The public text stays. What was proposed is kept with the reason, so that its author learns of it and corrects the text instead of writing it again.</summary>
    public void RefuseProposal(string? reason, CharterCitation cites, Actor by)
    {
        Mark(StatementOfReasons.ChangeRefused, Comment.ProposalFindings, cites);
        Comment.ProposalState = ProposalState.Rejected;
        Comment.ProposalRefusal = reason;
        Comment.ProposalCites = cites;
        Comment.ProposalDecidedAt = Now;
        Comment.ProposalRefusedBy = by.Name;
        Comment.ProposalRefusedById = by.Id;
        // Nobody is shown it as it would have looked.
        Comment.ProposalHtml = null;
        Drop(DecisionSubject.Proposal);
        Hear(AuthorMails.ChangeRefused);
    }

    /// <summary>The comment is public; in its log stands whether it is for the first time.</summary>
    public void Publish()
    {
        Mark(LogMarks.First, Comment.CountedAt is null);
        // As the state's own time, by which a decision that is taken back knows whether it is this one.
        Comment.CountedAt ??= Now;
        Comment.State = CommentState.Published;
        Comment.PublishedAt ??= Now;
        Comment.Objected = false;
        Hear(AuthorMails.Published);
    }

    /// <summary>The comment is refused; what it is refused on is kept with it and, without its text, in its log.</summary>
    /// <param name="reason">Code of a reason.</param>
    /// <param name="cites">What is cited.</param>
    /// <param name="by">Who refuses.</param>
    /// <param name="onNotice">True when readers had reported the text.</param>
    public void Refuse(string? reason, CharterCitation cites, Actor by, bool onNotice = false)
    {
        Comment.State = CommentState.Rejected;
        Comment.Refusal = reason;
        Comment.RefusalCites = cites;
        Comment.RefusedBy = by.Name;
        Comment.RefusedById = by.Id;
        Comment.RefusedOnNotice = onNotice;
        Mark(LogMarks.OnNotice, onNotice);
        Mark(Comment.PublishedAt is null ? StatementOfReasons.NotPublished : StatementOfReasons.Removed, Comment.Findings, cites);
        Hear(AuthorMails.Refused);
    }

    /// <summary>Keeps something in the log row of this transition, and in the short one that figures are made of: nothing of a person.</summary>
    public void Mark(string name, object? value) => _marks[name] = value;

    /// <summary>Says something in the log row of this transition alone: the short one, which figures are made of, has nothing of a text.</summary>
    public void SayInLog(string why) => _inLog = why;

    /// <summary>What readers see changes without a change of state: a proposal took its place.</summary>
    public void ThreadMoves() => _threadMoves = true;

    /// <summary>The thread counts something that readers do not see.</summary>
    public void ThreadCounts() => _threadCounts = true;

    /// <summary>Makes the transaction, log rows included.</summary>
    public Transition ToTransition(TableClient table, TimeProvider timeProvider, string what, Actor who, string? why = null)
    {
        if (Comment.State != _before)
            Comment.Since = Now;
        // Once it is decided or gone, nobody needs the words that it had first, nor its place among what waits.
        if (Comment.State is not (CommentState.Received or CommentState.Held))
            (Comment.FirstBody, Comment.RewordUntil, Comment.WaitsFrom, Comment.CardAt) = (null, null, null, null);
        // The alarm was about this threat: once it waits for nobody, it keeps no later one from being told.
        if (_isToldOf && thread!.HeatOver != Comment.Id && (Comment.State is CommentState.Withdrawn or CommentState.Erased || (_mayThreaten && !DebateWatch.MayThreaten(Comment))))
        {
            thread.HeatOver = Comment.Id;
            ThreadCounts();
        }

        // How long whoever reported waited for that: the first of them, whichever way the comment left the page meanwhile.
        if (Comment is { ReportedAt: { } reported, Reports: 0, State: not (CommentState.Received or CommentState.Held) })
        {
            Mark(LogMarks.ReportedAt, reported);
            Comment.ReportedAt = null;
        }

        Comment.Seq++;
        Comment.Owned = _owned;
        var log = Logged(Comment, what, who, why, Now);
        var moment = Moment(log, Comment.Id);
        foreach (var (name, value) in _marks)
            (log.Entity[name], moment[name]) = (value, value);
        if (_inLog is not null)
            log.Entity["Why"] = _inLog;
        var transition = new Transition(table, log, timeProvider).Replace(Comment);
        Public(transition);
        foreach (var row in _adds)
            transition.Add(row);
        foreach (var row in _others)
            transition.Replace(row);
        foreach (var key in _deletes)
            transition.Delete(key);
        return transition.Add(moment);
    }

    /// <summary>The log row of a comment's newest transition.</summary>
    public static LogRow Logged(CommentRow comment, string what, Actor who, string? why, DateTimeOffset now)
    {
        var log = LogRow.New(comment.Site, comment.Id, comment.Seq, now, what, comment.State.ToString(), who.Name, who.Id, why);
        log.Entity["Revision"] = comment.Revision;
        log.Entity["Round"] = comment.Round;
        return log;
    }

    /// <summary>The same by time, for figures.</summary>
    public static TableEntity Moment(LogRow log, string id) => new(log.Partition, Keys.Moment(log.At, id, log.Seq))
    {
        ["What"] = log.What,
        ["State"] = log.State,
        ["Why"] = log.Why,
        ["Who"] = log.Who,
        ["Round"] = log.Round,
    };

    /// <summary>The word of a subject in keys.</summary>
    public static string Word(DecisionSubject subject) => subject.ToString().ToLowerInvariant();

    private void Public(Transition transition)
    {
        var difference = (Comment.State == CommentState.Published ? 1 : 0) - (_before == CommentState.Published ? 1 : 0);
        var gone = (IsGone(Comment.State) ? 1 : 0) - (IsGone(_before) ? 1 : 0);
        var isSeen = difference != 0 || _threadMoves;
        if (!isSeen && gone == 0 && !_threadCounts && _ofThread is null)
            return;
        if (thread is null)
            throw new InvalidOperationException("What readers see changes, or what the thread counts: it must move with it.");
        thread.Count += difference;
        // What went before this was counted comes back without having been taken off.
        thread.Gone = Math.Max(0, thread.Gone + gone);
        if (isSeen)
            thread.Version++;
        _ofThread?.Settle();
        transition.Replace(thread);
        _ofThread?.JoinTo(transition, ThreadLog);
    }

    // Never a number that was given before: the card of a rejected proposal must not fit the next one.
    private void RaiseProposal() => Comment.ProposalRevision = Math.Max(Comment.Revision, Comment.ProposalRevision) + 1;

    private void Mark(string decision, IReadOnlyList<Finding> findings, CharterCitation cites)
    {
        Mark(LogMarks.Decision, decision);
        Mark(LogMarks.Article, cites.Article);
        Mark(LogMarks.Charter, cites.Version);
        Mark(LogMarks.Found, StatementOfReasons.ClassesOf(findings) is { Count: > 0 } classes ? string.Join(' ', classes) : null);
    }

    private DueRow Promise(string queue, string kind, string subject, TimeSpan after)
    {
        var row = DueRow.New(Comment.Site, queue, Now + after, kind, Comment.Id, subject);
        // A row that goes or is there, and one that comes in the same millisecond, would be one key twice.
        while (_deletes.Contains(row.Key) || _owned.Contains(row.Key))
            row = DueRow.New(Comment.Site, queue, Now + (after += TimeSpan.FromMilliseconds(1)), kind, Comment.Id, subject);
        _adds.Add(row);
        _owned.Add(row.Key);
        return row;
    }

    private static bool IsToldOf(CommentRow comment, ThreadRow? thread) => thread is { Heat: DebateHeat.Threat } && thread.HeatOf == comment.Id;

    private static bool IsNotice(string key) => key.Contains($".{DueKinds.Notice}.", StringComparison.Ordinal);

    private static bool IsHearing(string key) => key.Contains($".{DueKinds.Hear}.", StringComparison.Ordinal);

    private static bool IsGone(CommentState state) => state is CommentState.Rejected or CommentState.Withdrawn or CommentState.Erased;

    private void DropWhere(Func<string, bool> goes)
    {
        foreach (var key in _owned.Where(goes).ToList())
        {
            _owned.Remove(key);
            _deletes.Add(key);
        }
    }

    /// <summary>A row that is only added: an entry of the moderators' queue, a fingerprint.</summary>
    private sealed class KeyedRow(TableEntity entity) : Row(entity);
}
