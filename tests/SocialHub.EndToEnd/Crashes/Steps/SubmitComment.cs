using System.Net;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>A citizen comments a page.</summary>
/// <param name="page">Its path below the run's own.</param>
/// <param name="text">What is written; each text once.</param>
/// <param name="withKey">With an Idempotency-Key as the widget does; else as a form does without one.</param>
/// <param name="hubMakesAuthorKey">The author brings no key, so that the hub makes one; only with an Idempotency-Key, without which a lost answer is not repeated to whoever asks.</param>
/// <param name="asAuthorOf">First text of a comment whose author writes this one, too; null: somebody else.</param>
public sealed class SubmitComment(string page, string text, bool withKey = true, bool hubMakesAuthorKey = false, string? asAuthorOf = null) : CrashStep
{
    public override string Name => $"submit \"{text}\" {(withKey ? "with" : "without")} a key";

    public override async Task RunAsync(CrashRun run)
    {
        var notes = run.Notes<CommentNotes>();
        var address = run.Lane.Site.Open(run.Path(page), "Travaux rue des Lilas");
        var email = withKey ? $"canary-{Guid.NewGuid():N}@example.org" : null;
        var name = $"Camille {Letters()}";
        Dictionary<string, string> body = new(StringComparer.Ordinal) { ["page"] = address, ["text"] = text, ["name"] = name };
        if (email is not null)
            body["email"] = email;
        if (!hubMakesAuthorKey)
            body["authorKey"] = asAuthorOf is not null ? notes[asAuthorOf].AuthorKey : Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        if (withKey)
            notes.IdempotencyKeys.Enqueue(body["idempotencyKey"] = Guid.NewGuid().ToString("N"));
        var answer = await run.Citizen.PostAsync(Route(run), body, ("Origin", Origin(run)));
        Assert.True(answer.Status == HttpStatusCode.Created || (answer.Repeated && answer.Status == HttpStatusCode.OK), $"{answer.Status} {answer.Body}");
        var known = new KnownComment
        {
            Id = answer.Json().GetProperty("id").GetString()!,
            Page = address,
            AuthorKey = hubMakesAuthorKey ? answer.Json().GetProperty("authorKey").GetString()! : body["authorKey"],
            Name = name,
            From = answer.From,
            Text = text,
            Email = email,
            Request = body,
        };
        known.Texts[0] = text;
        known.Words.Enqueue(text);
        known.Words.Enqueue(name);
        if (email is not null)
            known.Words.Enqueue(email);
        notes[text] = known;
    }

    internal static string Origin(CrashRun run) => run.Lane.Site.PublicAddress.GetLeftPart(UriPartial.Authority);

    internal static string Route(CrashRun run) => $"/api/v1/sites/{run.Site}/comments";

    // A name that stands nowhere else, and in which no rule finds a number.
    private static string Letters() => string.Concat(Guid.NewGuid().ToString("N").Take(12).Select((c, i) => i % 2 == 0 ? "bdfglmnprstvbdfg"[Convert.ToInt32(c.ToString(), 16)] : "aeiouaeiouaeioua"[Convert.ToInt32(c.ToString(), 16)]));
}
