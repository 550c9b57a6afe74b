using SocialHub.Comments;

namespace SocialHub.Tests.Comments;

public sealed class ThreadMemoryTests
{
    private const string Page = Town.Page;

    [Fact]
    public void A_newer_version_takes_the_place_of_the_one_before()
    {
        using var memory = new ThreadMemory(100_000);
        memory.Keep(Town.Site, Page, "v1", List(1, 10));
        Assert.Single(memory.Find(Town.Site, Page, "v1")!);
        memory.Keep(Town.Site, Page, "v2", List(2, 10));
        Assert.Null(memory.Find(Town.Site, Page, "v1"));
        Assert.Equal(2, memory.Find(Town.Site, Page, "v2")!.Count);
        Assert.Null(memory.Find("village", Page, "v2"));
        Assert.Null(memory.Find(Town.Site, Town.Origin, "v2"));
    }

    [Fact]
    public void What_would_not_fit_is_not_kept_and_the_texts_count()
    {
        var (small, large) = (List(5, 10), List(5, 20_000));
        Assert.True(ThreadMemory.BytesOf(large) > 5 * 20_000 * sizeof(char));
        using var memory = new ThreadMemory(ThreadMemory.BytesOf(large) - 1);
        memory.Keep(Town.Site, Page, "v1", large);
        Assert.Null(memory.Find(Town.Site, Page, "v1"));
        memory.Keep(Town.Site, Page, "v2", small);
        Assert.Same(small, memory.Find(Town.Site, Page, "v2"));
        // What has outgrown it leaves nothing old behind.
        memory.Keep(Town.Site, Page, "v3", large);
        Assert.Null(memory.Find(Town.Site, Page, "v2"));
    }

    [Fact]
    public void A_large_list_takes_the_room_of_what_was_read_before()
    {
        var large = List(5, 10_000);
        using var memory = new ThreadMemory(ThreadMemory.BytesOf(large) * 3 / 2);
        memory.Keep(Town.Site, Page, "v1", List(5, 10_000));
        memory.Keep(Town.Site, Town.Origin, "v1", large);
        Assert.Same(large, memory.Find(Town.Site, Town.Origin, "v1"));
    }

    private static List<PublicComment> List(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(number => new PublicComment($"c{number}", null, "Camille", new string('x', length), false, default, null, 0, 0))];
}
