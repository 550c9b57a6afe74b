using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Rules;
using Xunit;

namespace SocialHub.Tests.Moderation;

/// <summary>The table "verdict (rules) | a priori | a posteriori" of the architecture, row by row.</summary>
public sealed class PolicyTableTests
{
    private static readonly string[] Advertising = ["advertising"];

    [Theory]
    [InlineData(Verdict.Publish, CommentPolicy.APriori, PolicyOutcome.Held, false)]
    [InlineData(Verdict.Publish, CommentPolicy.APosteriori, PolicyOutcome.Published, false)]
    [InlineData(Verdict.Hold, CommentPolicy.APriori, PolicyOutcome.Held, false)]
    [InlineData(Verdict.Hold, CommentPolicy.APosteriori, PolicyOutcome.Held, false)]
    [InlineData(Verdict.Reject, CommentPolicy.APriori, PolicyOutcome.Held, true)]
    [InlineData(Verdict.Reject, CommentPolicy.APosteriori, PolicyOutcome.Held, true)]
    public void The_policy_decides_row_by_row(Verdict verdict, CommentPolicy policy, PolicyOutcome outcome, bool refusalProposed)
    {
        IReadOnlyList<Finding> findings = verdict is Verdict.Publish ? [] : [Finding("insult", verdict)];
        var decision = PolicyTable.Decide(verdict, findings, policy, Advertising);
        Assert.Equal((outcome, refusalProposed), (decision.Outcome, decision.RefusalProposed));
        Assert.Equal(outcome is PolicyOutcome.Published, decision.Why is null);
    }

    [Fact]
    public void The_classes_that_may_be_refused_without_a_person_are_those_of_which_a_rule_rejects()
    {
        const string Room = "SocialHub.Moderation.";
        var listed = typeof(Lexicon).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Room + "Rules.Words.", StringComparison.Ordinal))
            .SelectMany(name => EmbeddedTable.Lines(name[Room.Length..])).Where(line => line.Length > 2 && (line[2] == "reject" || line.ElementAtOrDefault(4) == "reject")).Select(line => line[1]);
        var always = RuleCatalogue.All(new HubTimes()).Where(rule => rule.Verdict is Verdict.Reject).Select(rule => rule.FindingClass);
        Assert.Equal(FindingClasses.Rejecting.Order(StringComparer.Ordinal), listed.Concat(always).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Empty(FindingClasses.Rejecting.Except(FindingClasses.All, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Verdict.Publish, false, PolicyOutcome.Held)]
    [InlineData(Verdict.Publish, true, PolicyOutcome.Published)]
    [InlineData(Verdict.Hold, true, PolicyOutcome.Held)]
    [InlineData(Verdict.Reject, false, PolicyOutcome.Held)]
    [InlineData(Verdict.Reject, true, PolicyOutcome.Rejected)]
    public void First_then_trusted_is_the_one_column_or_the_other(Verdict verdict, bool isTrusted, PolicyOutcome outcome)
    {
        IReadOnlyList<Finding> findings = verdict is Verdict.Publish ? [] : [Finding("advertising", verdict)];
        Assert.Equal(outcome, PolicyTable.Decide(verdict, findings, CommentPolicy.FirstThenTrusted, Advertising, isTrusted).Outcome);
        // Of any other policy it changes nothing.
        Assert.Equal(PolicyTable.Decide(verdict, findings, CommentPolicy.APriori, Advertising), PolicyTable.Decide(verdict, findings, CommentPolicy.APriori, Advertising, isTrusted));
    }

    [Fact]
    public void A_priori_says_that_every_comment_is_read_first() =>
        Assert.Equal("Every comment is read before it is published.", PolicyTable.Decide(Verdict.Publish, [], CommentPolicy.APriori, []).Why!.English);

    [Fact]
    public void Plain_advertising_is_refused_at_once_a_posteriori_where_the_authority_chose_it()
    {
        var decision = PolicyTable.Decide(Verdict.Reject, [Finding("advertising", Verdict.Reject), Finding("links", Verdict.Hold)], CommentPolicy.APosteriori, Advertising);
        Assert.Equal((PolicyOutcome.Rejected, "advertising", "Publicité"), (decision.Outcome, decision.RefusalReason, decision.Why!.French));
    }

    [Fact]
    public void Advertising_with_an_insult_waits_for_a_person() =>
        Assert.Equal(PolicyOutcome.Held, PolicyTable.Decide(Verdict.Reject, [Finding("advertising", Verdict.Reject), Finding("insult", Verdict.Reject)], CommentPolicy.APosteriori, Advertising).Outcome);

    [Fact]
    public void Nothing_is_refused_at_once_a_priori() =>
        Assert.Equal(PolicyOutcome.Held, PolicyTable.Decide(Verdict.Reject, [Finding("advertising", Verdict.Reject)], CommentPolicy.APriori, Advertising).Outcome);

    [Theory]
    [InlineData(Verdict.Publish)]
    [InlineData(Verdict.Hold)]
    [InlineData(Verdict.Reject)]
    public void What_could_not_be_checked_is_never_public_nor_refused_without_a_person(Verdict verdict)
    {
        var decision = PolicyTable.Decide(verdict, [Finding("advertising", verdict), Finding("unchecked", Verdict.Hold)], CommentPolicy.APosteriori, Advertising);
        Assert.Equal(PolicyOutcome.Held, decision.Outcome);
    }

    [Fact]
    public void Every_class_of_finding_has_a_reason_to_refuse_for_and_only_what_no_other_one_fits_has_the_last() =>
        Assert.Equal(
            [
                ("insult", "insult"), ("hate", "hate"), ("threat", "threat"), ("words", "charter"), ("personal-data", "personal-data"), ("links", "advertising"), ("advertising", "advertising"),
                ("shouting", "charter"), ("flood", "duplicate"), ("duplicate", "duplicate"), ("impersonation", "impersonation"), ("trap", "charter"), ("unchecked", "charter"),
            ],
            FindingClasses.All.Select(name => (name, RefusalReasons.ForClass(name).Code)));

    [Fact]
    public void Reasons_are_found_by_their_code_only()
    {
        Assert.All(RefusalReasons.All, reason => Assert.Same(reason, RefusalReasons.Find(reason.Code)));
        Assert.Null(RefusalReasons.Find("because"));
        Assert.Null(RefusalReasons.Find(null));
    }

    private static Finding Finding(string findingClass, Verdict verdict) => new("rule", findingClass, verdict, 0, 0, "plain", "reason");
}
