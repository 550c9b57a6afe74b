using SocialHub.EndToEnd.Crashes.Invariants;
using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes;

/// <summary>What the crash tests run. A new step or invariant is a file of its own and one line here.</summary>
internal static class Scenarios
{
    /// <summary>The hub's first start on an empty account: tables, queues and containers are made.</summary>
    public static CrashScenario Start { get; } = new("start", [new Answers()], []) { UsesNetworks = false };

    /// <summary>A citizen comments with and without a key, a moderator decides, an author withdraws.</summary>
    public static CrashScenario Comments { get; } = new(
        "comments",
        [
            new SubmitComment("lilas", "Quand finissent les travaux ?"),
            new DecideComment("Quand finissent les travaux ?", "publish"),
            new SubmitComment("lilas", "Et la piscine ?", withKey: false),
            new DecideComment("Et la piscine ?", "reject"),
            new SubmitComment("ecole", "Merci pour la cantine."),
            new DecideComment("Merci pour la cantine.", "publish"),
            new WithdrawComment("Merci pour la cantine."),
        ],
        [
            new AcceptedCommentsExistOnce(),
            new ThreadsShowWhatIsPublished(),
            new LogsAreWhole(),
            new PromisesHaveOwners(),
        ])
    {
        UsesNetworks = false,
    };
}
