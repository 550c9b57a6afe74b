using System.Text.Json.Nodes;

namespace SocialHub.Configuration.Settings;

/// <summary>What is allowed in hub.json and in the team's settings, and does less than somebody may think: told to whoever asks how the hub is.</summary>
public sealed class SettingsRemarks(SettingsStore settings)
{
    /// <summary>
    /// The charter that is in force with the reasons for which it has no article; by site the classes of <c>rejectAtOnce</c> that nothing refuses by itself, because
    /// no rule rejects them or a person reads every comment of the site first; and for how many days one may object, where that is less than six months.
    /// </summary>
    public async Task<JsonObject> TellAsync(CancellationToken cancellationToken)
    {
        var team = await settings.CurrentAsync(cancellationToken);
        var idle = team.Configuration.Sites.Select(site => (site.Key, Classes: site.Value.RejectAtOnce.Except(site.Value.Policy == CommentPolicy.APriori ? [] : HubConfigurationValidator.RejectingClasses, StringComparer.Ordinal).ToList())).Where(site => site.Classes.Count > 0);
        return new JsonObject
        {
            ["charter"] = new JsonObject { ["version"] = team.CharterVersion, ["withoutArticle"] = Names(team.Charter.WithoutArticle()) },
            ["shortObjection"] = team.Configuration.Retention.RefusedDays is < RetentionConfiguration.LeastObjectionDays and var days ? days : null,
            ["neverRejected"] = new JsonObject(idle.Select(site => KeyValuePair.Create(site.Key, (JsonNode?)Names(site.Classes)))),
        };
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);
}
