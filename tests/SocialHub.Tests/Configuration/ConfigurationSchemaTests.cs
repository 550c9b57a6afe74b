using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using NJsonSchema;
using SocialHub.Configuration;
using SocialHub.Moderation;

namespace SocialHub.Tests.Configuration;

/// <summary>Holds hub.schema.json, the model and the validator together.</summary>
public sealed class ConfigurationSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(ConfigurationSchema.Json)!;
    private static readonly Task<JsonSchema> Judge = JsonSchema.FromJsonAsync(ConfigurationSchema.Json.ToString());

    [Fact]
    public void Schema_and_model_have_the_same_members_and_defaults()
    {
        var differences = new List<string>();
        Compare(HubConfigurationJson.Default.HubConfiguration, Schema, "$", differences);
        Assert.Empty(differences);
    }

    [Fact]
    public void The_schemas_counts_are_the_validators()
    {
        var counts = Counts(JsonNode.Parse(HubJson.Whole)!, Schema, "").ToList();
        Assert.True(counts.Count >= 18, $"{counts.Count} lists and maps were looked at");
        foreach (var (path, most, one) in counts)
        {
            Assert.DoesNotContain(TooMany(path, Many(one, most)), error => error.Contains("at most", StringComparison.Ordinal));
            Assert.Contains(TooMany(path, Many(one, most + 1)), error => error.Contains($"at most {most} are possible", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_schemas_words_are_the_validators()
    {
        var definitions = Schema["definitions"]!;
        Assert.Equal(HubConfigurationValidator.Networks, definitions["account"]!["properties"]!["network"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(FindingClasses.All, HubConfigurationValidator.RuleClasses);
        Assert.Equal(FindingClasses.Rejecting, HubConfigurationValidator.RejectingClasses);
        Assert.Equal(RefusalReasons.All.Select(reason => reason.Code), HubConfigurationValidator.Reasons);
        Assert.Equal(HubConfigurationValidator.Reasons, Schema["properties"]!["defaults"]!["properties"]!["charterArticles"]!["properties"]!.AsObject().Select(reason => reason.Key));
        Assert.Equal(FindingClasses.All, definitions["site"]!["properties"]!["rejectAtOnce"]!["items"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()));
    }

    [Theory]
    [InlineData(HubJson.Whole)]
    [InlineData(HubJson.Smallest)]
    public async Task What_is_valid_is_valid_to_both(string json)
    {
        Assert.Empty(HubJson.Read(json).Errors);
        Assert.Empty((await Judge).Validate(json));
    }

    /// <summary>Every member of the whole example in turn is removed and given each kind of value.</summary>
    [Fact]
    [Trait("run", "thorough")]
    public async Task Whatever_the_hub_accepts_the_schema_accepts_and_a_wrong_kind_is_refused_by_both()
    {
        var schema = await Judge;
        string[] kinds = ["null", "true", "-1", "\"x y\"", "[null]", "{\"b c\":1}"];
        var checkedCases = 0;
        foreach (var path in Paths(JsonNode.Parse(HubJson.Whole)!, ""))
        {
            foreach (var kind in kinds)
            {
                var json = HubJson.With(path, kind);
                var errors = HubJson.Read(json).Errors;
                var valid = schema.Validate(json).Count == 0;
                Assert.True(errors.Count > 0 || valid, $"The hub accepts {path} = {kind}, the schema does not: {string.Join("; ", schema.Validate(json))}");
                var isShape = errors.Any(e => e.Message.StartsWith("is a ", StringComparison.Ordinal) || e.Message.StartsWith("is an ", StringComparison.Ordinal) || e.Message.StartsWith("is null;", StringComparison.Ordinal));
                Assert.False(isShape && valid, $"The hub refuses the kind of {path} = {kind}, the schema accepts it: {string.Join("; ", errors)}");
                checkedCases++;
            }
        }
        Assert.True(checkedCases > 300);
    }

    [Theory]
    [InlineData("authority.name", "\"\"")]
    [InlineData("authority.name", null)]
    [InlineData("authority.language", "\"de\"")]
    [InlineData("authority.publicAddress", "\"https://hub.saint-exemple.fr/\"")]
    [InlineData("authority.publicAddress", "\"https://Hub.saint-exemple.fr\"")]
    [InlineData("authority.publicAddress", null)]
    [InlineData("authority.extra", "1")]
    [InlineData("sites.Mairie", "{\"name\":\"a\",\"origins\":[\"https://a.fr\"]}")]
    [InlineData("sites.mairie.origins", "[]")]
    [InlineData("sites.mairie.origins", "[\"https://a.fr\",\"https://a.fr\"]")]
    [InlineData("sites.mairie.origins.0", "\"ftp://a.fr\"")]
    [InlineData("sites.mairie.keptQueryParameters.0", "\"a*b\"")]
    [InlineData("sites.mairie.openPaths.0", "\"actualites\"")]
    [InlineData("sites.mairie.policy", "\"later\"")]
    [InlineData("sites.mairie.trustDays", "0")]
    [InlineData("sites.mairie.trustDays", "366")]
    [InlineData("sites.mairie.closeAfterDays", "0")]
    [InlineData("sites.mairie.closeAfterDays", "3651")]
    [InlineData("sites.mairie.rejectAtOnce.0", "\"advertisement\"")]
    [InlineData("sites.mairie.articleFeeds.0.address", "\"/feed\"")]
    [InlineData("sites.mairie.articleFeeds.0.template", "\"{titre}\"")]
    [InlineData("sites.mairie.articleFeeds.0.template", "\"{title\"")]
    [InlineData("sites.mairie.articleFeeds.0.hashtags.0", "\"#a\"")]
    [InlineData("accounts.mastodon.network", "\"myspace\"")]
    [InlineData("accounts.mastodon.name", "\"@ville\"")]
    [InlineData("accounts.mastodon.secret", "\"a-secret\"")]
    [InlineData("sources.ville.account", null)]
    [InlineData("sources.agenda.everyMinutes", "4")]
    [InlineData("sources.agenda.everyMinutes", "1441")]
    [InlineData("sources.agenda.title", "\" \"")]
    [InlineData("feeds.accueil.size", "0")]
    [InlineData("feeds.accueil.size", "201")]
    [InlineData("feeds.accueil.sources", "[]")]
    [InlineData("publishing.quietFrom", "\"24:00\"")]
    [InlineData("publishing.quietTo", "\"7:00\"")]
    [InlineData("publishing.paceMinutes", "1441")]
    [InlineData("publishing.publishWithinHours", "0")]
    [InlineData("publishing.lookEveryMinutes", "0")]
    [InlineData("moderation.webhooks.0", "\"https://a\"")]
    [InlineData("moderation.allowedDomains.0", "\"https://service-public.fr\"")]
    [InlineData("moderation.holdWords.0", "\"\"")]
    [InlineData("moderation.publicContacts.0", "\"la mairie\"")]
    [InlineData("moderation.officials.0", "\"\"")]
    [InlineData("retention.publishedDays", "0")]
    [InlineData("mail.host", "\"\"")]
    [InlineData("mail.host", "\"smtp://smtp.saint-exemple.fr\"")]
    [InlineData("mail.port", "0")]
    [InlineData("mail.port", "65536")]
    [InlineData("mail.security", "\"ssl\"")]
    [InlineData("mail.secret", "\"a password\"")]
    [InlineData("mail.from", "\"commentaires\"")]
    [InlineData("defaults.people.0.teams", "\"\"")]
    [InlineData("defaults.charter", "\"\"")]
    [InlineData("defaults.charterArticles", "{\"rudeness\":\"1\"}")]
    [InlineData("defaults.charterArticles", "{\"insult\":\"Article 1\"}")]
    [InlineData("defaults.templates.myspace", "\"{url}\"")]
    [InlineData("defaults.people.0.days.0", "\"lundi\"")]
    [InlineData("defaults.people.0.email", "\"camille\"")]
    [InlineData("defaults.people.0.from", "\"8h\"")]
    [InlineData("defaults.goals.bluesky.followers", "0")]
    [InlineData("defaults.goals.bluesky.postsPerWeek", "501")]
    public async Task What_is_invalid_is_invalid_to_both(string path, string? value)
    {
        var json = HubJson.With(path, value);
        Assert.NotEmpty(HubJson.Read(json).Errors);
        Assert.NotEmpty((await Judge).Validate(json));
    }

    [Theory]
    [InlineData("authority.timeZone", "\"Europe/Pariss\"", "$.authority.timeZone")]
    [InlineData("authority.timeZone", "\"Romance Standard Time\"", "$.authority.timeZone")]
    [InlineData("authority.publicAddress", "\"http://hub.saint-exemple.fr\"", "$.authority.publicAddress")]
    [InlineData("sites.mairie.articleFeeds.0.accounts.0", "\"nobody\"", "$.sites.mairie.articleFeeds[0].accounts[0]")]
    [InlineData("sites.mairie.aliases", "{\"https://www.saint-exemple.fr/a\":\"https://elsewhere.fr/b\"}", "$.sites.mairie.aliases['https://www.saint-exemple.fr/a']")]
    [InlineData("sites.mairie.articleFeeds", "[{\"address\":\"https://www.saint-exemple.fr/feed/\"},{\"address\":\"https://www.saint-exemple.fr/feed/\",\"accounts\":[\"bluesky\"]}]", "$.sites.mairie.articleFeeds[1].address")]
    [InlineData("sites.other", "{\"name\":\"B\",\"origins\":[\"https://b.fr\"],\"articleFeeds\":[{\"address\":\"https://www.saint-exemple.fr/feed/\"}]}", "$.sites.other.articleFeeds[0].address")]
    [InlineData("sources.ville.address", "\"https://www.saint-exemple.fr/feed\"", "$.sources.ville")]
    [InlineData("sources.ville.account", "\"nobody\"", "$.sources.ville.account")]
    [InlineData("feeds.accueil.sources.0", "\"nobody\"", "$.feeds.accueil.sources[0]")]
    [InlineData("publishing.quietFrom", "null", "$.publishing.quietFrom")]
    [InlineData("mail.secret", "null", "$.mail.secret")]
    [InlineData("mail.user", "null", "$.mail.user")]
    [InlineData("mail.security", "\"none\"", "$.mail.security")]
    [InlineData("publishing.quietTo", "\"21:00\"", "$.publishing.quietTo")]
    [InlineData("moderation.allowWords.0", "\"Piscine\"", "$.moderation.allowWords[0]")]
    [InlineData("moderation.publicContacts.0", "\"01 23 45\"", "$.moderation.publicContacts[0]")]
    [InlineData("moderation.publicContacts.0", "\"05 99 99 99 9\"", "$.moderation.publicContacts[0]")]
    [InlineData("accounts.second", "{\"network\":\"mastodon\",\"server\":\"https://mastodon.social\",\"name\":\"SaintExemple\"}", "$.accounts.second")]
    [InlineData("defaults.goals.nobody", "{}", "$.defaults.goals.nobody")]
    public void What_a_schema_cannot_say_the_hub_says(string path, string value, string at) =>
        Assert.Equal(at, Assert.Single(HubJson.Read(HubJson.With(path, value)).Errors).Path);

    /// <summary>Every list and map of the whole example that may hold any number of things, with the schema's bound and one of what it holds.</summary>
    private static IEnumerable<(string Path, int Most, JsonNode One)> Counts(JsonNode node, JsonNode schema, string path)
    {
        var inner = schema["items"] ?? schema["patternProperties"]?.AsObject().First().Value ?? schema["additionalProperties"] as JsonObject;
        // Words of a fixed list can be no more than there are, each once.
        if (inner is not null && Resolve(inner)["enum"] is null && (schema["maxItems"] ?? schema["maxProperties"]) is { } most)
            yield return (path, most.GetValue<int>(), node is JsonArray list ? (list.Count == 0 ? JsonValue.Create("mot") : list[0]!) : node.AsObject().First().Value!);
        else if (node is JsonArray && inner is not null && Resolve(inner)["enum"] is null)
            Assert.Fail($"{path} has no maxItems in the schema.");
        IEnumerable<(string Name, JsonNode? Node, JsonNode? Schema)> children = node switch
        {
            JsonObject o => o.Where(p => !p.Key.Contains('.', StringComparison.Ordinal)).Select(p => (p.Key, p.Value, schema["properties"]?[p.Key] ?? inner)),
            JsonArray a => a.Take(1).Select(n => ("0", n, inner)),
            _ => [],
        };
        foreach (var found in children.Where(c => c.Schema is not null).SelectMany(c => Counts(c.Node!, Resolve(c.Schema!), path.Length == 0 ? c.Name : $"{path}.{c.Name}")))
            yield return found;
    }

    private static Func<JsonNode, JsonNode> Many(JsonNode one, int count) => there => there is JsonArray
        ? new JsonArray([.. Enumerable.Range(0, count).Select(_ => one.DeepClone())])
        : new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)one.DeepClone())));

    /// <summary>What is said of the list or map itself, not of what it holds.</summary>
    private static IEnumerable<string> TooMany(string path, Func<JsonNode, JsonNode> replace)
    {
        var node = path.Split('.').Aggregate(JsonNode.Parse(HubJson.Whole)!, (n, step) => n is JsonArray list ? list[int.Parse(step)]! : n[step]!);
        var at = "$." + string.Join('.', path.Split('.')).Replace(".0", "[0]", StringComparison.Ordinal);
        return HubJson.Read(HubJson.With(path, replace(node).ToJsonString())).Errors.Where(e => e.Path == at).Select(e => e.Message);
    }

    private static void Compare(JsonTypeInfo type, JsonNode schema, string path, List<string> differences)
    {
        var properties = schema["properties"]!.AsObject();
        var model = type.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        differences.AddRange(model.Keys.Except(properties.Select(p => p.Key)).Select(name => $"{path}.{name} is missing in the schema"));
        differences.AddRange(properties.Select(p => p.Key).Except(model.Keys).Select(name => $"{path}.{name} is missing in the model"));
        if (schema["additionalProperties"]?.GetValue<bool>() != false)
            differences.Add($"{path} lets unknown members pass in the schema");
        var defaults = Activator.CreateInstance(type.Type)!;
        foreach (var (name, property) in model.Where(p => properties.ContainsKey(p.Key)))
        {
            var part = Resolve(properties[name]!);
            if (part["default"] is { } said && !JsonNode.DeepEquals(said, JsonSerializer.SerializeToNode(property.Get!(defaults), type.Options.GetTypeInfo(property.PropertyType))))
                differences.Add($"{path}.{name} has another default in the schema");
            if (property.IsSetNullable != AllowsNull(part))
                differences.Add($"{path}.{name} may be null in only one of the two");
            var shape = type.Options.GetTypeInfo(property.PropertyType);
            if (shape.Kind == JsonTypeInfoKind.Object)
                Compare(shape, part, $"{path}.{name}", differences);
            else if (shape.ElementType is { } element && type.Options.GetTypeInfo(element) is { Kind: JsonTypeInfoKind.Object } item)
                Compare(item, Resolve(part["items"] ?? part["patternProperties"]?.AsObject().First().Value ?? part["additionalProperties"]!), $"{path}.{name}[]", differences);
        }
    }

    private static bool AllowsNull(JsonNode schema) => schema["type"] is JsonArray types && types.Any(t => t!.GetValue<string>() == "null");

    private static JsonNode Resolve(JsonNode schema) => schema["$ref"] is { } reference
        ? Schema["definitions"]![reference.GetValue<string>()["#/definitions/".Length..]]!
        : schema;

    private static IEnumerable<string> Paths(JsonNode node, string path)
    {
        IEnumerable<(string Name, JsonNode? Node)> children = node switch
        {
            JsonObject o => o.Where(p => !p.Key.Contains('.', StringComparison.Ordinal)).Select(p => (p.Key, p.Value)),
            JsonArray a => a.Select((n, i) => (i.ToString(), n)),
            _ => [],
        };
        return children.SelectMany(c => Paths(c.Node!, path + c.Name + ".").Prepend(path + c.Name));
    }
}
