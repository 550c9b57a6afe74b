using PhoneNumbers;
using Xunit;

namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>That the measure itself can be trusted; what the rules make of it is measured elsewhere.</summary>
public sealed class DisguiserTests
{
    private static IReadOnlyList<DisguisedText> Texts { get; } = DisguisedTexts.Make(seed: 1, each: 20, dictionary: ["commune", "tramway", "verger"]);

    [Fact]
    public void The_same_seed_makes_the_same_disguises() =>
        Assert.Equal(Texts.Select(text => text.Text), DisguisedTexts.Make(1, 20, ["commune", "tramway", "verger"]).Select(text => text.Text));

    [Fact]
    public void Every_kind_is_there_alone_and_with_others_and_each_insult_has_its_control()
    {
        Assert.Equal(2 * ((10 * 20) + 400), Texts.Count);
        Assert.Equal(Texts.Count, Texts.Count(text => text.IsControl) * 2);
        Assert.All(Enum.GetValues<DisguiseKind>(), kind =>
        {
            Assert.Equal(40, Texts.Count(text => text.Kinds.Count == 1 && text.Kinds[0] == kind));
            Assert.Contains(Texts, text => text.Kinds.Count == 2 && text.Kinds.Contains(kind));
            Assert.Contains(Texts, text => text.Kinds.Count == 3 && text.Kinds.Contains(kind));
        });
    }

    [Fact]
    public void A_disguise_is_another_writing_of_the_word_and_well_formed() => Assert.All(Texts, text =>
    {
        Assert.NotEqual(text.Word, text.Written);
        Assert.Contains(text.Written, text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Text.EnumerateRunes(), rune => rune.Value == 0xFFFD);
    });

    [Theory]
    [InlineData(DisguiseKind.Spacing)]
    [InlineData(DisguiseKind.ZeroWidth)]
    [InlineData(DisguiseKind.FullWidth)]
    [InlineData(DisguiseKind.Mathematical)]
    public void What_compatibility_and_separators_hide_can_be_undone(DisguiseKind kind)
    {
        var disguiser = new Disguiser(3);
        for (var i = 0; i < 100; i++) Assert.Equal("connard", DisguisedTexts.Folded(disguiser.Disguise("connard", [kind])!));
    }

    [Fact]
    public void No_control_has_become_an_insult()
    {
        var insults = DisguisedTexts.Insults.SelectMany(insult => new[] { insult.One, insult.Several }).Select(DisguisedTexts.Folded).ToHashSet();
        Assert.DoesNotContain(Texts, text => text.IsControl && insults.Contains(DisguisedTexts.Folded(text.Written)));
        Assert.DoesNotContain(DisguisedTexts.Neighbours, word => insults.Contains(DisguisedTexts.Folded(word)));
    }

    [Fact]
    public void Numbers_are_what_they_are_said_to_be()
    {
        var plan = PhoneNumberUtil.GetInstance();
        var personal = new PersonalData(5).Personal(20).ToList();
        var plain = personal.Where(datum => datum.Way == "plain").ToList();
        Assert.All(plain.Where(datum => datum.What is "mobile" or "landline"), datum => Assert.True(plan.IsValidNumber(plan.Parse(datum.Written, "FR")), datum.Written));
        Assert.All(plain.Where(datum => datum.What == "overseas"), datum => Assert.True(new[] { "RE", "GP", "GF", "MQ" }.Any(region => plan.IsValidNumber(plan.Parse(datum.Written, region))), datum.Written));
        Assert.All(plain.Where(datum => datum.What == "international"), datum => Assert.True(plan.IsValidNumber(plan.Parse(datum.Written, null)), datum.Written));
        Assert.Equal(personal.Select(datum => datum.Text), new PersonalData(5).Personal(20).Select(datum => datum.Text));
        Assert.Equal(["card", "email", "iban-abroad", "iban-fr", "international", "landline", "mobile", "nir", "overseas"], personal.Select(datum => datum.What).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("iban-fr", "iban")]
    [InlineData("iban-abroad", "iban")]
    [InlineData("nir", "social-security-number")]
    [InlineData("card", "card-number")]
    public void Written_plainly_they_have_the_check_digits_that_the_rules_want(string what, string rule)
    {
        // The rules were written before and by others: a wrong key on either side shows here.
        foreach (var datum in new PersonalData(6).Personal(30).Where(datum => datum.What == what && datum.Way == "plain")) Assert.Contains(rule, Judge.Rules(datum.Text));
    }
}
