using System.Text.Json.Nodes;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;

namespace SocialHub.Tests.Moderation;

/// <summary>What the card about a debate says, and what it has at hand.</summary>
public sealed class DebateCardTests
{
    private static readonly CardAnswer Rules = new("Rappel des règles", "Bonjour à toutes et à tous.\n\nRestons courtois.");

    [Fact]
    public void The_playbook_is_in_the_card_folded_up_with_answers_that_can_be_copied_whole()
    {
        var card = Card(Content with { Steps = ["Lisez d’abord.", "Répondez une fois."], Answers = [Rules] });
        var body = card["body"]!.AsArray();
        var toggle = Assert.Single(body, block => (string?)block!["type"] == "ActionSet")!["actions"]![0]!;
        var playbook = Assert.Single(body, block => (string?)block!["type"] == "Container")!;
        Assert.Equal(("Action.ToggleVisibility", "Que faire, et réponses prêtes", (string?)playbook["id"]), ((string?)toggle["type"], (string?)toggle["title"], (string?)toggle["targetElements"]![0]));
        Assert.False((bool)playbook["isVisible"]!);
        Assert.Equal(["Que faire", "1) Lisez d’abord.", "2) Répondez une fois.", "Réponses prêtes, à copier et à adapter", "Rappel des règles"], playbook["items"]!.AsArray().Select(item => (string?)item!["text"]).OfType<string>());
        Assert.Equal(Rules.Text, (string?)playbook["items"]!.AsArray()[^1]!["inlines"]![0]!["text"]);
        Assert.Contains(card["actions"]!.AsArray(), action => (string?)action!["title"] == "Commentaires et dossier de preuves" && (string?)action["url"] == "https://hub.example/moderation#thread=ville.page");
    }

    [Fact]
    public void However_long_the_playbook_is_the_message_stays_within_what_Teams_takes_and_no_answer_is_cut()
    {
        var answers = Enumerable.Range(1, 10).Select(number => new CardAnswer($"Réponse {number}", new string('é', 4_000))).ToList();
        var content = Content with { Steps = [.. Enumerable.Repeat(new string('語', 500), 10)], Answers = answers, Call = [.. Enumerable.Repeat(new string('語', 360), 10)] };
        var message = DebateCard.Build(content);
        Assert.InRange(message.Length, 1, ModerationCard.LargestMessage);
        var items = JsonNode.Parse(message)!["attachments"]![0]!["content"]!["body"]!.AsArray().Single(block => (string?)block!["type"] == "Container")!["items"]!.AsArray();
        var shown = items.Where(item => (string?)item!["type"] == "RichTextBlock").Select(item => (string)item!["inlines"]![0]!["text"]!).ToList();
        Assert.All(shown, text => Assert.Equal(4_000, text.Length));
        Assert.Equal($"{10 - shown.Count} autres réponses sont sur la page de modération.", (string?)items[^1]!["text"]);
    }

    [Theory]
    [InlineData("fr", "Une discussion s’anime")]
    [InlineData("en", "A debate is growing lively")]
    public void Where_many_write_and_nothing_was_held_nobody_is_said_to_misbehave(string language, string heading) =>
        Assert.Equal(heading, DebateCard.Heading(Content with { IsLively = true }).In(language));

    [Fact]
    public void Whoever_is_told_is_on_call_and_until_when_a_hold_lasts_is_said()
    {
        var texts = Texts(Card(Content));
        Assert.Contains("D’astreinte : <at>Camille</at>", texts);
        Assert.Contains("Sous la page « Budget »", texts);
        Assert.Contains("Mise en attente maintenant, la page garde tout ce qui s’écrit jusqu’au 30 novembre 2026 à 08:00 ; elle rouvre ensuite d’elle-même.", texts);
    }

    [Fact]
    public void An_English_card_has_English_quotation_marks_and_colons()
    {
        var card = Card(Content with { Language = "en", Steps = ["Read first."], Answers = [Rules] });
        Assert.Contains("Under the page “Budget”", Texts(card));
        Assert.Contains("On duty: <at>Camille</at>", Texts(card));
        Assert.All(Texts(card), text => Assert.DoesNotContain(" :", text, StringComparison.Ordinal));
        Assert.DoesNotContain("«", card.ToJsonString(), StringComparison.Ordinal);
    }

    private static DebateCardContent Content { get; } = new()
    {
        Language = "fr",
        Authority = "Ville de Saint-Exemple",
        PublicAddress = "https://hub.example",
        Place = "ville.page",
        Token = "token",
        Page = "https://www.saint-exemple.fr/budget",
        PageTitle = "Budget",
        IsThreat = false,
        Reason = DebateCard.Reason("held", 3, 30),
        Waiting = 3,
        Until = new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero),
        Now = new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
        People = [new CardPerson("Camille", "camille@saint-exemple.fr")],
        Call = [],
    };

    private static JsonNode Card(DebateCardContent content) => JsonNode.Parse(DebateCard.Build(content))!["attachments"]![0]!["content"]!;

    private static IEnumerable<string> Texts(JsonNode card) => card["body"]!.AsArray().Select(block => (string?)block!["text"]).OfType<string>();
}
