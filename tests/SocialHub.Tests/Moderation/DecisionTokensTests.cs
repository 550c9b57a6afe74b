using System.Buffers.Text;
using System.Security.Cryptography;
using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Configuration;
using SocialHub.Moderation.Decisions;
using Xunit;

namespace SocialHub.Tests.Moderation;

public sealed class DecisionTokensTests
{
    private const string Current = "the current signing key, 32 characters or more";
    private const string Previous = "the previous signing key, 32 characters or more";

    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    private static readonly Gen<DecisionToken> Tokens =
        from site in Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-"], 1, 40]
        from id in Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz234567-"], 1, 40]
        from subject in Gen.Int[1, 4]
        from numbers in Gen.Int[0, int.MaxValue].Array[3]
        from seconds in Gen.Int[1, 604_800]
        from person in Gen.String[Gen.Char['a', 'ÿ'], 0, 40]
        select new DecisionToken(site, id, (DecisionSubject)subject, numbers[0], numbers[1], numbers[2], Clock.GetUtcNow().AddSeconds(seconds)) { Person = person.Length == 0 ? null : person };

    [Fact]
    public void What_was_signed_comes_back_whole() => Tokens.Sample(token =>
    {
        var text = Hub().Sign(token);
        Assert.True(Base64Url.IsValid(text) && text.Length <= DecisionTokens.LongestText);
        Assert.Equal(new ParsedToken(TokenState.Valid, token), Hub().Read(text));
    }, iter: 1_000);

    [Fact]
    public void Any_flipped_bit_is_forged() => Tokens.Sample(token =>
    {
        var bytes = Base64Url.DecodeFromChars(Hub().Sign(token));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(TokenState.Forged, Hub().Read(Base64Url.EncodeToString(bytes)).State);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }, iter: 20);

    [Fact]
    public void Any_other_character_is_forged_also_in_the_spare_bits_of_the_last() => Gen.Select(Tokens, Gen.Int[0, 511], Gen.Char['-', 'z']).Sample((token, at, c) =>
    {
        var text = Hub().Sign(token);
        foreach (var place in new[] { at % text.Length, text.Length - 1 })
        {
            if (text[place] == c) continue;
            Assert.Equal(TokenState.Forged, Hub().Read(string.Concat(text.AsSpan(0, place), [c], text.AsSpan(place + 1))).State);
        }
    }, iter: 1_000);

    [Fact]
    public void Anything_else_is_forged_and_never_throws() => AnyText.Strings.Sample(text => Assert.Equal(TokenState.Forged, Hub().Read(text).State), iter: 1_000);

    [Fact]
    public void A_cut_or_longer_token_is_forged() => Tokens.Sample(token =>
    {
        var text = Hub().Sign(token);
        Assert.Equal(TokenState.Forged, Hub().Read(text[..^1]).State);
        Assert.Equal(TokenState.Forged, Hub().Read(text + "A").State);
        Assert.Equal(TokenState.Forged, Hub().Read(text + "=").State);
        Assert.Equal(TokenState.Forged, Hub().Read(" " + text).State);
    }, iter: 200);

    [Fact]
    public void A_token_of_another_purpose_is_forged() => Tokens.Sample(token =>
    {
        // The same bytes, rightly signed with the key of every other purpose, and with the bare signing key.
        var bytes = Base64Url.DecodeFromChars(Hub().Sign(token));
        byte[][] keys = [PurposeKey.Derive(Current, "author-key"), PurposeKey.Derive(Current, "fingerprint"), PurposeKey.Derive(Current, "session"), System.Text.Encoding.UTF8.GetBytes(Current)];
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, bytes.AsSpan(0, bytes.Length - 32)).CopyTo(bytes.AsSpan(bytes.Length - 32));
            Assert.Equal(TokenState.Forged, Hub().Read(Base64Url.EncodeToString(bytes)).State);
        }
    }, iter: 100);

    [Fact]
    public void A_link_expires_after_seven_days_to_the_second()
    {
        var clock = new FakeTimeProvider(Clock.GetUtcNow());
        var tokens = Hub(clock: clock);
        var text = tokens.Sign(new("ville", "c1", DecisionSubject.Comment, 0, 0, 0, tokens.ExpiryFromNow()));
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(TokenState.Valid, tokens.Read(text).State);
        clock.Advance(TimeSpan.FromSeconds(1));
        var late = tokens.Read(text);
        Assert.Equal((TokenState.Expired, "c1"), (late.State, late.Token!.Id));
    }

    [Fact]
    public void A_link_outlives_one_rotation_of_the_key_and_not_two()
    {
        var token = new DecisionToken("ville", "c1", DecisionSubject.Objection, 1, 2, 3, Clock.GetUtcNow().AddDays(1)) { Person = "anne" };
        var text = Hub(current: Previous).Sign(token);
        Assert.Equal(new ParsedToken(TokenState.Valid, token), Hub(previous: Previous).Read(text));
        Assert.Equal(TokenState.Forged, Hub().Read(text).State);
    }

    [Fact]
    public void A_link_fits_a_card() =>
        Assert.InRange(Hub().Sign(new("saint-exemple", "abcdefghijkl-abcdefghi0123456789abcdef", DecisionSubject.Comment, 3, 2, 5, Clock.GetUtcNow().AddDays(7))).Length, 100, 180);

    [Fact]
    public void An_author_key_made_by_the_hub_is_the_same_again_and_its_hash_says_nothing_of_it() => Gen.String[Gen.Char["abcdefghij234567-"], 1, 40].Sample(id =>
    {
        var keys = Authors(Current);
        var key = keys.Make(id);
        Assert.True(AuthorKeys.IsKey(key));
        Assert.Equal(key, Authors(Current).Make(id));
        Assert.NotEqual(key, keys.Make(id + "x"));
        Assert.NotEqual(key, Authors(Previous).Make(id));
        Assert.Matches("^[0-9a-f]{40}$", AuthorKeys.Hash(key));
    }, iter: 200);

    [Fact]
    public void An_author_key_is_known_again_after_a_rotation()
    {
        var key = Authors(Previous).Make("c1");
        Assert.Equal(key, Authors(Current, Previous).Remake("c1", AuthorKeys.Hash(key)));
        Assert.Null(Authors(Current).Remake("c1", AuthorKeys.Hash(key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB")] // the spare bits of the last character are not zero
    [InlineData("AAAAAAAAAAAAAAAAAAAA+A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(null)]
    public void What_is_no_author_key_is_told(string? key) => Assert.False(AuthorKeys.IsKey(key));

    private static DecisionTokens Hub(string current = Current, string? previous = null, TimeProvider? clock = null) =>
        new(Options.Create(new HubOptions { SigningKey = current, PreviousSigningKey = previous }), clock ?? Clock);

    private static AuthorKeys Authors(string current, string? previous = null) =>
        new(Options.Create(new HubOptions { SigningKey = current, PreviousSigningKey = previous }));
}
