using System.Security.Cryptography;
using System.Text;

namespace SocialHub.EndToEnd.Peers;

/// <summary>What a hub process is started with.</summary>
public sealed record HubSettings
{
    /// <summary>A key with the role administrator, for <c>x-hub-key</c>.</summary>
    public const string AdministratorKey = "canary-administrator-key-0123456789abcdef0123456789";

    /// <summary>A key with the role moderator.</summary>
    public const string ModeratorKey = "canary-moderator-key-0123456789abcdef0123456789abcd";

    /// <summary>Connection string of the storage account; through a proxy where requests are to be seen.</summary>
    public required string Storage { get; init; }

    /// <summary>hub.json.</summary>
    public required string Configuration { get; init; }

    /// <summary><c>off</c>, <c>dry-run</c> or <c>on</c>.</summary>
    public string Publishing { get; init; } = "off";

    /// <summary>Origins on the loopback that the hub may fetch from all the same.</summary>
    public IReadOnlyList<Uri> AllowedOrigins { get; init; } = [];

    /// <summary>Everything else, secrets of accounts among it; named as environment variables are.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal IEnumerable<KeyValuePair<string, string>> Environment()
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = Storage,
            ["SocialHub__SigningKey"] = "canary-signing-key-0123456789abcdef0123456789abcdef",
            ["SocialHub__HubKeys"] = $"script:administrator:{Hash(AdministratorKey)};desk:moderator:{Hash(ModeratorKey)}",
            ["SocialHub__Publishing"] = Publishing,
            ["SocialHub__AllowedPrivateOrigins"] = string.Join(';', AllowedOrigins.Select(o => o.GetLeftPart(UriPartial.Authority))),
            ["SocialHub__TrustedHops"] = "1",
            ["TickSchedule"] = "* * * * * *",
            ["DailySchedule"] = "0 30 2 * * *",
            // Waits of about a second, so that a crash is recovered from while a test looks on.
            ["SocialHub__Times__HintBackoff"] = "00:00:01",
            ["SocialHub__Times__HintBackoffLongest"] = "00:00:02",
            // A picture that an instance processes is asked for once a second: three quarters of this is what a preparation may take.
            ["SocialHub__Times__Busy"] = "00:00:04",
            ["SocialHub__Times__SendLease"] = "00:00:03",
            ["SocialHub__Times__MinimumWriting"] = "00:00:00",
            // A rule that has its turn late is none that never ends: the machine may be busy with other tests.
            ["SocialHub__Times__RulesWithin"] = "00:01:00",
            ["SocialHub__Times__Memory"] = "00:00:00.2",
            ["SocialHub__Times__Minute"] = "00:00:01",
            // On a starved machine a shorter one runs out again and again, and its message ends as poison.
            ["Standalone__QueueLease"] = "00:00:03",
            ["Standalone__MaxPollingInterval"] = "00:00:00.2",
            ["Standalone__TimerLease"] = "00:00:15",
            // It lives for seconds and starts hundreds of times: no time to compile the same code twice.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_TC_CallCountThreshold"] = "1000",
        };
        foreach (var (name, value) in More)
            values[name] = value;
        return values;
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
