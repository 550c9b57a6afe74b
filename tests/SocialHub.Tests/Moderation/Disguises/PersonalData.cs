using System.Globalization;
using System.Numerics;

namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>
/// Telephone numbers, e-mail addresses, IBANs, social security and card numbers with right check digits, as people write them and as
/// they hide them; and numbers of civic life that look like them. The same seed makes the same sentences. None is anybody's on purpose.
/// </summary>
public sealed class PersonalData(int seed)
{
    /// <summary>
    /// The hub.json of an authority whose own numbers and addresses the look-alikes of kind <c>town-hall</c> are. A hub.json has no
    /// list of numbers yet: they stand among its allowed words, which may hold letters and digits only.
    /// </summary>
    public const string HubFile = """
        {"authority":{"name":"Ville de Saint-Exemple","language":"fr","publicAddress":"https://hub.saint-exemple.example"},
         "sites":{"ville":{"name":"Ville de Saint-Exemple","origins":["https://www.saint-exemple.example"]}},
         "moderation":{"allowWords":["02 98 00 12 34","0298001234"]}}
        """;

    private static readonly string[] Carriers =
    [
        "Mon voisin du 12, voici : {0}.", "Vous pouvez me joindre : {0}", "Appelez ou écrivez, {0}, merci.", "Pour le covoiturage de l'école, {0}, demander Camille.",
        "Le président du club ({0}) organise la collecte.", "C'est bien lui, {0} !", "Écrivez-lui donc directement : {0} et dites-lui ce que vous en pensez.", "{0} pour ceux qui veulent des détails sur le vide-grenier.",
    ];

    private static readonly string[] Names = ["camille", "dominique", "anne-marie", "jean.luc", "p.morvan", "claude_roux", "lucas", "nadia.b", "s.lefevre", "yann"];

    private static readonly string[] Domains = ["orange.fr", "gmail.com", "laposte.net", "free.fr", "sfr.fr", "wanadoo.fr", "hotmail.fr", "yahoo.fr", "outlook.com", "protonmail.com", "mairie-voisine.fr"];

    private static readonly string[] Units = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"];

    private static readonly string[] Tens = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

    private static readonly string[] Invisible = ["\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD"];

    private readonly Random _random = new(seed);

    /// <summary>Personal data of every kind in every way, <paramref name="each"/> times.</summary>
    public IEnumerable<PersonalDatum> Personal(int each)
    {
        for (var i = 0; i < each; i++)
        {
            foreach (var datum in Phones().Concat(Emails()).Concat(Numbers())) yield return datum;
        }
    }

    /// <summary>What must pass, <paramref name="each"/> times; the kind <c>town-hall</c> needs <see cref="HubFile"/>.</summary>
    public IEnumerable<PersonalDatum> LookAlikes(int each)
    {
        for (var i = 0; i < each; i++)
        {
            foreach (var (what, text) in Civic()) yield return new(text, text, what, "plain", IsPersonal: false);
        }
    }

