namespace SocialHub.Standalone.Demo;

/// <summary>One article of the demo town's site.</summary>
/// <param name="Slug">Its place under <c>/actualites/</c> and the name of its picture.</param>
/// <param name="Alt">What its picture shows.</param>
/// <param name="Age">How old it is when the site opens.</param>
internal sealed record DemoArticle(string Slug, string Title, string Summary, string[] Paragraphs, string Alt, TimeSpan Age)
{
    /// <summary>What the site holds when it opens, newest first.</summary>
    public static IReadOnlyList<DemoArticle> First { get; } =
    [
        new("piscine", "La piscine Jacques-Brel rouvre après six mois de travaux",
            "Bassin rénové, eau chauffée par la géothermie et nocturne le jeudi : la piscine vous accueille de nouveau dès samedi.",
            [
                "Six mois de travaux, 1,2 million d’euros, 40 % d’énergie en moins : la piscine Jacques-Brel rouvre samedi à 10 heures. Le bassin de 25 mètres a été entièrement recarrelé et l’eau est désormais chauffée par la géothermie.",
                "Les vestiaires sont accessibles aux fauteuils roulants, et un élévateur permet d’entrer dans l’eau sans aide. Une nocturne est ouverte chaque jeudi jusqu’à 21 heures.",
                "L’entrée est gratuite tout le week-end. Les abonnements pris avant la fermeture sont prolongés de six mois, sans démarche.",
            ],
            "Dessin : un grand bassin bleu sous une verrière, des lignes d’eau rouges et jaunes", TimeSpan.FromHours(20)),
        new("marche-de-noel", "Le marché de Noël s’installe sur la place des Tilleuls",
            "Trente artisans, une patinoire et le retour du grand sapin : rendez-vous du 4 au 20 décembre.",
            [
                "Trente artisans, tous installés à moins de soixante kilomètres, ouvrent leurs chalets place des Tilleuls du vendredi 4 au dimanche 20 décembre, de 11 à 20 heures.",
                "La patinoire est de retour ; les patins sont prêtés gratuitement aux enfants des écoles de la ville. Le stationnement reste gratuit le samedi.",
            ],
            "Dessin : des chalets de bois éclairés autour d’un grand sapin, la nuit", TimeSpan.FromDays(2)),
        new("pont-vieux", "Pont-Vieux : circulation alternée jusqu’au 12 décembre",
            "Les joints du tablier sont remplacés. Les piétons, les vélos et les bus passent comme d’habitude.",
            [
                "Le Pont-Vieux a 180 ans et porte 9 000 véhicules par jour. Les joints de son tablier sont remplacés jusqu’au 12 décembre : la circulation y est alternée de 9 à 16 heures.",
                "Les piétons, les vélos et la ligne de bus 2 passent comme d’habitude. Aux heures de pointe, la déviation par la rocade sud fait gagner du temps.",
            ],
            "Dessin : un pont de pierre à trois arches sur une rivière", TimeSpan.FromDays(3.5)),
        new("mediatheque", "La médiathèque ouvre le dimanche après-midi",
            "De 14 à 18 heures, avec un atelier pour les familles chaque premier dimanche du mois.",
            [
                "À votre demande lors du budget participatif, la médiathèque ouvre désormais le dimanche de 14 à 18 heures, de novembre à avril.",
                "Le premier dimanche du mois, un atelier est proposé aux familles : jeux de société, contes ou fabrication d’instruments. C’est gratuit et sans inscription.",
            ],
            "Dessin : des rayonnages de livres de toutes les couleurs et une lampe allumée", TimeSpan.FromDays(6)),
    ];

    /// <summary>What the site publishes while somebody watches.</summary>
    public static DemoArticle Next { get; } = new("parc", "Le parc des Deux-Rives ouvre ses trois premiers hectares",
        "Un verger, une aire de jeux en bois et deux kilomètres d’allées : la première tranche du parc est ouverte à tous.",
        [
            "Les barrières sont tombées ce matin : les trois premiers hectares du parc des Deux-Rives sont ouverts, tous les jours, de 8 heures à la tombée de la nuit.",
            "Cent vingt arbres fruitiers y ont été plantés avec les élèves de l’école Simone-Veil. La cueillette sera libre.",
            "La deuxième tranche, avec la plage de la rivière, suivra au printemps.",
        ],
        "Dessin : un parc au bord d’une rivière, des arbres ronds et un sentier clair", TimeSpan.Zero);
}
