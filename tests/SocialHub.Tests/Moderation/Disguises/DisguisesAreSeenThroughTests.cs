using SocialHub.Moderation;
using SocialHub.Tests.Moderation.Measured;
using Xunit;

namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>
/// Issue 4, 2, on made texts of a seed that no list was written against: what the benchmark <c>moderation</c> measures on more of them is held here, a little below.
/// </summary>
public sealed class DisguisesAreSeenThroughTests
{
    private const int Seed = 4711;
    private const int Each = 40;

    private static readonly IReadOnlyList<DisguisedText> Made = DisguisedTexts.Make(Seed, Each, []);

    [Fact]
    [Trait("run", "thorough")]
    public void Disguised_insults_are_stopped()
    {
        // A word that no sentence stops undisguised says nothing about disguises.
        var insults = Made.Where(text => !text.IsControl && IsStopped(text.Plain)).ToList();
        Assert.True(insults.Count > 500);
        var missed = insults.Where(text => !IsStopped(text.Text)).ToList();
        Assert.True(missed.Count <= insults.Count * 0.05, $"{missed.Count} of {insults.Count}: {string.Join(" | ", missed.Take(10).Select(text => text.Text))}");
    }

    // The goal is for harmless words of any kind; those that were chosen because they are near an insult are stopped twice as often.
    [Fact]
    [Trait("run", "thorough")]
    public void Words_that_only_look_like_insults_pass_in_the_same_disguises() => AssertPass(Made, all: 0.02, disguised: 0.0125);

    [Fact]
    [Trait("run", "thorough")]
    public void Harmless_words_of_the_dictionary_pass_in_the_same_disguises() => AssertPass(DisguisedTexts.Make(Seed, Each, WordsAndNamesTests.Words()), all: 0.0125, disguised: 0.005);

    // Of all controls more are stopped than the half percent that is the goal: some words are stopped in their sentence undisguised. No more than that are, and of the others the goal is held.
    private static void AssertPass(IReadOnlyList<DisguisedText> made, double all, double disguised)
    {
        var controls = made.Where(text => text.IsControl).ToList();
        Assert.True(controls.Count > 1_000);
        AssertStopped(controls, all);
        AssertStopped(controls.Where(text => !IsStopped(text.Plain)).ToList(), disguised);
    }

    private static void AssertStopped(List<DisguisedText> controls, double share)
    {
        var stopped = controls.Where(text => IsStopped(text.Text)).ToList();
        Assert.True(stopped.Count <= controls.Count * share, $"{stopped.Count} of {controls.Count}: {string.Join(" | ", stopped.Take(30).Select(text => text.Text))}");
    }

    [Fact]
    public void Quotations_that_condemn_are_never_rejected() =>
        Assert.DoesNotContain(CondemnedQuotations.All(), sentence => Judge.Text(sentence).Verdict is Verdict.Reject);

    private static bool IsStopped(string text) => Judge.Text(text).Verdict is not Verdict.Publish;
}
