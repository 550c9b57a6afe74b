using Microsoft.Extensions.Configuration;
using SocialHub.Access;

namespace SocialHub.Tests.Access;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("MASTODON_TOKEN", "canary")]
    [InlineData("UNSET", null)]
    [InlineData("UNRESOLVED", null)]
    [InlineData("SocialHub:SigningKey", null)]
    [InlineData("mastodon_token", null)]
    [InlineData("", null)]
    public void Only_settings_named_like_a_secret_are_read(string name, string? value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MASTODON_TOKEN"] = " canary\n",
            ["UNRESOLVED"] = "@Microsoft.KeyVault(SecretUri=https://vault/secrets/a)",
            ["SocialHub:SigningKey"] = "never",
        }).Build();
        Assert.Equal(value, new Secrets(settings).Get(name));
    }
}
