using CsCheck;
using SocialHub.Comments;
using SocialHub.Storage;

namespace SocialHub.Tests.Storage;

public sealed class KeysTests
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Long[0, 4_102_444_800_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    [Fact]
    public void Times_sort_as_their_keys_and_come_back() => Gen.Select(Times, Times).Sample((a, b) =>
    {
        Assert.Equal(a, Keys.ParseTime(Keys.Time(a)));
        Assert.Equal(a, Keys.ParseUtc(Keys.Utc(a)));
        Assert.Equal(a.CompareTo(b), Math.Sign(string.CompareOrdinal(Keys.Time(a), Keys.Time(b))));
        Assert.Equal(a.CompareTo(b), Math.Sign(string.CompareOrdinal(Keys.Utc(a), Keys.Utc(b))));
    });

    [Fact]
    public void Every_key_holds_only_what_a_table_takes() => Gen.Select(Gen.String, Times).Sample((text, at) =>
    {
        var id = CommentId.New(Keys.Page(text), at);
        foreach (var key in new[] { Keys.Thread(id.Page), Keys.Comment(id.Value), Keys.Idempotency(text), Keys.Waiting(at, id.Value, "comment"), Keys.Log(id.Value, 7), Keys.Due(at, "verdict", id.Value, "comment"), Keys.ArticleFeed(text), Keys.ArticleIdentity(text), Keys.Post(text) })
            Assert.True(Keys.IsKey(key), key);
    });

    [Fact]
    public void A_comment_id_is_read_back_with_its_page_and_its_time() => Gen.Select(Gen.String, Times).Sample((page, at) =>
    {
        var id = CommentId.New(Keys.Page(page), at);
        Assert.True(CommentId.TryParse(id.Value, out var read));
        Assert.Equal(id, read);
        Assert.Equal(Keys.Page(page), read.Page);
        Assert.Equal(at, read.Received);
    });

    [Fact]
    public void What_is_no_comment_id_is_refused() => Gen.String.Where(text => text.Length != 38).Sample(text => Assert.False(CommentId.TryParse(text, out _)));

    [Fact]
    public void A_hash_is_that_of_RFC_4648_base32hex()
    {
        // SHA-256("abc") begins ba7816bf8f: 10111 01001 11100 00001 01101 01111 11100 01111
        Assert.Equal("n9s1dfsf", Keys.Hash("abc", 8));
    }

    [Fact]
    public void Due_rows_of_now_are_in_the_range_and_later_ones_are_not() => Gen.Select(Times, Gen.Int[0, 1_000_000]).Sample((now, later) =>
    {
        var (from, before) = Keys.DueBy(now);
        bool InRange(string key) => string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, before) < 0;
        Assert.True(InRange(Keys.Due(now, "verdict", "x")));
        Assert.True(InRange(Keys.Due(now.AddMilliseconds(-later), "verdict", "x")));
        Assert.False(InRange(Keys.Due(now.AddMilliseconds(later + 1), "verdict", "x")));
    });
}
