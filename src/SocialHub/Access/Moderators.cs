using Microsoft.Extensions.Options;
using SocialHub.Configuration;

namespace SocialHub.Access;

/// <summary>How many people moderate, as far as the hub can know: whom the team named to be told of what waits, and who holds a key to the desk.</summary>
/// <remarks>The platform does not say who could sign in. An administrator's key is IT's and counts for nobody.</remarks>
public sealed class Moderators(IOptions<HubOptions> options)
{
    private readonly int _keys = HubKeys.Parse(options.Value.HubKeys).Count(Role.Moderator, Role.Editor);

    /// <summary>True when somebody else can answer what one of them decided.</summary>
    /// <param name="named">How many people the team named.</param>
    /// <param name="isNamed">
    /// True where the one who decided is known by a link of their own or by a name. Else it is by the key that they signed in with, and where all share one
    /// nobody can be told from another.
    /// </param>
    public bool AreSeveral(int named, bool isNamed) => (isNamed || _keys != 1) && Math.Max(_keys, named) > 1;
}
