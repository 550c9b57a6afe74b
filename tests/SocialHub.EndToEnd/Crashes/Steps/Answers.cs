namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The hub has what it needs and answers, be it that there is no such page.</summary>
public sealed class Answers : CrashStep
{
    public override async Task RunAsync(CrashRun run) =>
        Assert.InRange((int)(await run.Citizen.GetAsync("/no-such-page")).Status, 200, 499);
}
