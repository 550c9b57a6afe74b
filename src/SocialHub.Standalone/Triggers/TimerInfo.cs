namespace SocialHub.Standalone.Triggers;

/// <summary>What a timer function is told about its run; the shape is that of the isolated worker.</summary>
public class TimerInfo
{
    /// <summary>The recorded schedule before this run.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True when the run makes up for one that nobody was there for.</summary>
    public bool IsPastDue { get; set; }
}
