using System.Net;
using SocialHub.Tests.Access;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Publishing;

/// <summary>Times as clients write them.</summary>
public sealed class PublicationTimesTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("run", "thorough")]
    public async Task A_time_without_its_offset_would_be_another_one_on_another_machine_and_is_refused_in_words()
    {
        await using var hub = await RunningHub.StartAsync(azurite, HubJson.Whole);
        var headers = new[] { ("x-hub-key", RunningHub.KeyOf("editor")), ("Idempotency-Key", "key-of-the-request"), ("If-Match", "*") };
        var ahead = TimeProvider.System.GetUtcNow().AddDays(2);
        foreach (var member in new[] { "at", "publishBy" })
        {
            foreach (var time in new[] { $"{ahead.UtcDateTime:yyyy-MM-ddTHH:mm:ss}", $"{ahead.UtcDateTime:yyyy-MM-dd}", "soon" })
            {
                foreach (var (route, more) in new[] { ("POST api/v1/publications", "\"accounts\":[\"mastodon\"],\"text\":\"Bonjour\","), ("PUT api/v1/publications/{id}", "") })
                {
                    using var refused = await hub.SendAsync(route, $$"""{{{more}}"{{member}}":"{{time}}"}""", headers);
                    var words = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, $"{route} {member} {time}: {words}");
                    Assert.Contains($"$.{member}", words, StringComparison.Ordinal);
                    Assert.Contains("2027-01-31T08:00:00Z", words, StringComparison.Ordinal);
                }
            }

            foreach (var time in new[] { $"\"{ahead.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\"", $"\"{ahead.UtcDateTime:yyyy-MM-ddTHH:mm:ss}+02:00\"", "null" })
            {
                using var taken = await hub.SendAsync("POST api/v1/publications", $$"""{"accounts":["mastodon"],"text":"Bonjour","{{member}}":{{time}}}""", headers[0], ("Idempotency-Key", $"key-of-{member}-{time}".Replace("\"", "", StringComparison.Ordinal)));
                Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
            }
        }
    }
}
