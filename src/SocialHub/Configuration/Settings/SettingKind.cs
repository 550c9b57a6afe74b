using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SocialHub.Configuration.Settings;

/// <summary>One of the things that the team edits: its name, its default from hub.json, and what it may hold.</summary>
internal abstract class SettingKind(string name)
{
    /// <summary>Segment of its route and part of its key.</summary>
    public string Name { get; } = name;

    /// <summary>Every kind, by name.</summary>
    public static IReadOnlyDictionary<string, SettingKind> All { get; } = new SettingKind[]
    {
        new SettingKind<WordsSetting>("words", SettingsJson.Compact.WordsSetting,
            hub => new() { Hold = hub.Moderation.HoldWords, Allow = hub.Moderation.AllowWords },
            (here, value, _) => CheckWords(here, value),
            (team, value, _) => team with { Words = value, Configuration = team.Configuration with { Moderation = value.In(team.Configuration, team.ReadAt) } })
        {
            Follow = WordOrigins.Follow,
        },
        new SettingKind<OfficialsSetting>("officials", SettingsJson.Compact.OfficialsSetting,
            hub => new() { Names = hub.Moderation.Officials },
            (here, value, _) => TeamRules.Officials(here.Member("names"), value.Names),
            (team, value, _) => team with { Officials = value, Configuration = team.Configuration with { Moderation = team.Configuration.Moderation with { Officials = value.Names } } })
        {
            Follow = WordOrigins.Follow,
        },
        new SettingKind<CharterSetting>("charter", SettingsJson.Compact.CharterSetting,
            // In one order, however hub.json writes them: another order is no other text, and gets no number of its own.
            hub => hub.Defaults.Charter is { } text ? new() { Text = text, Articles = new SortedDictionary<string, string>(hub.Defaults.CharterArticles.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) } : new() { Text = CharterTexts.In(hub.Authority.Language), Articles = CharterTexts.Articles },
            (here, value, _) => TeamRules.Charter(here.Member("text"), value.Text, here.Member("articles"), value.Articles),
            (team, value, version) => team with { Charter = value, CharterVersion = version })
        {
            CountsDefaults = true,
            Warnings = charter => charter.WithoutArticle() is { Count: > 0 } reasons ? [$"A refusal for these reasons cites the charter as a whole, for they have no article: {string.Join(", ", reasons)}. Name one for each in \"articles\"."] : [],
        },
        new SettingKind<RulesSetting>("rules", SettingsJson.Compact.RulesSetting,
            hub => new() { Approval = hub.Publishing.Approval, PaceMinutes = hub.Publishing.PaceMinutes },
            (here, value, _) => here.Member("paceMinutes").Range(value.PaceMinutes, 0, 1440, "minutes"),
            (team, value, _) => team with { Rules = value, Configuration = team.Configuration with { Publishing = team.Configuration.Publishing with { Approval = value.Approval, PaceMinutes = value.PaceMinutes } } }),
        new SettingKind<TemplatesSetting>("templates", SettingsJson.Compact.TemplatesSetting,
            hub => new() { Networks = hub.Defaults.Templates },
            (here, value, _) => TeamRules.NetworkTemplates(here.Member("networks"), value.Networks),
            (team, value, _) => team with { Templates = value }),
        new SettingKind<QuietHoursSetting>("quiet-hours", SettingsJson.Compact.QuietHoursSetting,
            hub => new() { From = hub.Publishing.QuietFrom, To = hub.Publishing.QuietTo },
            (here, value, _) => TeamRules.QuietHours(here, "from", value.From, "to", value.To),
            (team, value, _) => team with { QuietHours = value, Configuration = team.Configuration with { Publishing = team.Configuration.Publishing with { QuietFrom = value.From, QuietTo = value.To } } }),
        new SettingKind<PeopleSetting>("people", SettingsJson.Compact.PeopleSetting,
            hub => new() { People = hub.Defaults.People },
            (here, value, _) => TeamRules.People(here.Member("people"), value.People),
            (team, value, _) => team with { People = value })
        {
            IsAboutPeople = true,
        },
        new SettingKind<FreezeSetting>("freeze", SettingsJson.Compact.FreezeSetting,
            _ => new(),
            CheckFreeze,
            (team, value, version) => team with { Freeze = value, FreezeVersion = version }),
        new SettingKind<GoalsSetting>("goals", SettingsJson.Compact.GoalsSetting,
            hub => new() { Accounts = hub.Defaults.Goals },
            (here, value, hub) => TeamRules.Goals(here.Member("accounts"), value.Accounts, hub),
            (team, value, _) => team with { Goals = value }),
        new SettingKind<DebateSetting>("debate", SettingsJson.Compact.DebateSetting,
            _ => new(),
            (here, value, _) => CheckDebate(here, value),
            (team, value, _) => team with { Debate = value }),
        new SettingKind<PlaybookSetting>("playbook", SettingsJson.Compact.PlaybookSetting,
            hub => PlaybookTexts.In(hub.Authority.Language),
            (here, value, _) => CheckPlaybook(here, value),
            (team, value, _) => team with { Playbook = value })
        {
            IsAboutPeople = true,
        },
    }.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>True where what was in force must stay readable though nobody of the team wrote it: each default gets a number when it is first seen.</summary>
    public bool CountsDefaults { get; init; }

