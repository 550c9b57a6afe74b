using System.Net;
using System.Text.Json;
using SocialHub.Comments;
using SocialHub.Moderation.Decisions;
using SocialHub.Tests.Access;

namespace SocialHub.Tests.Comments;

/// <summary>A mail address is asked for "to answer you": whoever moderates and signed in finds it, nobody else does.</summary>
public sealed class AnswerAddressTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Whoever_signed_in_may_answer_author_and_reader_and_a_link_tells_no_address()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite);
        var id = await hub.PublishedAsync("Bonjour");
        using var reported = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/reports", """{"reason":"Propos déplacés","email":"lise@exemple.fr"}""");
        Assert.Equal(HttpStatusCode.Created, reported.StatusCode);
        using var sent = await hub.WriteAsync(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["page"] = Town.Page, ["text"] = "Appelez-moi au 06 12 34 56 78", ["name"] = "Nadia", ["email"] = "nadia@exemple.fr", ["authorKey"] = CitizenHub.NewKey() }));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);

        string waiting;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        do
        {
            using var list = await hub.SendAsync(HttpMethod.Get, "api/v1/moderation/comments", null, ("x-hub-key", RunningHub.KeyOf("moderator")));
            waiting = await list.Content.ReadAsStringAsync(patience.Token);
            await Task.Delay(50, patience.Token);
        }
        while (!waiting.Contains("nadia@exemple.fr", StringComparison.Ordinal));
        var items = JsonDocument.Parse(waiting).RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["lise@exemple.fr"], items.Single(item => item.GetProperty("subject").GetString() == "report").GetProperty("noticeEmails").EnumerateArray().Select(email => email.GetString()));
        Assert.Equal("nadia@exemple.fr", items.Single(item => item.GetProperty("subject").GetString() == "comment").GetProperty("email").GetString());

        var entry = await hub.Get<ModerationList>().FindAsync(Town.Site, CommentId.Parse(id), DecisionSubject.Report, TestContext.Current.CancellationToken);
        var link = hub.Get<DecisionTokens>().Sign(hub.Get<ModerationCards>().TokenFor(entry!));
        using var seen = await hub.JsonAsync(HttpMethod.Post, "moderation/decide/view", JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = link }));
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.DoesNotContain("exemple.fr", await seen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
