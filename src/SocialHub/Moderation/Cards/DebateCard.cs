using System.Text;
using System.Text.Json.Nodes;

namespace SocialHub.Moderation.Cards;

/// <summary>Somebody whom a card mentions.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Teams">Sign-in name or object id in Teams.</param>
public sealed record CardPerson(string Name, string Teams);

/// <summary>An answer that is ready to be copied.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Text">All of it.</param>
public sealed record CardAnswer(string Title, string Text);

/// <summary>What a card about the debate of a page tells.</summary>
public sealed record DebateCardContent
{
    public required string Language { get; init; }

    public required string Authority { get; init; }

    public required string PublicAddress { get; init; }

    /// <summary>Site and thread, as the moderation page finds them.</summary>
    public required string Place { get; init; }

    /// <summary>Of the buttons' links; null: the page has reopened by itself, and nothing is to be decided.</summary>
    public required string? Token { get; init; }

    public required string Page { get; init; }

    /// <summary>Of the page; empty: it is not shown.</summary>
    public required string PageTitle { get; init; }

    /// <summary>True when somebody threatens.</summary>
    public required bool IsThreat { get; init; }

    /// <summary>True when there are only many comments, and the rules held none of them.</summary>
    public bool IsLively { get; init; }

    /// <summary>Which repetition of the alarm it is; 0: none.</summary>
    public int Repeat { get; init; }

    /// <summary>When the team was told first.</summary>
    public DateTimeOffset? TurnedAt { get; init; }

    /// <summary>Why the team is told: <see cref="DebateCard.Reason"/>.</summary>
    public required Wording Reason { get; init; }

    /// <summary>True: nobody can write there any more, and nothing is to be chosen.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What waits for a person about it.</summary>
    public required int Waiting { get; init; }

    /// <summary>When the page would reopen by itself.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it does, because it is held already; null: it is not.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Who is mentioned, at most <see cref="DebateCard.MostPeople"/> of them.</summary>
    public required IReadOnlyList<CardPerson> People { get; init; }

    /// <summary>Whom to call, a line each.</summary>
    public required IReadOnlyList<string> Call { get; init; }

    /// <summary>What to do, in this order.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Answers in the authority's tone.</summary>
    public IReadOnlyList<CardAnswer> Answers { get; init; } = [];
}

/// <summary>
/// The card that tells at once that a debate turned: whoever is on duty is mentioned (a mention needs the same text in a TextBlock and in the card's
/// <c>msteams.entities</c>), and its buttons open the decision page, which decides nothing by being opened. The authority's playbook is in it, folded up.
/// It holds no text of a citizen.
/// </summary>
public static class DebateCard
{
    /// <summary>More are not mentioned: each is a line of the message, and a crowd is nobody.</summary>
    public const int MostPeople = 10;

    private const int LongestTitle = 200;
    private const int LongestName = 60;
    private const int LongestStep = 500;
    private const int MostCalled = 5;
    private const string PlaybookId = "playbook";

    /// <summary>Above the steps of the playbook.</summary>
    public static Wording WhatToDo { get; } = new("Que faire", "What to do");

    /// <summary>Above whom to call.</summary>
    public static Wording ToCall { get; } = new("À appeler", "To call");

    /// <summary>Above the answers.</summary>
    public static Wording ReadyAnswers { get; } = new("Réponses prêtes, à copier et à adapter", "Ready answers, to copy and adapt");

    /// <summary>The page that has both.</summary>
    public static Wording EvidenceAndComments { get; } = new("Commentaires et dossier de preuves", "Comments and evidence file");

    /// <summary>Where what was held is read.</summary>
    public static Wording WhatWaits { get; } = new("Voir ce qui attend, et le dossier de preuves", "See what waits, and the evidence file");

    /// <summary>The message to POST, JSON in UTF-8, at most <see cref="ModerationCard.LargestMessage"/>: answers that it has no room for are named, and stand on the page.</summary>
    public static byte[] Build(DebateCardContent content)
    {
        for (var answers = content.Answers.Count; ; answers--)
        {
            var message = Build(content, answers);
            if (message.Length <= ModerationCard.LargestMessage || answers == 0)
                return message;
        }
    }

