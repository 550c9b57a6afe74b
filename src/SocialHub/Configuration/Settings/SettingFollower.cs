namespace SocialHub.Configuration.Settings;

/// <summary>What has to be done before whoever changed a setting hears that it holds. Registered by the room that keeps something of it in its own store.</summary>
/// <param name="Setting">Name of the setting.</param>
/// <param name="FollowAsync">Called with everything that holds now, behind the write; where it fails, the change is there and its writer is told of the failure.</param>
public sealed record SettingFollower(string Setting, Func<TeamSettings, CancellationToken, Task> FollowAsync);
