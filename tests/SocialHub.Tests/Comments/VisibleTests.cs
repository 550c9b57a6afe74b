using SocialHub.Comments;

namespace SocialHub.Tests.Comments;

public sealed class VisibleTests
{
    [Theory]
    [InlineData("Camille")]
    [InlineData("O’Neill-Zoë, 2e")]
    [InlineData("Zoe\u0308")]
    [InlineData("\U0001F469\u200D\U0001F680")]
    [InlineData("\u2764\uFE0F")]
    [InlineData("Marie \U0001F3F4\U000E0067\U000E0062\U000E007F")]
    [InlineData("محمد")]
    [InlineData("שרה")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("字")]
    [InlineData("한글")]
    [InlineData("สมชาย")]
    [InlineData("?")]
    public void A_name_that_can_be_read_is_one_in_any_script(string name) => Assert.True(Visible.IsName(name));

    [Theory]
    [InlineData("")]
    [InlineData(" \u00A0")]
    [InlineData("\u200B")]
    [InlineData("\u3164")]
    [InlineData("\u3164\u115F\u1160\uFFA0")]
    [InlineData("\u2800")]
    [InlineData("\u200D\uFE0F")]
    [InlineData("\u034F\u0301")]
    [InlineData("\U000E0100\U000E0041")]
    [InlineData("ellimaC\u202E")]
    [InlineData("A\u2067B")]
    [InlineData("A\u200FB")]
    [InlineData("A\u061CB")]
    [InlineData("A\u2028B")]
    [InlineData("A\nB")]
    [InlineData("A\0B")]
    public void A_name_that_shows_nothing_turns_the_reading_around_or_has_two_lines_is_none(string name) => Assert.False(Visible.IsName(name));

    [Theory]
    [InlineData("\u200B", false)]
    [InlineData("\n\u200B\n", false)]
    [InlineData("Bonjour\n\u202Eà tous", true)]
    [InlineData("\u2764", true)]
    public void A_text_shows_something(string text, bool shows) => Assert.Equal(shows, Visible.HasAny(text));
}
