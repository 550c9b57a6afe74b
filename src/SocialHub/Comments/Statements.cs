using Azure.Data.Tables;
using SocialHub.Configuration.Settings;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>A statement of reasons as it was given, and what became of it within the period that was asked for.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Comment">Its name, which says nothing of its author.</param>
/// <param name="Statement">What was decided, on which ground, by which means.</param>
/// <param name="Outcome"><c>taken-back</c> by a moderator, <c>reversed</c> or <c>upheld</c> after an objection; null: it stands.</param>
/// <param name="OutcomeAt">When.</param>
public sealed record GivenStatement(string Site, string Comment, StatementOfReasons Statement, string? Outcome, DateTimeOffset? OutcomeAt);

/// <summary>All statements of reasons of a period, without anything of the authors: read from the short log by time, one range.</summary>
public sealed class Statements(CommentStore store)
{
    /// <summary>The longest period that is exported at once.</summary>
    public static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    /// <summary>The statements of one site, oldest first.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<GivenStatement>> OfAsync(string site, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var given = new List<GivenStatement>();
        // By comment, the refusal that stands: what becomes of it is its outcome, and of nothing that came before.
        var newest = new Dictionary<string, int>(StringComparer.Ordinal);
        // The same of refused changes: the comment itself may have been refused before, or be since.
        var changes = new Dictionary<string, int>(StringComparer.Ordinal);
        // By comment, the refusal whose objection was answered last: where that answer is taken back, its outcome is still to come.
        var answered = new Dictionary<string, int>(StringComparer.Ordinal);
        var (first, last) = (Keys.MomentsUntil(from), Keys.MomentsUntil(to));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {site} and RowKey ge {first} and RowKey lt {last} and (What eq 'rejected' or What eq 'proposal-rejected' or What eq 'published' or What eq 'kept' or What eq 'reopened' or (What eq 'edited' and (Subject eq 'objection' or Subject eq 'proposal')))");
        await foreach (var entity in store.Table.QueryAsync<TableEntity>(filter, select: Moment.Properties, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var moment = new Moment(entity);
            if (moment.What == "kept")
            {
                // Taken back, it leaves every answer to an objection where it is.
                answered.Remove(moment.Comment);
                continue;
            }

            if (Outcome(moment) is { } outcome && (moment.IsOfChange ? changes : newest).Remove(moment.Comment, out var at))
                given[at] = given[at] with { Outcome = outcome, OutcomeAt = moment.At };
            else
                at = -1;
            if (moment.What == "reopened" && answered.Remove(moment.Comment, out var before))
            {
                given[before] = given[before] with { Outcome = null, OutcomeAt = null };
                newest[moment.Comment] = before;
            }
            // What was decided last is what is taken back, a change that nobody had refused, too. One that was refused again left everything as it was; nobody can take that back.
            else if (moment.What is "published" or "rejected" or "edited")
            {
                answered.Remove(moment.Comment);
                if (moment.Subject == Moment.OfObjection && at >= 0)
                    answered[moment.Comment] = at;
            }

            if (!moment.IsRefusal)
                continue;
            // A refusal that an objection did not change is given anew, on what it rests now, and may be objected to again.
            (moment.IsOfChange ? changes : newest)[moment.Comment] = given.Count;
            given.Add(new GivenStatement(site, moment.Comment, moment.Statement, null, null));
        }

        return given;
    }

    private static string? Outcome(Moment moment) => (moment.What, moment.Subject) switch
    {
        ("reopened", _) => "taken-back",
        ("published" or "edited", Moment.OfObjection) => "reversed",
        ("rejected" or "proposal-rejected", Moment.OfObjection) => "upheld",
        _ => null,
    };
}

/// <summary>One row of the short log by time.</summary>
internal sealed class Moment
{
    public const string OfObjection = "objection";
    public const string OfReport = "report";

    private readonly TableEntity _entity;

    public Moment(TableEntity entity)
    {
        _entity = entity;
        // m.{utc}.{owner}.{seq}
        var parts = entity.RowKey.Split('.');
        At = Keys.ParseUtc(parts[1]);
        Comment = parts[2];
    }

    /// <summary>The properties that this reads.</summary>
    public static IReadOnlyList<string> Properties { get; } = ["PartitionKey", "RowKey", "What", "Why", "Who", "Round", LogMarks.Subject, LogMarks.Decision, LogMarks.Article, LogMarks.Charter, LogMarks.Found, LogMarks.OnNotice, LogMarks.Kind, LogMarks.Hearing, LogMarks.First, LogMarks.AskedUntil, LogMarks.ReportedAt];

    public DateTimeOffset At { get; }

    public string Comment { get; }

    public string What => _entity.GetString("What") ?? "";

    public string? Why => _entity.GetString("Why");

    /// <summary>What a person decided about; null: the rules decided, or a version of the hub that did not keep it.</summary>
    public string? Subject => _entity.GetString(LogMarks.Subject);

    /// <summary>Null: of a version of the hub that did not keep it.</summary>
    public int? Round => _entity.GetInt32("Round");

    public bool ByRules => Actor.IsRules(_entity.GetString("Who"), null);

    /// <summary>Of a publication: whether it is the first that counts; null: a version of the hub wrote it that did not keep it.</summary>
    public bool? IsFirst => _entity.GetBoolean(LogMarks.First);

    /// <summary>Of a comment that is held: until when its author is asked for other words; null: not asked.</summary>
    public DateTimeOffset? AskedUntil => _entity.GetDateTimeOffset(LogMarks.AskedUntil);

    /// <summary>Of what ended the reports of a comment: when the first of them came.</summary>
    public DateTimeOffset? ReportedAt => _entity.GetDateTimeOffset(LogMarks.ReportedAt);

    /// <summary>Of a report: whether it names the law.</summary>
    public bool NamesLaw => _entity.GetString(LogMarks.Kind) is { } kind && kind != nameof(NoticeKind.Charter);

    /// <summary>Of a decision about an objection: whether somebody else decided than who had refused.</summary>
    public bool ByAnother => _entity.GetString(LogMarks.Hearing) == Hearings.Word(Hearing.Another);

    /// <summary>True when it is about a change of a public text, and not about the comment.</summary>
    public bool IsOfChange => What is "edited" or "proposal-rejected";

    public bool IsRefusal => What is "rejected" or "proposal-rejected";

    public StatementOfReasons Statement => new(
        At,
        _entity.GetString(LogMarks.Decision) ?? (What == "rejected" ? StatementOfReasons.NotPublished : StatementOfReasons.ChangeRefused),
        Why ?? "charter",
        _entity.GetInt32(LogMarks.Charter) is { } version ? new CharterCitation(_entity.GetString(LogMarks.Article), version) : null,
        _entity.GetString(LogMarks.Found)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        ByRules,
        // Versions of the hub that did not keep it knew only what was decided about a report.
        _entity.GetBoolean(LogMarks.OnNotice) ?? Subject == OfReport)
    {
        IsUpheld = IsRefusal && Subject == OfObjection && _entity.GetString(LogMarks.Hearing) is { } hearing && (hearing == Hearings.Word(Hearing.Another) || hearing == Hearings.Word(Hearing.Declared)),
    };
}
