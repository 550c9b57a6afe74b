namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>A disguised word in a sentence about somebody.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Plain">The same with the word as dictionaries write it.</param>
/// <param name="Word">The word as dictionaries write it.</param>
/// <param name="Written">The word as it stands in <paramref name="Text"/>.</param>
/// <param name="Kinds">The disguises, one to three.</param>
/// <param name="IsControl">True: the word is harmless.</param>
public sealed record DisguisedText(string Text, string Plain, string Word, string Written, IReadOnlyList<DisguiseKind> Kinds, bool IsControl);
