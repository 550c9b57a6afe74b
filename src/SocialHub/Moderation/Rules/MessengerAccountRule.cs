using System.Buffers;
using System.Collections.Frozen;
using SocialHub.Moderation.Text;

namespace SocialHub.Moderation.Rules;

/// <summary>
/// Where somebody is reached beside the page: "telegram @jeandup", "mon insta : jeandup59", "Insta @thomas_rvm". A messenger leads to one person. On the networks are towns, clubs and
/// elected members too: there counts what is said to be somebody's own, or is named on one where people show their lives, unless the sentence speaks of who is public or the account is theirs.
/// </summary>
public sealed class MessengerAccountRule : ModerationRule
{
    private const int Shortest = 4;
    private const int Longest = 32;
    private const int FewestLetters = 3;
    private const int MostWordsBefore = 3;
    private const int MostWordsOfPublic = 10;

    private static readonly FrozenSet<string> Messengers = FrozenSet.ToFrozenSet(["telegram", "whatsapp", "snap", "snapchat", "discord", "skype", "viber", "kik", "wechat", "messenger"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Networks = FrozenSet.ToFrozenSet(["insta", "instagram", "tiktok", "facebook", "fb", "twitter", "onlyfans"], StringComparer.Ordinal);

    // People show their own lives there; of others the public accounts are what citizens speak of.
    private static readonly FrozenSet<string> Lives = FrozenSet.ToFrozenSet(["insta", "instagram", "tiktok", "facebook", "fb", "onlyfans"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Whose = FrozenSet.ToFrozenSet(["mon", "ma", "mes", "moi", "ton", "ta", "tes", "my", "your"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Theirs = FrozenSet.ToFrozenSet(["son", "sa", "ses", "leur", "leurs", "his", "her", "their"], StringComparer.Ordinal);

    // Whose accounts anybody may name.
    private static readonly FrozenSet<string> PublicOnes = FrozenSet.ToFrozenSet(
        ["ville", "mairie", "maire", "mairesse", "commune", "municipalite", "adjoint", "adjointe", "elu", "elue", "elus", "depute", "deputee", "senateur", "senatrice", "ministre", "president", "presidente", "prefet", "prefete", "prefecture", "conseiller", "conseillere", "candidat", "candidate",
            "departement", "region", "metropole", "agglo", "agglomeration", "gouvernement", "ministere", "police", "gendarmerie", "pompiers", "sdis", "association", "asso", "club", "comite", "collectif", "syndicat", "parti", "groupe", "equipe", "ecole", "college", "lycee", "universite",
            "mediatheque", "bibliotheque", "musee", "theatre", "cinema", "festival", "office", "centre", "hopital", "journal", "radio", "media", "chaine", "restaurant", "bar", "cafe", "boulangerie", "boutique", "magasin", "commerce", "commerces", "marque", "entreprise", "compagnie", "troupe", "chorale", "mayor", "council", "school", "town"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Between = FrozenSet.ToFrozenSet(["c", "est", "sous", "pseudo", "compte", "id", "is", "au", "moi", "sur", "avec"], StringComparer.Ordinal);

    private static readonly SearchValues<char> Signs = SearchValues.Create(" :=>-@(_");

    public override string Id => "messenger-account";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Un compte de messagerie ou de réseau serait visible de tous.", "A messenger or network account would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            if (string.Equals(field.Name, "url", StringComparison.Ordinal)) continue;
            var text = field.Plain.Text;
            var words = field.WordList;
            for (var i = 0; i + 1 < words.Count; i++)
            {
                var word = text[words[i].Start..words[i].End];
                if (word.Length > 10) continue;
                var isMessenger = Messengers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
                if (!isMessenger && !Networks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) continue;
                if (Account(text, words, i + 1) is not { } account) continue;
                if (!isMessenger && !IsSomebodys(text, words, i, Whose) && !IsAnothers(reading, text, words, i, account)) continue;
                if (!reading.Authority.IsPublicEmail(string.Concat("@", text[account.Start..account.End]))) findings.Add(field, account.Start, account.End);
            }
        }
    }

    // "Son insta", or "Insta @thomas_rvm" right behind; not of those who are public.
    private static bool IsAnothers(Reading reading, ReadOnlySpan<char> text, List<Word> words, int network, (int Start, int End) account)
    {
        var isNamed = Lives.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[network].Start..words[network].End]) && text[account.Start - 1] == '@';
        if (!isNamed && !IsSomebodys(text, words, network, Theirs)) return false;
        for (var i = network - 1; i >= 0 && network - i <= MostWordsOfPublic && words[i].Sentence == words[network].Sentence; i--)
        {
            if (PublicOnes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i].Start..words[i].End])) return false;
        }

        return !reading.Authority.IsPublicAccount(text[account.Start..account.End].ToString());
    }

    private static bool IsSomebodys(ReadOnlySpan<char> text, List<Word> words, int network, FrozenSet<string> whose)
    {
        for (var i = network - 1; i >= 0 && network - i <= MostWordsBefore && words[i].Sentence == words[network].Sentence; i--)
        {
            if (whose.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i].Start..words[i].End])) return true;
        }

        return false;
    }

    // Behind a few small words: with its "@", with a line within that no word has, or behind a colon with a digit.
    private static (int Start, int End)? Account(ReadOnlySpan<char> text, List<Word> words, int first)
    {
        var network = first;
        while (first < words.Count && words[first].Sentence == words[first - 1].Sentence && Between.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[first].Start..words[first].End])) first++;
        if (first >= words.Count || words[first].Sentence != words[first - 1].Sentence) return null;
        var start = words[first].Start;
        var gap = text[words[first - 1].End..start];
        if (gap.Length > 5 || gap.ContainsAnyExcept(Signs)) return null;
        var end = start;
        while (end < text.Length && end - start <= Longest && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' || (text[end] is '.' && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1])))) end++;
        var account = text[start..end];
        if (account.Length is < Shortest or > Longest) return null;
        var letters = 0;
        foreach (var c in account) letters += char.IsAsciiLetter(c) ? 1 : 0;
        var isMarked = account.Contains('_') || ((first > network || gap.IndexOfAny(":=>") >= 0) && account.IndexOfAnyInRange('0', '9') >= 0);
        return gap.Contains('@') ? (start, end) : isMarked && letters >= FewestLetters && !char.IsAsciiDigit(account[0]) ? (start, end) : null;
    }
}
