using System.Text.Json.Nodes;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Moderation.Cards;

/// <summary>
/// The card that reaches moderators: Adaptive Card 1.4 in the message of a Teams Workflows webhook. Its buttons only open the decision page
/// (<c>Action.OpenUrl</c>): a scanner that follows them decides nothing. Teams refuses messages above about 28 KB, so a card that comes out
/// larger is made again with less of the texts.
/// </summary>
public static class ModerationCard
{
    /// <summary>No message is larger, in bytes of UTF-8.</summary>
    public const int LargestMessage = 28_000;

    /// <summary>Longest excerpt of the text, in UTF-16 units.</summary>
    public const int LongestExcerpt = 2_000;

    private const int LongestTitle = 200;
    private const int LongestName = 60;
    private const int LongestParent = 400;
    private const int LongestPublic = 600;
    private const int LongestReport = 200;
    private const int LongestContested = 500;
    private const int MostReasons = 10;
    private const int MostReports = 3;

    /// <summary>The message to POST, JSON in UTF-8, at most <see cref="LargestMessage"/>.</summary>
    public static byte[] Build(ModerationCardContent content)
    {
        for (var units = LongestExcerpt; ; units /= 2)
        {
            var message = CardParts.Message(Card(content, units));
            if (message.Length <= LargestMessage || units == 0) return message;
        }
    }

    private static JsonObject Card(ModerationCardContent content, int units)
    {
        // A smaller excerpt means that everything else is shortened in the same measure.
        int Least(int longest) => (int)((long)longest * units / LongestExcerpt);
        var language = content.Language;
        var heading = CardWords.Heading(content.Subject, content.Objection is not null).In(language);
        var title = content.PageTitle.Length == 0 ? content.Page : content.PageTitle;
        var body = new JsonArray(
            CardParts.Block(CardText.Block(content.Authority, LongestTitle / 2), subtle: true),
            CardParts.Block(heading, weight: "Bolder", size: "Medium"));
        var clock = CardParts.Block(CardText.Block(CardWords.Clock(content.Since, content.Now, content.TimeZone).In(language), LongestTitle), subtle: true, separator: true);
        if (content.IsPlain)
        {
            body.Add((JsonNode)CardParts.Block(CardWords.NotShown.In(language)));
            body.Add((JsonNode)clock);
            return CardParts.Card(language, heading, body, Actions(content));
        }

        body.Add((JsonNode)CardParts.Block(CardWords.OnPage.In(language) + " " + CardWords.Quoted(CardText.Block(title, Math.Max(60, Least(LongestTitle)))).In(language)));
        if (content.Parent is { } parent)
        {
            body.Add((JsonNode)CardParts.Block(CardWords.InAnswerTo.In(language) + " " + CardText.Block(parent, Least(LongestParent)), subtle: true));
        }

        var writtenBy = CardWords.WrittenBy.In(language);
        body.Add((JsonNode)(Excerpt.OfName(writtenBy, content.Name, content.Findings, LongestName) ?? CardParts.Block(writtenBy + " " + CardText.Block(content.Name, LongestName), weight: "Bolder", separator: true)));
        if (content.Author is { } author) body.Add((JsonNode)CardParts.Block(author.In(language), subtle: true));
        body.Add((JsonNode)Excerpt.Of(content.Text, content.Findings, units));
        if (content.FirstText is { } first) body.Add((JsonNode)CardParts.Block(CardWords.First.In(language) + " " + CardText.Block(first, Least(LongestPublic)), separator: true, subtle: true));
        if (content.PublicText is { } online)
        {
            body.Add((JsonNode)CardParts.Block(CardWords.Public.In(language) + " " + CardText.Block(online, Least(LongestPublic)), separator: true));
            if (content.Answers > 0) body.Add((JsonNode)CardParts.Block(CardWords.Answers(content.Answers, content.OfficialAnswers).In(language), subtle: content.OfficialAnswers == 0, colour: content.OfficialAnswers == 0 ? null : "Attention"));
        }

        AddReasons(content, body);
        AddReports(content, body, Least(LongestReport));
        body.Add((JsonNode)clock);
        return CardParts.Card(language, heading, body, Actions(content));
    }

    private static void AddReasons(ModerationCardContent content, JsonArray body)
    {
        var reasons = content.Findings.Where(finding => finding.Verdict is not Verdict.Publish).Select(finding => finding.Reason).Distinct(StringComparer.Ordinal).ToList();
        if (content.Why is { } why) reasons.Insert(0, why.In(content.Language));
        if (reasons.Count == 0) return;
        body.Add((JsonNode)CardParts.Block(CardWords.Reasons.In(content.Language), weight: "Bolder", separator: true));
        foreach (var reason in reasons.Take(MostReasons)) body.Add((JsonNode)CardParts.Block("• " + CardText.Block(reason, LongestTitle), colour: "Warning"));
        var total = Math.Max(content.TotalFindings, content.Findings.Count);
        if (reasons.Count > MostReasons) body.Add((JsonNode)CardParts.Block(CardWords.More(Math.Max(reasons.Count - MostReasons, total - MostReasons)).In(content.Language), subtle: true));
    }

    private static void AddReports(ModerationCardContent content, JsonArray body, int units)
    {
        // Before what is said against it.
        if (content.Contested is { } contested) body.Add((JsonNode)CardParts.Block(CardText.Block(contested.In(content.Language), LongestContested), separator: true));
        if (content.Objection is { } objection) body.Add((JsonNode)CardParts.Block(CardWords.Objects.In(content.Language) + " " + CardText.Block(objection, units * 2)));
        var count = Math.Max(content.ReportCount, content.Reports.Count);
        if (count == 0) return;
        body.Add((JsonNode)CardParts.Block($"{CardWords.Reported.In(content.Language)}{CardWords.Colon.In(content.Language)}{count}", weight: "Bolder", colour: "Attention"));
        foreach (var report in content.Reports.TakeLast(MostReports)) body.Add((JsonNode)CardParts.Block("• " + CardText.Block(report, units)));
    }

    private static JsonArray Actions(ModerationCardContent content)
    {
        var decide = content.PublicAddress + "/moderation/decide#t=" + content.Token;
        var language = content.Language;
        // The words of the page behind the link: a reported text is public already.
        var (keep, reject) = content.Subject is DecisionSubject.Report ? (CardWords.Keep, CardWords.Remove) : (CardWords.Publish, CardWords.Reject);
        var actions = new JsonArray(
            CardParts.Open(keep.In(language), decide + "&d=publish", "positive"),
            CardParts.Open(reject.In(language), decide + "&d=reject", "destructive"),
            CardParts.Open(CardWords.Whole.In(language), decide));

        // Only a web address may be opened, and a long one is not worth the room of the text.
        if (content.Page.Length <= 1_000 && Uri.TryCreate(content.Page, UriKind.Absolute, out var page) && page.Scheme is "http" or "https")
        {
            actions.Add((JsonNode)CardParts.Open(CardWords.OpenPage.In(language), page.AbsoluteUri));
        }

        return actions;
    }
}
