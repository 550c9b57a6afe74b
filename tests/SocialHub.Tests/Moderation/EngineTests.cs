using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Rules;
using SocialHub.Moderation.Text;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class EngineTests
{
    [Fact]
    [Trait("run", "thorough")]
    public void Any_string_is_judged_and_every_span_is_whole_characters_of_the_original() => AnyText.Strings.Sample(text =>
    {
        // A rule that throws would be a finding about the whole, which has a span and a reason like any other.
        var findings = Judge.Everything(new(text) { Name = text, Url = text });
        var boundaries = StringInfo.ParseCombiningCharacters(text).Append(text.Length).ToHashSet();
        foreach (var finding in findings)
        {
            Assert.NotEqual(FindingClasses.Unchecked, finding.Class);
            Assert.InRange(finding.Start, 0, text.Length);
            Assert.InRange(finding.Start + finding.Length, 0, text.Length);
            Assert.Contains(finding.Start, boundaries);
            Assert.Contains(finding.Start + finding.Length, boundaries);
            Assert.NotEmpty(finding.Reason);
        }

        Assert.DoesNotContain(Judge.Of(new(text) { Name = text, Url = text }).Findings, finding => finding.Class == FindingClasses.Unchecked);
    }, iter: 1_500);

    [Fact]
    public void Any_string_is_folded_with_the_way_back_to_it_and_looked_through_for_addresses() => AnyText.Strings.Sample(text =>
    {
        var plain = Normalised.Plain(text);
        var last = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var (start, end) = plain.ToOriginal(i, i + 1);
            Assert.InRange(start, last, text.Length);
            Assert.InRange(end, start, text.Length);
            last = start;
        }

        Assert.DoesNotContain(LinkFinder.Hosts(text), string.IsNullOrEmpty);
    }, iter: 3_000);

    [Theory]
    [InlineData("|les migrants dehors par ce froid")]
    [InlineData("les migrants dehors par ce froid")]
    public void A_sign_read_as_the_first_letter_of_an_excused_phrase_fails_no_rule(string text) => Assert.Empty(Judge.Everything(new(text)));

    [Fact]
    [Trait("run", "thorough")]
    public void The_verdict_does_not_depend_on_how_accents_are_encoded() => AnyText.WellFormed.Sample(text =>
    {
        string composed, decomposed;
        try
        {
            (composed, decomposed) = (text.Normalize(NormalizationForm.FormC), text.Normalize(NormalizationForm.FormD));
        }
        catch (ArgumentException)
        {
            return; // the platform knows no normal form of it
        }

        var one = Judge.Text(composed);
        var other = Judge.Text(decomposed);
        Assert.Equal(one.Findings.Select(f => (f.Rule, f.Verdict)), other.Findings.Select(f => (f.Rule, f.Verdict)));
        Assert.Equal(one.Verdict, other.Verdict);
    }, iter: 1_500);

    [Fact]
    public void All_rules_run_all_reasons_are_kept_and_the_most_severe_comes_first()
    {
        var judgement = Judge.Text("Espèce de connard, je vais te tuer, appelle le 06 12 34 56 78 !!!!!!!!!");
        Assert.Equal(Verdict.Reject, judgement.Verdict);
        Assert.Equal(["threat-words", "insult-words", "phone", "punctuation"], judgement.Findings.Select(f => f.Rule));
    }

    [Fact]
    public void At_most_a_hundred_findings_are_kept_and_all_are_counted()
    {
        var judgement = Judge.Text(string.Concat(Enumerable.Repeat("Quel salaud. ", 300)) + "Je vais te tuer.");
        Assert.Equal(Judgement.MostFindings, judgement.Findings.Count);
        Assert.True(judgement.Total >= 301);
        Assert.Equal("threat-words", judgement.Findings[0].Rule);
    }

    [Fact]
    public void A_rule_that_throws_holds_the_text_and_the_others_still_speak()
    {
        var judgement = With(TimeProvider.System, new Throwing(), new InsultRule()).Judge(new("Quel salaud"), Judge.Authority);
        Assert.Equal(Verdict.Hold, judgement.Verdict);
        Assert.Equal([("throws", FindingClasses.Unchecked), ("insult-words", FindingClasses.Insult)], judgement.Findings.Select(f => (f.Rule, f.Class)));
        Assert.Equal("Ce texte n’a pas pu être vérifié automatiquement.", judgement.Findings[0].Reason);
    }

    [Fact]
    public void A_rule_that_takes_too_long_holds_the_text_and_so_do_those_that_no_time_is_left_for()
    {
        var clock = new FakeTimeProvider();
        var judgement = With(clock, new Slow(clock), new InsultRule()).Judge(new("Bonjour"), Judge.Authority);
        Assert.Equal(Verdict.Hold, judgement.Verdict);
        Assert.Equal(["slow", "insult-words"], judgement.Findings.Where(f => f.Class == FindingClasses.Unchecked).Select(f => f.Rule));
    }

    [Fact]
    public async Task A_rule_that_never_returns_holds_the_text()
    {
        var clock = new FakeTimeProvider();
        using var stuck = new Stuck();
        var judging = With(clock, stuck).JudgeAsync(new("Bonjour"), Judge.Authority, TestContext.Current.CancellationToken);
        await stuck.Entered;
        clock.Advance(TimeSpan.FromMinutes(1));
        var judgement = await judging;
        Assert.Equal((Verdict.Hold, FindingClasses.Unchecked), (judgement.Verdict, judgement.Findings[0].Class));
    }

    [Fact]
    public void Two_rules_of_one_name_are_refused_at_start() =>
        Assert.Throws<ArgumentException>(() => With(TimeProvider.System, new InsultRule(), new InsultRule()));

    [Fact]
    public void Every_rule_has_its_own_name_a_known_class_and_a_reason_in_both_languages() => Assert.All(Judge.Engine.Rules, rule =>
    {
        Assert.Matches("^[a-z-]+$", rule.Id);
        Assert.Contains(rule.FindingClass, FindingClasses.All);
        Assert.NotEqual(rule.Reason.French, rule.Reason.English);
    });

    [Fact]
    public void Reasons_are_in_the_language_of_the_authority_or_of_the_thread()
    {
        Assert.Contains("insulte", Judge.Text("Quel salaud").Findings[0].Reason, StringComparison.Ordinal);
        Assert.Contains("insult ", Judge.Of(new("Quel salaud") { Language = "en-GB" }).Findings[0].Reason, StringComparison.Ordinal);
    }

    private static ModerationEngine With(TimeProvider clock, params ModerationRule[] rules) =>
        new(rules, Lexicon.BuiltIn, TimeSpan.FromSeconds(5), clock, NullLogger<ModerationEngine>.Instance);

    private sealed class Throwing : TestRule
    {
        public override string Id => "throws";

        public override void Judge(Reading reading, FindingSink findings) => throw new InvalidOperationException("a mistake in a rule");
    }

    private sealed class Slow(FakeTimeProvider clock) : TestRule
    {
        public override string Id => "slow";

        public override void Judge(Reading reading, FindingSink findings) => clock.Advance(TimeSpan.FromSeconds(6));
    }

    private sealed class Stuck : TestRule, IDisposable
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _end = new();

        public Task Entered => _entered.Task;

        public override string Id => "stuck";

        public override void Judge(Reading reading, FindingSink findings)
        {
            _entered.SetResult();
#pragma warning disable RS0030 // a rule that blocks its thread is what this test is about
            _end.Wait(TestContext.Current.CancellationToken);
#pragma warning restore RS0030
        }

        public void Dispose() => _end.Set();
    }

    private abstract class TestRule : ModerationRule
    {
        public override string FindingClass => FindingClasses.Insult;

        public override Wording Reason { get; } = new("essai", "test");
    }
}
