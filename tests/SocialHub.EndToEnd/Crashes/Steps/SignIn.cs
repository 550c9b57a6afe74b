using System.Collections.Concurrent;
using System.Net;
using SocialHub.EndToEnd.Peers;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>What the steps about sessions remember.</summary>
public sealed class SessionNotes
{
    /// <summary>Values of the cookies that were given.</summary>
    public ConcurrentQueue<string> Cookies { get; } = [];
}

/// <summary>Somebody of the team signs in with a key and is known by the cookie.</summary>
public sealed class SignIn : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var answer = await run.Citizen.PostAsync("/api/v1/session", new { key = HubSettings.ModeratorKey });
        Assert.True(answer is { Status: HttpStatusCode.OK, Cookie: not null }, $"{answer.Status} {answer.Body}");
        run.Notes<SessionNotes>().Cookies.Enqueue(answer.Cookie[(answer.Cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var known = await run.Citizen.GetAsync("/api/v1/session", ("Cookie", answer.Cookie));
        Assert.Equal((HttpStatusCode.OK, "moderator"), (known.Status, known.Json().GetProperty("role").GetString()));
    }
}
