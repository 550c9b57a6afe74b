using PhoneNumbers;

namespace SocialHub.Configuration;

/// <summary>Numbering plans (libphonenumber): whether a number exists, in one form.</summary>
internal static class PhonePlan
{
    // The national plan of ten digits covers France and the overseas departments, which have country codes of their own.
    private static readonly string?[] Regions = ["FR", "RE", "GP", "GF", "MQ", "YT"];

    private static readonly string?[] Abroad = [null];

    /// <summary>The number as E.164 writes it; null when no plan has it, or when it is a service's (0 800, 08 92, 3xxx), which is nobody's own.</summary>
    /// <param name="number">Digits as dialled in France, or a plus and digits.</param>
    /// <param name="services">True: a service's number is one, too.</param>
    public static string? Find(string number, bool services = false)
    {
        var plan = PhoneNumberUtil.GetInstance();
        // A number abroad needs no region.
        foreach (var region in number.StartsWith('+') ? Abroad : Regions)
        {
            try
            {
                var parsed = plan.Parse(number, region);
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
