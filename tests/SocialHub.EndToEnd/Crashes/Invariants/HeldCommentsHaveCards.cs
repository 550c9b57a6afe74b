using Azure.Data.Tables;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// The rules have judged everything that was received; and for everything that waits for a person, the card that was delivered last about it in this round
/// shows what waits now (subject, round, revision, reports, text), so that its link opens the decision page and what is decided there would be taken.
/// </summary>
public sealed class HeldCommentsHaveCards : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        var comments = (await StoredRows.CommentsAsync(run)).ToDictionary(row => row.RowKey[2..], StringComparer.Ordinal);
        foreach (var comment in comments.Values)
        {
            Assert.NotEqual("Received", comment.GetString("State"));
            Assert.NotEqual("Received", comment.GetString("ProposalState"));
        }

        var cards = CardTokens.Delivered(run);
        // Above ten that wait, what comes is part of a digest: one that was sent, or is promised.
        var hasDigest = (await StoredRows.OfAsync(run, "Comments", "g.", run.Site)).Any(row => row.GetDateTimeOffset("SentAt") is not null || row.GetString("Owned") is not null);
        List<string> wrong = [];
        foreach (var (id, subject) in (await StoredRows.OfAsync(run, "Comments", "q.", run.Site)).Select(row => row.RowKey.Split('.')).Select(key => (key[2], key[3])))
        {
            var told = (await StoredRows.OfAsync(run, "Comments", $"l.{id}.", run.Site)).LastOrDefault(row => row.GetString("What") is "card-sent" or "reminded" or "in-digest");
            if (hasDigest && told?.GetString("What") == "in-digest" && told.GetInt32("Round") == comments[id].GetInt32("Round"))
                continue;
            if (await WrongAsync(run, comments[id], subject, cards) is { } what)
                wrong.Add($"The {subject} of {id}: {what}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<string?> WrongAsync(CrashRun run, TableEntity row, string subject, List<(string Card, CardToken Token)> cards)
    {
        var id = row.RowKey[2..];
        var revision = row.GetInt32(subject == "proposal" ? "ProposalRevision" : "Revision") ?? 0;
        var (round, reports) = (row.GetInt32("Round") ?? 0, row.GetInt32("ReportsEver") ?? 0);
        var text = row.GetString(subject == "proposal" ? "ProposalBody" : "Body");
        var about = cards.Where(card => card.Token.Site == run.Site && card.Token.Id == id && card.Token.Subject == subject && card.Token.Round == round).ToList();
        if (about.Count == 0)
            return $"no card was delivered in round {round}.";
        var (card, token) = about[^1];
        if ((token.Revision, token.Reports) != (revision, reports))
            return $"the last card shows revision {token.Revision} and {token.Reports} reports; it has revision {revision} and {reports} reports.";
        // What killed its process twice is sent without the text: its links show it.
        if (!Spellings.Holds(card, text) && !Spellings.Holds(card, "ouvrez-le pour le lire"))
            return $"the last card does not show \"{text}\".";
        // Reads the link as the decision does, and decides nothing.
        var view = await run.Citizen.PostAsync("/moderation/decide/view", new { token = token.Text });
        if (!view.Ok)
            return $"the link of the last card opens nothing: {view.Status} {view.Body}";
        var shown = view.Json();
        Assert.Equal((id, subject, revision, round, text), (shown.GetProperty("id").GetString(), shown.GetProperty("subject").GetString(), shown.GetProperty("revision").GetInt32(), shown.GetProperty("round").GetInt32(), shown.GetProperty("text").GetString()));
        Assert.True(shown.GetProperty("mayAct").GetBoolean());
        Assert.Equal(["publish", "reject"], shown.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()));
        return null;
    }
}
