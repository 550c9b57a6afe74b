using System.Text.Json;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Moderation;
using SocialHub.Moderation.Rules;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What the rules say of one text with the words of today, and what they would say with others.</summary>
/// <param name="Before">Today.</param>
/// <param name="After">With the words that are tried.</param>
public sealed record TriedText(Judgement Before, Judgement After);

/// <summary>A comment whose verdict would be another one; its personal data is hidden, and the spans fit what is shown.</summary>
/// <param name="Comment">As it is now.</param>
/// <param name="Name">As it may be shown.</param>
/// <param name="Text">As it may be shown.</param>
/// <param name="Verdicts">Both.</param>
public sealed record TriedComment(CommentRow Comment, string Name, string Text, TriedText Verdicts);

/// <summary>What other words would do to the newest comments.</summary>
/// <param name="Looked">Comments that were judged.</param>
/// <param name="Changed">Those whose verdict changes, newest first.</param>
/// <param name="IsComplete">False when the time or the reading of storage that a trial may take ended before the comments did.</param>
public sealed record TriedComments(int Looked, IReadOnlyList<TriedComment> Changed, bool IsComplete);

/// <summary>
/// Tries the team's words before they are saved, on a text or on the newest comments. Both verdicts are the rules' of today, of a text by itself: what
/// depends on other comments of its hour (floods, duplicates) is the same with any words and is left out. Nothing is written.
/// </summary>
public sealed class WordTrial(CommentStore store, SettingsStore settings, ModerationEngine engine, PersonalDataMask mask, TimeProvider timeProvider)
{
    /// <summary>Comments that are looked at where nobody says how many.</summary>
    public const int Usual = 50;

    /// <summary>Comments that are looked at, at most.</summary>
    public const int Most = 200;

    /// <summary>Characters of a text that is tried: those of a comment.</summary>
    public const int LongestText = 4_000;

    /// <summary>How old a comment may be to be found.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromDays(365);

    /// <summary>What one trial may take; then it answers with what it has.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    // Rows of the short log that are passed over: in the busiest hours that a page's bound allows.
    private const int MostRows = 20_000;
    private const int AtOnce = 20;

    // Of as many as are asked for, that many times as many are found: some were withdrawn or erased.
    private const int Spare = 2;

