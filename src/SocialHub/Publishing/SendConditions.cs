using SocialHub.Configuration;

namespace SocialHub.Publishing;

/// <summary>What keeps a publication from leaving now.</summary>
/// <param name="Code">Word of the log; empty: nothing keeps it.</param>
/// <param name="Until">When to ask again.</param>
internal sealed record Hindrance(string Code, DateTimeOffset Until)
{
    public const string Expired = "expired";
    public const string Off = "off";
    public const string DryRun = "dry-run";
    public const string PlannedBeforeMode = "planned-before-switching-on";
    public const string Frozen = "frozen";
    public const string Approval = "awaiting-approval";
    public const string NotYet = "not-yet";
    public const string Quiet = "quiet-hours";
    public const string Pace = "pace";
    public const string Busy = "account-busy";
    public const string RateLimit = "rate-limit";
    public const string Refused = "account-refused";
}

/// <summary>Every condition under which a publication may leave, asked just before it would. Pure: what it needs is handed in.</summary>
/// <param name="Now">UTC.</param>
/// <param name="Span">The checks cover now to now + this: half the lease, within which the POST ends.</param>
/// <param name="Quiet">By the authority's clock.</param>
/// <param name="Pace">Least time between two posts of one account.</param>
/// <param name="Mode">Of this process; the gate has to say the same.</param>
/// <param name="Poll">How soon to ask again where nobody knows when it ends.</param>
/// <param name="Rest">How long an account that its network refused is left alone.</param>
internal sealed record SendConditions(DateTimeOffset Now, TimeSpan Span, QuietHours Quiet, TimeSpan Pace, PublishingMode Mode, TimeSpan Poll, TimeSpan Rest)
{
    /// <summary>The first hindrance; null: it may leave.</summary>
    public Hindrance? Check(PublicationRow publication, GateRow gate, AccountRow account)
    {
        if (Now + Span > publication.PublishBy)
            return new(Hindrance.Expired, Now < publication.PublishBy ? publication.PublishBy : Now);
        if (Mode == PublishingMode.Off || gate.Mode == PublishingMode.Off)
            return new(Hindrance.Off, publication.PublishBy);
        if (publication.PlannedAt < gate.Since)
            return new(Hindrance.PlannedBeforeMode, publication.PublishBy);
        if (publication.Approval == Approval.Awaiting)
            return new(Hindrance.Approval, publication.PublishBy);
        if (publication.NotBefore > Now)
            return new(Hindrance.NotYet, publication.NotBefore);
        if (gate.IsFrozen(Now) || gate.IsFrozen(Now + Span))
            // Whoever lifts a freeze wakes nothing: what waits asks again by itself.
            return new(Hindrance.Frozen, Soonest(gate.FreezeUntil < Now + Poll ? gate.FreezeUntil.Value : Now + Poll, publication));
        if (!Quiet.IsFree(Now, Now + Span))
            return new(Hindrance.Quiet, Soonest(Quiet.NextFree(Now, Span), publication));
        if (Mode == PublishingMode.DryRun || gate.Mode == PublishingMode.DryRun)
            return new(Hindrance.DryRun, publication.PublishBy);
        if (account.InFlight is { } other && !string.Equals(other, publication.Id, StringComparison.Ordinal))
            return new(Hindrance.Busy, Soonest(Now + Poll, publication));
        if (account.LastSentAt + Pace is { } free && free > Now && !string.Equals(account.InFlight, publication.Id, StringComparison.Ordinal))
            return new(Hindrance.Pace, Soonest(free, publication));
        if (account.RestUntil > Now)
            return new(Hindrance.RateLimit, Soonest(account.RestUntil.Value, publication));
        // A wrong password takes one of the sign-ins that an account has in a day, each time. What would expire meanwhile is tried: somebody may have mended it.
        if (account.RefusedAt + Rest is { } rested && rested > Now && rested < publication.PublishBy)
            return new(Hindrance.Refused, rested);
        return null;
    }

    private static DateTimeOffset Soonest(DateTimeOffset at, PublicationRow publication) => at < publication.PublishBy ? at : publication.PublishBy;
}
