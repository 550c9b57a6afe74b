using System.Text;
using System.Text.Json.Nodes;
using SocialHub.Configuration;

namespace SocialHub.Tests.Configuration;

/// <summary>A whole, valid hub.json, and ways to change it.</summary>
internal static class HubJson
{
    public const string Whole = """
        {
          "$schema": "https://hub.saint-exemple.fr/hub.schema.json",
          "authority": {
            "name": "Ville de Saint-Exemple",
            "language": "fr",
            "timeZone": "Europe/Paris",
            "publicAddress": "https://hub.saint-exemple.fr",
            "directorOfPublication": "Camille Exemple",
            "closingDays": ["2026-12-24", "2027-05-07"],
            "alsaceMoselle": true
          },
          "sites": {
            "mairie": {
              "name": "Le site de la ville",
              "origins": ["https://www.saint-exemple.fr"],
              "keptQueryParameters": ["id_article", "article*"],
              "openPaths": ["/actualites/*"],
              "aliases": { "https://www.saint-exemple.fr/ancien": "https://www.saint-exemple.fr/nouveau" },
              "policy": "a-priori",
              "closeAfterDays": 90,
              "rejectAtOnce": ["advertising"],
              "articleFeeds": [
                {
                  "address": "https://www.saint-exemple.fr/feed/",
                  "accounts": ["bluesky", "mastodon"],
                  "template": "{title} {url} {hashtags}",
                  "hashtags": ["SaintExemple"],
                  "approval": false
                }
              ]
            }
          },
          "accounts": {
            "bluesky": { "network": "bluesky", "server": "https://bsky.social", "name": "saint-exemple.bsky.social", "secret": "BLUESKY_APP_PASSWORD" },
            "mastodon": { "network": "mastodon", "server": "https://mastodon.social", "name": "saintexemple", "secret": "MASTODON_TOKEN" }
          },
          "sources": {
            "ville": { "account": "bluesky", "title": "La ville", "everyMinutes": 15 },
            "agenda": { "address": "https://www.saint-exemple.fr/agenda.rss", "everyMinutes": 60 }
          },
          "feeds": {
            "accueil": { "title": "Toutes les nouvelles", "sources": ["ville", "agenda"], "size": 50, "onlyWords": [], "withoutWords": ["brocante"], "filtered": false }
          },
          "publishing": { "quietFrom": "21:00", "quietTo": "07:00", "paceMinutes": 10, "publishWithinHours": 48, "lookEveryMinutes": 5, "approval": false },
          "moderation": { "webhooks": ["TEAMS_WEBHOOK"], "holdWords": ["piscine"], "allowWords": ["con de manon"], "allowedDomains": ["service-public.fr"], "publicContacts": ["mairie@courrier.example", "05 56 00 12 34"], "officials": ["Jeanne Exemple"] },
          "mail": { "host": "smtp.saint-exemple.fr", "port": 587, "security": "starttls", "user": "hub", "secret": "SMTP_PASSWORD", "from": "commentaires@saint-exemple.fr", "name": "Ville de Saint-Exemple" },
          "retention": { "publishedDays": 1095, "refusedDays": 184, "pendingDays": 90, "emailDays": 30, "auditDays": 365 },
          "defaults": {
            "charter": "Soyez courtois.",
            "templates": { "bluesky": "{title} {url}" },
            "people": [{ "name": "Camille", "email": "camille@saint-exemple.fr", "teams": "camille@saint-exemple.onmicrosoft.com", "days": ["monday"], "from": "08:00", "to": "18:00", "urgent": true }],
            "goals": { "bluesky": { "line": "Une nouvelle par jour.", "followers": 1000, "postsPerWeek": 5, "answerWithinHours": 24 } }
          }
        }
        """;

    public const string Smallest = """{ "authority": { "name": "Saint-Exemple", "publicAddress": "https://hub.saint-exemple.fr" } }""";

    public static ConfigurationReading Read(string json) => ConfigurationReader.Read(Encoding.UTF8.GetBytes(json));

    /// <summary>The whole example with one place changed; <paramref name="path"/> as <c>sites.mairie.origins.0</c>, <paramref name="value"/> as JSON, or null to remove.</summary>
    public static string With(string path, string? value)
    {
        var root = JsonNode.Parse(Whole)!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step)]! : node[step]!);
        var last = steps[^1];
        if (parent is JsonArray array)
            array[int.Parse(last)] = JsonNode.Parse(value!);
        else if (value is null)
            parent.AsObject().Remove(last);
        else
            parent[last] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
