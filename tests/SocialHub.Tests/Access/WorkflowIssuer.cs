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

/// <summary>Issues the tokens of a moderation workflow, right and wrong ones.</summary>
internal sealed class WorkflowIssuer : IDisposable
{
    public const string Issuer = "https://sts.windows.net/tenant/";
    public const string Audience = "api://socialhub";
    public const string Application = "33333333-4444-5555-6666-777777777777";

    /// <summary>What signs its tokens.</summary>
    public RSA Rsa { get; } = RSA.Create(2048);

    /// <summary>Makes a running hub know it.</summary>
    public void Register(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(provider => Tokens(new WorkflowOptions { Issuer = Issuer, Audience = Audience, Application = Application }, provider.GetRequiredService<TimeProvider>()));

    /// <summary>The hub's side, which knows its public key.</summary>
    public WorkflowTokens Tokens(WorkflowOptions options, TimeProvider time)
    {
        var issuer = new OpenIdConnectConfiguration { Issuer = Issuer };
        issuer.SigningKeys.Add(new RsaSecurityKey(Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = "k" });
        return new WorkflowTokens(options, new StaticConfigurationManager<OpenIdConnectConfiguration>(issuer), time, NullLogger<WorkflowTokens>.Instance);
    }

    /// <summary>The header of the workflow, or of another application.</summary>
    public (string Name, string Value) Bearer(string application = Application) => ("Authorization", "Bearer " + Token(TimeProvider.System.GetUtcNow(), application: application));

    /// <summary>A token that lives an hour.</summary>
    public string Token(DateTimeOffset from, string issuer = Issuer, string audience = Audience, string application = Application, string applicationClaim = "appid", SigningCredentials? credentials = null) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = from.UtcDateTime,
            NotBefore = from.UtcDateTime,
            Expires = from.UtcDateTime.AddHours(1),
            Claims = new Dictionary<string, object> { [applicationClaim] = application },
            SigningCredentials = credentials ?? Signing(Rsa),
        });

    public static SigningCredentials Signing(RSA key) => new(new RsaSecurityKey(key) { KeyId = "k" }, SecurityAlgorithms.RsaSha256);

    public void Dispose() => Rsa.Dispose();
}
