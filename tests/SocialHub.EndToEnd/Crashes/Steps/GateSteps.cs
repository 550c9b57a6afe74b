using System.Net;
using SocialHub.EndToEnd.Crashes.Invariants;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>An editor freezes everything, writes a text meanwhile, and ends the freeze: the text leaves then, and not before.</summary>
public sealed class FreezeAndThaw(string text) : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var notes = run.Notes<ArticleNotes>();
        await FreezeAsync(run, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        notes.Closed.Add(("freeze", TimeProvider.System.GetUtcNow(), null));
        notes.Written.Add(text);
        await WriteByHand.WriteAsync(run, text);
        await ArticleNotes.UntilAsync(run, $"\"{text}\" waits for the end of the freeze", rows =>
            rows.Where(p => p.GetString("Body") == text).Select(p => (p.GetString("State"), p.GetString("Why"))).SequenceEqual([("Planned", "frozen"), ("Planned", "frozen")]));
        notes.Closed[^1] = notes.Closed[^1] with { Until = TimeProvider.System.GetUtcNow() };
        await FreezeAsync(run, null);
        await ArticleNotes.UntilAsync(run, $"\"{text}\" is posted after the freeze", rows => ArticleNotes.IsPostedOnBoth(rows.Where(p => p.GetString("Body") == text)));
    }

    private static async Task FreezeAsync(CrashRun run, DateTimeOffset? from)
    {
        for (; ; )
        {
            var seen = await run.Administrator.GetAsync("/api/v1/settings/freeze");
            Assert.Equal(HttpStatusCode.OK, seen.Status);
            var written = await run.Administrator.SendAsync(HttpMethod.Put, "/api/v1/settings/freeze", new { from, until = (DateTimeOffset?)null, reason = "Période électorale" }, ("If-Match", seen.ETag!));
            if (written.Ok)
                return;
            // The try before, whose answer was lost, may have written it; once more does no harm.
            Assert.True(written is { Repeated: true, Status: HttpStatusCode.PreconditionFailed }, $"{written.Status} {written.Body}");
        }
    }
}

/// <summary>
/// A text that has to be out within seconds. Where the hub is killed meanwhile its time may pass: then it is not sent, or not again, and what may have left
/// without an answer is for a person to say. Where nothing but a busy machine let it pass, another text has longer: what is to go wrong has its chance still.
/// </summary>
public sealed class WriteUrgently(string text) : CrashStep
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(6);

    public override async Task RunAsync(CrashRun run)
    {
        for (var (number, within, expired) = (1, Within, true); expired && (number == 1 || !run.FaultHappened); number++, within *= 2)
        {
            var words = number == 1 ? text : $"{text} ({number})";
            run.Notes<ArticleNotes>().Urgent.Add(words);
            // Where the request alone takes that long, it is refused and nothing is planned: once more, then.
            while (!await WriteByHand.TryWriteAsync(run, words, TimeProvider.System.GetUtcNow() + within))
            {
            }

            await ArticleNotes.UntilAsync(run, $"\"{words}\" is out, or its time is over", rows =>
            {
                var states = rows.Where(p => p.GetString("Body") == words).Select(p => p.GetString("State")).ToList();
                expired = states.Contains("Expired");
                return states.Count == 2 && states.TrueForAll(state => state is "Published" or "Expired" or "Uncertain");
            });
        }
    }
}

/// <summary>Publishing is switched off, a text is written meanwhile, and it is switched on again: the text never leaves, and another one does.</summary>
public sealed class SwitchOffAndOn(string silent, string after) : CrashStep
{
    public override async Task RunAsync(CrashRun run)
    {
        var notes = run.Notes<ArticleNotes>();
        await run.RestartAsync(publishing: "off");
        await run.UntilAsync("the gate is off", () => IsAsync(run, "Off"));
        notes.Closed.Add(("off", TimeProvider.System.GetUtcNow(), null));
        notes.Silent.Add(silent);
        await WriteByHand.WriteAsync(run, silent);
        await WaitsAsync(run, "off");
        notes.Closed[^1] = notes.Closed[^1] with { Until = TimeProvider.System.GetUtcNow() };
        await run.RestartAsync(publishing: "on");
        await run.UntilAsync("the gate is on", () => IsAsync(run, "On"));
        await new WriteByHand(after).RunAsync(run);
        // Whoever looks at it again finds it planned before.
        foreach (var publication in (await StoredRows.OfAsync(run, "Publishing", "p.")).Where(p => p.GetString("Body") == silent))
        {
            var seen = await run.Administrator.GetAsync($"/api/v1/publications/{publication.RowKey[2..]}");
            var changed = await run.Administrator.SendAsync(HttpMethod.Put, $"/api/v1/publications/{publication.RowKey[2..]}", new { at = TimeProvider.System.GetUtcNow() }, ("If-Match", $"\"{seen.Json().GetProperty("etag").GetString()}\""));
            Assert.True(changed.Ok || (changed is { Repeated: true, Status: HttpStatusCode.PreconditionFailed }), $"{changed.Status} {changed.Body}");
        }

        await WaitsAsync(run, "planned-before-switching-on");
    }

    private static async Task<bool> IsAsync(CrashRun run, string mode) =>
        (await StoredRows.OfAsync(run, "Publishing", "g")).SingleOrDefault(row => row.RowKey == "g")?.GetString("Mode") == mode;

    private Task WaitsAsync(CrashRun run, string why) => ArticleNotes.UntilAsync(run, $"\"{silent}\" waits: {why}", rows =>
        rows.Where(p => p.GetString("Body") == silent).Select(p => (p.GetString("State"), p.GetString("Why"))).SequenceEqual([("Planned", why), ("Planned", why)]));
}
