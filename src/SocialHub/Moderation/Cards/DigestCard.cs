using System.Text.Json.Nodes;

namespace SocialHub.Moderation.Cards;

/// <summary>A page under which something waits.</summary>
/// <param name="Title">Of the page.</param>
/// <param name="Count">How much waits.</param>
public sealed record DigestPage(string Title, int Count);

/// <summary>What is told of all that waits at once.</summary>
public sealed record DigestContent
{
    public required string Language { get; init; }

    public required string Authority { get; init; }

    /// <summary>Name of the site; null: the authority has only one.</summary>
    public required string? Site { get; init; }

    public required string PublicAddress { get; init; }

    public required int Waiting { get; init; }

    /// <summary>True when more waits than was counted.</summary>
    public required bool IsMore { get; init; }

    /// <summary>True where a threat among it is why it comes at this hour.</summary>
    public bool HasThreat { get; init; }

    /// <summary>Since when the oldest waits.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Those with the most, first.</summary>
    public required IReadOnlyList<DigestPage> Pages { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }
}

/// <summary>The card in the place of many: how much waits, since when and under which pages. It holds no text and no name of a citizen, and decides nothing.</summary>
public static class DigestCard
{
    private const int LongestTitle = 200;

    /// <summary>The message to POST, JSON in UTF-8.</summary>
    public static byte[] Build(DigestContent content)
    {
        var language = content.Language;
        var heading = Heading(content).In(language);
        var body = new JsonArray(
            CardParts.Block(CardText.Block(content.Site is null ? content.Authority : $"{content.Authority} · {content.Site}", LongestTitle), subtle: true),
            CardParts.Block(heading, weight: "Bolder", size: "Medium"));
        foreach (var page in content.Pages)
            body.Add((JsonNode)CardParts.Block("• " + CardText.Block(page.Title, LongestTitle) + Count(page).In(language)));
        body.Add((JsonNode)CardParts.Block(Together.In(language), separator: true));
        if (content.Since is { } since)
            body.Add((JsonNode)CardParts.Block(CardWords.Clock(since, content.Now, content.TimeZone).In(language), subtle: true));
        return CardParts.Message(CardParts.Card(language, heading, body, new JsonArray(CardParts.Open(See.In(language), content.PublicAddress + "/moderation", "positive"))));
    }

    /// <summary>How much waits, in a line.</summary>
    public static Wording Heading(DigestContent content) => content switch
    {
        { HasThreat: true } => new($"Une menace et d’autres textes attendent une décision ({content.Waiting}{(content.IsMore ? " au moins" : "")})", $"A threat and other texts wait for a decision ({(content.IsMore ? "at least " : "")}{content.Waiting})"),
        { IsMore: true } => new($"Plus de {content.Waiting} textes attendent une décision", $"More than {content.Waiting} texts wait for a decision"),
        { Waiting: 1 } => new("1 texte attend une décision", "1 text waits for a decision"),
        _ => new($"{content.Waiting} textes attendent une décision", $"{content.Waiting} texts wait for a decision"),
    };

    /// <summary>Why there is one message and not many.</summary>
    public static Wording Together { get; } = new(
        "Tant que plus de dix textes attendent, ils sont annoncés ensemble ; une menace est annoncée à toute heure, dans le quart d’heure.",
        "While more than ten texts wait, they are told of together; a threat is told of at any hour, within a quarter of an hour.");

    /// <summary>Where they are read.</summary>
    public static Wording See { get; } = new("Voir tout ce qui attend", "See everything that waits");

    /// <summary>How much waits under a page.</summary>
    public static Wording Count(DigestPage page) => new($" : {page.Count}", $": {page.Count}");
}
