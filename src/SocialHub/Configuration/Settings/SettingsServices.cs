using Microsoft.Extensions.DependencyInjection;

namespace SocialHub.Configuration.Settings;

/// <summary>Composition of the room.</summary>
internal static class SettingsServices
{
    public static IServiceCollection AddTeamSettings(this IServiceCollection services) => services.AddSingleton<SettingsStore>().AddSingleton<SettingNames>().AddSingleton<SettingsRemarks>();
}
