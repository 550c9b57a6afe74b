using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>What a link says, read by its documented format and without the hub's own reader.</summary>
/// <param name="Text">The token itself.</param>
/// <param name="Subject"><c>comment</c>, <c>proposal</c>, <c>report</c>, <c>objection</c> or <c>thread</c>.</param>
/// <param name="Revision">Of the text that its card showed.</param>
/// <param name="Round">Of moderation.</param>
/// <param name="Reports">How many reports its card knew of.</param>
/// <param name="Site">Site id.</param>
/// <param name="Id">Comment id.</param>
internal sealed record CardToken(string Text, string Subject, int Revision, int Round, int Reports, string Site, string Id);

/// <summary>What the cards that the team received lead to.</summary>
internal static partial class CardTokens
{
    // Format, key id, subject, expiry: 1 + 4 + 1 + 4 bytes.
    private const int SubjectAt = 5;
    private const int NumbersAt = 10;

    private static readonly string[] Subjects = ["", "comment", "proposal", "report", "objection", "thread"];

    /// <summary>The tokens of all cards, oldest first.</summary>
    public static List<string> All(CrashRun run) => [.. run.Cards.SelectMany(Of).Distinct(StringComparer.Ordinal)];

    /// <summary>Each delivered card that leads somewhere, oldest first, with what its link says.</summary>
    public static List<(string Card, CardToken Token)> Delivered(CrashRun run) => [.. run.Cards.SelectMany(card => Of(card).Distinct(StringComparer.Ordinal).Select(token => (card, Read(token))))];

    /// <summary>The newest token about a comment that still shows what fits, with what it shows; null: none does. A card that killed two processes came without any text.</summary>
    public static async Task<(string Token, JsonElement View)?> FindAsync(CrashRun run, string id, Func<JsonElement, bool> fits)
    {
        foreach (var token in Delivered(run).Where(card => card.Token.Id == id).Select(card => card.Token.Text).Distinct(StringComparer.Ordinal).Reverse())
        {
            var view = await run.Citizen.PostAsync("/moderation/decide/view", new { token });
            if (view.Ok && fits(view.Json()))
                return (token, view.Json());
        }

        return null;
    }

    public static async Task<bool> AnyAsync(CrashRun run, string id, Func<JsonElement, bool> fits) => await FindAsync(run, id, fits) is not null;

    /// <summary>The tokens in one card.</summary>
    public static IEnumerable<string> Of(string card) => Token().Matches(card).Select(match => match.Groups["token"].Value);

    /// <summary>What a link says.</summary>
    public static CardToken Read(string text)
    {
        var bytes = Base64Url.DecodeFromChars(text);
        var at = NumbersAt;
        var numbers = new int[3];
        for (var i = 0; i < numbers.Length; i++)
        {
            var shift = 0;
            for (; bytes[at] >= 0x80; at++, shift += 7)
                numbers[i] |= (bytes[at] & 0x7F) << shift;
            numbers[i] |= bytes[at++] << shift;
        }

        var parts = new string[2];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Encoding.UTF8.GetString(bytes, at + 1, bytes[at]);
            at += 1 + bytes[at];
        }

        return new CardToken(text, Subjects[bytes[SubjectAt]], numbers[0], numbers[1], numbers[2], parts[0], parts[1]);
    }

    [GeneratedRegex("#t=(?<token>[A-Za-z0-9_-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
