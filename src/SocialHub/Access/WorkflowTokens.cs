using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>
/// The moderation workflow's own identity: a bearer token of Microsoft Entra (RFC 7519), accepted only when issuer, audience and application
/// are all named in the settings and all match. Without these settings no bearer token is accepted.
/// </summary>
public sealed partial class WorkflowTokens
{
    private const int Longest = 8 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };
    private readonly WorkflowOptions _options;
    private readonly IConfigurationManager<OpenIdConnectConfiguration>? _issuer;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkflowTokens> _logger;

    public WorkflowTokens(IOptions<HubOptions> options, IHttpClientFactory http, TimeProvider time, ILogger<WorkflowTokens> logger)
        : this(options.Value.Workflow, options.Value.Workflow.IsSet ? Issuer(options.Value.Workflow, http) : null, time, logger)
    {
    }

    internal WorkflowTokens(WorkflowOptions options, IConfigurationManager<OpenIdConnectConfiguration>? issuer, TimeProvider time, ILogger<WorkflowTokens> logger) =>
        (_options, _issuer, _time, _logger) = (options, issuer, time, logger);

    /// <summary>The workflow as a caller, or null when the token is not its own, valid and current.</summary>
    public async ValueTask<Caller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (_issuer is null || token.Length > Longest)
            return null;
        OpenIdConnectConfiguration issuer;
        try
        {
            issuer = await _issuer.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            Log.NoIssuer(_logger, e);
            return null;
        }
        var result = await _handler.ValidateTokenAsync(token, Parameters(issuer));
        if (result is { IsValid: false, Exception: SecurityTokenSignatureKeyNotFoundException })
            _issuer.RequestRefresh();
        return result.IsValid && IsOurs((JsonWebToken)result.SecurityToken)
            ? new Caller($"workflow:{_options.Application}", "workflow", Role.Moderator) { IsWorkflow = true }
            : null;
    }

    private TokenValidationParameters Parameters(OpenIdConnectConfiguration issuer) => new()
    {
        ValidIssuer = _options.Issuer,
        ValidAudience = _options.Audience,
        IssuerSigningKeys = issuer.SigningKeys,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
    };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && (notBefore is null || now > notBefore - ClockSkew);
    }

    // v1 tokens name the application in appid, v2 tokens in azp.
    private bool IsOurs(JsonWebToken token) =>
        (token.TryGetPayloadValue<string>("appid", out var application) || token.TryGetPayloadValue("azp", out application))
        && string.Equals(application, _options.Application, StringComparison.OrdinalIgnoreCase);

    private static ConfigurationManager<OpenIdConnectConfiguration> Issuer(WorkflowOptions options, IHttpClientFactory http)
    {
        var metadata = options.Metadata.Length > 0 ? options.Metadata : options.Issuer.TrimEnd('/') + "/.well-known/openid-configuration";
        return new(metadata, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http.CreateClient(nameof(WorkflowTokens))) { RequireHttps = true });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The keys of the workflow's token issuer cannot be read now; its tokens are refused until they can.")]
        public static partial void NoIssuer(ILogger logger, Exception exception);
    }
}
