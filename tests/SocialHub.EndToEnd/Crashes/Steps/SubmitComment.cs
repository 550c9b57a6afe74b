using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A citizen comments a page, with an Idempotency-Key as the widget does, or without as a form does.</summary>
public sealed class SubmitComment(string page, string text, bool withKey = true) : CrashStep
{
    public override string Name => $"submit \"{text}\" {(withKey ? "with" : "without")} a key";

    public override async Task RunAsync(CrashRun run)
    {
        var address = run.Lane.Site.Open(run.Path(page), "Travaux rue des Lilas");
        var authorKey = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var email = withKey ? $"canary-{Guid.NewGuid():N}@example.org" : null;
        object body = withKey
            ? new { page = address, text, name = "Camille", email, authorKey, idempotencyKey = Guid.NewGuid().ToString("N") }
            : new { page = address, text, name = "Camille", authorKey };
        var answer = await run.Citizen.PostAsync($"/api/v1/sites/{run.Site}/comments", body, ("Origin", Origin(run)));
        Assert.True(answer.Status == HttpStatusCode.Created || (answer.Repeated && answer.Status == HttpStatusCode.OK), $"{answer.Status} {answer.Body}");
        var known = new KnownComment
        {
            Id = answer.Json().GetProperty("id").GetString()!,
            Page = address,
            AuthorKey = authorKey,
            Text = text,
            Email = email,
            Request = withKey ? body : null,
        };
        known.Words.Enqueue(text);
        run.Notes<CommentNotes>()[text] = known;
    }

    internal static string Origin(CrashRun run) => run.Lane.Site.PublicAddress.GetLeftPart(UriPartial.Authority);
}
