using System.Text.Json.Nodes;
using MimeKit;
using SocialHub.EndToEnd.Crashes.Invariants;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>The author of a comment has been told of it by mail, and the hub has noted that.</summary>
/// <param name="text">First text of the comment.</param>
/// <param name="what">What of it: a word of the log.</param>
/// <param name="subject">Of the mail.</param>
public sealed class AwaitMail(string text, string what, string subject) : CrashStep
{
    public override string Name => $"\"{text}\" is told as {what}";

    public override Task RunAsync(CrashRun run)
    {
        var comment = run.Notes<CommentNotes>()[text];
        return run.UntilAsync($"the author of \"{text}\" is told ({what})", async () =>
            Mails.To(run, comment.Email!).Any(mail => mail.Subject == subject)
            && (await StoredRows.OfAsync(run, "Comments", $"l.{comment.Id}.", run.Site)).Any(row => row.GetString("What") == "told" && row.GetString("Why") == what));
    }
}

/// <summary>Whoever is on call has been told by mail that a debate turned, and the hub has noted that.</summary>
public sealed class AwaitTeamMail(string page, string subject) : CrashStep
{
    public override Task RunAsync(CrashRun run) => run.UntilAsync($"the team is told by mail of \"{page}\"", async () =>
        Mails.To(run, Mails.OnCall(run)).Any(mail => mail.Subject == subject)
        && (await Debates.ThreadAsync(run, page)) is { } thread
        && (await StoredRows.OfAsync(run, "Comments", $"l.{thread.RowKey[2..]}.", run.Site)).Any(row => row.GetString("What") == "mailed"));
}

/// <summary>The mails of one run.</summary>
internal static class Mails
{
    public static string OnCall(CrashRun run) => $"astreinte-{run.Site}@saint-exemple.example";

    public static IReadOnlyList<MimeMessage> To(CrashRun run, string address) => [.. run.Lane.Mail.Received.Where(mail => mail.To.Mailboxes.Single().Address == address)];

    public static void Configure(CrashRun run, HubFile file)
    {
        file.Add("mail", new JsonObject { ["host"] = "127.0.0.1", ["port"] = run.Lane.Mail.Port, ["security"] = "none", ["from"] = "commentaires@saint-exemple.example" });
        file.Add("defaults", new JsonObject { ["people"] = new JsonArray(new JsonObject { ["name"] = "Alix", ["email"] = OnCall(run), ["urgent"] = true }) });
    }
}
