namespace SocialHub.Tests;

public sealed class EntityTagsTests
{
    [Theory]
    [InlineData("\"7-planned\"", "7-planned", true)]
    [InlineData("7-planned", "7-planned", true)]
    [InlineData("W/\"7-planned\"", "7-planned", true)]
    [InlineData("\"6-planned\", \"7-planned\"", "7-planned", true)]
    [InlineData("*", "7-planned", true)]
    [InlineData("*", null, false)]
    [InlineData("\"7-planned\"", null, false)]
    [InlineData("\"6-planned\"", "7-planned", false)]
    [InlineData("\"7-PLANNED\"", "7-planned", false)]
    [InlineData("\"6-planned\", \"8-planned\"", "7-planned", false)]
    [InlineData("", "7-planned", false)]
    public void A_change_is_made_from_what_was_named_or_from_anything_that_is_there(string ifMatch, string? current, bool matches) =>
        Assert.Equal(matches, EntityTags.Match(ifMatch, current));
}
