namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>An article of four days ago appears in the feed, as after a mended date or a moved archive; it is seen and nothing is said of it.</summary>
public sealed class PublishOldArticle(string title) : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        run.Notes<ArticleNotes>().Feed!.Publish(run.Path("vieux"), title, TimeProvider.System.GetUtcNow().AddDays(-4));
        await run.UntilAsync("the old article is seen", async () =>
        {
            await run.Administrator.PostAsync("/api/v1/operations/tick", new { });
            await Task.Delay(300);
            return (await Invariants.StoredRows.OfAsync(run, "Publishing", "a.")).Any(a => a.GetString("Title") == title);
        });
    }
}
