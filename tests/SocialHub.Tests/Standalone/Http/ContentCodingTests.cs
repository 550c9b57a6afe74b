using CsCheck;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SocialHub.Functions.Http;

namespace SocialHub.Tests.Standalone.Http;

public sealed class ContentCodingTests
{
    private static readonly Gen<string> Coding = Gen.Select(
        Gen.OneOf("br", "gzip", "BR", "GZip", "deflate", "identity", "*", "zstd"),
        Gen.OneOf("", ";q=0", ";q=0.0", ";q=0.000", ";q=1", ";q=1.0", ";q=0.5", "; q=0.001", " ; q=0", ";Q=0.3"),
        (name, weight) => name + weight);

    [Fact]
    public void It_reads_what_the_frameworks_own_parser_reads() =>
        Gen.Select(Coding.Array[0, 5], Gen.OneOf(",", ", ", " , "), Gen.Bool).Sample((codings, comma, two) =>
        {
            var header = codings.Length == 0 ? StringValues.Empty
                : two && codings.Length > 1 ? new StringValues([codings[0], string.Join(comma, codings[1..])])
                : new StringValues(string.Join(comma, codings));
            return new[] { "br", "gzip" }.All(coding => ContentCodings.Accepts(header, coding) == Framework(header, coding));
        });

    [Theory]
    [InlineData("")]
    [InlineData(",,;,")]
    [InlineData("br;q=x")]
    [InlineData("br;q=")]
    [InlineData("br;level=11")]
    [InlineData("brotli, xbr")]
    public void What_is_malformed_or_another_coding_is_not_accepted(string header) => Assert.False(ContentCodings.Accepts(header, "br"));

    private static bool Framework(StringValues header, string coding)
    {
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header!, out var accepted))
            return false;
        var named = accepted.FirstOrDefault(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(one => one.Value.Equals("*", StringComparison.Ordinal));
        return named is not null && named.Quality is null or > 0;
    }
}
