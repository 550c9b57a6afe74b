using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants.Folds;

/// <summary>A publication: its state and how often it was sent. Once it may have left without an answer, nobody may say that it did not but a person who looked.</summary>
internal sealed class PublicationFold : Fold
{
    private static readonly Step[] Steps =
    [
        new("planned", "", "Planned", "rules person"),
        new("recomposed", "Planned", "=", "rules"),
        new("changed", "Planned", "=", "person"),
        new("approved", "Planned", "=", "person"),
        new("asked", "Planned Uncertain", "=", "clock"),
        new("card-not-taken", "Uncertain", "=", "clock"),
        new("waits", "Planned Sending Uncertain", "=", "clock"),
        new("dry-run", "Planned", "=", "clock"),
        new("account-needs-attention", "Planned", "=", "network"),
        new("cancelled", "Planned Uncertain", "Cancelled", "person"),
        new("article-gone", "Planned", "Cancelled", "rules"),
        new("account-removed", "Planned", "Cancelled", "rules"),
        new("expired", "Planned", "Expired", "clock"),
        new("killed-twice", "Planned", "Failed", "clock"),
        new("refused", "Planned Sending", "Failed", "network"),
        new("announced-by-hand", "Planned", "Published", "network"),
        new("sending", "Planned", "Sending", "clock"),
        new("sending-again", "Sending Uncertain", "Sending", "clock"),
        new("not-sent", "Sending", "Planned Sending", "network"),
        new("published", "Sending", "Published", "network"),
        new("found", "Sending Uncertain", "Published", "network"),
        new("uncertain", "Sending Uncertain", "Uncertain", "clock"),
        new("refused-after-unknown", "Sending", "Uncertain", "network"),
        new("send-again", "Uncertain", "=", "person"),
        new("confirmed", "Uncertain", "Published", "person"),
        new("retried", "Failed", "Planned", "person"),
        new("deleted", "Published", "=", "person"),
    ];

    private int _attempts;
    private bool _mayHaveLeft;

    public override void Matches(TableEntity owner)
    {
        base.Matches(owner);
        Assert.Equal((State, _attempts), (owner.GetString("State"), Number(owner, "Attempts")));
    }

    protected override string? Next(TableEntity row, string what, string to, string who)
    {
        if (!Steps.Any(step => step.Allows(what, State, to, who, IsPerson(who))))
            return $"{to} may not follow {State ?? "nothing"} so";
        // Whoever does not write the answer at once leaves a lease that ends: from then on it may have left.
        _mayHaveLeft = what is "sending-again" or "uncertain" or "refused-after-unknown" || (what == "waits" && State == "Sending") || _mayHaveLeft;
        if (_mayHaveLeft && to is not ("Sending" or "Uncertain" or "Published") && (what, State) is not ("cancelled", "Uncertain"))
            return $"{to} although it may have left";
        _attempts += what is "sending" or "sending-again" ? 1 : 0;
        State = to;
        return null;
    }
}
