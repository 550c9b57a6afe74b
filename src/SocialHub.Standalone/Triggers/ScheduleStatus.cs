namespace SocialHub.Standalone.Triggers;

/// <summary>When a timer ran and will run, in UTC; the shape is that of the isolated worker.</summary>
public class ScheduleStatus
{
    /// <summary>Start of the last run; <see cref="DateTime.MinValue"/> before the first.</summary>
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
