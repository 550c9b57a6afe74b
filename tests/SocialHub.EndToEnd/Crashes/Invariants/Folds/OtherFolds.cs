using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants.Folds;

/// <summary>An owner whose table of steps says all.</summary>
internal abstract class PlainFold(params Step[] steps) : Fold
{
    protected override string? Next(TableEntity row, string what, string to, string who)
    {
        if (!steps.Any(step => step.Allows(what, State, to, who, IsPerson(who))))
            return $"{to} may not follow {State ?? "nothing"} so";
        State = to;
        return null;
    }
}

/// <summary>A thread: open, held until a time, or closed; its debate turns and calms down meanwhile.</summary>
internal sealed class ThreadFold() : PlainFold(
    new("opened", "", "Open Closed Held", "author person"),
    new("closed", "Open Closed Held", "Closed", "person clock"),
    new("reopened", "Open Closed", "Open", "person"),
    new("policy", "Open Closed Held", "=", "person"),
    new("closes", "Open Held", "=", "person"),
    new("turned", "Open Closed Held", "=", "rules"),
    new("held", "Open Held", "Held", "person"),
    new("released", "Held", "Open", "person clock"),
    new("left", "Open Held", "=", "person"),
    new("still-hot", "Open Closed", "=", "clock"),
    new("still-waiting", "Open Closed", "=", "clock"),
    new("repeated", "Open Closed Held", "=", "clock"),
    new("not-repeated", "Open Closed Held", "=", "clock"),
    new("calmed", "Open Closed", "=", "clock"),
    new("card-sent", "Open Closed Held", "=", "clock"),
    new("listed", "Open Closed Held", "=", "clock"),
    new("mailed", "Open Closed Held", "=", "clock"),
    new("mail-given-up", "Open Closed Held", "=", "clock"),
    new("mail-refused", "Open Closed Held", "=", "clock"),
    new("mail-later", "Open Closed Held", "=", "clock"),
    new("mail-instead", "Open Closed Held", "=", "clock"),
    new("evidence", "Open Closed Held", "=", "person"),
    new("name-forgotten", "Open Closed Held", "=", "clock"))
{
    public override int First => 0;

    public override void Matches(TableEntity owner)
    {
        base.Matches(owner);
        Assert.Equal(State == "Closed", owner.GetBoolean("Closed") ?? false);
        Assert.Equal(State == "Held", owner.GetDateTimeOffset("HeldUntil") is not null);
    }
}

/// <summary>What a team is told of all that waits at once.</summary>
internal sealed class DigestFold() : PlainFold(
    new("sent", "", "Digest", "clock"),
    new("sent", "Digest", "=", "clock"),
    new("nothing-sent", "", "Digest", "clock"),
    new("nothing-sent", "Digest", "=", "clock"),
    new("mail-instead", "", "Digest", "clock"),
    new("mail-instead", "Digest", "=", "clock"),
    new("mail-later", "", "Digest", "clock"),
    new("mail-later", "Digest", "=", "clock"))
{
    public override int First => 0;
}

/// <summary>An author who wants to be erased; before that there is no log.</summary>
internal sealed class AuthorFold() : PlainFold(
    new("erasing", "", "Erasing", "author"),
    new("erased", "Erasing", "Erased", "clock"))
{
    public override void Matches(TableEntity owner)
    {
        base.Matches(owner);
        Assert.NotNull(owner.GetDateTimeOffset("ErasingSince"));
        Assert.Equal(State == "Erasing", owner.GetString("DueKey") is not null);
    }
}

/// <summary>An article: what was decided when it was found stays.</summary>
internal sealed class ArticleFold() : PlainFold(
    new("found", "", "Seen Announce Ask", "rules"),
    new("changed", "Seen Announce Ask", "=", "rules"),
    new("alias", "Seen Announce Ask", "=", "rules"))
{
    public override void Matches(TableEntity owner)
    {
        base.Matches(owner);
        Assert.Equal(State, owner.GetString("Decision"));
    }
}

/// <summary>The gate of publishing: its mode.</summary>
internal sealed class GateFold() : PlainFold(
    new("mode", "", "Off DryRun On", "clock"),
    new("mode", "Off DryRun On", "Off DryRun On", "clock"),
    new("freeze", "Off DryRun On", "=", "clock"),
    new("restored", "", "Off DryRun On", "person"),
    new("restored", "Off DryRun On", "=", "person"))
{
    public override void Matches(TableEntity owner)
    {
        base.Matches(owner);
        Assert.Equal(State, owner.GetString("Mode"));
    }

    protected override string? Next(TableEntity row, string what, string to, string who) =>
        what == "mode" && to == State ? "a change of mode that changes none" : base.Next(row, what, to, who);
}

/// <summary>A setting of the team: its value is the one written last. Before the team writes one, each default that was in force may have its number.</summary>
internal sealed class SettingFold() : PlainFold(
    new("default", "", "default", "hub"),
    new("default", "default", "default", "hub"),
    new("written", "default", "written", "person"),
    new("written", "", "written", "person"),
    new("written", "written", "written", "person"))
{
    private byte[]? _json;

    public override void Matches(TableEntity owner)
    {
        Assert.Equal(Seq, Number(owner, "Version"));
        Assert.Equal(_json, owner.GetBinary("Json"));
    }

    protected override string? Next(TableEntity row, string what, string to, string who)
    {
        _json = row.GetBinary("Json");
        return base.Next(row, what, to, who);
    }
}
