using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Access;

/// <summary>An authoriser over settings that a test chooses.</summary>
internal sealed class Accesses
{
    public const string Key = "0123456789abcdef0123456789abcdef";
    public const string PublicAddress = "https://hub.saint-exemple.fr";

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero));

    public HubOptions Options { get; } = new() { SigningKey = new string('s', 32), HubKeys = Stored("desk", "moderator", Key) };

    public Dictionary<string, string?> Settings { get; } = [];

    public WorkflowTokens? Workflow { get; set; }

    public static string Stored(string name, string role, string key) => $"{name}:{role}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    public static Credentials With(string? key = null, string? bearer = null, string? principal = null, string? cookie = null) => new(key, bearer, principal, cookie);

    public Authoriser Authoriser()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var document = new FixedDocument($$"""{ "authority": { "name": "Saint-Exemple", "publicAddress": "{{PublicAddress}}" } }""");
        var source = new HubConfigurationSource(document, new FixedDocument(null), Time, options, NullLogger<HubConfigurationSource>.Instance);
        var workflow = Workflow ?? new WorkflowTokens(Options.Workflow, null, Time, NullLogger<WorkflowTokens>.Instance);
        return new Authoriser(options, new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), workflow, source, Time);
    }

    public async Task<Caller> IdentifyAsync(Credentials credentials) => await Authoriser().IdentifyAsync(credentials, CancellationToken.None);

    public async Task<ProblemKind?> RefusalAsync(Credentials credentials, Role role) => (await Authoriser().RequireAsync(credentials, role, CancellationToken.None)).Problem?.Kind;
}
