using Microsoft.Extensions.DependencyInjection;
using SocialHub.Operations;

namespace SocialHub.Media;

/// <summary>Composition of the room. Rooms that refer to pictures register their own <see cref="MediaReferences"/>.</summary>
internal static class MediaServices
{
    public static IServiceCollection AddMedia(this IServiceCollection services) => services
        .AddSingleton<MediaStore>()
        .AddSingleton<MediaRetention>()
        .AddSingleton(provider => new DailyWork("media", provider.GetRequiredService<MediaRetention>().RunAsync));
}
