namespace SocialHub.Moderation.Decisions;

/// <summary>What a decision link decides about.</summary>
public enum DecisionSubject : byte
{
    Comment = 1,
    Proposal = 2,
    Report = 3,
    Objection = 4,

    /// <summary>The debate of a whole page; the token's id is the thread's key, its round the turn that was told.</summary>
    Thread = 5,
}

/// <summary>What a decision link says; see <see cref="DecisionTokens"/>.</summary>
/// <param name="Site">Site id.</param>
/// <param name="Id">Comment id.</param>
/// <param name="Subject">What is decided.</param>
/// <param name="Revision">Of the text that the card showed, from 0.</param>
/// <param name="Round">Of moderation, from 0.</param>
/// <param name="Reports">How many reports the card knew of.</param>
/// <param name="Expires">To the second.</param>
public sealed record DecisionToken(string Site, string Id, DecisionSubject Subject, int Revision, int Round, int Reports, DateTimeOffset Expires)
{
    /// <summary>Id of the person for whom the link was made; null for a link in a channel.</summary>
    public string? Person { get; init; }
}

/// <summary>What became of a token that came back.</summary>
public enum TokenState
{
    /// <summary>We did not sign this, or not for this.</summary>
    Forged,

    /// <summary>Ours, and too old.</summary>
    Expired,

    /// <summary>Ours and in time; whether it still fits the comment's state is decided by its transition.</summary>
    Valid,
}

/// <summary>A token that was read.</summary>
/// <param name="State">What it is worth.</param>
/// <param name="Token">What it says; null when forged.</param>
public sealed record ParsedToken(TokenState State, DecisionToken? Token);
