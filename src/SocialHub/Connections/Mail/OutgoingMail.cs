namespace SocialHub.Connections.Mail;

/// <summary>One mail to one person.</summary>
/// <param name="To">Address of the recipient.</param>
/// <param name="Event">
/// What it tells, the same for each try: its Message-ID is made of this, so that whoever gets it twice (an answer was lost, a process died) has mail programs that show one.
/// </param>
/// <param name="Subject">In words.</param>
/// <param name="Body">What it says.</param>
public sealed record OutgoingMail(string To, string Event, string Subject, MailBody Body)
{
    /// <summary>Display name of the recipient; null: none.</summary>
    public string? ToName { get; init; }

    /// <summary>BCP 47; of its content.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>Where one POST ends further mails of this kind (RFC 8058); null: they are work, and nobody is subscribed.</summary>
    public Uri? Unsubscribe { get; init; }
}

/// <summary>How handing a mail over ended.</summary>
/// <param name="Failure">Null when the server took it; else why not, in a word without an address or a secret.</param>
/// <param name="IsFinal">True when trying again is of no use: the server refuses this recipient or this mail for good.</param>
public readonly record struct MailOutcome(string? Failure, bool IsFinal)
{
    /// <summary>True when it is about this recipient or this mail alone: the server takes others.</summary>
    public bool ConcernsOne { get; init; }

    /// <summary>True when the server says that the mailbox or its domain is the cause (RFC 3463, x.1 and x.2): it would take a mail to others.</summary>
    public bool IsMailbox { get; init; }

    public static MailOutcome Taken { get; } = new(null, false);
}
