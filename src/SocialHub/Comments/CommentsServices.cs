using Microsoft.Extensions.DependencyInjection;
using SocialHub.Comments.Pages;
using SocialHub.Operations;

namespace SocialHub.Comments;

/// <summary>Composition of the room.</summary>
internal static class CommentsServices
{
    public static IServiceCollection AddComments(this IServiceCollection services) => services
        .AddSingleton<CommentStore>()
        .AddSingleton<PageOpening>()
        .AddSingleton<SubmissionLimits>()
        .AddSingleton<CommentThreads>()
        .AddSingleton<Debates>()
        .AddSingleton<DebateCards>()
        .AddSingleton<Evidence>()
        .AddSingleton<CardChannels>()
        .AddSingleton<WaitingDigest>()
        .AddSingleton<CommentFingerprints>()
        .AddSingleton<CommentIntake>()
        .AddSingleton<CommentVerdicts>()
        .AddSingleton<CommentDecisions>()
        .AddSingleton<CommentReports>()
        .AddSingleton<CommentErasure>()
        .AddSingleton<CommentReading>()
        .AddSingleton<CommentRetention>()
        .AddSingleton<AuthorActions>()
        .AddSingleton<Statements>()
        .AddSingleton<Notices>()
        .AddSingleton<LoggedNames>()
        .AddSingleton<Transparency>()
        .AddSingleton<OfficialAnswers>()
        .AddSingleton<ModerationList>()
        .AddSingleton<DecidedList>()
        .AddSingleton<WordTrial>()
        .AddSingleton<PublicContexts>()
        .AddSingleton<ContestedRefusals>()
        .AddSingleton<ModerationCards>()
        .AddSingleton<CardDelivery>()
        .AddSingleton<TeamMails>()
        .AddSingleton<MailRecipients>()
        .AddSingleton<ObjectionLinks>()
        .AddSingleton<CitizenMails>()
        .AddSingleton<AuthorMails>()
        .AddSingleton<NoticeMails>()
        .AddSingleton<CommentsTick>()
        .AddSingleton<ModerationHealth>()
        .AddSingleton(services => new DuePlaces(services.GetRequiredService<CommentStore>().Table, services.GetRequiredService<CommentsTick>().SitesAtWorkAsync) { IsExcused = ModerationHealth.IsExcused })
        .AddSingleton(services => new HealthPart("moderation", services.GetRequiredService<ModerationHealth>().AskAsync))
        .AddSingleton(services => new Tick("comments", services.GetRequiredService<CommentsTick>().RunAsync))
        .AddSingleton(services => new DailyWork("comments", services.GetRequiredService<CommentRetention>().RunAsync))
        .AddSingleton(services => new DailyWork("submission-limits", services.GetRequiredService<SubmissionLimits>().ForgetAsync));
}
