using System.Runtime.InteropServices;

namespace SocialHub.Moderation.Rules;

/// <summary>A web address met in a field.</summary>
/// <param name="Field">Where it stands.</param>
/// <param name="Start">First character in the plain reading.</param>
/// <param name="End">One past the last.</param>
/// <param name="Host">ASCII, lower case; null when it is no valid host name.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Link(FieldReading Field, int Start, int End, string? Host);
