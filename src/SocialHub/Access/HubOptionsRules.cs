using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>What annotations can't say of the process settings; a wrong one stops the start, naming the setting.</summary>
internal sealed class HubOptionsRules : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        var errors = HubKeys.Parse(options.HubKeys).Errors.Select(e => $"{HubOptions.Section}:HubKeys: {e}").ToList();
        if (options.Publishing is not ("off" or "dry-run" or "on"))
            errors.Add($"{HubOptions.Section}:Publishing: write off, dry-run or on.");
        if (options.PreviousSigningKey is { Length: > 0 and < 32 })
            errors.Add($"{HubOptions.Section}:PreviousSigningKey: at least 32 characters, or nothing.");
        var workflow = options.Workflow;
        if (!workflow.IsSet && (workflow.Issuer + workflow.Audience + workflow.Application).Length > 0)
            errors.Add($"{HubOptions.Section}:Workflow: write Issuer, Audience and Application, or none of the three.");
        foreach (var time in typeof(HubTimes).GetProperties().Where(p => p.PropertyType == typeof(TimeSpan) && (TimeSpan)p.GetValue(options.Times)! < TimeSpan.Zero))
            errors.Add($"{HubOptions.Section}:Times:{time.Name}: write a length of time, not a negative one.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