    /// <summary>True where it holds how people are reached: its older texts are kept no longer than the names of those who wrote them.</summary>
    public bool IsAboutPeople { get; init; }

    /// <summary>What the hub keeps beside the value of who added what; null: nothing.</summary>
    public Func<ReadOnlyMemory<byte>, byte[]?, ReadOnlyMemory<byte>, string, DateTimeOffset, byte[]>? Follow { get; init; }

    /// <summary>Its default, as compact UTF-8 JSON.</summary>
    public abstract byte[] Default(HubConfiguration hub);

    /// <summary>Judges what somebody wrote; the value comes back as compact UTF-8 JSON with every member.</summary>
    public abstract (byte[] Json, IReadOnlyList<ConfigurationError> Errors) Judge(JsonElement written, HubConfiguration hub);

    /// <summary>A stored value with every member that this version knows: a row of an earlier one lacks those that came since.</summary>
    public abstract byte[] Whole(ReadOnlyMemory<byte> json);

    /// <summary>What somebody may not have meant in a value that is allowed, a sentence each.</summary>
    public abstract IReadOnlyList<string> Warn(ReadOnlyMemory<byte> json);

    /// <summary>Lays a stored value over what holds; members that this version does not know are left out.</summary>
    public abstract TeamSettings Lay(TeamSettings team, ReadOnlyMemory<byte> json, int version);

    private static void CheckWords(ConfigurationCheck here, WordsSetting value)
    {
        TeamRules.Words(here, "hold", value.Hold, "allow", value.Allow);
        foreach (var (word, day) in value.Until)
        {
            var until = here.Member("until").Member(word);
            _ = until.That(value.Hold.Contains(word, StringComparer.Ordinal) || value.Allow.Contains(word, StringComparer.Ordinal), "is neither among \"hold\" nor among \"allow\"; write the word there exactly so, or remove its end.")
                && until.That(TeamRules.TryDay(day, out _), "is no day; write year, month and day, as in \"2027-03-31\".");
        }
    }

    private static void CheckDebate(ConfigurationCheck here, DebateSetting value)
    {
        here.Member("held").Range(value.Held, 1, 50, "comments");
        here.Member("heldMinutes").Range(value.HeldMinutes, 5, 240, "minutes");
        here.Member("received").Range(value.Received, 2, 100, "comments");
        here.Member("receivedMinutes").Range(value.ReceivedMinutes, 5, 1440, "minutes");
        here.Member("calmHours").Range(value.CalmHours, 1, 48, "hours");
        here.Member("repeatMinutes").Range(value.RepeatMinutes, 0, 240, "minutes, 0 for never");
    }

