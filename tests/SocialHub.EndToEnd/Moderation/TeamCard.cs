using System.Text.Json.Nodes;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Moderation;

/// <summary>A card as the team's channel got it: an Adaptive Card in the message of a workflow.</summary>
/// <param name="text">The whole message, JSON.</param>
internal sealed class TeamCard(string text)
{
    private readonly JsonNode _card = JsonNode.Parse(text)!["attachments"]![0]!["content"]!;

    /// <summary>The whole message.</summary>
    public string Text { get; } = text;

    /// <summary>What its blocks say, a line each.</summary>
    public IReadOnlyList<string> Lines => [.. Body.Select(block => (string?)block["text"]).OfType<string>()];

    /// <summary>The text that is decided about, as it is shown.</summary>
    public string Shown => string.Concat(RunsOf(Texts.Where(block => (bool?)block["separator"] is not true)).Select(run => (string)run["text"]!));

    /// <summary>The places of it and of its author's name, which stands above it behind a line, that are highlighted.</summary>
    public IReadOnlyList<string> Marked => [.. RunsOf(Texts).Where(run => (bool?)run["highlight"] is true).Select(run => (string)run["text"]!)];

    /// <summary>Who is mentioned, by sign-in name: each in a block as in the entity, or Teams shows plain text.</summary>
    public IReadOnlyList<string> Mentioned =>
        [.. (_card["msteams"]!["entities"]?.AsArray() ?? []).Where(entity => Lines.Any(line => line.Contains((string)entity!["text"]!, StringComparison.Ordinal))).Select(entity => (string)entity!["mentioned"]!["id"]!)];

    /// <summary>Where its buttons lead, by what stands on them.</summary>
    public IReadOnlyDictionary<string, string> Buttons => _card["actions"]!.AsArray().ToDictionary(action => (string)action!["title"]!, action => (string)action!["url"]!, StringComparer.Ordinal);

    /// <summary>What its links say; null: none of them decides anything.</summary>
    public CardToken? Token => CardTokens.Of(Text).Select(CardTokens.Read).FirstOrDefault();

    private IEnumerable<JsonNode> Body => _card["body"]!.AsArray().OfType<JsonNode>();

    private IEnumerable<JsonNode> Texts => Body.Where(block => (string?)block["type"] == "RichTextBlock");

    private static IEnumerable<JsonNode> RunsOf(IEnumerable<JsonNode> blocks) => blocks.SelectMany(block => block["inlines"]!.AsArray()).OfType<JsonNode>();
}