    private static byte[] Build(DebateCardContent content, int answers)
    {
        var language = content.Language;
        string In(string french, string english) => new Wording(french, english).In(language);
        var isReopened = content.Token is null;
        var heading = Heading(content).In(language);
        var body = new JsonArray(
            CardParts.Block(CardText.Block(content.Authority, LongestTitle / 2), subtle: true),
            CardParts.Block(heading, weight: "Bolder", size: "Medium", colour: isReopened ? null : "Attention"));
        var mentions = isReopened ? [] : Mentions(content.People);
        if (mentions.Count > 0)
            body.Add((JsonNode)CardParts.Block((content.Repeat > 0 ? In("À toute l’équipe : ", "To all of the team: ") : In("D’astreinte : ", "On duty: ")) + string.Join(", ", mentions.Select(mention => mention.Text))));
        if (content.PageTitle.Length > 0)
            body.Add((JsonNode)CardParts.Block(CardWords.OnPage.In(language) + " " + CardWords.Quoted(CardText.Block(content.PageTitle, LongestTitle)).In(language), separator: true));
        body.Add((JsonNode)CardParts.Block(isReopened ? Meanwhile(content).In(language) : content.Reason.In(language)));
        if (!isReopened)
        {
            if (content.Repeat > 0)
                body.Add((JsonNode)CardParts.Block(Unanswered(content).In(language)));
            body.Add((JsonNode)CardParts.Block(Offer(content).In(language)));
            if (content.Call.Count > 0)
            {
                body.Add((JsonNode)CardParts.Block(ToCall.In(language), weight: "Bolder", separator: true));
                foreach (var line in content.Call.Take(MostCalled))
                    body.Add((JsonNode)CardParts.Block("• " + CardText.Block(line, LongestTitle)));
            }

            foreach (var part in Playbook(content, answers))
                body.Add(part);
        }

        body.Add((JsonNode)CardParts.Block(In("État au ", "As of ") + LocalMoment.Of(content.Now, content.TimeZone).In(language), subtle: true, separator: true));
        var card = CardParts.Card(language, heading, body, Actions(content));
        if (mentions.Count > 0)
            card["msteams"]!["entities"] = new JsonArray([.. mentions.Select(mention => mention.Entity)]);
        return CardParts.Message(card);
    }

    /// <summary>Why the team is told, in words.</summary>
    /// <param name="why"><c>held</c>, <c>received</c> or <c>threat</c>.</param>
    /// <param name="count">How many comments of that kind there were.</param>
    /// <param name="minutes">In how many minutes.</param>
    public static Wording Reason(string why, int count, int minutes) => why switch
    {
        "threat" => new("Un commentaire semble menacer quelqu’un : lisez-le, et appelez si la menace est sérieuse.", "A comment seems to threaten somebody: read it, and call if the threat is serious."),
        "received" => new($"{count} commentaires reçus en {minutes} minutes.", $"{count} comments received in {minutes} minutes."),
        _ when count == 1 => new("Un commentaire arrêté par les règles.", "A comment stopped by the rules."),
        _ => new($"{count} commentaires arrêtés par les règles en {minutes} minutes.", $"{count} comments stopped by the rules in {minutes} minutes."),
    };

    /// <summary>What it is about, in a line.</summary>
    public static Wording Heading(DebateCardContent content) => content.Token is null
        ? new("Une page en attente vient de rouvrir", "A page that was held has reopened")
        : content switch
        {
            { IsThreat: true, Repeat: > 0 } => new("Une menace attend toujours une décision (rappel)", "A threat still waits for a decision (reminder)"),
            { IsThreat: true } => new("Une menace a été écrite", "Somebody wrote a threat"),
            { IsLively: true } => new("Une discussion s’anime", "A debate is growing lively"),
            _ => new("Une discussion dérape", "A debate is turning"),
        };

    /// <summary>Since when nobody has chosen, and whom the repetition goes to.</summary>
    public static Wording Unanswered(DebateCardContent content)
    {
        var since = LocalMoment.Of(content.TurnedAt ?? content.Now, content.TimeZone);
        return new($"L’équipe a été prévenue le {since.French}, et personne n’a encore choisi : ce rappel va à chacun.", $"The team was told on {since.English}, and nobody has chosen yet: this reminder goes to everybody.");
    }

    /// <summary>What holding the page would do, or does; of one that is closed, that it is.</summary>
    public static Wording Offer(DebateCardContent content)
    {
        if (content.IsClosed)
            return new("La page est fermée : personne n’y écrit avant qu’une personne la rouvre.", "The page is closed: nobody writes there until a person opens it again.");
        var until = LocalMoment.Of(content.HeldUntil ?? content.Until, content.TimeZone);
        return content.HeldUntil is null
            ? new($"Mise en attente maintenant, la page garde tout ce qui s’écrit jusqu’au {until.French} ; elle rouvre ensuite d’elle-même.", $"Held now, the page keeps all that is written until {until.English}; it then reopens by itself.")
            : new($"La page est déjà en attente jusqu’au {until.French}.", $"The page is held already, until {until.English}.");
    }