    private IEnumerable<PersonalDatum> Phones()
    {
        var french = new (string What, Func<string> Make)[]
        {
            ("mobile", () => One(["06 1", "06 2", "06 6", "06 7", "06 8", "07 6", "07 8"]) + Digits(1) + Pairs(3)),
            ("landline", () => One(["01 4", "02 9", "03 8", "04 9", "05 5", "04 7"]) + One(["0", "1", "2", "3", "5", "6", "7"]) + Pairs(3)),
            ("overseas", () => One(["0692", "0690", "0694", "0696", "0262", "0590", "0594", "0596"]) switch
            {
                "0262" => "02 62 " + One(["20", "21", "41", "30", "25"]) + Pairs(2),
                "0590" => "05 90 " + One(["81", "82", "83", "90"]) + Pairs(2),
                "0594" => "05 94 " + One(["30", "31", "28"]) + Pairs(2),
                "0596" => "05 96 " + One(["60", "63", "70", "71"]) + Pairs(2),
                "0692" => "06 92 " + One(["60", "65", "70", "81"]) + Pairs(2),
                "0690" => "06 90 " + One(["35", "41", "50", "63"]) + Pairs(2),
                "0694" => "06 94 " + One(["20", "21", "23", "40"]) + Pairs(2),
                _ => "06 96 " + One(["20", "26", "45", "80"]) + Pairs(2),
            }),
        };
        foreach (var (what, make) in french)
        {
            foreach (var (way, write) in PhoneWays())
            {
                if (what != "mobile" && way.StartsWith("foreign", StringComparison.Ordinal)) continue;
                yield return Said(write(make()), what, way);
            }
        }

        foreach (var (way, write) in new (string, Func<string, string>)[] { ("plain", n => n), ("zeros", n => "00" + n[1..]), ("compact", n => n.Replace(" ", "", StringComparison.Ordinal)), ("dots", n => n.Replace(' ', '.')), ("dashes", n => n.Replace(' ', '-')), ("spaced", n => Between(n.Replace(" ", "", StringComparison.Ordinal), " ")), ("full-width", FullWidth), ("zero-width", Hidden), ("letter O", n => n.Replace('0', 'O')) })
        {
            yield return Said(write(Abroad()), "international", way);
        }
    }

    private string Abroad() => One(new Func<string>[]
    {
        () => $"+32 47{Digits(1)} {Digits(2)} {Digits(2)} {Digits(2)}",
        () => $"+41 79 {Digits(3)} {Digits(2)} {Digits(2)}",
        () => $"+49 151 {One(["1", "2", "4"])}{Digits(3)} {Digits(4)}",
        () => $"+44 7{One(["4", "7", "8"])}{Digits(2)} {Digits(6)}",
        () => $"+352 621 {Digits(3)} {Digits(3)}",
        () => $"+34 6{One(["1", "2", "5", "6"])}{Digits(1)} {Digits(3)} {Digits(3)}",
        () => $"+39 34{One(["0", "7", "8", "9"])} {Digits(3)} {Digits(4)}",
        () => $"+212 66{One(["1", "2", "3"])} {Digits(2)} {Digits(2)} {Digits(2)}",
        () => $"+33 6 1{Digits(1)}{Pairs(3)}",
        () => $"+262 692 6{One(["0", "5"])}{Pairs(2)}",
    })();

    private IEnumerable<(string Way, Func<string, string> Write)> PhoneWays() =>
    [
        ("plain", n => n),
        ("compact", Compact),
        ("dots", n => n.Replace(' ', '.')),
        ("dashes", n => n.Replace(' ', '-')),
        ("slashes", n => n.Replace(' ', '/')),
        ("signs", n => n.Replace(" ", One(["_", "*", ",", " . ", " - ", "·", " / ", "~", "|"]), StringComparison.Ordinal)),
        ("mixed", n => string.Concat(n.Select(c => c == ' ' ? One([" ", ".", "-", "/"]) : c.ToString()))),
        ("spaced", n => Between(Compact(n), One([" ", ".", "-", " . ", "  "]))),
        ("grouped otherwise", n => Grouped(Compact(n), One<int[]>([[4, 2, 2, 2], [4, 3, 3], [1, 3, 3, 3], [3, 3, 4], [2, 4, 4], [1, 1, 2, 2, 2, 2]]))),
        ("brackets", n => One([$"({n[..2]}){n[2..]}", string.Concat(n.Split(' ').Select((pair, i) => i % 2 == 0 ? pair : $"({pair})"))])),
        ("letter O", n => SomeOf(n, '0', ["O", "o"])),
        ("letters", n => SomeOf(SomeOf(n, '0', ["O", "o"]), '1', ["l", "I"])),
        ("words", n => string.Join(One([" ", ", ", " - "]), n.Split(' ').Select(Words))),
        ("words by digit", n => string.Join(' ', Compact(n).Select(c => Units[c - '0']))),
        ("some words", n => string.Join(' ', n.Split(' ').Select((pair, i) => i < 2 || _random.Next(2) == 0 ? Words(pair) : pair))),
        ("full-width", FullWidth),
        ("zero-width", n => Hidden(One([n, Compact(n)]))),
        ("mathematical", n => Digitwise(n, One([0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6]))),
        ("circled", n => string.Concat(n.Select(c => c == ' ' ? " " : c == '0' ? "⓪" : char.ConvertFromUtf32(0x2460 + c - '1')))),
        ("keycaps", n => string.Concat(n.Select(c => c == ' ' ? " " : $"{c}\uFE0F\u20E3"))),
        ("other digits", n => Digitwise(n, One([0x0660, 0x06F0, 0x0966]))),
        ("foreign", n => "+33 " + n[1..]),
        ("foreign with zero", n => "+33 (0)" + n[1..]),
        ("foreign compact", n => One(["+33", "0033", "00 33 "]) + Compact(n)[1..]),
        ("foreign without plus", n => "33 " + n[1..]),
    ];

