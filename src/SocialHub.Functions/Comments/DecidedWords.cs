using SocialHub.Configuration;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>
/// The sentence of a 409 that a decision met, for people: who decided and when, in the authority's language and by its clock. A workflow shows it as it is;
/// a problem's own detail stays English, and the same.
/// </summary>
internal static class DecidedWords
{
    private static readonly Wording Changed = new("Le texte, ses signalements ou son état ont changé entre-temps : relisez-le.", "The text, its reports or its state changed meanwhile: read it again.");
    private static readonly Wording Withdrawn = new("Son auteur a retiré ce texte : il n’y a plus rien à décider.", "Its author withdrew this text: nothing is left to decide.");
    private static readonly Wording NothingToUndo = new("Il n’y a rien à annuler : relisez ce texte.", "There is nothing to take back: read this text again.");
    private static readonly Wording Calm = new("Rien n’est plus à décider : la discussion s’est calmée, ou a été signalée de nouveau.", "Nothing is left to decide: the debate has calmed down, or was told of anew.");

    private static readonly Wording Closed = new("La page est fermée : personne n’y écrit avant qu’une personne la rouvre.", "The page is closed: nobody writes there until a person opens it again.");

    /// <summary>The problem with that sentence as <c>message</c>; any other problem as it is.</summary>
    /// <param name="problem">What a decision met, with today's state.</param>
    /// <param name="hub">Of the authority.</param>
    /// <param name="now">When.</param>
    public static Problem Told(Problem problem, HubConfiguration hub, DateTimeOffset now)
    {
        if (problem is not { Code: "decided-otherwise" or "nothing-to-undo", Extensions: { } today })
            return problem;
        var message = problem.Code == "nothing-to-undo" ? NothingToUndo : Of(today, TimeZoneInfo.FindSystemTimeZoneById(hub.Authority.TimeZone), now);
        return problem with { Extensions = new Dictionary<string, object?>(today, StringComparer.Ordinal) { ["message"] = message.In(hub.Authority.Language) } };
    }

    private static Wording Of(IReadOnlyDictionary<string, object?> today, TimeZoneInfo zone, DateTimeOffset now)
    {
        object? Value(string name) => today.GetValueOrDefault(name);
        // Of a debate alone it is told until when its page is held.
        var isDebate = today.ContainsKey("heldUntil");
        // Who decided last is told as long as that stands: an objection, a report and a decision that was taken back leave the name where it was.
        var stands = isDebate ? Value("choice") is string : Value("state") is "published" or "rejected" && Value("waits") is not true;
        if (stands && Value("decidedBy") is string name && Value("decidedAt") is DateTimeOffset at)
            return Decided(name, Value("declared") is true, at, zone, now);
        return isDebate ? (Value("state") is "closed" ? Closed : Calm) : Value("state") is "withdrawn" ? Withdrawn : Changed;
    }

    private static Wording Decided(string name, bool isDeclared, DateTimeOffset at, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var hour = local.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var isToday = local.Date == TimeZoneInfo.ConvertTime(now, zone).Date;
        var day = LocalMoment.Of(at, zone);
        return new(
            $"Déjà décidé par {name}{(isDeclared ? " (nom déclaré)" : "")} {(isToday ? $"à {hour}" : $"le {day.French}")}.",
            $"Already decided by {name}{(isDeclared ? " (declared name)" : "")} {(isToday ? $"at {hour}" : $"on {day.English}")}.");
    }
}
