using Microsoft.Extensions.DependencyInjection;

namespace SocialHub.Functions.Comments;

/// <summary>Composition of the shells of this folder; both runtimes call it.</summary>
internal static class CommentShells
{
    public static IServiceCollection AddCommentShells(this IServiceCollection services) => services.AddSingleton<ThreadAnswers>().AddSingleton<CommentShell>().AddSingleton<ModerationShell>();
}
