using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using SocialHub.Configuration;

namespace SocialHub.Tests.Configuration;

/// <summary>Holds the settings that are read, the sample that an operator copies and the page that explains them together.</summary>
public sealed partial class SettingsDocumentsTests
{
    private static readonly IReadOnlyDictionary<string, string> Sample = ReadSample();
    private static readonly IReadOnlyDictionary<string, string> Options = Settings(HubOptions.Section, new HubOptions());

    [Fact]
    public void The_sample_has_every_setting_of_the_hub_with_its_default()
    {
        foreach (var (name, value) in Options.Where(option => !IsTime(option.Key)))
            Assert.Equal((name, value), (name, Sample.GetValueOrDefault(name, "(not in local.settings.sample.json)")));
        Assert.DoesNotContain(Sample.Keys, name => name.StartsWith(HubOptions.Section, StringComparison.Ordinal) && !Options.ContainsKey(name));
    }

    [Fact]
    public void The_sample_has_every_schedule_of_a_timer_and_no_other()
    {
        var schedules = Directory.EnumerateFiles(Path.Combine(Root(), "src", "SocialHub.Functions"), "*Functions.cs")
            .SelectMany(file => Schedule().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(schedules);
        Assert.Equal(schedules.Order(StringComparer.Ordinal), Sample.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "src", "SocialHub.Functions", "README.md"));
        var unexplained = Options.Keys.Concat(Sample.Keys).Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)).ToList();
        Assert.Empty(unexplained);
    }

    [Fact]
    public void The_smallest_hub_json_of_its_page_can_run_and_takes_comments()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "src", "SocialHub", "Configuration", "README.md"));
        var reading = HubJson.Read(Block().Match(page).Groups["json"].Value);
        Assert.Empty(reading.Errors);
        Assert.NotEmpty(reading.Configuration!.Sites);
    }

    // openssl and sha256sum are told of by their own manuals; the form of what is made of them is ours.
    [Fact]
    public void The_hub_key_of_the_standalone_page_has_the_form_that_the_hub_takes()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "src", "SocialHub.Standalone", "README.md"));
        var setting = HubKey().Match(page).Groups["key"].Value;
        Assert.NotEmpty(setting);
        var keys = SocialHub.Access.HubKeys.Parse(setting.Replace("THAT-SHA-256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("the key"u8)), StringComparison.Ordinal));
        Assert.Empty(keys.Errors);
        Assert.NotNull(keys.Find("the key"));
    }

    private static bool IsTime(string name) => name.StartsWith($"{HubOptions.Section}__{nameof(HubOptions.Times)}__", StringComparison.Ordinal);

    // Names as an environment has them, with what the code takes where nothing is set.
    private static Dictionary<string, string> Settings(string prefix, object options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var (name, value) = ($"{prefix}__{property.Name}", property.GetValue(options));
            if (value is not null && property.PropertyType.Assembly == typeof(HubOptions).Assembly && property.PropertyType.IsClass)
            {
                foreach (var inner in Settings(name, value))
                    settings.Add(inner.Key, inner.Value);
            }
            else
            {
                settings.Add(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
        }

        return settings;
    }

    private static Dictionary<string, string> ReadSample()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "local.settings.sample.json")));
        return json.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!, StringComparer.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SocialHub.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex("```json\\n(?<json>.+?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex("`SocialHub__HubKeys=(?<key>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HubKey();

    [GeneratedRegex("TimerTrigger\\(\"%(?<name>\\w+)%\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Schedule();
}
