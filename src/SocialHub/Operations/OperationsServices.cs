using Microsoft.Extensions.DependencyInjection;

namespace SocialHub.Operations;

/// <summary>Composition of the room.</summary>
internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<Ticks>()
        .AddSingleton<Health>()
        .AddSingleton<QueueHealth>()
        .AddSingleton(provider => new HealthPart("queues", provider.GetRequiredService<QueueHealth>().AskAsync));
}
