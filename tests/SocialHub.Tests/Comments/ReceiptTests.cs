using System.Net;
using System.Text.Json;

namespace SocialHub.Tests.Comments;

/// <summary>What an author is given, with and without script.</summary>
public sealed class ReceiptTests(AzuriteFixture azurite)
{
    private static readonly (string, string)[] Whole = [("page", Town.Page), ("text", "La piste cyclable est belle."), ("name", "Camille")];

    [Fact]
    public async Task A_form_sent_twice_gets_the_state_again_but_neither_the_code_nor_the_text()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-priori", isTwo: true);
        using var first = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        var code = (await first.Content.ReadAsStringAsync()).Split("<code>")[1].Split("</code>")[0];
        Assert.Equal(22, code.Length);
        using var again = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        var page = WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("Votre commentaire est bien reçu.", page, StringComparison.Ordinal);
        Assert.Contains("n’est enregistré qu’une fois", page, StringComparison.Ordinal);
        Assert.DoesNotContain(code, page, StringComparison.Ordinal);
        Assert.DoesNotContain("piste cyclable", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_whose_change_waits_sees_the_proposed_text_with_its_revision_and_edits_on_from_there()
    {
        const string Key = "AAAAAAAAAAAAAAAAAAAAAA";
        await using var hub = await CitizenHub.OpenAsync(azurite, policy: "a-posteriori");
        var id = await hub.PublishedAsync("Texte public", Key);
        using var edited = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Appelez Jean au 06 12 34 56 78","revision":0}""", ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.Accepted, edited.StatusCode);
        using var view = await hub.SendAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/view", null, ("Author-Key", Key));
        var seen = JsonDocument.Parse(await view.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("Appelez Jean au 06 12 34 56 78", 1), (seen.GetProperty("text").GetString(), seen.GetProperty("revision").GetInt32()));
        Assert.Contains("Texte public", seen.GetProperty("html").GetString(), StringComparison.Ordinal);
        using var again = await hub.JsonAsync(HttpMethod.Post, $"{CitizenHub.Comments}/{id}/edit", """{"text":"Appelez-moi au 06 12 34 56 78","revision":1}""", ("Author-Key", Key));
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    [Theory]
    [InlineData("fr", "Voir mes données", "Tout effacer ?", "en cours d’effacement")]
    [InlineData("en", "See my data", "Erase everything?", "is being erased")]
    public async Task From_the_receipt_an_author_without_script_reads_takes_along_and_after_a_confirmation_erases_everything(string language, string see, string asked, string erasing)
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, language, "a-priori");
        using var sent = await hub.FormAsync(CitizenHub.Comments, Town.Origin, Whole);
        var receipt = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync());
        var code = receipt.Split("<code>")[1].Split("</code>")[0];
        Assert.Contains(see, receipt, StringComparison.Ordinal);
        const string Author = $"api/v1/sites/{Town.Site}/author";
        Assert.Contains($"action=\"/{Author}/export\"", receipt, StringComparison.Ordinal);
        Assert.Contains($"action=\"/{Author}/erase\"", receipt, StringComparison.Ordinal);

        using var page = await hub.FormAsync($"{Author}/export", "https://hub.example", ("authorKey", code));
        Assert.Contains("piste cyclable", await ReadAsync(page, "text/html"), StringComparison.Ordinal);
        using var file = await hub.FormAsync($"{Author}/export", "https://hub.example", ("authorKey", code), ("format", "json"));
        Assert.Equal(("attachment", "ville.json"), (file.Content.Headers.ContentDisposition?.DispositionType, file.Content.Headers.ContentDisposition?.FileName));
        Assert.Contains("piste cyclable", await ReadAsync(file, "application/json"), StringComparison.Ordinal);

        using var first = await hub.FormAsync($"{Author}/erase", "https://hub.example", ("authorKey", code));
        Assert.Contains(asked, await ReadAsync(first, "text/html"), StringComparison.Ordinal);
        using var still = await hub.FormAsync($"{Author}/export", "https://hub.example", ("authorKey", code));
        Assert.Contains("piste cyclable", await ReadAsync(still, "text/html"), StringComparison.Ordinal);
        using var second = await hub.FormAsync($"{Author}/erase", "https://hub.example", ("authorKey", code), ("confirm", "yes"));
        Assert.Contains(erasing, await ReadAsync(second, "text/html"), StringComparison.Ordinal);
        using var late = await hub.FormAsync(CitizenHub.Comments, Town.Origin, [("page", Town.Page), ("text", "Encore"), ("name", "Camille"), ("authorKey", code)]);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, string type)
    {
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_same_JSON_sent_twice_without_a_key_is_a_replay_without_the_author_key()
    {
        await using var hub = await CitizenHub.OpenAsync(azurite, isTwo: true);
        var body = JsonSerializer.Serialize(Whole.ToDictionary());
        using var first = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, body);
        using var again = await hub.JsonAsync(HttpMethod.Post, CitizenHub.Comments, body);
        var (one, two) = (JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement, JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(one.GetProperty("id").GetString(), two.GetProperty("id").GetString());
        Assert.Equal(22, one.GetProperty("authorKey").GetString()!.Length);
        Assert.True(two.TryGetProperty("state", out _));
        Assert.False(two.TryGetProperty("authorKey", out _));
    }
}
