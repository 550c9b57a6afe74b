using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace SocialHub.Functions.Http;

/// <summary>What a caller accepts (RFC 9110, 12.5.3), read without an allocation: every GET of a visitor asks.</summary>
internal static class ContentCodings
{
    /// <summary>True when <paramref name="coding"/> is named, or <c>*</c> where it is not, with a weight above 0. What is malformed is not accepted.</summary>
    public static bool Accepts(StringValues acceptEncoding, string coding)
    {
        bool? any = null;
        foreach (var line in acceptEncoding)
        {
            foreach (var place in line.AsSpan().Split(','))
            {
                var one = line.AsSpan(place).Trim(" \t");
                var end = one.IndexOf(';');
                var name = (end < 0 ? one : one[..end]).TrimEnd(" \t");
                if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
                    return end < 0 || IsWanted(one[(end + 1)..]);
                if (name is "*")
                    any ??= end < 0 || IsWanted(one[(end + 1)..]);
            }
        }

        return any ?? false;
    }

    // A weight is 0 to 1 with at most three decimals; there is no other parameter.
    private static bool IsWanted(ReadOnlySpan<char> weight)
    {
        weight = weight.Trim(" \t");
        return weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase) && weight[2..] is { Length: > 0 and <= 5 } value
            && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1;
    }
}
