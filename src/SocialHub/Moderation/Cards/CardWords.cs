using SocialHub.Moderation.Decisions;

namespace SocialHub.Moderation.Cards;

/// <summary>What cards say around the texts.</summary>
internal static class CardWords
{
    /// <param name="subject">What is to be decided.</param>
    /// <param name="isChangeObjected">Of an edit: true when it was refused, and its author objects to that.</param>
    public static Wording Heading(DecisionSubject subject, bool isChangeObjected = false) => subject switch
    {
        DecisionSubject.Proposal when isChangeObjected => new("Un auteur conteste le refus de sa modification", "An author objects to the refusal of an edit"),
        DecisionSubject.Proposal => new("Une modification attend une décision", "An edit awaits a decision"),
        DecisionSubject.Report => new("Un commentaire publié est signalé", "A published comment was reported"),
        DecisionSubject.Objection => new("Un auteur conteste un refus", "An author objects to a refusal"),
        _ => new("Un commentaire attend une décision", "A comment awaits a decision"),
    };

    public static Wording OnPage { get; } = new("Sous la page", "Under the page");

    public static Wording InAnswerTo { get; } = new("En réponse à :", "In answer to:");

    public static Wording WrittenBy { get; } = new("Écrit par", "Written by");

    public static Wording First { get; } = new("Reformulé par son auteur ; d’abord écrit :", "Put in other words by its author; written first:");

    public static Wording Public { get; } = new("En ligne aujourd’hui :", "Online today:");

    public static Wording Answers(int count, int official) => new(
        (count > 1 ? $"{count} réponses publiées dessous" : "1 réponse publiée dessous") + (official == 0 ? "" : official > 1 ? $", dont {official} officielles" : ", dont 1 officielle"),
        (count > 1 ? $"{count} public answers below it" : "1 public answer below it") + (official == 0 ? "" : $", {official} of them official"));

    public static Wording NotShown { get; } = new("Le texte n’a pas pu être mis dans cette carte : ouvrez-le pour le lire.", "The text could not be put into this card: open it to read it.");

    public static Wording Reasons { get; } = new("Raisons", "Reasons");

    public static Wording Reported { get; } = new("Signalements", "Reports");

    public static Wording Objects { get; } = new("L’auteur dit :", "The author says:");

    public static Wording Publish { get; } = new("Publier…", "Publish…");

    public static Wording Keep { get; } = new("Laisser en ligne…", "Keep online…");

    public static Wording Reject { get; } = new("Refuser…", "Refuse…");

    public static Wording Remove { get; } = new("Retirer…", "Remove…");

    public static Wording Whole { get; } = new("Tout lire", "Read it all");

    public static Wording OpenPage { get; } = new("Voir la page", "See the page");

    public static Wording More(int count) => new(count > 1 ? $"… et {count} autres" : "… et 1 autre", $"… and {count} more");

    /// <summary>Ready answers for which a card has no room.</summary>
    public static Wording OnThePage(int count) => new(
        count > 1 ? $"{count} autres réponses sont sur la page de modération." : "1 autre réponse est sur la page de modération.",
        count > 1 ? $"{count} more answers are on the moderation page." : "1 more answer is on the moderation page.");

    /// <summary>A text in the quotation marks of its language.</summary>
    public static Wording Quoted(string text) => new($"« {text} »", $"“{text}”");

    /// <summary>What follows a heading on its line.</summary>
    public static Wording Colon { get; } = new(" : ", ": ");

    public static Wording Clock(DateTimeOffset since, DateTimeOffset now, TimeZoneInfo zone) => new(
        $"Attend depuis le {LocalMoment.Of(since, zone).French} · état au {LocalMoment.Of(now, zone).French}",
        $"Waiting since {LocalMoment.Of(since, zone).English} · as of {LocalMoment.Of(now, zone).English}");
}
