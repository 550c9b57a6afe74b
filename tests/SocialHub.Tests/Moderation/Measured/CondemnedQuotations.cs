using System.Globalization;

namespace SocialHub.Tests.Moderation.Measured;

/// <summary>What people write who repeat hate in order to condemn it: to hold is a moderator's right, to reject would punish the wrong one.</summary>
public static class CondemnedQuotations
{
    private static readonly string[] Statements =
    [
        "les {0} sont des rats", "il faut exterminer les {0}", "les {0} sont une vermine", "les {0} devraient tous crever", "dehors les {0}", "les {0} ne valent rien",
        "un bon coup de fusil et plus de {0}", "mort aux {0}", "les {0} sont des animaux", "les {0}, tous des voleurs", "je hais les {0}", "les {0} sont une maladie",
    ];

    private static readonly string[] Groups = ["femmes", "musulmans", "juifs", "homosexuels", "Roms", "noirs", "handicapés", "Arabes", "migrants", "catholiques"];

    private static readonly string[] Frames =
    [
        "Écrire « {0} », c'est inacceptable.", "Dire que « {0} » est une honte, et un délit.", "Quelqu'un a tagué \"{0}\" sur l'école : c'est révoltant, merci de nettoyer vite.",
        "Je condamne fermement ceux qui écrivent « {0} ».", "Un commentaire disait « {0} ». Personne ne devrait lire ça ici.", "Comment peut-on encore écrire \"{0}\" en 2026 ? J'ai honte pour notre ville.",
        "Laisser passer « {0} » sans rien dire, ce serait être complice.", "« {0} » : cette phrase m'a fait pleurer. Il faut porter plainte.", "J'ai signalé le message « {0} », il est illégal.",
        "Non, on ne peut pas dire « {0} ». La haine n'est pas une opinion.", "Mon fils s'est entendu dire « {0} » à l'arrêt de bus. C'est intolérable.", "Ceux qui pensent \"{0}\" n'ont rien compris à la République.",
        "Le procureur a poursuivi l'auteur de « {0} », et il a bien fait.", "Il est scandaleux qu'un élu ait pu crier « {0} » sans être rappelé à l'ordre.",
    ];

    /// <summary>Every statement in every frame, the groups in turns.</summary>
    public static IEnumerable<string> All() =>
        Statements.SelectMany((statement, i) => Frames.Select((frame, j) => string.Format(CultureInfo.InvariantCulture, frame, string.Format(CultureInfo.InvariantCulture, statement, Groups[((i * 3) + j) % Groups.Length]))));
}
