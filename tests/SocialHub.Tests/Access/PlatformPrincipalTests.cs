using System.Text;
using System.Text.Json.Nodes;
using SocialHub.Access;

namespace SocialHub.Tests.Access;

public sealed class PlatformPrincipalTests
{
    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string LongRole = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";
    private readonly Accesses _access = new();

    public PlatformPrincipalTests() => _access.Settings["WEBSITE_AUTH_ENABLED"] = "True";

    [Theory]
    [InlineData("roles")]
    [InlineData(LongRole)]
    [InlineData("custom-role-claim")]
    public async Task A_signed_in_person_has_the_app_role_of_their_claims(string claim)
    {
        var caller = await _access.IdentifyAsync(Accesses.With(principal: Principal("custom-role-claim", (ObjectId, "11-22"), ("name", "Camille"), (claim, "moderator"))));
        Assert.Equal(new Caller("11-22", "Camille", Role.Moderator), caller);
    }

    [Fact]
    public async Task The_highest_of_several_roles_counts() =>
        Assert.Equal(Role.Editor, (await _access.IdentifyAsync(Accesses.With(principal: Principal("roles", ("oid", "1"), ("roles", "contributor"), ("roles", "Editor"), ("roles", "9"))))).Role);

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    [InlineData("")]
    public async Task The_header_counts_for_nothing_where_the_platform_does_not_sign_in(string? setting)
    {
        _access.Settings["WEBSITE_AUTH_ENABLED"] = setting;
        var principal = Principal("roles", ("oid", "1"), ("roles", "administrator"));
        Assert.Equal(ProblemKind.Unauthenticated, await _access.RefusalAsync(Accesses.With(principal: principal), Role.Contributor));
    }

    [Fact]
    public async Task Anyone_of_the_tenant_without_an_app_role_is_nobody() =>
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(principal: Principal("roles", ("oid", "1"), ("name", "administrator"), ("groups", "administrator")))));

    [Fact]
    public async Task A_principal_without_an_object_id_is_nobody() =>
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(principal: Principal("roles", ("name", "Camille"), ("roles", "moderator")))));

    [Theory]
    [InlineData("%%%")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("W10=")]
    [InlineData("bnVsbA==")]
    [InlineData("eyJjbGFpbXMiOlsxLG51bGwseyJ0eXAiOjF9XX0=")]
    public async Task What_is_no_principal_is_nobody(string header) =>
        Assert.Equal(Caller.Nobody, await _access.IdentifyAsync(Accesses.With(principal: header)));

    [Fact]
    public async Task A_signed_in_person_writes_only_from_the_hubs_own_pages()
    {
        var write = Accesses.With(principal: Principal("roles", ("oid", "1"), ("roles", "moderator"))) with { IsWrite = true };
        Assert.Equal(ProblemKind.Forbidden, await _access.RefusalAsync(write with { Origin = "https://evil.example" }, Role.Moderator));
        Assert.Null(await _access.RefusalAsync(write with { Origin = Accesses.PublicAddress }, Role.Moderator));
    }

    private static string Principal(string roleType, params (string Type, string Value)[] claims)
    {
        var json = new JsonObject
        {
            ["auth_typ"] = "aad",
            ["name_typ"] = "name",
            ["role_typ"] = roleType,
            ["claims"] = new JsonArray([.. claims.Select(c => new JsonObject { ["typ"] = c.Type, ["val"] = c.Value })]),
        };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
