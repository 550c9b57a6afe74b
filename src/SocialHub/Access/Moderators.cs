using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>How many people moderate, as far as the hub can know: whom the team named to be told of what waits, and who holds a key to the desk.</summary>
/// <remarks>The platform does not say who could sign in. An administrator's key is IT's and counts for nobody.</remarks>
public sealed class Moderators(IOptions<HubOptions> options)
{
    private readonly int _keys = HubKeys.Parse(options.Value.HubKeys).Count(Role.Moderator, Role.Editor);

    /// <summary>True when somebody else can answer what one of them decided.</summary>
    /// <param name="named">How many people the team named. Where all of them share one key nobody can be told from another, so the key alone counts.</param>
    public bool AreSeveral(int named) => _keys != 1 && Math.Max(_keys, named) > 1;
}