    // An instance whose clock goes ahead wrote rows of a time that is not yet here.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>Tries words on a text.</summary>
    /// <param name="words">As they would be saved.</param>
    /// <param name="text">1 to <see cref="LongestText"/> characters.</param>
    /// <param name="name">Of its author; null: not judged.</param>
    /// <param name="site">Where it would stand; null: nowhere in particular.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Answer<TriedText>> OnTextAsync(JsonElement words, string text, string? name, string? site, CancellationToken cancellationToken)
    {
        var tried = await TryAsync(words, site, cancellationToken).ConfigureAwait(false);
        if (tried.Problem is { } problem)
            return problem;
        var (before, after, _) = tried.Value;
        return await JudgeAsync(new ModerationSubject(text) { Name = name, Site = site }, before, after, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries words on the newest comments.</summary>
    /// <param name="words">As they would be saved.</param>
    /// <param name="site">Only of this site; null: of all.</param>
    /// <param name="last">How many, 1 to <see cref="Most"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Answer<TriedComments>> OnCommentsAsync(JsonElement words, string? site, int last, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        var tried = await TryAsync(words, site, cancellationToken).ConfigureAwait(false);
        if (tried.Problem is { } problem)
            return problem;
        var (before, after, hub) = tried.Value;
        var (newest, isComplete) = await NewestAsync(site is null ? [.. hub.Sites.Keys] : [site], last * Spare, began, cancellationToken).ConfigureAwait(false);
        var (looked, changed) = (0, new List<TriedComment>());
        foreach (var some in newest.Chunk(AtOnce))
        {
            foreach (var comment in await Task.WhenAll(some.Select(each => store.FindAsync(each.Site, each.Id, cancellationToken))).ConfigureAwait(false))
            {
                // Nothing is left of these; and what the authority itself writes, no rule holds.
                if (comment is null or { State: CommentState.Withdrawn or CommentState.Erased } or { Official: true })
                    continue;
                if (looked == last)
                    return new TriedComments(looked, changed, true);
                if (IsLate(began))
                    return new TriedComments(looked, changed, false);
                var verdicts = await JudgeAsync(SubjectOf(comment), before, after, cancellationToken).ConfigureAwait(false);
                looked++;
                if (verdicts.Before.Verdict != verdicts.After.Verdict)
                    changed.Add(Shown(comment, verdicts, hub));
            }
        }

        return new TriedComments(looked, changed, isComplete);
    }

    private async Task<Answer<(CompiledAuthority Before, CompiledAuthority After, HubConfiguration Hub)>> TryAsync(JsonElement words, string? site, CancellationToken cancellationToken)
    {
        var tried = await settings.TryAsync("words", words, "$.words", cancellationToken).ConfigureAwait(false);
        if (tried.Problem is { } problem)
            return problem;
        var (now, then) = tried.Value;
        if (site is not null && !now.Configuration.Sites.ContainsKey(site))
            return new Problem(ProblemKind.NotFound, "no-such-site", $"There is no such site; the sites are {string.Join(", ", now.Configuration.Sites.Keys)}.");
        return (new CompiledAuthority(now.Configuration), new CompiledAuthority(then.Configuration), now.Configuration);
    }

    private static ModerationSubject SubjectOf(CommentRow comment) => new(comment.Body)
    {
        Name = comment.Name,
        Site = comment.Site,
        HoneypotFilled = comment.Trapped,
        WritingTime = comment.WritingMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
    };

    private async Task<TriedText> JudgeAsync(ModerationSubject subject, CompiledAuthority before, CompiledAuthority after, CancellationToken cancellationToken) =>
        new(await engine.JudgeAsync(subject, before, cancellationToken).ConfigureAwait(false), await engine.JudgeAsync(subject, after, cancellationToken).ConfigureAwait(false));

    // By what holds today: a number that is only tried as a word that passes is nobody's to show yet.
    private TriedComment Shown(CommentRow comment, TriedText verdicts, HubConfiguration hub)
    {
        var first = verdicts.Before.Findings.Count;
        var name = mask.Of(comment.Name, [.. verdicts.Before.Findings, .. verdicts.After.Findings], "name", comment.Site, hub);
        var text = mask.Of(comment.Body, name.Findings, "text", comment.Site, hub);
        return new TriedComment(comment, name.Text, text.Text, new TriedText(
            verdicts.Before with { Findings = [.. text.Findings.Take(first)] },
            verdicts.After with { Findings = [.. text.Findings.Skip(first)] }));
    }

    // From the short log by time, which tables sort upwards alone: backwards in stretches that double, an hour first.
    private async Task<(List<(string Site, CommentId Id)> Newest, bool IsComplete)> NewestAsync(IReadOnlyList<string> sites, int last, long began, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var (oldest, end) = (now - LooksBack, now + Ahead);
        var found = new List<(string Key, string Site, CommentId Id)>();
        var rows = 0;
        for (var stretch = Ahead * 2; end > oldest && found.Count < last; stretch *= 2)
        {
            var start = end - stretch < oldest ? oldest : end - stretch;
            foreach (var site in sites)
            {
                await foreach (var key in store.ReceivedAsync(site, Keys.MomentsUntil(start), Keys.MomentsUntil(end), cancellationToken).ConfigureAwait(false))
                {
                    if (CommentId.TryParse(key.Split('.') is [_, _, var name, _] ? name : null, out var id))
                        found.Add((key, site, id));
                    if (++rows >= MostRows || IsLate(began))
                        return (Newest(), false);
                }
            }

            end = start;
        }

        return (Newest(), true);

        List<(string Site, CommentId Id)> Newest() => [.. found.OrderByDescending(each => each.Key, StringComparer.Ordinal).Take(last).Select(each => (each.Site, each.Id))];
    }

    private bool IsLate(long began) => timeProvider.GetElapsedTime(began) > Within;
}
