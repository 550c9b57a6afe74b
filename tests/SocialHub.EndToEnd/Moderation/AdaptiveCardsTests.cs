using System.Text.Json;
using System.Text.Json.Nodes;
using SocialHub.EndToEnd.Peers;
using SocialHub.Moderation;
using SocialHub.Moderation.Cards;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Moderation;

/// <summary>Microsoft's own library is the judge of what an Adaptive Card 1.4 may hold; no schema of it is published as a package.</summary>
public sealed class AdaptiveCardsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_kind_of_card_is_known_to_the_library_of_Adaptive_Cards()
    {
        byte[][] messages =
        [
            .. Enum.GetValues<DecisionSubject>().Select(subject => ModerationCard.Build(Comment(subject, "fr"))),
            ModerationCard.Build(Comment(DecisionSubject.Comment, "en")),
            ModerationCard.Build(Comment(DecisionSubject.Comment, "fr") with { IsPlain = true }),
            DebateCard.Build(Debate),
            DebateCard.Build(Debate with { Repeat = 1, TurnedAt = Now }),
            DebateCard.Build(Debate with { Token = null, Language = "en" }),
        ];
        string[] cards = [.. messages.Select(message => JsonNode.Parse(message)!["attachments"]![0]!["content"]!.ToJsonString())];
        var answers = await AskAsync([.. cards, """{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlok","text":"a"}]}"""]);
        Assert.Equal(Enumerable.Repeat("[]", cards.Length), answers[..^1]);
        // The judge does refuse: without this, a silent one would pass everything.
        Assert.Contains("Unknown element type", answers[^1], StringComparison.Ordinal);
    }

    private static DebateCardContent Debate { get; } = new()
    {
        Language = "fr",
        Authority = "Ville de Saint-Exemple",
        PublicAddress = "https://hub.saint-exemple.example",
        Place = "ville.0123456789ab",
        Token = new string('T', 180),
        Page = "https://www.saint-exemple.example/travaux",
        PageTitle = "Travaux rue Nationale",
        IsThreat = true,
        Reason = DebateCard.Reason("threat", 1, 30),
        Waiting = 3,
        Until = Now.AddHours(20),
        Now = Now,
        TimeZone = TimeZoneInfo.Utc,
        People = [new("Camille", "camille@saint-exemple.example"), new("Camille", "camille.durand@saint-exemple.example")],
        Call = ["Police, 17"],
        Steps = ["Lisez d’abord."],
        Answers = [new("Rappel des règles", "Bonjour.\n\nRestons courtois.")],
    };

    private static ModerationCardContent Comment(DecisionSubject subject, string language) => new()
    {
        Language = language,
        Authority = "Ville de Saint-Exemple",
        PublicAddress = "https://hub.saint-exemple.example",
        Token = new string('T', 180),
        Subject = subject,
        PageTitle = "Travaux rue Nationale",
        Page = "https://www.saint-exemple.example/travaux",
        Parent = "Encore des travaux ?",
        Name = "Anne",
        Text = "Quel connard, \"vraiment\" \\ 👍 !\n\nVoilà.",
        Findings = [new("insult-words", "insult", Verdict.Hold, 5, 7, "plain", "Le mot est une insulte.")],
        Why = PolicyTable.RefusalProposed,
        Since = Now.AddHours(-30),
        Now = Now,
        TimeZone = TimeZoneInfo.Utc,
        Reports = ["injurieux"],
        Objection = "C'était une citation.",
    };

    private static async Task<string[]> AskAsync(IReadOnlyList<string> cards)
    {
        var modules = NpmTools.Folder("cards");
        var file = Path.Combine(Path.GetTempPath(), $"cards-{Guid.NewGuid():n}.ndjson");
        try
        {
            await File.WriteAllLinesAsync(file, cards, TestContext.Current.CancellationToken);
            await using var judge = ChildProcess.Start(NpmTools.Node22(), [NpmTools.Script("cards", "check.mjs"), file], [new("PEER_MODULES", modules)]);
            var last = 0;
            await judge.LineAsync(line => line.StartsWith("CARD ", StringComparison.Ordinal) && Interlocked.Increment(ref last) == cards.Count, Patience.Limit);
            return [.. judge.Output.Where(line => line.StartsWith("CARD ", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line["CARD ".Length..])!.ToJsonString(JsonSerializerOptions.Default))];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
