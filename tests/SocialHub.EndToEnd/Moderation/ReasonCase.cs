using System.Net;
using SocialHub.Moderation;

namespace SocialHub.EndToEnd.Moderation;

/// <summary>A comment that a person has to refuse, and what its card says of it.</summary>
/// <param name="Class">What the rules find (<see cref="FindingClasses"/>); empty: nothing, a person has to read it all the same.</param>
/// <param name="Reason">Why it is refused (<see cref="RefusalReasons"/>).</param>
/// <param name="Text">As it is written.</param>
/// <param name="Why">What the card says of it, in words.</param>
/// <param name="Marked">The places that the card highlights, as it shows them.</param>
internal sealed record ReasonCase(string Class, string Reason, string Text, string Why, params string[] Marked)
{
    public string Name { get; init; } = "Camille";

    /// <summary>What a machine writes into the field that people do not see.</summary>
    public string? Website { get; init; }

    /// <summary>Classes of what else is found.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>What nobody but a moderator who asks for it may see.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>True where the author is asked first to put it in other words.</summary>
    public bool IsAsked { get; init; }

    /// <summary>True where it was public, and a reader says that it is against the law.</summary>
    public bool IsReported { get; init; }

    /// <summary>How many comments come before it.</summary>
    public int Earlier { get; init; }

    /// <summary>What comes before it: page, author key.</summary>
    public Func<ModeratedTown, string, string, Task> BeforeAsync { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>What ends once it is judged.</summary>
    public Func<ModeratedTown, Task> AfterAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Names it in a list of tests.</summary>
    public string Title => $"{(Class.Length == 0 ? "nothing" : Class)} is refused as {Reason}";

    /// <summary>
    /// Each reason, and each class that leads to one. There is none for a text that the rules could not check: no text of a citizen brings that about
    /// (EngineTests hold it), and it would be refused for whatever a person then reads in it.
    /// </summary>
    public static IReadOnlyList<ReasonCase> All { get; } =
    [
        new(FindingClasses.Insult, "insult", "Quel connard, ce maire.", "Le mot est une insulte ou une grossièreté.", "connard") { IsAsked = true },
        new(FindingClasses.Hate, "hate", "Les Roms sont des parasites, il faut les chasser d’ici.", "La phrase compare des personnes à ce qui n’est pas humain, ou leur refuse toute dignité.", "Les Roms sont des parasites"),
        new(FindingClasses.Threat, "threat", "Je vais te tuer, monsieur l’adjoint.", "La phrase menace quelqu’un.", "Je vais te tuer"),
        new(FindingClasses.PersonalData, "personal-data", "La voisine du 3 ne répond jamais, appelez-la au 06 12 34 56 78 ou écrivez à lise.durand@exemple.fr.", "Un numéro de téléphone serait visible de tous.", "téléphone ••• 78", "adresse électronique •••")
        {
            Hidden = ["06 12 34 56 78", "lise.durand@exemple.fr"],
        },
        new(FindingClasses.Links, "advertising", "Voir https://bit.ly/3xYzAbC", "Le lien mène à un site qui n’est pas sur la liste de la collectivité.", "https://bit.ly/3xYzAbC"),
        new(FindingClasses.Advertising, "advertising", "Prêt d’argent entre particuliers, réponse en 24 heures, contactez-nous sur https://pret-rapide.example", "Le passage ressemble à de la publicité.", "Prêt d’argent", "https://pret-rapide.example") { Also = [FindingClasses.Links] },
        new(FindingClasses.Flood, "duplicate", "Un quatrième message, pour redire que le stade manque d’éclairage.", "Plus de 3 commentaires du même auteur en 10 minutes.")
        {
            Earlier = 3,
            BeforeAsync = async (town, page, key) =>
            {
                foreach (var text in new[] { "Le stade manque d’éclairage depuis septembre.", "Les vestiaires sont fermés le mercredi.", "Qui a les clés du gymnase de la rue Haute ?" })
                    await town.JudgedAsync(page, text, authorKey: key);
            },
        },
        new(FindingClasses.Duplicate, "duplicate", "La halte-garderie devrait ouvrir une heure plus tôt le lundi matin.", "Le même texte a déjà été envoyé.")
        {
            Earlier = 1,
            BeforeAsync = (town, page, key) => town.JudgedAsync(page, "La halte-garderie devrait ouvrir une heure plus tôt le lundi matin.", authorKey: key),
        },
        new(FindingClasses.Impersonation, "impersonation", "Le marché change de place samedi prochain.", "Le nom est celui de la collectivité : une personne vérifie qui écrit.", "Ville de Saint-Exemple") { Name = "Ville de Saint-Exemple" },
        new(FindingClasses.Words, "charter", "Cette place sent la bouse depuis lundi.", "Le mot est sur la liste de la collectivité : une personne relit.", "bouse")
        {
            IsAsked = true,
            BeforeAsync = (town, _, _) => town.PutAsync("words", new { hold = new[] { "bouse" } }),
        },
        new(FindingClasses.Shouting, "charter", "VOUS NE FAITES RIEN POUR LA ROUTE DE LA GARE ET ON EN A TOUS MARRE !!!!!!!!!", "Le texte est écrit presque tout en capitales.") { IsAsked = true },
        new(FindingClasses.Trap, "charter", "Bonjour, très beau site, merci pour ces informations utiles.", "Un champ caché du formulaire a été rempli : l’envoi est peut-être automatique.") { Website = "https://robot.example" },
        new("", "off-topic", "Et les horaires de la déchetterie, alors ?", "Chaque commentaire est lu avant d’être publié.")
        {
            BeforeAsync = async (town, page, _) =>
            {
                var ruled = await town.Alix.SendAsync(HttpMethod.Put, "/api/v1/threads", new { site = ModeratedTown.Site, page, policy = "a-priori" });
                Assert.True(ruled.Status == HttpStatusCode.OK, ruled.Body);
            },
        },
        new("", "election", "Dimanche, votez pour la liste d’Henri, la seule qui tienne parole.", "Les commentaires sont suspendus pour le moment : chaque texte attend d’être lu.")
        {
            BeforeAsync = (town, _, _) => town.PutAsync("freeze", new { from = town.Clock.GetUtcNow().AddMinutes(-1), reason = "Élections municipales", comments = "hold" }),
            AfterAsync = town => town.PutAsync("freeze", new { }),
        },
        new("", "illegal", "Le trésorier de l’amicale est parti avec la caisse.", "Contraire à la loi : diffamation d’une personne.") { IsReported = true },
    ];
}
