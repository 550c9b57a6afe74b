using CsCheck;
using Microsoft.Extensions.Options;
using SocialHub.Access;
using SocialHub.Configuration;

namespace SocialHub.Tests.Access;

public sealed class HubKeyTests
{
    private readonly Accesses _access = new();

    [Fact]
    public async Task A_hub_key_has_the_role_that_its_setting_names()
    {
        _access.Options.HubKeys = string.Join(';', Accesses.Stored("a", "contributor", "key-a"), Accesses.Stored("b", "Administrator", "key-b"));
        Assert.Equal(new Caller("key:a", "a", Role.Contributor), await _access.IdentifyAsync(Accesses.With("key-a")));
        Assert.Equal(Role.Administrator, (await _access.IdentifyAsync(Accesses.With("key-b"))).Role);
    }

    [Fact]
    public async Task Nothing_that_is_not_a_key_opens_anything() =>
        await Gen.String.SampleAsync(async key => Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(key))), iter: 500);

    [Fact]
    public async Task The_stored_hash_is_no_key()
    {
        var hash = Accesses.Stored("desk", "moderator", Accesses.Key).Split(':')[2];
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(hash)));
    }

    [Theory]
    [InlineData(Role.None, null)]
    [InlineData(Role.Contributor, null)]
    [InlineData(Role.Moderator, null)]
    [InlineData(Role.Editor, ProblemKind.Forbidden)]
    [InlineData(Role.Administrator, ProblemKind.Forbidden)]
    public async Task A_role_includes_those_before_it_and_none_after(Role asked, ProblemKind? refusal) =>
        Assert.Equal(refusal, await _access.RefusalAsync(Accesses.With(Accesses.Key), asked));

    [Fact]
    public async Task Without_credentials_only_what_is_public_is_open()
    {
        Assert.Null(await _access.RefusalAsync(Accesses.With(), Role.None));
        Assert.Equal(ProblemKind.Unauthenticated, await _access.RefusalAsync(Accesses.With(), Role.Contributor));
        Assert.Equal(ProblemKind.Unauthenticated, await _access.RefusalAsync(Accesses.With("wrong"), Role.Contributor));
    }

    [Theory]
    [InlineData("name:moderator:abc")]
    [InlineData("name:moderateur:" + Hex)]
    [InlineData("name:4:" + Hex)]
    [InlineData("name:none:" + Hex)]
    [InlineData("moderator:" + Hex)]
    [InlineData(":moderator:" + Hex)]
    [InlineData("a:moderator:" + Hex + ";a:editor:" + Hex)]
    public void A_malformed_key_setting_stops_the_start(string setting)
    {
        var result = new HubOptionsRules().Validate(null, new HubOptions { HubKeys = setting, SigningKey = new string('k', 32) });
        Assert.StartsWith("SocialHub__HubKeys: ", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(Hex, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_start_with_a_signing_key_and_not_without()
    {
        Assert.Equal(ValidateOptionsResult.Success, new HubOptionsRules().Validate(null, new HubOptions { SigningKey = new string('k', 32) }));
        Assert.StartsWith("SocialHub__SigningKey is missing", Assert.Single(new HubOptionsRules().Validate(null, new HubOptions()).Failures!), StringComparison.Ordinal);
    }

    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
}
