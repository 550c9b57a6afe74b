using System.Net;
using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>
/// A moderator opens the newest card about a text and decides behind its link; before that a scanner has opened every link of it, and after it
/// the links of all older cards decide nothing.
/// </summary>
public sealed partial class DecideByLink(string text, string decision, string state) : CrashStep
{
    private const int Scans = 100;
    private static readonly Uri Hub = new("https://hub.saint-exemple.example");

    public override string Name => $"{decision} \"{text}\" by link";

    public override async Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        (string Token, System.Text.Json.JsonElement View)? found = null;
        await run.UntilAsync($"a card about \"{text}\" leads to what waits", async () =>
            (found = await CardTokens.FindAsync(run, comment.Id, _ => true)) is not null);
        var (token, view) = found!.Value;
        await new AwaitCard(text, view.GetProperty("subject").GetString()!).RunAsync(run);
        var paths = Paths(run, token);
        for (var scan = 0; scan < Scans; scan++)
        {
            foreach (var path in paths)
            {
                Assert.Equal(HttpStatusCode.OK, (await run.Citizen.GetAsync(path)).Status);
                Assert.Equal(HttpStatusCode.OK, (await run.Citizen.SendAsync(HttpMethod.Head, path, null)).Status);
            }
        }

        var answer = await run.Citizen.PostAsync("/moderation/decide", new { token, decision, reason = decision == "reject" ? "off-topic" : null, by = "Dominique" });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        comment.Decided.Enqueue(new ShownToDecide(view.GetProperty("subject").GetString()!, view.GetProperty("revision").GetInt32(), view.GetProperty("round").GetInt32(), view.GetProperty("text").GetString()!, decision));
        comment.State = state;
        var other = await run.Citizen.PostAsync("/moderation/decide", new { token, decision = decision == "reject" ? "publish" : "reject", reason = "off-topic", by = "Claude" });
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
    }

    // What a scanner asks for when it opens the links of the card: the part behind # is never sent, and nothing may stand in a query, which would be. The page itself is the site's, not ours.
    private static List<string> Paths(CrashRun run, string token)
    {
        var links = run.Cards.Where(card => card.Contains(token, StringComparison.Ordinal)).SelectMany(card => Link().Matches(card).Select(match => new Uri(match.Groups["url"].Value))).ToList();
        var own = links.Where(link => link.Host == Hub.Host).ToList();
        Assert.Contains(own, link => link.Fragment.Contains(token, StringComparison.Ordinal));
        Assert.All(own, link => Assert.Equal("", link.Query));
        Assert.All(links.Except(own), link => Assert.DoesNotContain("#t=", link.ToString(), StringComparison.Ordinal));
        return [.. own.Select(link => link.AbsolutePath).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex("\"url\":\"(?<url>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
