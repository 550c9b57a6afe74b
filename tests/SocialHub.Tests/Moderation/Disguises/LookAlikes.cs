using System.Collections.Frozen;
using System.Text;

namespace SocialHub.Tests.Moderation.Disguises;

/// <summary>
/// Letters of other scripts that a reader takes for a Latin letter, from the confusables of Unicode (UTS 39), without what
/// compatibility folding alone undoes. Three Greek and Cyrillic ones that UTS 39 does not list are here because people use them (ε, τ, к).
/// </summary>
internal static class LookAlikes
{
    /// <summary>By script; in each the Latin letter in lower case and what stands for it.</summary>
    public static IReadOnlyList<FrozenDictionary<char, string[]>> Scripts { get; } =
    [
        // Cyrillic
        Table("aаА bьВ cсС dԁ eеЕҽ gԌ hһН iіӏ jјЈ kкК lӀ mМ oоО pрР qԛ rг sѕЅ tТ vѵ wԝѡ xхХ yуүҮ"),
        // Greek
        Table("aαΑ bΒ eεΕ fϜ hΗ iι jϳ kκΚ lΙ mΜ nΝ oοΟσ pρΡ rᴦ tτΤ uυ vν xΧ yγΥ zΖ"),
        // Armenian
        Table("fք gց hհ nոռ oօՕ qգզ sՏ uսՍ wա"),
        // Cherokee
        Table("aᎪ bᏴᏏ cᏟꮯ dᎠᏧ eᎬ gᏀᏳ hᎻᏂ iᎥꭵ jᎫ kᏦ lᏞ mᎷ pᏢ rᎡꮁ sᏚꮪ tᎢ vᏙꮩ wᎳꮃ yᎩ zᏃꮓ"),
        // Lisu
        Table("aꓮ bꓐ cꓚ dꓓ eꓰ fꓝ gꓖ hꓧ jꓙ kꓗ lꓡꓲ mꓟ nꓠ oꓳ pꓑ rꓣ sꓢ tꓔ uꓴ vꓦ wꓪ xꓫ yꓬ zꓜ"),
        // Coptic
        Table("cⲥⲤ hⲎ kⲔ mⲘ nⲚ oⲟⲞ pⲣⲢ rⲅ tⲦ xⲬ yⲨ"),
        // Latin letters of other alphabets and of phonetics
        Table("aɑ cᴄ eꬲ fꞙ gɡ iıɪɩ lǀ oᴏ sꜱ uᴜʋ vᴠ wᴡ yʏ zᴢ"),
        // Osage and Deseret, beyond the basic plane
        Table("c𐐽𐐕 l𐐛 o𐓪𐐬 r𐒴 s𐑈 u𐓶"),
    ];

    private static FrozenDictionary<char, string[]> Table(string letters) =>
        letters.Split(' ').ToFrozenDictionary(entry => entry[0], entry => entry[1..].EnumerateRunes().Select((Rune rune) => rune.ToString()).ToArray());
}
