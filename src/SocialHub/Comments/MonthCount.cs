using SocialHub.Moderation;

namespace SocialHub.Comments;

/// <summary>Counts one month from the short log, row by row in its order.</summary>
internal sealed class MonthCount
{
    private readonly Dictionary<string, Stack<Counted>> _byComment = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Comment, int Place), string> _reasons = [];
    private readonly HashSet<(string Comment, int Place)> _byAnother = [];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _first = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Minutes, bool ByPerson)> _delays = new(StringComparer.Ordinal);

    // By the report that came first: what is decided anew about it was decided then.
    private readonly Dictionary<(string Comment, DateTimeOffset Reported), double> _reportDelays = [];

    // Places of the first publication of a comment that an objection led to.
    private readonly HashSet<(string Comment, int Place)> _firstByObjection = [];

    // Until when an author had, or took, for other words: until then nobody is waited for.
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);
    private int _received, _published, _byRules, _changes, _withdrawn, _reports, _legal, _objections, _reversed, _upheld, _another, _expired;

    private enum Counted
    {
        Nothing,
        Published,
        Refused,
        RefusedByRules,
        Reversed,
        Upheld,
    }

    public void Add(Moment moment)
    {
        // Nothing is counted of reports that were decided so, and nothing goes when that is taken back.
        if (moment.What == "kept")
            _kept.Add(moment.Comment);
        else if (moment.What is "published" or "rejected" or "edited" or "proposal-rejected")
            _kept.Remove(moment.Comment);
        if (moment.ReportedAt is { } reported)
            _reportDelays.TryAdd((moment.Comment, reported), Math.Max(0, (moment.At - reported).TotalMinutes));
        switch (moment.What)
        {
            case "received":
                _received++;
                break;
            case "held" when moment.AskedUntil is { } until:
                _asked[moment.Comment] = until;
                break;
            case "reworded" or "sent-as-it-is":
                _asked[moment.Comment] = moment.At;
                break;
            case "published" or "rejected":
                Decide(moment);
                break;
            // What an objection did not change is not refused twice. Nobody can take it back.
            case "proposal-rejected" when moment.Subject == Moment.OfObjection:
                _upheld++;
                _another += moment.ByAnother ? 1 : 0;
                break;
            case "proposal-rejected":
                _changes++;
                break;
            case "edited" when moment.Subject == Moment.OfObjection:
                Decide(moment);
                break;
            // Taken back, a change that a person made public leaves the answer to an objection where it is.
            case "edited" when moment.Subject is not null && _byComment.TryGetValue(moment.Comment, out var decided) && decided.TryPeek(out var last) && last == Counted.Reversed:
                decided.Push(Counted.Nothing);
                break;
            case "reopened" when !_kept.Remove(moment.Comment):
                TakeBack(moment.Comment);
                break;
            case "withdrawn":
                _withdrawn++;
                break;
            case "expired":
                _expired++;
                break;
            case "reported":
                _reports++;
                _legal += moment.NamesLaw ? 1 : 0;
                break;
            case "objected" or "proposal-objected":
                _objections++;
                break;
        }
    }

    public MonthFigures ToFigures(string month)
    {
        var delays = _delays.Values.Select(delay => delay.Minutes).Order().ToList();
        var ofPeople = _delays.Values.Where(delay => delay.ByPerson).Select(delay => delay.Minutes).Order().ToList();
        var reports = _reportDelays.Values.Order().ToList();
        return new MonthFigures(
            month, _received, _published, _refused.Where(reason => reason.Value > 0).ToDictionary(StringComparer.Ordinal), _byRules, _changes, _withdrawn, _reports, _legal, _objections, _reversed, _upheld, _another,
            delays.Count, Rank(delays, 0.5), Rank(delays, 0.9), ofPeople.Count, Rank(ofPeople, 0.5), Rank(ofPeople, 0.9),
            _expired, reports.Count, Rank(reports, 0.5), Rank(reports, 0.9));
    }

    // The nearest rank: a delay that somebody really waited.
    private static int? Rank(List<double> sorted, double part) => sorted.Count == 0 ? null : (int)Math.Ceiling(sorted[(int)Math.Ceiling(part * sorted.Count) - 1]);

    private void Decide(Moment moment)
    {
        // Rows of older versions do not say of which round they are; the first of the month is taken for the first.
        if (!moment.IsOfChange && CommentId.TryParse(moment.Comment, out var id) && (moment.Round ?? 0) == 0)
            _delays.TryAdd(moment.Comment, (Math.Max(0, (moment.At - (_asked.TryGetValue(moment.Comment, out var asked) && asked <= moment.At ? asked : id.Received)).TotalMinutes), !moment.ByRules));
        if (moment is { What: "published", IsFirst: not false })
            _first.Add(moment.Comment);
        var counted = moment.Subject == Moment.OfObjection ? (moment.What == "rejected" ? Counted.Upheld : Counted.Reversed)
            : moment.What == "published" ? (!_first.Contains(moment.Comment) || WasPublished(moment.Comment) ? Counted.Nothing : Counted.Published)
            : moment.ByRules ? Counted.RefusedByRules : Counted.Refused;
        if (!_byComment.TryGetValue(moment.Comment, out var stack))
            _byComment[moment.Comment] = stack = new Stack<Counted>();
        _reasons[(moment.Comment, stack.Count)] = ReasonOf(moment);
        if (counted is Counted.Reversed or Counted.Upheld && moment.ByAnother && _byAnother.Add((moment.Comment, stack.Count)))
            _another++;
        // Of a row of an older version nobody knows whether it was public before.
        if (counted == Counted.Reversed && moment is { What: "published", IsFirst: true } && !WasPublished(moment.Comment) && _firstByObjection.Add((moment.Comment, stack.Count)))
            _published++;
        stack.Push(counted);
        Count(moment.Comment, stack.Count - 1, counted, 1);
    }

    private bool WasPublished(string comment) => _byComment.TryGetValue(comment, out var stack) && stack.Any(counted => counted is Counted.Published or Counted.Reversed);

    private static string ReasonOf(Moment moment) => RefusalReasons.Find(moment.Why)?.Code ?? "charter";

    private void TakeBack(string comment)
    {
        // Of what was decided in an earlier month nothing is counted here.
        if (!_byComment.TryGetValue(comment, out var stack) || !stack.TryPop(out var counted))
            return;
        if (_byAnother.Remove((comment, stack.Count)))
            _another--;
        if (_firstByObjection.Remove((comment, stack.Count)))
            _published--;
        Count(comment, stack.Count, counted, -1);
    }

    private void Count(string comment, int place, Counted counted, int by)
    {
        switch (counted)
        {
            case Counted.Published:
                _published += by;
                break;
            case Counted.Refused or Counted.RefusedByRules:
                var reason = _reasons[(comment, place)];
                _refused[reason] = _refused.GetValueOrDefault(reason) + by;
                _byRules += counted == Counted.RefusedByRules ? by : 0;
                break;
            case Counted.Reversed:
                _reversed += by;
                break;
            case Counted.Upheld:
                _upheld += by;
                break;
        }
    }
}
