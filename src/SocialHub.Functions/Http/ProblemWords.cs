using System.Collections.Frozen;
using System.Globalization;
using SocialHub.Moderation;

namespace SocialHub.Functions.Http;

/// <summary>
/// What a citizen is told of each problem that a form, the widget or a page can meet. A problem's own detail speaks English, to programmers; a test holds
/// that none that a form can meet is missing here.
/// </summary>
internal static class ProblemWords
{
    /// <summary>The sentences, by <see cref="Problem.Code"/>.</summary>
    public static FrozenDictionary<string, Wording> All { get; } = new Dictionary<string, Wording>(StringComparer.Ordinal)
    {
        ["author-erased"] = new("Tout ce qui a été écrit avec ce code a été effacé à votre demande ; écrivez de nouveau sans ce code.", "Everything written with this code was erased at your request; write again without this code."),
        ["author-key-incomplete"] = new("Ce code n’est pas complet : recopiez ses 22 caractères.", "This code is not complete: copy its 22 characters."),
        ["author-key-invalid"] = new("Ce code n’est pas complet : recopiez ses 22 caractères, ou laissez le champ vide.", "This code is not complete: copy its 22 characters, or leave the field empty."),
        ["author-key-wrong"] = new("Ce code n’est pas celui de ce commentaire : recopiez celui qui vous a été donné à l’envoi.", "This is not the code of this comment: copy the one that you were given when you sent it."),
        ["body-too-large"] = new("Votre envoi est trop long : raccourcissez votre texte.", "What you sent is too long: shorten your text."),
        ["busy"] = new("Beaucoup de personnes écrivent ici en ce moment ; renvoyez votre texte dans quelques secondes.", "Many people are writing here at the moment; send your text again in a few seconds."),
        ["comment-erased"] = new("Ce commentaire a été effacé ; il n’y a plus rien à faire.", "This comment was erased; there is nothing left to do."),
        ["comment-expired"] = new("Votre commentaire est resté sans décision jusqu’à la fin du délai de conservation : personne n’a pris de décision à temps, et il a été effacé.", "Your comment was left without a decision until the end of the time that it is kept: nobody published or refused it, and it was erased."),
        ["comments-frozen"] = new("Les commentaires sont suspendus pour le moment.", "Comments are suspended at the moment."),
        ["configuration-unusable"] = new("Les commentaires sont momentanément indisponibles ; renvoyez votre texte un peu plus tard.", "Comments are not available at the moment; send your text again a little later."),
        ["email-invalid"] = new("L’adresse électronique n’est pas correcte : corrigez-la (exemple : nom@exemple.fr), ou laissez le champ vide.", "The e-mail address is not correct: correct it (example: name@example.org), or leave the field empty."),
        ["foreign-origin"] = new("Cette page n’est pas autorisée à envoyer de commentaires ici : écrivez depuis le site de la collectivité.", "This page may not send comments here: write from the authority's own site."),
        ["good-faith-required"] = new("Pour signaler un contenu contraire à la loi, confirmez votre bonne foi en cochant la case.", "To report something against the law, confirm your good faith by ticking the box."),
        ["idempotency-key-invalid"] = new("Le formulaire est incorrect : rechargez la page, puis renvoyez votre texte.", "The form is not correct: load the page again, then send your text."),
        ["idempotency-key-reused"] = new("Ce formulaire a déjà servi pour un autre texte : rechargez la page, puis renvoyez celui-ci.", "This form was used for another text already: load the page again, then send this one."),
        ["kind-invalid"] = new("Le formulaire est incorrect : rechargez la page, puis renvoyez votre signalement.", "The form is not correct: load the page again, then send your report."),
        ["malformed-body"] = new("Votre envoi est arrivé incomplet : renvoyez-le.", "What you sent arrived incomplete: send it again."),
        ["malformed-form"] = new("Le formulaire est incorrect : rechargez la page, puis renvoyez votre texte.", "The form is not correct: load the page again, then send your text."),
        ["name-invalid"] = new("Indiquez un nom ou un pseudonyme lisible de 1 à 60 caractères, sur une seule ligne et sans caractère invisible.", "Give a name or nickname that can be read, of 1 to 60 characters, on one line and without invisible characters."),
        ["no-such-address"] = new("Il n’y a rien à cette adresse : rechargez la page d’où vous écrivez.", "There is nothing at this address: load the page that you write from again."),
        ["no-such-recipient"] = new("Ce lien n’est pas complet : reprenez-le tel qu’il est dans le message.", "This link is not complete: use it as it is in the message."),
        ["no-such-link"] = new("Ce lien n’est pas complet : reprenez-le tel qu’il est dans le message.", "This link is not complete: use it as it is in the message."),
        ["no-such-comment"] = new("Ce commentaire n’existe pas, ou plus, sur ce site.", "This comment does not exist on this site, or no longer does."),
        ["no-such-site"] = new("Ce site n’est pas inscrit ici : prévenez la collectivité que son formulaire est mal réglé.", "This site is not registered here: tell the authority that its form is set up wrongly."),
        ["not-a-form"] = new("Le formulaire est incorrect : rechargez la page, puis renvoyez votre texte.", "The form is not correct: load the page again, then send your text."),
        ["not-editable"] = new("Un commentaire refusé ou retiré ne se modifie plus : écrivez-en un autre, ou contestez le refus.", "A comment that was refused or withdrawn cannot be changed: write a new one, or object to the refusal."),
        ["not-json"] = new("Ce formulaire ne peut pas être envoyé à cette adresse.", "This form cannot be sent to this address."),
        ["notice-email-required"] = new("Pour signaler un contenu contraire à la loi, indiquez votre adresse électronique ; sans elle, signalez un manquement à la charte.", "To report something against the law, give your e-mail address; without it, report a breach of the charter."),
        ["notice-name-required"] = new("Pour signaler un contenu contraire à la loi, indiquez votre nom ; sans lui, signalez un manquement à la charte.", "To report something against the law, give your name; without it, report a breach of the charter."),
        ["not-public"] = new("Ce commentaire n’est pas public : il n’y a rien à signaler.", "This comment is not public: there is nothing to report."),
        ["objection-answered"] = new("Une autre personne a déjà examiné votre contestation et maintient le refus de ce texte : vous pouvez en écrire un autre.", "Another person has examined your objection already and upholds the refusal of this text: you can write another one."),
        ["nothing-to-object-to"] = new("Seul le refus d’un commentaire ou d’une modification peut être contesté.", "Only the refusal of a comment or of a change can be objected to."),
        ["objection-over"] = new("Le délai pour contester cette décision est passé.", "The time to object to this decision is over."),
        ["origin-hidden"] = new("Votre navigateur cache d’où vient ce formulaire, parce que sa page le demande (Referrer-Policy). Prévenez la collectivité : avec « strict-origin-when-cross-origin », il fonctionne.", "Your browser hides where this form comes from, because its page asks for it (Referrer-Policy). Tell the authority: with \"strict-origin-when-cross-origin\" it works."),
        ["page-gone"] = new("Le site répond que cette page n’existe plus.", "The site says that this page no longer exists."),
        ["page-invalid"] = new("L’adresse de la page n’est pas celle d’une page de ce site : prévenez la collectivité que son formulaire est mal réglé.", "The address of the page is not one of this site: tell the authority that its form is set up wrongly."),
        ["page-not-open"] = new("Cette page ne reçoit pas de commentaires.", "This page takes no comments."),
        ["parent-gone"] = new("Le commentaire auquel vous répondez n’est plus public : écrivez sans lui répondre.", "The comment that you answer is no longer public: write without answering it."),
        ["parent-invalid"] = new("Le commentaire auquel vous répondez n’est pas reconnu : rechargez la page, puis renvoyez votre texte.", "The comment that you answer is not known: load the page again, then send your text."),
        ["reason-invalid"] = new("Écrivez vos raisons, en 2 000 caractères au plus.", "Write your reasons, in at most 2,000 characters."),
        ["revision-required"] = new("Le formulaire est incomplet : revenez à votre commentaire par « Actualiser », puis refaites votre modification.", "The form is not complete: go to your comment by \"Look again\", then make your change again."),
        ["storage-unavailable"] = new("Votre envoi n’a pas pu être enregistré ; renvoyez-le un peu plus tard.", "What you sent could not be stored; send it again a little later."),
        ["text-changed"] = new("Votre texte a changé entre-temps : relisez-le par « Actualiser », puis refaites votre modification.", "Your text has changed in the meantime: read it again by \"Look again\", then make your change again."),
        ["text-empty"] = new("Écrivez votre texte, en 4 000 caractères au plus.", "Write your text, in at most 4,000 characters."),
        ["text-too-long"] = new("Votre texte est trop long : raccourcissez-le à 4 000 caractères.", "Your text is too long: shorten it to 4,000 characters."),
        ["thread-closed"] = new("Les commentaires de cette page sont fermés.", "Comments on this page are closed."),
        ["thread-full"] = new("Cette page a reçu 2 000 commentaires et n’en prend plus.", "This page has 2,000 comments and takes no more."),
        ["too-deep"] = new("Les réponses s’arrêtent au troisième niveau : répondez au commentaire du dessus.", "Answers go three levels deep: answer the comment above."),
        ["too-many"] = new("Trop de messages sont venus de votre connexion en peu de temps.", "Too many messages came from your connection in a short time."),
        ["unexpected"] = new("Une erreur inattendue s’est produite ; elle a été signalée. Renvoyez votre texte un peu plus tard.", "An unexpected error happened; it was noted. Send your text again a little later."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The same for a page that was opened and not sent, where what was said of sending would be wrong.</summary>
    public static FrozenDictionary<string, Wording> OfPages { get; } = new Dictionary<string, Wording>(StringComparer.Ordinal)
    {
        ["after-invalid"] = WrongAddress,
        ["after-malformed"] = WrongAddress,
        ["configuration-unusable"] = NotNow,
        ["feed-not-built"] = new("Ces publications n’ont pas encore été rassemblées.", "These posts have not been gathered yet."),
        ["feed-unknown"] = new("Il n’y a pas de publications à cette adresse.", "There are no posts at this address."),
        ["network-malformed"] = WrongAddress,
        ["no-such-address"] = new("Il n’y a rien à cette adresse.", "There is nothing at this address."),
        ["no-such-site"] = new("Ce site n’est pas inscrit ici : prévenez la collectivité que son lien n’est pas correct.", "This site is not registered here: tell the authority that its link is not correct."),
        ["page-invalid"] = new("L’adresse de la page commentée n’est pas celle d’une page de ce site : prévenez la collectivité que son lien n’est pas correct.", "The address of the commented page is not one of this site: tell the authority that its link is not correct."),
        ["sort-invalid"] = WrongAddress,
        ["storage-unavailable"] = NotNow,
        ["unexpected"] = new("Une erreur inattendue s’est produite ; elle a été signalée. Rechargez la page un peu plus tard.", "An unexpected error happened; it was noted. Load the page again a little later."),
        ["words-too-long"] = new("Les mots recherchés sont trop longs : raccourcissez-les.", "The words that you look for are too long: shorten them."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Whoever follows our own links never sees it; an address was cut or changed on its way.
    private static Wording WrongAddress => new("L’adresse de cette page est incomplète ou incorrecte : revenez à la page précédente, puis suivez de nouveau le lien.", "The address of this page is incomplete or wrong: go back to the page before, then follow the link again.");

    private static Wording NotNow => new("Cette page est indisponible pour le moment ; rechargez-la un peu plus tard.", "This page is not available at the moment; load it again a little later.");

    /// <summary>What to tell who sent something.</summary>
    /// <param name="problem">What stands in the way.</param>
    /// <param name="retryAfter">Seconds to wait; null: not told.</param>
    public static Wording Of(Problem problem, long? retryAfter) =>
        With(All.TryGetValue(problem.Code, out var words) ? Told(words, problem) : new("Cette demande n’a pas pu être acceptée ; rechargez la page, puis essayez de nouveau.", problem.Detail), retryAfter);

    /// <summary>What to tell who opened a page.</summary>
    /// <param name="problem">What stands in the way.</param>
    /// <param name="retryAfter">Seconds to wait; null: not told.</param>
    public static Wording OfPage(Problem problem, long? retryAfter) => OfPages.TryGetValue(problem.Code, out var words) ? With(words, retryAfter) : Of(problem, retryAfter);

    // Why comments are suspended is the team's to say, in its own words.
    private static Wording Told(Wording words, Problem problem) =>
        problem.Code == "comments-frozen" && problem.Extensions?["reason"] is string { Length: > 0 } reason ? new($"{words.French} {reason}", $"{words.English} {reason}") : words;

    private static Wording With(Wording words, long? retryAfter)
    {
        if (retryAfter is not { } seconds)
            return words;
        var minutes = (seconds + 59) / 60;
        return minutes <= 1
            ? new($"{words.French} Vous pourrez réessayer dans une minute.", $"{words.English} You may try again in a minute.")
            : new(string.Create(CultureInfo.InvariantCulture, $"{words.French} Vous pourrez réessayer dans {minutes} minutes."), string.Create(CultureInfo.InvariantCulture, $"{words.English} You may try again in {minutes} minutes."));
    }
}
