using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SocialHub.Moderation.Decisions;

namespace SocialHub.Moderation;

/// <summary>The moderation room's part of the composition.</summary>
public static class ModerationServices
{
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.TryAddSingleton<ModerationEngine>();
        services.TryAddSingleton<PersonalDataMask>();
        services.TryAddSingleton<OwnTexts>();
        services.TryAddSingleton<DecisionTokens>();
        services.TryAddSingleton<AuthorKeys>();
        return services;
    }
}
