using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialHub.Standalone.Demo;

/// <summary>
/// The people of the demo: citizens who comment and a moderator who decides, all through the public interface.
/// The moderator finds the links where a real one would, in the cards that the channel received.
/// </summary>
internal sealed partial class DemoCitizens(DemoSite site, HttpClient hub, TimeProvider time, ILogger log)
{
    private const string Moderator = "Claire (démonstration)";

    // Two are decided by the demo's moderator; the others wait for whoever tries the demo.
    private static readonly (string Slug, string Name, string Text, string? Decision)[] Comments =
    [
        ("piscine", "Jeanne Morvan", "Enfin des **horaires du soir** ! La nocturne du jeudi, on la demandait depuis des années. Merci aux agents qui ont tenu les délais.", "publish"),
        ("piscine", "Karim B.", "Est-ce que l’élévateur pour entrer dans l’eau est utilisable sans accompagnateur ?", "publish"),
        ("piscine", "Un nageur en colère", "QUELLE BANDE DE NULS !!! Six mois de retard, appelez-moi au 06 12 34 56 78 et je vous dirai ce que j’en pense", null),
        ("marche-de-noel", "Lucie", "Y aura-t-il encore le vin chaud de l’association des parents d’élèves ? C’était le meilleur chalet l’an dernier.", null),
    ];

    /// <summary>Writes, waits for the cards, decides; ends when all is done or the demo stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var decisions = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (slug, name, text, decision) in Comments)
            {
                if (await CommentAsync(slug, name, text, cancellationToken) is { } id && decision is not null) decisions[id] = decision;
            }

            var done = new HashSet<string>(StringComparer.Ordinal);
            while (decisions.Count > 0)
            {
                foreach (var link in site.Teams.DecisionLinks.Where(link => !done.Contains(link)).ToList())
                {
                    if (await DecideAsync(link, decisions, cancellationToken)) done.Add(link);
                }

                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the demo stops
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException)
        {
            Log.Ended(log, e);
        }
    }

    private async Task<string?> CommentAsync(string slug, string name, string text, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["page"] = $"{site.Origin}/actualites/{slug}",
            ["name"] = name,
            ["text"] = text,
            ["started"] = time.GetUtcNow().AddMinutes(-2).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            // The same words under the same article are the same comment, however often the demo is started on one storage.
            ["idempotencyKey"] = $"demo-{slug}-{name}",
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/sites/ville/comments", UriKind.Relative)) { Content = Json(body) };
        request.Headers.Add("Origin", site.Origin);
        // Addresses for documentation (RFC 5737), one a person.
        request.Headers.Add("X-Forwarded-For", $"192.0.2.{1 + Array.FindIndex(Comments, comment => comment.Name == name)}");
        using var response = await hub.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            Log.Refused(log, name, (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            return null;
        }

        using var answer = await ReadAsync(response, cancellationToken);
        return answer.RootElement.GetProperty("id").GetString();
    }

    // False: the hub has no time for it now, and is asked again.
    private async Task<bool> DecideAsync(string link, Dictionary<string, string> decisions, CancellationToken cancellationToken)
    {
        // "#t=TOKEN", and in some links "&d=" with what the button said.
        var token = Uri.UnescapeDataString(new Uri(link).Fragment["#t=".Length..].Split('&')[0]);
        using var view = await hub.PostAsync(new Uri("/moderation/decide/view", UriKind.Relative), Json(new() { ["token"] = token }), cancellationToken);
        if (!view.IsSuccessStatusCode) return !IsBusy(view);
        using var item = await ReadAsync(view, cancellationToken);
        if (item.RootElement.GetProperty("id").GetString() is not { } id || !decisions.TryGetValue(id, out var decision)) return true;
        using var decided = await hub.PostAsync(new Uri("/moderation/decide", UriKind.Relative), Json(new() { ["token"] = token, ["decision"] = decision, ["by"] = Moderator }), cancellationToken);
        if (IsBusy(decided)) return false;
        decisions.Remove(id);
        if (!decided.IsSuccessStatusCode) Log.Refused(log, Moderator, (int)decided.StatusCode, await decided.Content.ReadAsStringAsync(cancellationToken));
        return true;
    }

    private static bool IsBusy(HttpResponseMessage answer) => (int)answer.StatusCode >= 500;

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Demo: {Name} was refused with {Status}: {Answer}")]
        public static partial void Refused(ILogger logger, string name, int status, string answer);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Demo: the people of Saint-Exemple went home early")]
        public static partial void Ended(ILogger logger, Exception exception);
    }
}
