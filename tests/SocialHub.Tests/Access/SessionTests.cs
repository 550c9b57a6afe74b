using CsCheck;
using SocialHub.Access;

namespace SocialHub.Tests.Access;

public sealed class SessionTests
{
    private readonly Accesses _access = new();

    [Fact]
    public async Task A_key_is_exchanged_for_a_session_of_twelve_hours()
    {
        var session = _access.Authoriser().OpenSession(Accesses.Key).Value;
        Assert.DoesNotContain(Accesses.Key, session.Value, StringComparison.Ordinal);
        Assert.Equal(Role.Moderator, (await _access.IdentifyAsync(Accesses.With(cookie: session.Value))).Role);
        _access.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal(Role.Moderator, (await _access.IdentifyAsync(Accesses.With(cookie: session.Value))).Role);
        _access.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(cookie: session.Value)));
    }

    [Fact]
    public void An_unknown_key_opens_no_session() =>
        Assert.Equal(ProblemKind.Unauthenticated, _access.Authoriser().OpenSession("wrong").Problem?.Kind);

    [Fact]
    public async Task A_session_with_any_character_changed_is_none()
    {
        var value = _access.Authoriser().OpenSession(Accesses.Key).Value.Value;
        await Gen.Select(Gen.Int[0, value.Length - 2], Gen.Char.AlphaNumeric).SampleAsync(async change =>
        {
            var (at, with) = change;
            var forged = value[..at] + with + value[(at + 1)..];
            Assert.Equal(forged == value ? Role.Moderator : Role.None, (await _access.IdentifyAsync(Accesses.With(cookie: forged))).Role);
        }, iter: 500);
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_follows_its_role()
    {
        var value = _access.Authoriser().OpenSession(Accesses.Key).Value.Value;
        _access.Options.HubKeys = Accesses.Stored("desk", "editor", Accesses.Key);
        Assert.Equal(Role.Editor, (await _access.IdentifyAsync(Accesses.With(cookie: value))).Role);
        _access.Options.HubKeys = Accesses.Stored("desk", "editor", "another key");
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(cookie: value)));
        _access.Options.HubKeys = "";
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(cookie: value)));
    }

    [Fact]
    public async Task A_session_outlives_one_rotation_of_the_signing_key()
    {
        var value = _access.Authoriser().OpenSession(Accesses.Key).Value.Value;
        (_access.Options.PreviousSigningKey, _access.Options.SigningKey) = (_access.Options.SigningKey, new string('t', 32));
        Assert.Equal(Role.Moderator, (await _access.IdentifyAsync(Accesses.With(cookie: value))).Role);
        (_access.Options.PreviousSigningKey, _access.Options.SigningKey) = (_access.Options.SigningKey, new string('u', 32));
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(cookie: value)));
    }

    [Theory]
    [InlineData(Accesses.PublicAddress, null, null)]
    [InlineData(null, Accesses.PublicAddress + "/moderation", null)]
    [InlineData("https://evil.example", null, ProblemKind.Forbidden)]
    [InlineData("null", Accesses.PublicAddress + "/moderation", ProblemKind.Forbidden)]
    [InlineData(null, "https://evil.example/" + Accesses.PublicAddress, ProblemKind.Forbidden)]
    [InlineData(null, null, ProblemKind.Forbidden)]
    public async Task A_session_writes_only_from_the_hubs_own_pages(string? origin, string? referer, ProblemKind? refusal)
    {
        var value = _access.Authoriser().OpenSession(Accesses.Key).Value.Value;
        var write = Accesses.With(cookie: value) with { IsWrite = true, Origin = origin, Referer = referer };
        Assert.Equal(refusal, await _access.RefusalAsync(write, Role.Moderator));
        Assert.Equal(refusal is null ? Role.Moderator : Role.None, (await _access.IdentifyAsync(write)).Role);
        Assert.Null(await _access.RefusalAsync(write with { IsWrite = false }, Role.Moderator));
    }

    [Fact]
    public async Task A_hub_key_writes_from_anywhere() =>
        Assert.Null(await _access.RefusalAsync(Accesses.With(Accesses.Key) with { IsWrite = true }, Role.Moderator));
}
