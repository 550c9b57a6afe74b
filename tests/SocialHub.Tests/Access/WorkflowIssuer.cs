using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SocialHub.Access;
using SocialHub.Configuration;

namespace SocialHub.Tests.Access;

/// <summary>Issues the tokens of a moderation workflow to a running hub.</summary>
internal sealed class WorkflowIssuer : IDisposable
{
    private const string Issuer = "https://sts.windows.net/tenant/";
    private const string Audience = "api://socialhub";
    private const string Application = "33333333-4444-5555-6666-777777777777";
    private readonly RSA _rsa = RSA.Create(2048);

    /// <summary>Makes a hub know it.</summary>
    public void Register(WebApplicationBuilder builder)
    {
        var issuer = new OpenIdConnectConfiguration { Issuer = Issuer };
        issuer.SigningKeys.Add(new RsaSecurityKey(_rsa.ExportParameters(includePrivateParameters: false)) { KeyId = "k" });
        builder.Services.AddSingleton(provider => new WorkflowTokens(
            new WorkflowOptions { Issuer = Issuer, Audience = Audience, Application = Application },
            new StaticConfigurationManager<OpenIdConnectConfiguration>(issuer),
            provider.GetRequiredService<TimeProvider>(),
            NullLogger<WorkflowTokens>.Instance));
    }

    /// <summary>The header of the workflow, or of another application.</summary>
    public (string Name, string Value) Bearer(string application = Application)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return ("Authorization", "Bearer " + new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["appid"] = application },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
        }));
    }

    public void Dispose() => _rsa.Dispose();
}
