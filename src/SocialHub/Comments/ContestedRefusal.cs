using SocialHub.Access;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Decisions;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>The refusal that an objection which waits is about: whoever answers it reads what is contested, and by whom it was decided.</summary>
/// <param name="Statement">What was decided, when, and on which ground.</param>
/// <param name="By">Who refused, as the log has it.</param>
/// <param name="ById">Stable id of who refused, when there is one.</param>
public sealed record ContestedRefusal(StatementOfReasons Statement, string By, string? ById)
{
    /// <summary>True where the hub knows of somebody else: then whoever refused answers it not.</summary>
    public bool NeedsAnother { get; init; }

    /// <summary>« Refusé par Alix le 24 novembre 2026 à 18:30. Motif : Insulte. Article 2 de la charte (version 1). »</summary>
    /// <param name="zone">IANA name of the authority's.</param>
    public Wording Words(string zone)
    {
        var at = LocalMoment.Of(Statement.At, zone);
        var (french, english) = Statement.ByRules ? (" par les règles", " by the rules")
            : By == LogRow.Forgotten ? ("", "")
            : Actor.IsDeclared(ById) ? ($" par {By} (nom déclaré)", $" by {By} (declared name)") : ($" par {By}", $" by {By}");
        var cited = Statement.Citation;
        return new(
            $"Refusé{french} le {at.French}. Motif : {Statement.Label.French}.{(cited is null ? "" : $" {cited.French}.")}",
            $"Refused{english} on {at.English}. Reason: {Statement.Label.English}.{(cited is null ? "" : $" {cited.English}.")}");
    }

    /// <summary>Who is to answer it; null where anybody may.</summary>
    public Wording? Answerer => NeedsAnother ? new("Une autre personne que celle qui a refusé doit y répondre.", "Somebody else than who refused has to answer it.") : null;
}

/// <summary>Finds what an objection is about in the log, which keeps it when the decision that answered it is taken back.</summary>
public sealed class ContestedRefusals(CommentStore store, SettingsStore settings, Moderators moderators)
{
    /// <summary>The refusal that an entry of the moderators' list contests; null when it contests none, or the log has it no more.</summary>
    public async Task<ContestedRefusal?> FindAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        var comment = waiting.Comment;
        var isObjection = waiting.Subject != DecisionSubject.Proposal && comment.Objected;
        if (!isObjection && !waiting.IsChangeObjected)
            return null;
        var isOfChange = waiting.IsChangeObjected || comment.ObjectedChange is not null;
        var round = comment.ObjectedIn ?? comment.Round - 1;
        var refusal = await store.HistoryAsync(comment.Site, CommentId.Parse(comment.Id), cancellationToken)
            .LastOrDefaultAsync(row => isOfChange ? row.What == "proposal-rejected" : row.What == "rejected" && row.Round == round, cancellationToken).ConfigureAwait(false);
        if (refusal is null)
            return null;
        // As a decision will compare it: an answer that was taken back leaves the name of who had refused there.
        var (by, byId) = waiting.IsChangeObjected ? (comment.ProposalRefusedBy, comment.ProposalRefusedById) : (comment.RefusedBy, comment.RefusedById);
        var statement = new StatementOfReasons(
            refusal.At,
            refusal.Entity.GetString(LogMarks.Decision) ?? (isOfChange ? StatementOfReasons.ChangeRefused : StatementOfReasons.NotPublished),
            refusal.Why ?? "charter",
            refusal.Entity.GetInt32(LogMarks.Charter) is { } version ? new CharterCitation(refusal.Entity.GetString(LogMarks.Article), version) : null,
            [],
            Actor.IsRules(refusal.Who, refusal.WhoId),
            false);
        var found = new ContestedRefusal(statement, by ?? refusal.Who, by is null ? refusal.WhoId : byId);
        return found with { NeedsAnother = await IsOfAsync(found, new Actor(found.By, found.ById), cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>True when whoever this is had refused, and another has to answer.</summary>
    public async Task<bool> IsOfAsync(ContestedRefusal refusal, Actor by, CancellationToken cancellationToken)
    {
        var team = await settings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        return Hearings.Of((refusal.By, refusal.ById), by, moderators, team.People.People.Count) == Hearing.Refused;
    }
}