    /// <summary>What waits since it was held.</summary>
    public static Wording Meanwhile(DebateCardContent content) => content.Waiting switch
    {
        0 => new("Rien n’attend : tout ce qui a été écrit entre-temps est lu.", "Nothing waits: all that was written meanwhile has been read."),
        1 => new("1 texte écrit entre-temps attend une décision.", "1 text that was written meanwhile waits for a decision."),
        var waiting => new($"{waiting} textes écrits entre-temps attendent une décision.", $"{waiting} texts that were written meanwhile wait for a decision."),
    };

    private static JsonArray Actions(DebateCardContent content)
    {
        var language = content.Language;
        string In(string french, string english) => new Wording(french, english).In(language);
        var list = content.PublicAddress + "/moderation#thread=" + content.Place;
        var actions = new JsonArray();
        if (content is { Token: { } token, IsClosed: false })
        {
            var address = content.PublicAddress + "/moderation/decide#t=" + token;
            actions.Add((JsonNode)CardParts.Open(In("Mettre en attente…", "Hold everything…"), address + "&d=hold", "positive"));
            actions.Add((JsonNode)CardParts.Open(In("Fermer…", "Close…"), address + "&d=close", "destructive"));
            actions.Add((JsonNode)CardParts.Open(In("Laisser…", "Leave it…"), address + "&d=leave"));
        }

        actions.Add((JsonNode)CardParts.Open((content.Token is null ? WhatWaits : EvidenceAndComments).In(language), list));
        actions.Add((JsonNode)CardParts.Open(CardWords.OpenPage.In(language), content.Page));
        return actions;
    }

    // Folded up: whoever has a telephone sees the buttons first.
    private static IEnumerable<JsonNode> Playbook(DebateCardContent content, int answers)
    {
        if (content.Steps.Count == 0 && content.Answers.Count == 0)
            yield break;
        var language = content.Language;
        var items = new JsonArray();
        if (content.Steps.Count > 0)
            items.Add((JsonNode)CardParts.Block(WhatToDo.In(language), weight: "Bolder"));
        foreach (var (step, number) in content.Steps.Select((step, index) => (step, index + 1)))
            items.Add((JsonNode)CardParts.Block($"{number}) " + CardText.Block(step, LongestStep)));
        if (content.Answers.Count > 0)
            items.Add((JsonNode)CardParts.Block(ReadyAnswers.In(language), weight: "Bolder", separator: true));
        foreach (var answer in content.Answers.Take(answers))
        {
            items.Add((JsonNode)CardParts.Block(CardText.Block(answer.Title, LongestTitle), weight: "Bolder"));
            // Whole and as it was written: it is there to be copied.
            items.Add((JsonNode)new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(CardParts.Run(CardText.Run(answer.Text), highlight: false)) });
        }

        if (answers < content.Answers.Count)
            items.Add((JsonNode)CardParts.Block(CardWords.OnThePage(content.Answers.Count - answers).In(language), subtle: true));
        yield return new JsonObject
        {
            ["type"] = "ActionSet",
            ["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Action.ToggleVisibility",
                ["title"] = new Wording("Que faire, et réponses prêtes", "What to do, and ready answers").In(language),
                ["targetElements"] = new JsonArray(PlaybookId),
            }),
        };
        yield return new JsonObject { ["type"] = "Container", ["id"] = PlaybookId, ["isVisible"] = false, ["items"] = items };
    }

    private static List<(string Text, JsonNode Entity)> Mentions(IReadOnlyList<CardPerson> people)
    {
        var mentions = new List<(string, JsonNode)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in people.Take(MostPeople))
        {
            // The text must be the same in both places, and one text must not lead to two people.
            var name = Plain(person.Name);
            for (var number = 2; !taken.Add(name); number++)
                name = $"{Plain(person.Name)} {number}";
            var text = $"<at>{name}</at>";
            mentions.Add((text, new JsonObject { ["type"] = "mention", ["text"] = text, ["mentioned"] = new JsonObject { ["id"] = person.Teams, ["name"] = name } }));
        }

        return mentions;
    }

    // No sign that Markdown or the mention's own element could take for its own.
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '’' or '\'' or '-')
                plain.Append(rune.ToString());
        }

        var cut = Text.Graphemes.Cut(plain.ToString().Trim(), LongestName);
        return cut.Length == 0 ? "?" : cut;
    }
}
