using System.Collections.Frozen;
using System.Collections.Immutable;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Http;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>
/// The words of &lt;comment-thread&gt;. They travel with a thread, in one language, so that the script that every visitor loads stays small;
/// a script of an earlier release is served for two years, so a name may be added here, never taken away.
/// </summary>
internal static class WidgetWords
{
    /// <summary>The words, by the name under which the script asks for them.</summary>
    public static FrozenDictionary<string, Wording> All { get; } = new Dictionary<string, Wording>(StringComparer.Ordinal)
    {
        // Of the dates, and of the whole element where its page speaks a third language.
        ["lang"] = new("fr", "en"),
        ["comments"] = new("Commentaires", "Comments"),
        ["none"] = new("Aucun commentaire pour le moment.", "No comments yet."),
        ["closed"] = new("Les commentaires sont fermés.", "Comments are closed."),
        ["first"] = new("Une personne lit chaque commentaire avant sa publication.", "A person reads every comment before it is published."),
        ["write"] = new("Écrire un commentaire", "Write a comment"),
        ["text"] = new("Votre commentaire", "Your comment"),
        ["name"] = new("Nom ou pseudonyme, publié", "Name or nickname, published"),
        ["email"] = new("Adresse électronique, jamais publiée, pour vous prévenir et vous répondre (exemple : nom@exemple.fr)", "E-mail address, never published, to keep you informed and answer you (example: name@example.org)"),
        // Under the policy that trusts an author's code, and no other.
        ["mine"] = new("Votre code, si vous avez déjà écrit ici", "Your code, if you have written here before"),
        ["remember"] = new("Garder mon code sur cet appareil, pour retrouver mes commentaires", "Keep my code on this device, to find my comments again"),
        ["must"] = new("obligatoire", "required"),
        ["send"] = new("Envoyer", "Send"),
        ["cancel"] = new("Annuler", "Cancel"),
        ["reply"] = new("Répondre", "Reply"),
        ["report"] = new("Signaler", "Report"),
        ["edit"] = new("Modifier", "Edit"),
        ["reword"] = new("Reformuler", "Put in other words"),
        ["asis"] = new("Envoyer tel quel", "Send it as it is"),
        ["withdraw"] = new("Retirer", "Withdraw"),
        ["object"] = new("Contester", "Object"),
        ["why"] = new("Que reprochez-vous à ce commentaire ?", "What is wrong with this comment?"),
        ["illegal"] = new("Contenu contraire à la loi : nom, adresse électronique et bonne foi obligatoires", "Against the law: name, e-mail address and good faith required"),
        ["abuse"] = new("Abus sexuel sur mineur : bonne foi obligatoire", "Sexual abuse of a child: good faith required"),
        ["who"] = new("Votre nom, montré aux seuls modérateurs", "Your name, shown to the moderators alone"),
        ["faith"] = new("Je signale de bonne foi ; ce que j’écris est exact et complet.", "I report in good faith; what I write is accurate and complete."),
        ["objection"] = new("Pourquoi ce refus vous semble-t-il injustifié ?", "Why does this refusal seem wrong to you?"),
        ["sure"] = new("Retirer ce commentaire ? Vous ne pourrez pas le remettre en ligne.", "Withdraw this comment? You cannot bring it back."),
        ["withdrawn"] = new("Votre commentaire est retiré.", "Your comment is withdrawn."),
        ["edited"] = new("modifié", "edited"),
        ["official"] = new("Réponse officielle", "Official answer"),
        ["more"] = new("Afficher la suite", "Show more"),
        ["empty"] = new("Ce champ est obligatoire.", "This field is required."),
        ["long"] = new("Caractères en trop : ", "Characters over the limit: "),
        ["bad"] = ProblemWords.All["email-invalid"],
        ["failed"] = new("L’envoi a échoué ; votre texte est gardé ici. Réessayez dans un instant.", "Sending failed; your text is kept here. Try again in a moment."),
        // Before the text that is there now.
        ["moved"] = new(
            "Votre texte a changé entre-temps, depuis un autre appareil ou une autre page. Ce que vous venez d’écrire est gardé ici : renvoyez-le s’il doit remplacer le texte actuel, que voici : ",
            "Your text has changed in the meantime, from another device or page. What you have just written is kept here: send it again if it shall replace the present text, which is: "),
        ["code"] = new("Votre code", "Your code"),
        ["copy"] = new("Copier", "Copy"),
        ["copied"] = new("Code copié.", "Code copied."),
        ["motive"] = new("Motif : ", "Reason: "),
        ["keep"] = new(
            "Notez ce code et gardez-le pour vous : il permet de revoir, modifier ou retirer votre commentaire, et de contester un refus, même depuis un autre appareil.",
            "Note this code and keep it to yourself: with it you can see, edit or withdraw your comment, and object to a refusal, from another device too."),
        ["use"] = new("Retrouver mes commentaires avec mon code", "Find my comments with my code"),
        ["rules"] = new("Règles des commentaires", "Rules for comments"),
        ["data"] = new("Vos données personnelles", "Your personal data"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What readers are told while comments are frozen, or every new comment of a page waits; null while neither is so.</summary>
    public static Wording? Notice(PublicThread thread, HubConfiguration hub)
    {
        if (thread.Freeze is { } freeze)
            return Frozen(freeze, hub);
        if (thread.HeldUntil is not { } until)
            return null;
        var moment = LocalMoment.Of(until, hub.Authority.TimeZone);
        return new(
            $"Les nouveaux commentaires de cette page sont mis en attente jusqu’au {moment.French}, puis lus avant d’être publiés. Vous pouvez continuer à écrire : rien n’est perdu.",
            $"New comments on this page are held until {moment.English}, then read before they are published. You can go on writing: nothing is lost.");
    }

    /// <summary>Why comments are frozen, how long, and what that means.</summary>
    public static Wording Frozen(CommentFreeze freeze, HubConfiguration hub)
    {
        var until = freeze.Until is { } end ? LocalMoment.Of(end, hub.Authority.TimeZone) : null;
        // The team's own words, in its own language.
        var why = string.IsNullOrWhiteSpace(freeze.Reason) ? "" : $" {freeze.Reason.Trim()}";
        var (toFrench, toEnglish) = (until is null ? "" : $" jusqu’au {until.French}", until is null ? "" : $" until {until.English}");
        return freeze.IsClosed
            ? new($"Les commentaires sont suspendus{toFrench}.{why}", $"Comments are suspended{toEnglish}.{why}")
            : new($"Les nouveaux commentaires sont mis en attente{toFrench}, puis lus avant d’être publiés.{why}", $"New comments are held{toEnglish}, then read before they are published.{why}");
    }

    private static readonly ImmutableSortedDictionary<string, string> French = In(words => words.French);
    private static readonly ImmutableSortedDictionary<string, string> English = In(words => words.English);

    /// <summary>Who reads a comment first, said above the form; of a page where what no rule stops is public at once, the script says nothing.</summary>
    public static Wording First(CommentPolicy policy) => policy == CommentPolicy.FirstThenTrusted ? FirstRead : All["first"];

    /// <summary>All of them in <c>fr</c> or <c>en</c>, in one order on every instance: the bytes make the thread's ETag.</summary>
    public static IReadOnlyDictionary<string, string> In(string language, CommentPolicy policy = CommentPolicy.APriori)
    {
        var words = language == "en" ? English : French;
        return policy == CommentPolicy.FirstThenTrusted ? words.SetItem("first", FirstRead.In(language)) : words.Remove("mine");
    }

    private static Wording FirstRead { get; } = new(
        "Tant qu’une personne n’a publié aucun de vos commentaires, chacun est lu avant de paraître ; les suivants, écrits avec le même code, paraissent aussitôt, sauf si une règle les retient.",
        "Until a person has published one of yours, each of your comments is read before it appears; the next ones, written with the same code, appear at once unless a rule holds them.");

    private static ImmutableSortedDictionary<string, string> In(Func<Wording, string> language) => All.ToImmutableSortedDictionary(word => word.Key, word => language(word.Value), StringComparer.Ordinal);
}
