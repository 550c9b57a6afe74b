using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants.Folds;

/// <summary>A comment: its state, revision and round, its proposal, reports, objection and cards.</summary>
internal sealed class CommentFold : Fold
{
    private const string Lives = "Received Held Published Rejected";

    private static readonly Step[] Steps =
    [
        new("received", "", "Received", "author"),
        new("answered", "", "Published", "person"),
        new("held", "Received", "Held", "rules"),
        new("published", "Received", "Published", "rules"),
        new("rejected", "Received", "Rejected", "rules"),
        new("published", "Held", "Published", "person"),
        new("rejected", "Held Published", "Rejected", "person"),
        new("edited", "Received Held", "Received", "author"),
        new("reworded", "Held", "Received", "author"),
        new("sent-as-it-is", "Held", "=", "author"),
        new("proposed", "Published", "=", "author"),
        new("proposal-held", "Published", "=", "rules"),
        new("edited", "Published", "=", "rules person"),
        new("proposal-rejected", "Published", "=", "person"),
        new("proposal-objected", "Published", "=", "author"),
        new("reported", "Published", "=", "reader"),
        new("kept", "Published", "=", "person"),
        new("objected", "Rejected", "Held", "author"),
        new("reopened", "Published Rejected", "Held", "person"),
        new("card-sent", "Held Published", "=", "clock"),
        new("reminded", "Held Published", "=", "clock"),
        new("listed", "Held Published", "=", "clock"),
        new("in-digest", "Held Published", "=", "clock"),
        new("mailed", "Held Published", "=", "clock"),
        new("mail-instead", "Held Published", "=", "clock"),
        new("mail-given-up", "Held Published", "=", "clock"),
        new("mail-refused", "Held Published", "=", "clock"),
        new("mail-later", "Held Published", "=", "clock"),
        new("told", Lives + " Erased", "=", "clock"),
        new("not-told", Lives + " Erased", "=", "clock"),
        new("bounced", Lives + " Erased", "=", "clock"),
        new("card-asked", "Held Published", "=", "person"),
        new("revealed", Lives, "=", "person"),
        new("withdrawn", Lives, "Withdrawn", "author"),
        new("erased", Lives + " Withdrawn", "Erased", "author person clock"),
        new("expired", "Received Held", "Erased", "clock"),
        new("proposal-forgotten", Lives, "=", "clock"),
        new("rest-erased", "Withdrawn Erased", "=", "clock"),
        new("email-forgotten", Lives + " Withdrawn Erased", "=", "author person clock"),
        new("name-forgotten", "Published Withdrawn Erased", "=", "clock"),
    ];

    private int _revision;
    private int _round;
    private string _proposal = "None";
    private string? _refusal;
    private int _proposed;
    private int _reports;
    private int _reportsEver;
    private bool _objected;
    private bool _answered;
    private bool _changeObjected;
    private int _cards;

    public override int First => 0;

    public override void Matches(TableEntity owner)
    {
        base.Matches(owner);
        Assert.Equal(
            (State, _revision, _round, _proposal, _refusal, _proposed, _reports, _reportsEver, _objected, _cards),
            (owner.GetString("State"), Number(owner, "Revision"), Number(owner, "Round"), owner.GetString("ProposalState") ?? "None", owner.GetString("ProposalRefusal"), Number(owner, "ProposalRevision"), Number(owner, "Reports"), Number(owner, "ReportsEver"), owner.GetBoolean("Objected") ?? false, Number(owner, "Cards")));
    }

    protected override string? Next(TableEntity row, string what, string to, string who)
    {
        if (!Steps.Any(step => step.Allows(what, State, to, who, IsPerson(who))))
            return $"{to} may not follow {State ?? "nothing"} so";
        if (Refusal(what) is { } wrong)
            return wrong;
        var wasPublic = State == "Published";
        switch (what)
        {
            case "edited" when wasPublic:
                (_revision, _proposal, _answered, _changeObjected) = (_proposed, "None", _answered || _changeObjected, false);
                break;
            case "edited" or "reworded":
                (_revision, _proposal) = (_revision + 1, "None");
                break;
            case "proposed":
                (_proposal, _proposed, _refusal) = ("Received", Math.Max(_revision, _proposed) + 1, null);
                break;
            case "proposal-objected":
                (_proposal, _proposed, _changeObjected) = ("Held", Math.Max(_revision, _proposed) + 1, true);
                break;
            case "proposal-held":
                _proposal = "Held";
                break;
            case "proposal-rejected":
                (_proposal, _refusal, _changeObjected) = ("Rejected", row.GetString("Why"), false);
                break;
            case "proposal-forgotten":
                _proposal = "None";
                break;
            case "reported":
                (_round, _reports, _reportsEver) = (_round + (_reports == 0 ? 1 : 0), _reports + 1, _reportsEver + 1);
                break;
            case "kept":
                (_reports, _answered) = (0, false);
                break;
            case "objected":
                (_round, _objected) = (_round + 1, true);
                break;
            case "reopened":
                // What was taken back may have been the answer to an objection, which waits again then.
                (_round, _objected, _answered) = (_round + 1, _answered, false);
                break;
            case "card-sent" or "reminded":
                _cards++;
                break;
            case "published" or "rejected":
                (_objected, _answered) = (false, _objected);
                break;
        }

        // What waits goes with the public text; what was refused is its author's, with the reason, until that comment goes, also where they object to it.
        if (to != "Published")
            (_proposal, _reports, _changeObjected) = (_proposal == "Rejected" || (_changeObjected && _refusal is not null) ? "Rejected" : "None", 0, false);
        if (to is "Withdrawn" or "Erased")
            (_objected, _proposal) = (false, "None");
        if (_proposal != "Rejected" && !_changeObjected)
            _refusal = null;
        State = to;
        return (Number(row, "Revision"), Number(row, "Round")) == (_revision, _round) ? null : $"revision {Number(row, "Revision")} and round {Number(row, "Round")} where {_revision} and {_round} follow";
    }

    // What the state alone does not say.
    private string? Refusal(string what) => what switch
    {
        "proposal-held" when _proposal != "Received" => "no proposal was there to be judged",
        "edited" when State == "Published" && _proposal is not ("Received" or "Held") => "no proposal was there to be taken",
        "proposal-rejected" when _proposal != "Held" => "no proposal waited",
        "proposal-objected" when _proposal != "Rejected" => "no proposal had been refused",
        "proposal-forgotten" when _proposal != "Rejected" => "no proposal had been refused",
        "kept" when _reports == 0 => "no report was open",
        "rejected" when State == "Published" && _reports == 0 => "a public comment is refused only after a report",
        "published" or "rejected" when State == "Received" && _round > 0 => "a person had decided before",
        "card-sent" or "reminded" or "listed" or "card-asked" when State == "Published" && _proposal != "Held" && _reports == 0 => "nothing waited for a person",
        _ => null,
    };
}
