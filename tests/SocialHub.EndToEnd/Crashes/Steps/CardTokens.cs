using System.Text.Json;
using System.Text.RegularExpressions;

namespace SocialHub.EndToEnd.Crashes.Steps;

/// <summary>What the cards that the team received lead to.</summary>
internal static partial class CardTokens
{
    /// <summary>The tokens of all cards, oldest first.</summary>
    public static List<string> All(CrashRun run) => [.. run.Cards.SelectMany(Of).Distinct(StringComparer.Ordinal)];

    /// <summary>The newest token that still shows what fits, among the cards that hold a text; null: none does.</summary>
    public static async Task<string?> FindAsync(CrashRun run, string text, Func<JsonElement, bool> fits)
    {
        foreach (var token in run.Cards.Where(card => card.Contains(text, StringComparison.Ordinal)).SelectMany(Of).Distinct(StringComparer.Ordinal).Reverse())
        {
            var view = await run.Citizen.PostAsync("/moderation/decide/view", new { token });
            if (view.Ok && fits(view.Json()))
                return token;
        }

        return null;
    }

    public static async Task<bool> AnyAsync(CrashRun run, string text, Func<JsonElement, bool> fits) => await FindAsync(run, text, fits) is not null;

    private static IEnumerable<string> Of(string card) => Token().Matches(card).Select(match => match.Groups["token"].Value);

    [GeneratedRegex("#t=(?<token>[A-Za-z0-9_-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
