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
    private const int MostWordsBetween = 6;
    private const int MostWordsOfPublic = 10;

    private static readonly FrozenSet<string> Messengers = FrozenSet.ToFrozenSet(["telegram", "whatsapp", "snap", "snapchat", "discord", "skype", "viber", "kik", "wechat", "messenger", "threema", "olvid", "bereal"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Networks = FrozenSet.ToFrozenSet(["insta", "instagram", "instagramme", "ig", "tiktok", "facebook", "fb", "twitter", "x", "onlyfans", "threads", "bluesky", "mastodon", "linkedin", "twitch", "youtube", "steam", "signal", "tinder", "grindr", "vinted", "strava"], StringComparer.Ordinal);

    // Any network's, and only with its "@".
    private static readonly FrozenSet<string> Anywhere = FrozenSet.ToFrozenSet(["compte", "pseudo", "profil", "mp", "dm", "account"], StringComparer.Ordinal);

    // People show their own lives there; of others the public accounts are what citizens speak of.
    private static readonly FrozenSet<string> Lives = FrozenSet.ToFrozenSet(["insta", "instagram", "tiktok", "facebook", "fb", "onlyfans"], StringComparer.Ordinal);

    // Where the address of a page is somebody's account, and where it is one with whom one writes.
    private static readonly FrozenSet<string> NetworkHosts = FrozenSet.ToFrozenSet(["instagram.com", "tiktok.com", "facebook.com", "fb.com", "twitter.com", "x.com", "onlyfans.com", "threads.net", "bsky.app", "twitch.tv", "linkedin.com", "vinted.fr", "strava.com"], StringComparer.Ordinal);
    private static readonly FrozenSet<string> MessengerHosts = FrozenSet.ToFrozenSet(["t.me", "telegram.me", "wa.me", "snapchat.com", "m.me"], StringComparer.Ordinal);

    // Parts of such an address that are no account's, and those that stand before one.
    private static readonly FrozenSet<string> Pages = FrozenSet.ToFrozenSet(
        ["groups", "events", "pages", "watch", "reel", "reels", "p", "hashtag", "share", "sharer", "story.php", "profile.php", "permalink.php", "intent", "explore", "status", "search", "joinchat", "discover", "tag", "video", "videos", "photo", "company", "school", "feed", "home", "login", "legal", "help", "privacy"], StringComparer.Ordinal);
    private static readonly FrozenSet<string> BeforeAccount = FrozenSet.ToFrozenSet(["add", "in", "u", "user", "profile", "member", "athletes", "s"], StringComparer.Ordinal);

    // "@zoe_lpz sur insta"
    private static readonly FrozenSet<string> On = FrozenSet.ToFrozenSet(["sur", "on", "via", "de", "d"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Whose = FrozenSet.ToFrozenSet(["mon", "ma", "mes", "moi", "ton", "ta", "tes", "my", "your"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Theirs = FrozenSet.ToFrozenSet(["son", "sa", "ses", "leur", "leurs", "his", "her", "their"], StringComparer.Ordinal);

    // Whose accounts anybody may name.
    private static readonly FrozenSet<string> PublicOnes = FrozenSet.ToFrozenSet(
        ["ville", "mairie", "maire", "mairesse", "commune", "municipalite", "adjoint", "adjointe", "elu", "elue", "elus", "depute", "deputee", "senateur", "senatrice", "ministre", "president", "presidente", "prefet", "prefete", "prefecture", "conseiller", "conseillere", "candidat", "candidate",
            "departement", "region", "metropole", "agglo", "agglomeration", "gouvernement", "ministere", "police", "gendarmerie", "pompiers", "sdis", "association", "asso", "club", "comite", "collectif", "syndicat", "parti", "groupe", "equipe", "ecole", "college", "lycee", "universite",
            "mediatheque", "bibliotheque", "musee", "theatre", "cinema", "festival", "office", "centre", "hopital", "journal", "radio", "media", "chaine", "restaurant", "bar", "cafe", "boulangerie", "boutique", "magasin", "commerce", "commerces", "marque", "entreprise", "compagnie", "troupe", "chorale", "mayor", "council", "school", "town"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Between = FrozenSet.ToFrozenSet(["c", "est", "sous", "pseudo", "compte", "id", "is", "au", "moi", "sur", "avec", "le", "la", "nom", "de", "user", "username", "login", "identifiant", "handle", "je", "suis", "m", "s", "appelle", "il", "elle", "cherche", "cherchez", "tape", "tapez", "ajoute", "ajoutez"], StringComparer.Ordinal);

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
            for (var i = 0; i < words.Count; i++)
            {
                var word = text[words[i].Start..words[i].End];
                // "tik tok" is one word.
                var isTok = word is "tok" && i > 0 && text[words[i - 1].Start..words[i - 1].End] is "tik";
                if (word.Length > 11) continue;
                var isMessenger = Messengers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
                var isAnywhere = Anywhere.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
                if (!isMessenger && !isTok && !isAnywhere && !Networks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) continue;
                if ((i + 1 < words.Count ? Account(text, words, i + 1) : null) is not { } account)
                {
                    // "@zoe_lpz sur insta"
                    if (isAnywhere || AccountBefore(text, words, isTok ? i - 1 : i) is not { } before) continue;
                    account = before;
                }

                if (isAnywhere && text[Math.Max(0, account.Start - 1)] != '@') continue;
                if (!isMessenger && !IsSomebodys(text, words, i, Whose) && (isAnywhere ? !IsSomebodys(text, words, i, Theirs) || !IsPrivate(reading, text, words, i, account) : !IsAnothers(reading, text, words, i, account))) continue;
                if (!reading.Authority.IsPublicEmail(string.Concat("@", text[account.Start..account.End])) && !findings.Said(field, field.Plain.ToOriginal(account.Start, account.End).Start, field.Plain.ToOriginal(account.Start, account.End).End))
                    findings.Add(field, account.Start, account.End);
            }
        }

        if (reading.Links.Count > 0) JudgeLinks(reading, findings);
    }

    // "tiktok.com/@senseidodo_83", where the sentence speaks of a person and of nobody public; a messenger's address leads to one by itself.
    private static void JudgeLinks(Reading reading, FindingSink findings)
    {
        var place = 0;
        FieldReading? last = null;
        foreach (var link in reading.Links)
        {
            if (link.Host is not { } host || string.Equals(link.Field.Name, "url", StringComparison.Ordinal)) continue;
            var isMessenger = DomainList.Holds(MessengerHosts, host);
            if (!isMessenger && !DomainList.Holds(NetworkHosts, host)) continue;
            var text = link.Field.Plain.Text;
            var words = link.Field.WordList;
            if (AccountOf(text, link.Start, link.End) is not { } account) continue;
            if (!ReferenceEquals(last, link.Field)) (last, place) = (link.Field, 0);
            while (place + 1 < words.Count && words[place].Start < link.Start) place++;
            while (place > 0 && words[place].Start > link.Start) place--;
            if (!IsPrivate(reading, text, words, place, account) || (!isMessenger && !IsOfPerson(link.Field, place, link.End))) continue;
            if (!reading.Authority.IsPublicEmail(string.Concat("@", text[account.Start..account.End]))) findings.Add(link.Field, account.Start, account.End);
        }
    }

    // What stands behind the host: "instagram.com/zoe_lpz", "snapchat.com/add/zoe".
    private static (int Start, int End)? AccountOf(ReadOnlySpan<char> text, int start, int end)
    {
        var slash = text[start..end].IndexOf("//", StringComparison.Ordinal);
        var at = start + (slash < 0 ? 0 : slash + 2);
        for (var parts = 0; parts < 2; parts++)
        {
            var next = text[at..end].IndexOf('/');
            if (next < 0) return null;
            at += next + 1;
            if (at < end && text[at] == '@') at++;
            var stop = at;
            while (stop < end && (char.IsAsciiLetterOrDigit(text[stop]) || text[stop] is '_' or '.' or '-')) stop++;
            while (stop > at && text[stop - 1] is '.' or '-') stop--;
            var account = text[at..stop];
            if (BeforeAccount.GetAlternateLookup<ReadOnlySpan<char>>().Contains(account)) continue;
            return account.Length is >= Shortest and <= Longest && !Pages.GetAlternateLookup<ReadOnlySpan<char>>().Contains(account) ? (at, stop) : null;
        }

        return null;
    }

    private static bool IsOfPerson(FieldReading field, int place, int end)
    {
        var text = field.Plain.Text;
        var words = field.WordList;
        for (var i = place; i >= 0 && place - i <= MostWordsOfPublic && words[i].Sentence == words[place].Sentence; i--)
        {
            if (IsPersonal(text, words[i]) || PersonName.EndsBefore(field, i)) return true;
        }

        // The dots of an address end no sentence, so that the words behind it are counted from its end.
        var behind = place;
        while (behind < words.Count && words[behind].Start < end) behind++;
        for (var i = behind; i < words.Count && i - behind < MostWordsOfPublic && words[i].Sentence == words[behind].Sentence; i++)
        {
            if (IsPersonal(text, words[i])) return true;
        }

        return false;
    }

    private static bool IsPersonal(ReadOnlySpan<char> text, Word word)
    {
        var written = text[word.Start..word.End];
        return Whose.GetAlternateLookup<ReadOnlySpan<char>>().Contains(written) || Theirs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(written)
            || PersonWords.Somebody.GetAlternateLookup<ReadOnlySpan<char>>().Contains(written) || written is "lui" or "elle" or "him" or "cache" or "derriere" or "mme" or "mlle" or "monsieur";
    }

    // "Son insta", or "Insta @thomas_rvm" right behind; not of those who are public.
    private static bool IsAnothers(Reading reading, ReadOnlySpan<char> text, List<Word> words, int network, (int Start, int End) account)
    {
        var isNamed = Lives.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[network].Start..words[network].End]) && account.Start > 0 && text[account.Start - 1] == '@';
        return (isNamed || IsSomebodys(text, words, network, Theirs)) && IsPrivate(reading, text, words, network, account);
    }

    private static bool IsPrivate(Reading reading, ReadOnlySpan<char> text, List<Word> words, int network, (int Start, int End) account)
    {
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

    // "@zoe_lpz sur insta", "zoe_lpz34 sur mon snap": with its "@", or with a line and a digit that no word has.
    private static (int Start, int End)? AccountBefore(ReadOnlySpan<char> text, List<Word> words, int network)
    {
        var i = network - 1;
        if (i > 0 && Whose.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i].Start..words[i].End])) i--;
        if (i < 1 || words[i].Sentence != words[network].Sentence || !On.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[i].Start..words[i].End])) return null;
        var end = words[i - 1].End;
        if (text[end..words[i].Start] is not (" " or ") " or ", ")) return null;
        var start = end;
        while (start > 0 && end - start <= Longest && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.')) start--;
        while (start < end && text[start] is '.') start++;
        var account = text[start..end];
        if (account.Length is < Shortest or > Longest || account.IndexOfAnyInRange('a', 'z') < 0) return null;
        return (start > 0 && text[start - 1] == '@') || account.Contains('_') ? (start, end) : null;
    }

    // Behind a few small words: with its "@", with a line within that no word has, or behind a colon with a digit.
    private static (int Start, int End)? Account(ReadOnlySpan<char> text, List<Word> words, int first)
    {
        var told = false;
        for (var most = first + MostWordsBetween; first < words.Count && first < most && words[first].Sentence == words[first - 1].Sentence && Between.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[words[first].Start..words[first].End]); first++)
        {
            told |= text[words[first].Start..words[first].End] is not ("le" or "la" or "de" or "m" or "s" or "il" or "elle");
        }

        if (first >= words.Count || words[first].Sentence != words[first - 1].Sentence) return null;
        var start = words[first].Start;
        var gap = text[words[first - 1].End..start];
        if (gap.Length > 5 || gap.ContainsAnyExcept(Signs)) return null;
        var end = start;
        while (end < text.Length && end - start <= Longest && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' || (text[end] is '.' && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1])))) end++;
        // "zoe#4521"
        if (end + 4 < text.Length && text[end] == '#' && end - start >= FewestLetters && !text[(end + 1)..(end + 5)].ContainsAnyExceptInRange('0', '9')) return (start, end + 5);
        var account = text[start..end];
        if (account.Length is < Shortest or > Longest) return null;
        var letters = 0;
        foreach (var c in account) letters += char.IsAsciiLetter(c) ? 1 : 0;
        var isMarked = account.Contains('_') || ((told || gap.IndexOfAny(":=>") >= 0) && account.IndexOfAnyInRange('0', '9') >= 0);
        if (!isMarked && gap.IndexOfAny(":=>") >= 0 && account.Length > FewestLetters + 2) isMarked = account.Contains('.');
        return gap.Contains('@') ? (start, end) : isMarked && letters >= FewestLetters && !char.IsAsciiDigit(account[0]) ? (start, end) : null;
    }
}
