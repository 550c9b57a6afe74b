using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace SocialHub.Configuration.Settings;

/// <summary>How the team's settings are written, in answers and in rows.</summary>
[JsonSerializable(typeof(WordsSetting))]
[JsonSerializable(typeof(WordOrigins))]
[JsonSerializable(typeof(OfficialsSetting))]
[JsonSerializable(typeof(CharterSetting))]
[JsonSerializable(typeof(RulesSetting))]
[JsonSerializable(typeof(TemplatesSetting))]
[JsonSerializable(typeof(QuietHoursSetting))]
[JsonSerializable(typeof(PeopleSetting))]
[JsonSerializable(typeof(FreezeSetting))]
[JsonSerializable(typeof(GoalsSetting))]
[JsonSerializable(typeof(DebateSetting))]
[JsonSerializable(typeof(PlaybookSetting))]
internal sealed partial class SettingsJson : JsonSerializerContext
{
    /// <summary>Letters with accents stay letters: a row holds at most 64 KiB.</summary>
    public static SettingsJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
