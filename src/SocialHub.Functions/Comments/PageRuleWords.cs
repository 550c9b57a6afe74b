using System.Collections.Frozen;
using System.Globalization;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>What somebody of the team is told when a page cannot be settled as they wish; a problem's own detail stays English, and the same.</summary>
internal static class PageRuleWords
{
    private static readonly FrozenDictionary<string, Wording> All = new Dictionary<string, Wording>(StringComparer.Ordinal)
    {
        ["classes-invalid"] = new("Une des catégories choisies ne peut pas être refusée sans qu’une personne la lise.", "One of the kinds that you chose cannot be refused without a person who reads it."),
        ["closes-invalid"] = new("La fermeture doit venir plus tard que maintenant, et dans moins de dix ans.", "The page can close later than now, and within ten years."),
        ["held-and-closed"] = new("Une page est mise en attente, et l’on peut continuer à y écrire, ou bien fermée : choisissez.", "A page is held, and people can go on writing, or it is closed: choose one."),
        ["no-such-site"] = new("Ce site n’est pas inscrit ici.", "This site is not registered here."),
        ["no-such-thread"] = new("Personne n’a encore écrit sous cette page, et rien n’y a été réglé : il n’y a rien à rouvrir.", "Nobody has written under this page yet, and nothing was settled for it: there is nothing to open again."),
        ["page-gone"] = new("Le site répond que cette page n’existe pas.", "The site says that this page does not exist."),
        ["page-invalid"] = new("Ce n’est pas l’adresse d’une page de vos sites : copiez-la entière depuis la barre d’adresse, avec https://.", "This is not the address of a page of your sites: copy all of it from the address bar, with https://."),
        ["page-not-open"] = new("Cette page ne reçoit pas de commentaires : elle ne porte pas le module de commentaires.", "This page takes no comments: it does not carry the comments."),
        ["policy-invalid"] = new("Choisissez une des règles de publication.", "Choose one of the rules of publication."),
        ["thread-changed"] = new("Quelqu’un a réglé cette page entre-temps : relisez ce qui vaut maintenant, puis recommencez.", "Somebody settled this page meanwhile: read what holds now, then try again."),
        ["thread-closed"] = new("Cette page est fermée : rouvrez-la d’abord.", "This page is closed: open it again first."),
        ["until-invalid"] = new(
            string.Create(CultureInfo.InvariantCulture, $"La fin de la mise en attente doit venir plus tard que maintenant, et dans les {CommentThreads.LongestHold.Days} jours."),
            string.Create(CultureInfo.InvariantCulture, $"A page is held until later than now, and for {CommentThreads.LongestHold.Days} days at most.")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The problem with its sentence as <c>message</c>, in the authority's language; any other problem as it is.</summary>
    public static Problem Told(Problem problem, HubConfiguration hub) => !All.TryGetValue(problem.Code, out var words) ? problem : problem with
    {
        Extensions = new Dictionary<string, object?>(problem.Extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal) { ["message"] = words.In(hub.Authority.Language) },
    };
}
