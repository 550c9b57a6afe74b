using System.Globalization;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The site is relaunched: its feed holds two articles of today under new addresses, and none that the hub knows. A person is asked; nobody agrees.</summary>
public sealed class RelaunchSite : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var feed = run.Notes<ArticleNotes>().Feed!;
        // In one go: a look that came between them would find a relaunch of nothing, or of one.
        feed.PublishInstead([.. Enumerable.Range(0, 2).Select(i => feed.Article(run.Path($"refonte{i.ToString(CultureInfo.InvariantCulture)}"), $"Refonte {i.ToString(CultureInfo.InvariantCulture)}", TimeProvider.System.GetUtcNow().AddMinutes(-i)))]);
        await ArticleNotes.UntilAsync(run, "the relaunch waits for an approval", rows =>
            rows.Count(p => p.GetString("Title")?.StartsWith("Refonte", StringComparison.Ordinal) is true && p.GetString("State") == "Planned") == 4
            && run.Cards.Any(card => card.Contains("Refonte", StringComparison.Ordinal)));
    }
}