    private IEnumerable<PersonalDatum> Emails()
    {
        foreach (var (way, write) in new (string, Func<string, string, string>)[]
        {
            ("plain", (name, domain) => $"{name}@{domain}"),
            ("plain", (name, domain) => $"{name.ToUpperInvariant()}@{domain.ToUpperInvariant()}"),
            ("blanks", (name, domain) => $"{name} @ {domain}"),
            ("blanks", (name, domain) => $"{name} @ {domain.Replace(".", " . ", StringComparison.Ordinal)}"),
            ("(at)", (name, domain) => name + One(["(at)", " (at) ", "[at]", " [at] ", "{at}", "<at>", "(AT)"]) + domain),
            ("(at) (dot)", (name, domain) => name + One([" (at) ", "[at]"]) + domain.Replace(".", One([" (dot) ", "[dot]", " (point) ", "[point]", "(.)"]), StringComparison.Ordinal)),
            ("at dot", (name, domain) => $"{name} at {domain.Replace(".", " dot ", StringComparison.Ordinal)}"),
            ("arobase", (name, domain) => name + One([" arobase ", " arobas ", "(arobase)", " [arobase] ", " AROBASE ", " arrobase "]) + domain),
            ("arobase point", (name, domain) => $"{name.Replace(".", " point ", StringComparison.Ordinal)} {One(["arobase", "arobas", "at", "(a)"])} {domain.Replace(".", " point ", StringComparison.Ordinal)}"),
            ("arobase tiret", (name, domain) => $"{name.Replace(".", " point ", StringComparison.Ordinal).Replace("-", " tiret ", StringComparison.Ordinal).Replace("_", " tiret bas ", StringComparison.Ordinal)} arobase {domain.Replace(".", " point ", StringComparison.Ordinal)}"),
            ("chez", (name, domain) => $"{name} chez {domain.Replace(".", " point ", StringComparison.Ordinal)}"),
            ("full-width", (name, domain) => One([$"{name}＠{domain}", FullWidth($"{name}@{domain}")])),
            ("small at", (name, domain) => $"{name}﹫{domain}"),
            ("zero-width", (name, domain) => Hidden($"{name}@{domain}")),
            ("accents", (name, domain) => $"{name}@{domain.Replace('a', 'à').Replace('e', 'é').Replace('o', 'ô')}"),
            ("mathematical", (name, domain) => string.Concat($"{name}@{domain}".Select(c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D5BA + c - 'a') : c.ToString()))),
            ("letters spaced", (name, domain) => Between($"{name}@{domain}", " ")),
            ("comma", (name, domain) => $"{name}@{domain.Replace('.', ',')}"),
        })
        {
            yield return Said(write(One(Names) + One(["", Digits(2), Digits(4)]), One(Domains)), "email", way);
        }
    }

    private IEnumerable<PersonalDatum> Numbers()
    {
        foreach (var (what, make, size) in new (string, Func<string>, int)[]
        {
            ("iban-fr", () => Iban("FR", Digits(10) + Bban("", 11, letters: true) + Digits(2)), 4),
            ("iban-abroad", () => One(new Func<string>[]
            {
                () => Iban("DE", Digits(18)), () => Iban("BE", Digits(12)), () => Iban("ES", Digits(20)), () => Iban("LU", Digits(16)), () => Iban("CH", Digits(17)),
                () => Iban("PT", Digits(21)), () => Iban("NL", Bban(One(["INGB", "ABNA"]), 10, letters: false)), () => Iban("IT", Bban("X", 22, letters: false)), () => Iban("GB", Bban("NWBK", 14, letters: false)),
            })(), 4),
            ("card", Card, 4),
        })
        {
            foreach (var (way, write) in NumberWays(size)) yield return Said((what == "card" ? "" : One(["", "", "IBAN ", "RIB : "])) + write(make()), what, way);
        }

        foreach (var (way, write) in NirWays()) yield return Said(One(["", "sécu ", "n° SS "]) + write(Nir()), "nir", way);
    }

    private IEnumerable<(string Way, Func<string, string> Write)> NumberWays(int size) =>
    [
        ("plain", n => Grouped(n, size, " ")),
        ("compact", n => n),
        ("lower case", n => Grouped(n.ToLowerInvariant(), size, " ")),
        ("dots", n => Grouped(n, size, ".")),
        ("dashes", n => Grouped(n, size, "-")),
        ("signs", n => Grouped(n, size, One(["_", "/", " - ", "·", "*", "  "]))),
        ("spaced", n => Between(n, One([" ", ".", "-"]))),
        ("grouped otherwise", n => Grouped(n, One([2, 3, 5, 6]), " ")),
        ("letter O", n => Grouped(n.Replace("0", One(["O", "o"]), StringComparison.Ordinal), size, " ")),
        ("full-width", n => FullWidth(Grouped(n, size, " "))),
        ("zero-width", n => Hidden(Grouped(n, size, One(["", " "])))),
        ("mathematical", n => Digitwise(Grouped(n, size, " "), One([0x1D7CE, 0x1D7E2, 0x1D7F6]))),
    ];

    private IEnumerable<(string Way, Func<string, string> Write)> NirWays() =>
    [
        ("plain", n => Grouped(n, [1, 2, 2, 2, 3, 3, 2])),
        ("compact", n => n),
        ("two groups", n => n[..13] + " " + n[13..]),
        ("dots", n => Grouped(n, [1, 2, 2, 2, 3, 3, 2]).Replace(' ', '.')),
        ("dashes", n => Grouped(n, [1, 2, 2, 2, 3, 3, 2]).Replace(' ', '-')),
        ("slash before the key", n => Grouped(n[..13], [1, 2, 2, 2, 3, 3]) + One(["/", " / ", " clé "]) + n[13..]),
        ("spaced", n => Between(n, One([" ", ".", "-"]))),
        ("grouped otherwise", n => Grouped(n, One<int[]>([[3, 2, 2, 3, 3, 2], [5, 5, 5], [1, 4, 4, 4, 2]]))),
        ("letter O", n => Grouped(n.Replace("0", One(["O", "o"]), StringComparison.Ordinal), [1, 2, 2, 2, 3, 3, 2])),
        ("full-width", n => FullWidth(Grouped(n, [1, 2, 2, 2, 3, 3, 2]))),
        ("zero-width", n => Hidden(Grouped(n, [1, 2, 2, 2, 3, 3, 2]))),
    ];

    private string Iban(string country, string bban)
    {
        var rest = BigInteger.Parse(string.Concat((bban + country + "00").Select(c => char.IsAsciiDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture))), CultureInfo.InvariantCulture) % 97;
        return $"{country}{98 - (int)rest:00}{bban}";
    }

    private string Bban(string first, int digits, bool letters) =>
        first + string.Concat(Enumerable.Range(0, digits).Select(_ => letters && _random.Next(12) == 0 ? ((char)('A' + _random.Next(26))).ToString() : Digits(1)));

    private string Nir()
    {
        var department = One(["75", "33", "29", "13", "59", "69", "44", "974", "2A", "2B", "99"]);
        // Three digits of a commune or country; two behind the three of an overseas department.
        var place = department + (department.Length == 3 ? 10 + _random.Next(15) : 100 + _random.Next(200)).ToString(CultureInfo.InvariantCulture);
        var body = $"{1 + _random.Next(2)}{_random.Next(100):00}{1 + _random.Next(12):00}{place}{1 + _random.Next(998):000}";
        // The key of a Corsican number counts 2A as 19 and 2B as 18.
        var number = long.Parse(body.Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return $"{body}{97 - (number % 97):00}";
    }

    private string Card()
    {
        var body = One(["4", "4", "51", "52", "53", "55", "2221", "37"]);
        body += Digits((body == "37" ? 14 : 15) - body.Length);
        return body + LuhnDigit(body);
    }

    private static int LuhnDigit(string body)
    {
        var sum = body.Reverse().Select((c, i) => i % 2 == 0 ? ((c - '0') * 2 / 10) + ((c - '0') * 2 % 10) : c - '0').Sum();
        return (10 - (sum % 10)) % 10;
    }

    private IEnumerable<(string What, string Text)> Civic()
    {
        var siren = Siren();
        var siret = Siret(siren);
        var (day, month, year) = (1 + _random.Next(28), 1 + _random.Next(12), 1990 + _random.Next(45));
        var (other, later) = (1 + _random.Next(28), 1 + _random.Next(12));
        yield return ("siret", $"Le marché est attribué à l'entreprise (SIRET {Grouped(siret, [3, 3, 3, 5])}).");
        yield return ("siret", $"SIRET : {siret}, code APE 8411Z.");
        yield return ("siren", $"La société d'économie mixte, SIREN {Grouped(siren, [3, 3, 3])}, est en sommeil.");
        yield return ("siren", $"RCS Quimper {siren}");
        yield return ("date", $"Réunion le {day:00}/{month:00}/{year} à {_random.Next(24):00}h{_random.Next(60):00}.");
        yield return ("date", $"Travaux du {day:00}.{month:00}.{year} au {other:00}.{later:00}.{year + 1}, déviation par la rue Haute.");
        yield return ("date", $"Le conseil du {day:00} {month:00} {year} a reporté le point, celui du {other:00} {later:00} {year + 1} aussi.");
        yield return ("date", $"Collecte les {day:00}/{month:00}, {other:00}/{month:00} et {other:00}/{later:00} ({year}).");
        yield return ("date", $"Les élections de {year}, {year + 1}, {year + 6} et {year + 12} n'y ont rien changé.");
        yield return ("time", $"Ouvert de 0{_random.Next(7, 10)} h 30 à 12 h 00 et de 13 h 30 à 1{_random.Next(6, 9)} h 00.");
        yield return ("time", $"Le bus passe à 07:{_random.Next(60):00}, 08:{_random.Next(60):00}, 09:{_random.Next(60):00} et 10:{_random.Next(60):00}.");
        yield return ("time", $"Départs : 06h{_random.Next(60):00} 07h{_random.Next(60):00} 08h{_random.Next(60):00} 09h{_random.Next(60):00} 10h{_random.Next(60):00}");
        yield return ("case-number", $"Délibération n° {year}-{_random.Next(1, 400):0000} du {day:00}/{month:00}/{year}.");
        yield return ("case-number", $"Le permis PC {_random.Next(1, 96):000} {_random.Next(1, 400):000} {_random.Next(15, 27):00} {_random.Next(1, 99999):00000} est affiché en mairie.");
        yield return ("case-number", $"Dossier {year}/{Digits(10)} toujours sans réponse.");
        yield return ("case-number", $"Référence de ma demande : SV-{year}{month:00}{day:00}-{Digits(4)}.");
        yield return ("case-number", $"Arrêté préfectoral n° {_random.Next(13, 96)}-{year}-{month:00}-{day:00}-{Digits(5)}.");
        yield return ("case-number", $"Affaire n° RG {_random.Next(15, 27)}/{Digits(5)}, décision attendue.");
        yield return ("insee", $"Le code INSEE de la commune est {_random.Next(1, 96):00}{_random.Next(1, 500):000}, l'IRIS {_random.Next(1, 96):00}{_random.Next(1, 500):000}0{_random.Next(101, 110)}.");
        yield return ("amount", $"Le budget passe de {_random.Next(1, 9)} {Digits(3)} {Digits(3)},{Digits(2)} € à {_random.Next(10, 99)} {Digits(3)} {Digits(3)},{Digits(2)} €.");
        yield return ("amount", $"Coût : {_random.Next(100, 999)} {Digits(3)} {Digits(3)} euros HT, soit {_random.Next(1, 9)} {Digits(3)} {Digits(3)} {Digits(3)} de centimes.");
        yield return ("amount", $"Subventions : {_random.Next(1, 9)}.{Digits(3)}, {_random.Next(10, 99)}.{Digits(3)} et {_random.Next(100, 999)}.{Digits(3)} euros.");
        yield return ("bus", $"Les lignes {_random.Next(1, 9)}, {_random.Next(10, 19)}, {_random.Next(20, 29)}, {_random.Next(30, 39)} et {_random.Next(40, 49)} sont déviées.");
        yield return ("bus", $"Lignes 0{_random.Next(1, 9)} {_random.Next(10, 19)} {_random.Next(20, 29)} {_random.Next(30, 39)} : plus de passage le dimanche.");
        yield return ("emergency", $"En cas d'urgence : {One(["15, 17, 18 ou 112", "le 112 ou le 114", "le 119, le 115 et le 17", "18 / 112 / 15", "le 116 117 ou le 15"])}.");
        yield return ("service-number", $"Appelez le {One(["3919", "39 19", "3646", "36 46", "3949", "39 39", "3018", "30 18", "3114", "31 14", "3631", "36 31"])}, c'est gratuit.");
        yield return ("postal-code", $"Distribution à {_random.Next(10, 96)}000, {_random.Next(10, 96)}100, {_random.Next(10, 96)}200 et {_random.Next(10, 96)}310, CEDEX {_random.Next(1, 20)} compris.");
        yield return ("cadastre", $"Parcelles section A{One(["B", "C", "D", "K", "T"])} n° {Digits(3)}, {Digits(3)} et {Digits(3)}, {_random.Next(1, 90)} ares {_random.Next(1, 99)}.");
        yield return ("cadastre", $"Référence cadastrale {_random.Next(1, 96):00}{_random.Next(1, 400):000}000A{One(["B", "C", "D"])}{Digits(4)}.");
        yield return ("isbn", $"À lire : ISBN {Isbn("-")}.");
        yield return ("isbn", $"Le livre ({Isbn("")}) est à la médiathèque.");
        yield return ("ean", $"Produit rappelé, code-barres {Ean()}, lot {Digits(6)}.");
        yield return ("measure", $"Coordonnées : 48.{Digits(5)}, -4.{Digits(5)}, altitude {Digits(2)} m.");
        yield return ("measure", $"Compteurs : {Digits(5)} kWh en {year}, {Digits(5)} kWh en {year + 1}, {Digits(5)} kWh en {year + 2}.");
        yield return ("score", $"Résultats : {_random.Next(10, 99)} {_random.Next(10, 99)} {_random.Next(10, 99)} {_random.Next(10, 99)} au loto du comité des fêtes.");
        yield return ("plate", $"Le camion {One(["AB", "CD", "FG"])}-{Digits(3)}-{One(["XY", "ZK", "PQ"])} bloque encore la rue.");
        yield return ("words", $"Nous étions {Units[_random.Next(2, 16)]} ou {Units[_random.Next(2, 16)]}, puis {Units[_random.Next(2, 16)]}, à attendre {Tens[_random.Next(2, 7)]} minutes au numéro {Units[_random.Next(2, 16)]}.");
        yield return ("words", $"Rendez-vous chez {One(["Orange", "Free", "le boulanger", "SFR"])} point de vente du centre, ou à la mairie, point d'accueil.");
        yield return ("words", One(["La place @home du centre social ouvre jeudi.", "L'arobase est le symbole du nouvel espace numérique.", "On se retrouve chez Paul, point final.", "Le point info jeunesse est chez l'épicier."]));
        yield return ("town-hall", $"Le standard de la mairie ({One(["02 98 00 12 34", "0298001234", "02.98.00.12.34", "+33 2 98 00 12 34"])}) ne répond pas.");
        yield return ("town-hall", $"Écrivez à {One(["mairie", "accueil", "urbanisme"])}@saint-exemple.example, on m'a répondu.");
    }

    private string Siren()
    {
        var body = One(["2", "3", "4", "5", "8"]) + Digits(7);
        return body + LuhnDigit(body);
    }

    private static string Siret(string siren)
    {
        var body = siren + "0001";
        return body + LuhnDigit(body);
    }

    private string Ean()
    {
        var body = "3" + Digits(11);
        return body + EanDigit(body);
    }

    private string Isbn(string separator)
    {
        var (publisher, title) = (Digits(2), Digits(6));
        var body = "9782" + publisher + title;
        return string.Join(separator, "978", "2", publisher, title, EanDigit(body).ToString(CultureInfo.InvariantCulture));
    }

    private static int EanDigit(string body) => (10 - (body.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10)) % 10;

    private PersonalDatum Said(string written, string what, string way) => new(string.Format(CultureInfo.InvariantCulture, One(Carriers), written), written, what, way, IsPersonal: true);

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + _random.Next(10))));

    private string Pairs(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => " " + Digits(2)));

    private T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private string SomeOf(string text, char of, string[] ways) => string.Concat(text.Select(c => c == of ? One(ways) : c.ToString()));

    // In one place at least, in most of them sometimes.
    private string Hidden(string text)
    {
        var (invisible, share, sure) = (One(Invisible), _random.Next(1, 5), _random.Next(1, text.Length));
        return string.Concat(text.Select((c, i) => (i > 0 && _random.Next(5) < share) || i == sure ? invisible + c : c.ToString()));
    }

    private static string Compact(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static string Between(string text, string separator) => string.Join(separator, text.AsEnumerable());

    private static string Grouped(string text, int size, string separator) => string.Join(separator, text.Chunk(size).Select(chunk => new string(chunk)));

    private static string Grouped(string text, int[] sizes)
    {
        var groups = new List<string>();
        foreach (var size in sizes)
        {
            groups.Add(text[..Math.Min(size, text.Length)]);
            text = text[Math.Min(size, text.Length)..];
        }

        return string.Join(' ', groups.Append(text).Where(group => group.Length > 0));
    }

    private static string FullWidth(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c - '!' + '\uFF01') : c));

    private static string Digitwise(string text, int zero) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? char.ConvertFromUtf32(zero + c - '0') : c.ToString()));

    // "zéro six", "douze", "quatre-vingt-douze"
    private static string Words(string pair)
    {
        if (pair[0] == '0') return $"{Units[0]} {Units[pair[1] - '0']}";
        var (ten, one) = (pair[0] - '0', pair[1] - '0');
        if (ten == 1) return Units[10 + one];
        if (ten is 7 or 9) return (ten, one) == (7, 1) ? "soixante et onze" : $"{Tens[ten]}-{Units[10 + one]}";
        return one switch { 0 => Tens[ten] + (ten == 8 ? "s" : ""), 1 when ten < 8 => $"{Tens[ten]} et un", _ => $"{Tens[ten]}-{Units[one]}" };
    }
}
