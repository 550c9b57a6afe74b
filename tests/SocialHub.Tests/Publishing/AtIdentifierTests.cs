using CsCheck;
using SocialHub.Connections.Bluesky;

namespace SocialHub.Tests.Publishing;

public sealed class AtIdentifierTests
{
    private static readonly Dictionary<string, Func<string, bool>> Kinds = new(StringComparer.Ordinal)
    {
        ["tid"] = text => Tid.TryParse(text, out _),
        ["did"] = AtIdentifiers.IsDid,
        ["handle"] = AtIdentifiers.IsHandle,
        ["aturi"] = AtIdentifiers.IsUri,
        ["recordkey"] = AtIdentifiers.IsRecordKey,
        ["datetime"] = AtIdentifiers.IsDateTime,
        ["language"] = AtIdentifiers.IsLanguage,
    };

    [Theory]
    [InlineData("tid")]
    [InlineData("did")]
    [InlineData("handle")]
    [InlineData("aturi")]
    [InlineData("recordkey")]
    [InlineData("datetime")]
    [InlineData("language")]
    public void Every_published_case_is_judged_as_published(string kind)
    {
        var (valid, invalid) = (Vectors.AtProtocol(kind + "_valid.txt"), Vectors.AtProtocol(kind + "_invalid.txt"));
        Assert.NotEmpty(valid);
        Assert.Equal([], valid.Where(text => !Kinds[kind](text)));
        Assert.Equal([], invalid.Where(Kinds[kind]));
    }

    [Fact]
    public void What_is_well_formed_and_what_has_a_slip_is_judged_as_the_protocols_own_library_judges_it()
    {
        var cases = Vectors.Oracle("identifiers.json").Select(c => (Kind: c.GetProperty("kind").GetString()!, Text: c.GetProperty("text").GetString()!, IsValid: c.GetProperty("valid").GetBoolean())).ToList();
        Assert.Equal(Kinds.Keys.Order(StringComparer.Ordinal), cases.Select(c => c.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal([], cases.Where(c => Kinds[c.Kind](c.Text) != c.IsValid).Select(c => $"{c.Kind} \"{c.Text}\": {(c.IsValid ? "valid" : "invalid")}"));
    }

    [Fact]
    public void A_tid_says_when_it_was_made_and_sorts_by_it()
    {
        var moment = Gen.Long[0, 4_000_000_000_000_000].Select(us => DateTimeOffset.UnixEpoch.AddMicroseconds(us));
        Gen.Select(moment, Gen.Int[0, 1023], moment, Gen.Int[0, 1023]).Sample((a, clockA, b, clockB) =>
        {
            var (first, second) = (Tid.Of(a, clockA), Tid.Of(b, clockB));
            return Tid.TryParse(first.ToString(), out var read) && read == first && read.At == a && read.ClockId == clockA
                && Math.Sign(string.CompareOrdinal(first.ToString(), second.ToString())) == Math.Sign((a, clockA).CompareTo((b, clockB)));
        });
    }

    [Fact]
    public void Moments_in_records_are_of_the_form_that_the_protocol_wants() =>
        Gen.Long[0, 4_000_000_000_000].Sample(ms => AtIdentifiers.IsDateTime(AtIdentifiers.DateTime(DateTimeOffset.FromUnixTimeMilliseconds(ms))));
}