    private static void CheckPlaybook(ConfigurationCheck here, PlaybookSetting value)
    {
        const int Most = 10;
        here.Member("call").Count(value.Call.Count, 0, Most, "contacts");
        for (var i = 0; i < value.Call.Count; i++)
        {
            var contact = here.Member("call").Item(i);
            contact.Member("name").Text(value.Call[i].Name, ConfigurationCheck.LongestName, "a person or a service");
            contact.Member("phone").OptionalText(value.Call[i].Phone, 40, "the number as it is dialled, or remove it");
            contact.Member("when").OptionalText(value.Call[i].When, 200, "for what, or remove it");
        }

        here.Member("steps").Count(value.Steps.Count, 0, Most, "steps");
        for (var i = 0; i < value.Steps.Count; i++)
            here.Member("steps").Item(i).Text(value.Steps[i], 500, "what to do");
        here.Member("answers").Count(value.Answers.Count, 0, Most, "answers");
        for (var i = 0; i < value.Answers.Count; i++)
        {
            var (answer, text) = (here.Member("answers").Item(i), value.Answers[i].Text);
            answer.Member("title").Text(value.Answers[i].Title, ConfigurationCheck.LongestName, "what the answer is for");
            _ = answer.Member("text").That(!string.IsNullOrWhiteSpace(text), "is empty; write the answer, or remove it.")
                && answer.Member("text").That(text.Length <= 4_000, "is longer than 4000 characters; shorten it.");
        }
    }

    private static void CheckFreeze(ConfigurationCheck here, FreezeSetting value, HubConfiguration hub)
    {
        here.Member("until").That(value.Until is null || value.From is not null, "is written without a start; write \"from\" too, or null in both to end the freeze.");
        here.Member("until").That(value.Until is null || value.From is null || value.From < value.Until, "is not after the start; write a later time.");
        here.Member("reason").OptionalText(value.Reason, 300, "why, or remove it");
        _ = here.Member("comments").That(value.Comments is null or FreezeSetting.Hold or FreezeSetting.Close, $"is neither \"{FreezeSetting.Hold}\" nor \"{FreezeSetting.Close}\"; write one of them, or null where comments go their usual way.")
            && here.Member("reason").That(value.Comments is null || value.Reason is not null, "is missing; readers of the comments are told it, so write why.");
        if (value.Sites is not { } sites)
            return;
        here.Member("sites").That(sites.Count > 0, "is empty; name a site, or write null for all.");
        here.Member("sites").References(sites, hub.Sites, "site");
    }
}

/// <inheritdoc/>
internal sealed class SettingKind<T>(
    string name,
    JsonTypeInfo<T> type,
    Func<HubConfiguration, T> defaults,
    Action<ConfigurationCheck, T, HubConfiguration> check,
    Func<TeamSettings, T, int, TeamSettings> lay) : SettingKind(name)
    where T : class
{
    public override byte[] Default(HubConfiguration hub) => JsonSerializer.SerializeToUtf8Bytes(defaults(hub), type);

    public override (byte[] Json, IReadOnlyList<ConfigurationError> Errors) Judge(JsonElement written, HubConfiguration hub)
    {
        var errors = new List<ConfigurationError>();
        var value = Shape(written, errors);
        var misshapen = errors.Select(e => e.Path).ToList();
        var found = new List<ConfigurationError>();
        check(new ConfigurationCheck(found, JsonPath.Root), value, hub);
        errors.AddRange(found.Where(e => !misshapen.Exists(path => JsonPath.IsAtOrUnder(e.Path, path))));
        return (JsonSerializer.SerializeToUtf8Bytes(value, type), errors);
    }

    public override byte[] Whole(ReadOnlyMemory<byte> json) => JsonSerializer.SerializeToUtf8Bytes(Read(json), type);

    /// <inheritdoc cref="Warn(ReadOnlyMemory{byte})"/>
    public Func<T, IEnumerable<string>>? Warnings { get; init; }

    public override IReadOnlyList<string> Warn(ReadOnlyMemory<byte> json) => [.. Warnings?.Invoke(Read(json)) ?? []];

    public override TeamSettings Lay(TeamSettings team, ReadOnlyMemory<byte> json, int version) => lay(team, Read(json), version);

    private T Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Shape(document.RootElement, []);
    }

    private T Shape(JsonElement written, List<ConfigurationError> errors) =>
        new JsonShape(type.Options, errors).Read(written, typeof(T), JsonPath.Root)!.Deserialize(type)!;
}
