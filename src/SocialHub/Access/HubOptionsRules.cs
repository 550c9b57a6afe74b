using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>What the settings of the process may be; a wrong one stops the start, named as the environment writes it.</summary>
internal sealed class HubOptionsRules : IValidateOptions<HubOptions>
{
    private const string Prefix = HubOptions.Section + "__";
    private const int ShortestKey = 32;

    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        var errors = HubKeys.Parse(options.HubKeys).Errors.Select(e => $"{Prefix}HubKeys: {e}").ToList();
        if (string.IsNullOrEmpty(options.SigningKey))
            errors.Add($"{Prefix}SigningKey is missing: write a secret of {ShortestKey} random characters or more, as of \"openssl rand -hex 32\", and keep it.");
        else if (options.SigningKey.Length < ShortestKey)
            errors.Add($"{Prefix}SigningKey is too short: write at least {ShortestKey} characters.");
        if (options.TrustedHops is < 0 or > 5)
            errors.Add($"{Prefix}TrustedHops: write 0 to 5, how many proxies stand before the hub.");
        if (options.ClientAddressHeader.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
            errors.Add($"{Prefix}ClientAddressHeader: write the name of one header, of letters, digits and hyphens, or nothing.");
        if (options.Publishing is not ("off" or "dry-run" or "on"))
            errors.Add($"{Prefix}Publishing: write off, dry-run or on.");
        if (options.PreviousSigningKey is { Length: > 0 and < ShortestKey })
            errors.Add($"{Prefix}PreviousSigningKey: at least {ShortestKey} characters, or nothing.");
        var workflow = options.Workflow;
        if (!workflow.IsSet && (workflow.Issuer + workflow.Audience + workflow.Application).Length > 0)
            errors.Add($"{Prefix}Workflow: write Issuer, Audience and Application, or none of the three.");
        foreach (var time in typeof(HubTimes).GetProperties().Where(p => p.PropertyType == typeof(TimeSpan) && (TimeSpan)p.GetValue(options.Times)! < TimeSpan.Zero))
            errors.Add($"{Prefix}Times__{time.Name}: write a length of time, not a negative one.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
