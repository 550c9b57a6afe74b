using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SocialHub.Access;

namespace SocialHub.Tests.Access;

public sealed class WorkflowTokenTests : IDisposable
{
    private readonly WorkflowIssuer _issuer = new();
    private readonly Accesses _access = new();

    public WorkflowTokenTests()
    {
        (_access.Options.Workflow.Issuer, _access.Options.Workflow.Audience, _access.Options.Workflow.Application) = (WorkflowIssuer.Issuer, WorkflowIssuer.Audience, WorkflowIssuer.Application);
        _access.Workflow = _issuer.Tokens(_access.Options.Workflow, _access.Time);
    }

    public void Dispose() => _issuer.Dispose();

    [Theory]
    [InlineData("appid")]
    [InlineData("azp")]
    public async Task The_workflows_own_token_moderates(string claim)
    {
        var caller = await _access.IdentifyAsync(Accesses.With(bearer: Token(applicationClaim: claim)));
        Assert.True(caller.IsWorkflow);
        Assert.Equal(Role.Moderator, caller.Role);
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task Another_application_audience_or_issuer_is_refused()
    {
        await RefusedAsync(Token(application: "99999999-4444-5555-6666-777777777777"));
        await RefusedAsync(Token(audience: "api://other"));
        await RefusedAsync(Token(issuer: "https://sts.windows.net/other/"));
        await RefusedAsync(Token(applicationClaim: "sub"));
    }

    [Fact]
    public async Task An_expired_token_or_one_of_the_future_is_refused()
    {
        var token = Token();
        _access.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.True((await _access.IdentifyAsync(Accesses.With(bearer: token))).IsWorkflow);
        _access.Time.Advance(TimeSpan.FromMinutes(2));
        await RefusedAsync(token);
        await RefusedAsync(Token(from: _access.Time.GetUtcNow().AddMinutes(5)));
    }

    [Fact]
    [Trait("run", "thorough")]
    public async Task A_token_signed_by_another_or_by_nobody_is_refused()
    {
        using var other = RSA.Create(2048);
        await RefusedAsync(Token(key: other));
        var parts = Token().Split('.');
        await RefusedAsync($"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.");
        await RefusedAsync($"{parts[0]}.{parts[1]}.");
        await RefusedAsync("x");
        await RefusedAsync(new string('a', 20_000));
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_shared_secret_is_refused()
    {
        var secret = new SymmetricSecurityKey(_issuer.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k" };
        await RefusedAsync(_issuer.Token(_access.Time.GetUtcNow(), credentials: new SigningCredentials(secret, SecurityAlgorithms.HmacSha256)));
    }

    [Fact]
    public async Task Without_settings_no_bearer_token_is_accepted()
    {
        _access.Workflow = null;
        _access.Options.Workflow.Issuer = "";
        await RefusedAsync(Token());
    }

    private async Task RefusedAsync(string token) => Assert.Equal(ProblemKind.Unauthenticated, await _access.RefusalAsync(Accesses.With(bearer: token), Role.Contributor));

    private string Token(string issuer = WorkflowIssuer.Issuer, string audience = WorkflowIssuer.Audience, string application = WorkflowIssuer.Application, string applicationClaim = "appid", DateTimeOffset? from = null, RSA? key = null) =>
        _issuer.Token(from ?? _access.Time.GetUtcNow(), issuer, audience, application, applicationClaim, key is null ? null : WorkflowIssuer.Signing(key));
}
