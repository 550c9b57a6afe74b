namespace SocialHub.Standalone.Triggers;

/// <summary>Marks the <see cref="TimerInfo"/> of a function that the clock calls, as <c>Microsoft.Azure.Functions.Worker.TimerTriggerAttribute</c> does on Azure.</summary>
/// <param name="schedule">Six fields of NCrontab (second first), in UTC; <c>%Name%</c> is replaced by that setting.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Always true here: without a recorded schedule a missed run would be lost.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Always false here: with scale-to-zero every request may be a start.</summary>
    public bool RunOnStartup { get; set; }
}
