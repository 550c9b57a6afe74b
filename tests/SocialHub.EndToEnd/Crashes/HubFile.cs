using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>The hub.json of one run, for scenarios to change before the hub starts.</summary>
public sealed class HubFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JsonObject _root = new()
    {
        ["authority"] = new JsonObject { ["name"] = "Ville de Saint-Exemple", ["language"] = "fr", ["timeZone"] = "Europe/Paris", ["publicAddress"] = "https://hub.saint-exemple.example" },
        ["sites"] = new JsonObject(),
        ["accounts"] = new JsonObject(),
        ["sources"] = new JsonObject(),
        ["feeds"] = new JsonObject(),
        ["publishing"] = new JsonObject { ["quietFrom"] = null, ["quietTo"] = null, ["paceMinutes"] = 0, ["lookEveryMinutes"] = 1 },
        ["moderation"] = new JsonObject { ["webhooks"] = new JsonArray("TEAMS_WEBHOOK") },
    };

    /// <summary>A section by its name in hub.json.</summary>
    public JsonObject this[string section] => (JsonObject)_root[section]!;

    /// <summary>Adds a section.</summary>
    public void Add(string section, JsonObject value) => _root[section] = value;

    public override string ToString() => _root.ToJsonString(Indented);
}
