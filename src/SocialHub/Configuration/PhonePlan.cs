using System.Collections.Frozen;
using PhoneNumbers;

namespace SocialHub.Configuration;

/// <summary>Numbering plans (libphonenumber): whether a number exists, in one form.</summary>
internal static class PhonePlan
{
    // The national plan of ten digits covers France and the overseas departments, which have country codes of their own.
    private static readonly string?[] Regions = ["FR", "RE", "GP", "GF", "MQ", "YT"];

    private static readonly string?[] Abroad = [null];

    private static readonly string?[] Neighbours = ["BE", "CH", "LU", "DE", "ES", "IT", "MC", "GB"];

    private const int France = 33;
    private const int FictionDigits = 10_000;

    // Reserved for films and books by Arcep's numbering plan (décision 2018-0881, "numéros pour œuvres audiovisuelles"): 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49 and 06 39 98, each with four digits behind.
    // Nobody has one, and nobody can tell by looking: whoever tries a hub out writes one of them.
    private static readonly FrozenSet<ulong> Fiction = FrozenSet.ToFrozenSet<ulong>([19_900, 26_191, 35_301, 46_571, 53_649, 63_998]);

    /// <summary>The number as E.164 writes it; null when no plan has it, or when it is a service's (0 800, 08 92, 3xxx), which is nobody's own.</summary>
    /// <param name="number">Digits as dialled in France, or a plus and digits.</param>
    /// <param name="services">True: a service's number is one, too.</param>
    public static string? Find(string number, bool services = false) =>
        // A number abroad needs no region.
        Find(number, number.StartsWith('+') ? Abroad : Regions, services);

    /// <summary>The number as E.164 writes it, where it is dialled so in a country beside France; null when none of them has it, or when it is a service's.</summary>
    /// <param name="number">Digits as dialled there.</param>
    public static string? FindAtNeighbours(string number) => Find(number, Neighbours, services: false);

    private static string? Find(string number, string?[] regions, bool services)
    {
        var plan = PhoneNumberUtil.GetInstance();
        foreach (var region in regions)
        {
            try
            {
                var parsed = plan.Parse(number, region);
                if (parsed.CountryCode == France && Fiction.Contains(parsed.NationalNumber / FictionDigits)) return plan.Format(parsed, PhoneNumberFormat.E164);
                if (!plan.IsValidNumber(parsed)) continue;
                return services || plan.GetNumberType(parsed) is not (PhoneNumberType.TOLL_FREE or PhoneNumberType.SHARED_COST or PhoneNumberType.PREMIUM_RATE or PhoneNumberType.UAN)
                    ? plan.Format(parsed, PhoneNumberFormat.E164)
                    : null;
            }
            catch (NumberParseException)
            {
                return null;
            }
        }

        return null;
    }
}
