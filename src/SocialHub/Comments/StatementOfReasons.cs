using SocialHub.Configuration.Settings;
using SocialHub.Moderation;

namespace SocialHub.Comments;

/// <summary>
/// Why a text is not public, in the shape of article 17 of the Digital Services Act: what was decided, on which facts, by which means, on which ground.
/// How to object is said where it is shown.
/// </summary>
/// <param name="At">When it was decided.</param>
/// <param name="Decision">One of <see cref="NotPublished"/>, <see cref="Removed"/>, <see cref="ChangeRefused"/>.</param>
/// <param name="Reason">Code of <see cref="RefusalReasons"/>.</param>
/// <param name="Cited">Article and version; null: decided by a version of the hub that did not keep it.</param>
/// <param name="Classes">What the rules had found in the text (<see cref="FindingClasses"/>); empty: nothing.</param>
/// <param name="ByRules">True: no person decided.</param>
/// <param name="OnNotice">True: readers had reported the text; else the authority decided of its own.</param>
public sealed record StatementOfReasons(DateTimeOffset At, string Decision, string Reason, CharterCitation? Cited, IReadOnlyList<string> Classes, bool ByRules, bool OnNotice)
{
    /// <summary>The comment never was public.</summary>
    public const string NotPublished = "not-published";

    /// <summary>The comment was public, and is no more.</summary>
    public const string Removed = "removed";

    /// <summary>The public text stays, what was to replace it is refused.</summary>
    public const string ChangeRefused = "change-refused";

    private const string Law = "illegal";

    /// <summary>True when another person than who refused upheld it after an objection: the same text is not heard again.</summary>
    public bool IsUpheld { get; init; }

    /// <summary>True when automated means found what the text was refused for, or something else in it.</summary>
    public bool Detected => Classes.Count > 0;

    /// <summary><c>law</c> or <c>charter</c>.</summary>
    public string Ground => Reason == Law ? "law" : "charter";

    /// <summary>The reason in words.</summary>
    public Wording Label => (RefusalReasons.Find(Reason) ?? RefusalReasons.All[^1]).Label;

    /// <summary>« article 3 de la charte (version 2) ».</summary>
    public Wording? Citation => Cited is not { } cited ? null : cited.Article is { } article
        ? new($"Article {article} de la charte (version {cited.Version})", $"Article {article} of the charter (version {cited.Version})")
        : new($"Charte des commentaires (version {cited.Version})", $"Charter of the comments (version {cited.Version})");

    /// <summary>By which means, in words.</summary>
    public Wording Means => (ByRules, OnNotice, Detected) switch
    {
        (true, _, _) => new("Décision prise par un programme, sans qu’une personne ait lu ce texte : les réglages du site le prévoient pour cette catégorie.", "Decided by a program, without a person having read this text: the site’s settings provide so for this kind."),
        (_, true, true) => new("Décision prise par une personne, à la suite d’un signalement ; un programme avait aussi signalé ce texte.", "Decided by a person after a report; a program had pointed this text out, too."),
        (_, true, _) => new("Décision prise par une personne, à la suite d’un signalement, sans moyen automatisé.", "Decided by a person after a report, without automated means."),
        (_, _, true) => new("Décision prise par une personne ; un programme avait signalé ce texte.", "Decided by a person; a program had pointed this text out."),
        _ => new("Décision prise par une personne, sans moyen automatisé.", "Decided by a person, without automated means."),
    };

    /// <summary>How to object, in words.</summary>
    /// <param name="zone">IANA name of the authority's.</param>
    /// <param name="refusedDays">How long what is refused is kept.</param>
    /// <param name="byLink">True for whoever has a link that lets them object without the code.</param>
    public Wording Redress(string zone, int refusedDays, bool byLink = false)
    {
        if (IsUpheld && Decision == ChangeRefused)
            return new(
                "Une autre personne a examiné votre contestation et maintient ce refus : pour ce texte, il est définitif. Vous pouvez corriger ce texte et l’envoyer de nouveau. Vous gardez le droit de saisir la justice.",
                "Another person examined your objection and upholds this refusal: for this text it is final. You can correct this text and send it again. You keep the right to go to court.");
        if (IsUpheld)
            return new(
                "Une autre personne a examiné votre contestation et maintient ce refus : pour ce texte, il est définitif. Vous pouvez écrire un autre commentaire. Vous gardez le droit de saisir la justice.",
                "Another person examined your objection and upholds this refusal: for this text it is final. You can write another comment. You keep the right to go to court.");
        var until = LocalMoment.Of(Until(refusedDays), zone);
        var how = byLink ? new Wording("même sans votre code", "even without your code") : new Wording("avec votre code", "with your code");
        if (Decision == ChangeRefused)
            return new(
                $"Vous pouvez corriger ce texte et l’envoyer de nouveau. Vous pouvez aussi contester ce refus, {how.French}, jusqu’au {until.French} : une personne relira votre modification. Vous gardez le droit de saisir la justice.",
                $"You can correct this text and send it again. You can also object to this refusal, {how.English}, until {until.English}: a person will read your change again. You keep the right to go to court.");
        var what = Decision == Removed ? new Wording("cette décision", "this decision") : new Wording("ce refus", "this refusal");
        return new(
            $"Vous pouvez contester {what.French}, {how.French}, jusqu’au {until.French} : une personne relira votre commentaire. Vous gardez le droit de saisir la justice.",
            $"You can object to {what.English}, {how.English}, until {until.English}: a person will read your comment again. You keep the right to go to court.");
    }

    /// <summary>Until when its author may object.</summary>
    /// <param name="refusedDays">How long what is refused is kept.</param>
    public DateTimeOffset Until(int refusedDays) => At.AddDays(refusedDays);

    /// <summary>Where what is cited can be read, from the hub's address on.</summary>
    public string CharterPath => CharterPathOf(Cited);

    private static string CharterPathOf(CharterCitation? cited) =>
        cited is null ? "/api/v1/charter.html" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/api/v1/charter.html?version={cited.Version}") + (cited.Article is { } article ? $"#article-{article}" : "");

    /// <summary>Of what a comment's author wrote last; null when that is not refused.</summary>
    public static StatementOfReasons? Of(CommentRow comment)
    {
        if (comment.State == CommentState.Rejected && comment.Refusal is { } refusal)
            return new(comment.Since, comment.PublishedAt is null ? NotPublished : Removed, refusal, comment.RefusalCites, ClassesOf(comment.Findings), Actor.IsRules(comment.RefusedBy, comment.RefusedById), comment.RefusedOnNotice) { IsUpheld = !comment.MayObject };
        if (comment is { State: CommentState.Published, ProposalState: ProposalState.Rejected, ProposalRefusal: { } refused })
            return new(comment.ProposalDecidedAt ?? comment.Since, ChangeRefused, refused, comment.ProposalCites, ClassesOf(comment.ProposalFindings), false, false) { IsUpheld = !comment.MayObject };
        return null;
    }

    /// <summary>What the rules found, each class once, the most severe first.</summary>
    internal static IReadOnlyList<string> ClassesOf(IReadOnlyList<Finding> findings) =>
        [.. findings.Where(finding => finding.Verdict != Verdict.Publish).Select(finding => finding.Class).Distinct(StringComparer.Ordinal)];
}
