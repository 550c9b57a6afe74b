using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>Composition of the room.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddHttpClient(nameof(WorkflowTokens), client => client.Timeout = TimeSpan.FromSeconds(10));
        return services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsRules>().AddSingleton<Secrets>().AddSingleton<SigningKeys>().AddSingleton<WorkflowTokens>().AddSingleton<Authoriser>().AddSingleton<Moderators>();
    }
}
