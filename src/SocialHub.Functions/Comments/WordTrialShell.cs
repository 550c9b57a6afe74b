using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using SocialHub.Comments;
using SocialHub.Functions.Http;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>Reads what words are tried on, and writes what they would do.</summary>
public sealed class WordTrialShell(WordTrial trial)
{
    internal Task<IResult> TryAsync(HttpRequest request, int largest, CancellationToken cancellationToken) =>
        RequestBody.JsonAsync(request, WordTrialWire.Default.WordTrialBody, largest, cancellationToken).ThenAsync(async body =>
        {
            if (Refusal(body) is { } problem)
                return Problems.Of(problem);
            var words = body.Words!.Value;
            return body.Text is { } text
                ? await trial.OnTextAsync(words, text, body.Name, body.Site, cancellationToken).ThenAsync(tried => Of(new WordTrialAnswer { Text = Verdicts(tried) }))
                : await trial.OnCommentsAsync(words, body.Site, body.Last ?? WordTrial.Usual, cancellationToken).ThenAsync(tried => Of(new WordTrialAnswer { Comments = Comments(tried) }));
        });

    private static Problem? Refusal(WordTrialBody body) => body switch
    {
        { Words: null } => new Problem(ProblemKind.Unprocessable, "words-required", "Send in words what you would save: { \"hold\": [...], \"allow\": [...] }."),
        { Text: { } text } when string.IsNullOrWhiteSpace(text) || text.Length > WordTrial.LongestText => new Problem(ProblemKind.Unprocessable, "text-length", $"A text that is tried has 1 to {WordTrial.LongestText} characters; leave it out to try the newest comments."),
        { Name.Length: > 60 } => new Problem(ProblemKind.Unprocessable, "name-length", "A name has at most 60 characters."),
        { Last: < 1 or > WordTrial.Most } => new Problem(ProblemKind.Unprocessable, "last-range", $"At most the last {WordTrial.Most} comments are looked at, and at least one."),
        _ => null,
    };

    private static JsonAnswer Of(WordTrialAnswer answer) => JsonAnswer.Of(answer, WordTrialWire.Default.WordTrialAnswer);

    private static TriedVerdicts Verdicts(TriedText tried) => new(Verdict(tried.Before), Verdict(tried.After));

    private static TriedVerdict Verdict(Judgement judgement) => new(judgement.Verdict.ToString(), judgement.Findings);

    private static TriedCommentsBody Comments(TriedComments tried) => new(
        tried.Looked,
        tried.Changed.Count,
        tried.Changed.Count(comment => comment.Verdicts.Before.Verdict == Moderation.Verdict.Publish),
        tried.Changed.Count(comment => comment.Verdicts.After.Verdict == Moderation.Verdict.Publish),
        tried.IsComplete,
        [.. tried.Changed.Select(comment => new TriedCommentBody(
            comment.Comment.Site,
            comment.Comment.Id,
            comment.Comment.Page,
            comment.Comment.State.ToString().ToLowerInvariant(),
            comment.Comment.Received,
            comment.Name,
            comment.Text,
            Verdict(comment.Verdicts.Before),
            Verdict(comment.Verdicts.After)))]);
}

/// <summary>
/// Words as they would be saved, and what they are tried on: <paramref name="Text"/>, or where there is none the <paramref name="Last"/> comments, of one site or of all.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WordTrialBody(JsonElement? Words, string? Text, string? Name, string? Site, int? Last);

internal sealed record TriedVerdict(string Verdict, IReadOnlyList<Finding> Findings);

internal sealed record TriedVerdicts(TriedVerdict Before, TriedVerdict After);

/// <summary>A comment whose verdict would be another one; its personal data is hidden.</summary>
internal sealed record TriedCommentBody(string Site, string Id, string Page, string State, DateTimeOffset Received, string Name, string Text, TriedVerdict Before, TriedVerdict After);

/// <summary><paramref name="Stopped"/> would no longer pass the rules, <paramref name="Freed"/> would.</summary>
internal sealed record TriedCommentsBody(int Looked, int Changed, int Stopped, int Freed, bool Complete, IReadOnlyList<TriedCommentBody> Items);

internal sealed record WordTrialAnswer
{
    public TriedVerdicts? Text { get; init; }

    public TriedCommentsBody? Comments { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WordTrialBody))]
[JsonSerializable(typeof(WordTrialAnswer))]
internal sealed partial class WordTrialWire : JsonSerializerContext;
