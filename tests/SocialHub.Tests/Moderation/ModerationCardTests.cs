using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class ModerationCardTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly string Token = new('T', 180);

    // Text of 4,000 units in one kind of character, each heavy in its own way: escapes of JSON and Markdown, marks, emoji, controls, unassigned.
    private static readonly Gen<string> Heavy = Gen.OneOf(
        Gen.Int[0, 11].Select(i => Fill(new[] { "\"", "\\", "\u0001", "é", "e\u0301", "漢", "👍", "👨‍👩‍👧‍👦", "\uD83D", "\u2028", "{{", "\uE000\u0378" }[i], 4_000)),
        AnyText.Strings.Select(text => Fill(text.Length == 0 ? "a" : text, 4_000)));

    private static readonly Gen<ModerationCardContent> Contents =
        from texts in Heavy.Array[5]
        from subject in Gen.Int[1, 4]
        from spans in Gen.Select(Gen.Int[0, 3_990], Gen.Int[0, 10]).Array[0, 100]
        select new ModerationCardContent
        {
            Language = subject % 2 == 0 ? "fr" : "en",
            Authority = texts[0],
            PublicAddress = "https://hub.saint-exemple.example",
            Token = Token,
            Subject = (DecisionSubject)subject,
            PageTitle = texts[1],
            Page = "https://www.saint-exemple.example/" + new string('p', 966),
            Parent = texts[2],
            PublicText = texts[1],
            Answers = 2_000,
            OfficialAnswers = 1_000,
            Name = texts[3][..60],
            Text = texts[4],
            Findings = [.. spans.Select((span, i) => new Finding("rule", "insult", Verdict.Hold, span.Item1, span.Item2, "plain", $"Raison {i} {texts[0][..200]}"))],
            TotalFindings = 400,
            Why = PolicyTable.RefusalProposed,
            Since = Now.AddHours(-30),
            Now = Now,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
            Reports = [texts[0], texts[1], texts[2], texts[3]],
            ReportCount = 40,
            Objection = texts[2],
        };

    [Fact]
    public void The_worst_comment_makes_a_card_that_Teams_takes() => Contents.Sample(content =>
    {
        var message = ModerationCard.Build(content);
        Assert.InRange(message.Length, 1, 28_000);
        AssertCard(message, "https://hub.saint-exemple.example/moderation/decide#t=" + Token);
    }, iter: 150);

    [Fact]
    public void A_card_tells_the_whole_context()
    {
        var card = Text(ModerationCard.Build(Content));
        string[] parts = ["Ville de Saint-Exemple", "Un commentaire attend une décision", "Travaux rue Nationale", "Encore des travaux", "Anne", "Quel ", "connard", "refus est proposé", "Le mot est une insulte", "23 novembre 2026", "07:00", "13:00", "Publier…", "Refuser…", "Signalements : 2", "injurieux"];
        Assert.All(parts, part => Assert.Contains(part, card, StringComparison.Ordinal));
    }

    [Fact]
    public void An_English_card_has_English_quotation_marks_and_colons()
    {
        var card = Text(ModerationCard.Build(Content with { Language = "en" }));
        Assert.Contains("Under the page “Travaux rue Nationale”", card, StringComparison.Ordinal);
        Assert.Contains("Reports: 2", card, StringComparison.Ordinal);
        Assert.DoesNotContain("«", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11, "… et 1 autre")]
    [InlineData(12, "… et 2 autres")]
    public void How_many_reasons_are_left_out_is_said_in_good_French(int reasons, string words)
    {
        var findings = Enumerable.Range(1, reasons - 1).Select(number => new Finding("rule", "insult", Verdict.Hold, 0, 4, "plain", $"Raison {number}")).ToList();
        Assert.Contains(words + "\n", Text(ModerationCard.Build(Content with { Findings = findings, TotalFindings = reasons })) + "\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DecisionSubject.Comment, "Publier…", "Refuser…")]
    [InlineData(DecisionSubject.Report, "Laisser en ligne…", "Retirer…")]
    public void Its_buttons_say_what_the_page_behind_them_says(DecisionSubject subject, string keep, string refuse) =>
        Assert.Equal([keep, refuse, "Tout lire", "Voir la page"], Card(ModerationCard.Build(Content with { Subject = subject }))["actions"]!.AsArray().Select(action => (string)action!["title"]!));

    [Fact]
    public void The_passage_that_a_rule_stopped_is_highlighted()
    {
        var runs = Card(ModerationCard.Build(Content))["body"]!.AsArray().Single(element => (string?)element!["type"] == "RichTextBlock")!["inlines"]!.AsArray();
        Assert.Equal([("Quel ", false), ("connard", true), (" !", false)], runs.Select(run => ((string)run!["text"]!, (bool?)run["highlight"] ?? false)));
    }

    [Fact]
    public void The_name_that_a_rule_stopped_is_highlighted_behind_its_label()
    {
        var findings = Judge.Of(new("Bonjour") { Name = "Anne la connasse\n*" }).Findings;
        var blocks = Card(ModerationCard.Build(Content with { Name = "Anne la connasse\n*", Text = "Bonjour", Findings = findings }))["body"]!.AsArray().Where(element => (string?)element!["type"] == "RichTextBlock").ToArray();
        Assert.Equal([("Écrit par ", false), ("Anne la ", false), ("connasse", true), (" *", false)], blocks[0]!["inlines"]!.AsArray().Select(run => ((string)run!["text"]!, (bool?)run["highlight"] ?? false)));
        Assert.Equal([("Bonjour", false)], blocks[1]!["inlines"]!.AsArray().Select(run => ((string)run!["text"]!, (bool?)run["highlight"] ?? false)));
        AssertCard(ModerationCard.Build(Content with { Name = new string('a', 200), Findings = [findings[0] with { Field = "name", Start = 0, Length = 200 }] }), "https://hub.saint-exemple.example/moderation/decide#t=" + Token);
    }

    [Fact]
    public void The_texts_of_citizens_are_no_markdown()
    {
        var card = Text(ModerationCard.Build(Content with { Name = "[Cliquez](https://evil.example) **gras** {{DATE(x)}}", Parent = "# titre\n- liste\n1. liste `code` <at>tous</at>" }));
        Assert.DoesNotContain("[Cliquez](", card, StringComparison.Ordinal);
        Assert.DoesNotContain("**gras", card, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", card, StringComparison.Ordinal);
        Assert.DoesNotContain("<at>", card, StringComparison.Ordinal);
        Assert.DoesNotContain("\n- liste", card, StringComparison.Ordinal);
    }

    [Fact]
    public void An_excerpt_is_cut_between_whole_characters()
    {
        var text = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 400));
        var shown = string.Concat(Card(ModerationCard.Build(Content with { Text = text, Findings = [] }))["body"]!.AsArray()
            .Single(element => (string?)element!["type"] == "RichTextBlock")!["inlines"]!.AsArray().Select(run => (string)run!["text"]!));
        Assert.EndsWith("👦…", shown, StringComparison.Ordinal);
        Assert.Equal(0, (shown.Length - 1) % 11);
    }

    [Fact]
    public void A_page_that_is_no_web_address_gets_no_button() =>
        Assert.DoesNotContain("javascript", Text(ModerationCard.Build(Content with { Page = "javascript:alert(1)", PageTitle = "x" })), StringComparison.Ordinal);

    [Fact]
    public void A_plain_card_shows_nothing_that_people_wrote_and_leads_to_it()
    {
        var message = ModerationCard.Build(Content with { IsPlain = true });
        AssertCard(message, "https://hub.saint-exemple.example/moderation/decide#t=" + Token);
        Assert.All(["connard", "Anne", "Encore des travaux", "injurieux"], words => Assert.DoesNotContain(words, Text(message), StringComparison.Ordinal));
        Assert.Contains("ouvrez-le pour le lire", Text(message), StringComparison.Ordinal);
    }

    internal static ModerationCardContent Content => new()
    {
        Language = "fr",
        Authority = "Ville de Saint-Exemple",
        PublicAddress = "https://hub.saint-exemple.example",
        Token = Token,
        Subject = DecisionSubject.Comment,
        PageTitle = "Travaux rue Nationale",
        Page = "https://www.saint-exemple.example/travaux",
        Parent = "Encore des travaux ?",
        Name = "Anne",
        Text = "Quel connard !",
        Findings = Judge.Text("Quel connard !").Findings,
        Why = PolicyTable.RefusalProposed,
        Since = Now.AddHours(-30),
        Now = Now,
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
        Reports = ["injurieux", "à retirer"],
    };

    private static string Fill(string piece, int length)
    {
        var text = new StringBuilder(length + piece.Length);
        while (text.Length < length) text.Append(piece);
        return text.ToString(0, length);
    }

    private static JsonNode Card(byte[] message) => JsonNode.Parse(message)!["attachments"]![0]!["content"]!;

    // As Teams reads it: escapes undone.
    private static string Text(byte[] message)
    {
        var text = new StringBuilder();
        Visit(Card(message), node => text.Append(node.GetValueKind() is System.Text.Json.JsonValueKind.String ? (string)node! + "\n" : ""));
        return text.ToString();
    }

    private static void Visit(JsonNode? node, Action<JsonNode> visit)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var member in members) Visit(member.Value, visit);
                break;
            case JsonArray items:
                foreach (var item in items) Visit(item, visit);
                break;
            case not null:
                visit(node);
                break;
        }
    }

    private static void AssertCard(byte[] message, string link)
    {
        var root = JsonNode.Parse(message)!;
        Assert.Equal("message", (string?)root["type"]);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)root["attachments"]![0]!["contentType"]);
        var card = Card(message);
        Assert.Equal(("AdaptiveCard", "1.4"), ((string?)card["type"], (string?)card["version"]));
        foreach (var element in card["body"]!.AsArray())
        {
            switch ((string?)element!["type"])
            {
                case "TextBlock":
                    Assert.NotEqual("", (string?)element["text"]);
                    break;
                case "RichTextBlock":
                    Assert.NotEmpty(element["inlines"]!.AsArray());
                    Assert.All(element["inlines"]!.AsArray(), run => Assert.Equal("TextRun", (string?)run!["type"]));
                    break;
                case "FactSet":
                    Assert.All(element["facts"]!.AsArray(), fact => Assert.NotNull((string?)fact!["value"]));
                    break;
                default:
                    Assert.Fail((string?)element["type"]);
                    break;
            }
        }

        var actions = card["actions"]!.AsArray();
        Assert.InRange(actions.Count, 1, 6); // Teams shows at most six
        Assert.All(actions, action => Assert.Equal("Action.OpenUrl", (string?)action!["type"]));
        Assert.Contains(actions, action => ((string)action!["url"]!).StartsWith(link, StringComparison.Ordinal));
        Assert.DoesNotContain("selectAction", Encoding.UTF8.GetString(message), StringComparison.Ordinal);
    }
}
