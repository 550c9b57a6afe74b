using System.Runtime.InteropServices;

namespace SocialHub.Moderation.Text;

/// <summary>One word of a reading: a run of letters and digits, without its elided article (<c>l'</c>, <c>qu'</c>) and without <c>'s</c>.</summary>
/// <param name="Start">First character in the reading.</param>
/// <param name="End">One past the last.</param>
/// <param name="Sentence">Number of the sentence it stands in: a target does not reach across a full stop.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Word(int Start, int End, int Sentence);
