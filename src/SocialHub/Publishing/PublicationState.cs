namespace SocialHub.Publishing;

/// <summary>Where a publication stands. After an unknown outcome only Sending, Published or Uncertain may follow, and Cancelled by a person's word.</summary>
public enum PublicationState
{
    /// <summary>It waits for its time, or for an approval.</summary>
    Planned,

    /// <summary>Its bytes are frozen and may have left.</summary>
    Sending,

    /// <summary>It is there; final.</summary>
    Published,

    /// <summary>The network refused it, and nothing was posted; final.</summary>
    Failed,

    /// <summary>Nobody knows; a person says "it is there", "it is not there" or "send again".</summary>
    Uncertain,

    /// <summary>A person, or the loss of its article, called it off; final.</summary>
    Cancelled,

    /// <summary>It could not leave in time; final.</summary>
    Expired,
}

/// <summary>Whether a person has to agree first.</summary>
public enum Approval
{
    NotNeeded,

    Awaiting,

    Given,
}
