using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Functions.Comments;

namespace SocialHub.Functions;

/// <summary>All that the functions need: the one composition that both runtimes call.</summary>
public static class FunctionServices
{
    /// <summary>Adds the hub and what stands between it and its functions.</summary>
    /// <inheritdoc cref="SocialHubBuilder.AddSocialHub"/>
    public static IServiceCollection AddHubFunctions(this IServiceCollection services, IConfiguration configuration) => services
        .AddSocialHub(configuration)
        .AddSingleton<ThreadAnswers>()
        .AddSingleton<CommentShell>()
        .AddSingleton<DebateShell>()
        .AddSingleton<PageRuleShell>()
        .AddSingleton<WordTrialShell>()
        .AddSingleton<TransparencyShell>()
        .AddSingleton<ModerationShell>();
}
