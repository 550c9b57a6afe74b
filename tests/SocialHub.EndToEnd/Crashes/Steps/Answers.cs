using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The hub has what it needs: it says that it is well, serves what it has, and says of a missing page that it is missing.</summary>
public sealed class Answers : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await run.Citizen.GetAsync("/no-such-page")).Status);
        Assert.Equal(HttpStatusCode.OK, (await run.Citizen.GetAsync("/api/v1/health")).Status);
        var page = run.Lane.Site.Open(run.Path("accueil"), "Accueil");
        var thread = await run.Citizen.GetAsync($"/api/v1/sites/{run.Site}/comments?page={Uri.EscapeDataString(page)}");
        Assert.Equal((HttpStatusCode.OK, 0), (thread.Status, thread.Json().GetProperty("count").GetInt32()));
    }
}
