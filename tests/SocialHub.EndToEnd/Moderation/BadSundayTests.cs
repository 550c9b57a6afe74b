using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using SocialHub.EndToEnd.Browser;
using SocialHub.Tests;
using static Microsoft.Playwright.Assertions;

namespace SocialHub.EndToEnd.Moderation;

/// <summary>A debate that degenerates on a Sunday evening, from the first insult to Monday's reopening.</summary>
[Trait("run", "thorough")]
public sealed class BadSundayTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Turned = "Une discussion dérape";
    private const string Threatened = "Une menace a été écrite";
    private const string Again = "Une menace attend toujours une décision (rappel)";
    private const string Reopened = "Une page en attente vient de rouvrir";
    private const string Comments = "Commentaires et dossier de preuves";
    private static readonly string[] Insults = ["Quel connard, ce maire.", "Bande de connards.", "Vous êtes tous des abrutis à la mairie."];
    private static readonly string[] Calm = ["Et si on parlait du budget de la piscine ?", "Les horaires d’été n’arrangent personne.", "Le vestiaire des enfants est trop petit.", "Merci aux maîtres-nageurs, quand même."];

    /// <summary>20:00 in Saint-Exemple.</summary>
    private static DateTimeOffset Evening { get; } = new(2026, 11, 29, 19, 0, 0, TimeSpan.Zero);

    /// <summary>08:30, when the first of the weekdays begins.</summary>
    private static DateTimeOffset Morning { get; } = new(2026, 11, 30, 7, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Insults_on_a_Sunday_evening_a_tap_a_threat_in_the_night_and_Monday_finds_everything()
    {
        await using var town = await ModeratedTown.OpenAsync(azurite, Evening);
        var market = town.Pages.Open("/marche", "Le marché de Noël");
        var pool = town.Pages.Open("/piscine", "La piscine ferme");
        var before = await town.JudgedAsync(pool, "Pourquoi fermer la piscine en plein hiver ?");
        Assert.Contains(before.Id, await town.PublicAsync(pool));

        // Two insults are a bad evening, the third one within half an hour is a debate that turns.
        var insults = new List<Written>();
        foreach (var text in Insults)
        {
            Assert.DoesNotContain(town.Cards, card => card.Lines.Contains(Turned));
            await town.MoveAsync(TimeSpan.FromMinutes(8));
            insults.Add(await town.JudgedAsync(pool, text));
        }

        var told = await AboutDebateAsync(town, Turned);
        Assert.Equal([ModeratedTown.Weekend], told.Mentioned);
        Assert.Contains("3 commentaires arrêtés par les règles en 30 minutes.", told.Lines);
        Assert.Contains(told.Lines, line => line.Contains("La piscine ferme", StringComparison.Ordinal));
        Assert.Contains(told.Lines, line => line.Contains("17", StringComparison.Ordinal) && line.Contains("Police", StringComparison.Ordinal));
        Assert.Equal(["Mettre en attente…", "Fermer…", "Laisser…", Comments], told.Buttons.Keys.Take(4));
        Assert.All(Insults, text => Assert.DoesNotContain(text, told.Text, StringComparison.Ordinal));
        var mail = Assert.Single(await town.MailsAsync(ModeratedTown.Weekend, Turned));
        Assert.All(["hold", "close", "leave"], choice => Assert.Contains($"&d={choice}", mail.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain(town.Mail.Received, other => other.To.Mailboxes.Any(box => box.Address == ModeratedTown.Weekdays));
        Assert.Equal("thread", (await town.OpenLinkAsync(town.Anybody, told)).GetProperty("subject").GetString());

        // One tap: everything waits until the team is there, and readers are told.
        await town.MoveAsync(TimeSpan.FromMinutes(2));
        var held = await ModeratedTown.DecideAsync(town.Anybody, told, "hold", by: "Alix Bernard");
        Assert.Equal((HttpStatusCode.OK, "held", Morning), (held.Status, held.Json().GetProperty("state").GetString(), held.Json().GetProperty("heldUntil").GetDateTimeOffset()));
        var late = await ModeratedTown.DecideAsync(town.Anybody, told, "close", by: "Camille Durand");
        Assert.Equal((HttpStatusCode.Conflict, "Alix Bernard", "hold"), (late.Status, late.Json().GetProperty("decidedBy").GetString(), late.Json().GetProperty("choice").GetString()));
        await Patience.UntilAsync("readers are told", async () => (await town.ThreadAsync(pool)).TryGetProperty("heldUntil", out _));
        var thread = await town.ThreadAsync(pool);
        Assert.Equal(("Les nouveaux commentaires de cette page sont mis en attente jusqu’au 30 novembre 2026 à 08:30, puis lus avant d’être publiés. Vous pouvez continuer à écrire : rien n’est perdu.", true), (thread.GetProperty("notice").GetString(), thread.GetProperty("open").GetBoolean()));
        foreach (var form in new[] { "html", "rss" })
            Assert.Contains("mis en attente jusqu’au 30 novembre 2026", WebUtility.HtmlDecode((await town.Anybody.GetAsync($"{ModeratedTown.Comments}.{form}?page={Uri.EscapeDataString(pool)}")).Body), StringComparison.Ordinal);

        // Nobody loses the floor, and the next page knows nothing of it.
        var calm = new List<Written>();
        foreach (var text in Calm)
        {
            await town.MoveAsync(TimeSpan.FromMinutes(3));
            calm.Add(await town.JudgedAsync(pool, text));
            Assert.Equal("held", (await town.ViewAsync(calm[^1])).GetProperty("state").GetString());
        }

        var elsewhere = await town.JudgedAsync(market, "Les chalets ouvrent à quelle heure ?");
        await Patience.UntilAsync("the next page goes on", async () => (await town.PublicAsync(market)).Contains(elsewhere.Id));
        Assert.False((await town.ThreadAsync(market)).TryGetProperty("notice", out _));
        Assert.Equal([before.Id], await town.PublicAsync(pool));

        // Ten threats in the night are one alarm: nobody is on duty, so everybody has it. Nobody answers, and it rings again.
        await town.MoveToAsync(Morning.AddHours(-6));
        var threats = new List<Written>();
        foreach (var number in Enumerable.Range(1, 10))
        {
            await town.MoveAsync(TimeSpan.FromMinutes(5));
            threats.Add(await town.JudgedAsync(pool, $"Je vais te tuer, monsieur le maire, et je l’ai déjà dit {number.ToString(CultureInfo.InvariantCulture)} fois."));
        }

        await town.RestAsync();
        var alarm = await AboutDebateAsync(town, Threatened);
        Assert.Equal([ModeratedTown.Weekend, ModeratedTown.Weekdays], alarm.Mentioned.Order(StringComparer.Ordinal));
        Assert.Contains(alarm.Lines, line => line.Contains("La page est déjà en attente jusqu’au 30 novembre 2026 à 08:30", StringComparison.Ordinal));
        foreach (var person in new[] { ModeratedTown.Weekend, ModeratedTown.Weekdays })
            await town.MailsAsync(person, Threatened);
        Assert.Single(town.Cards, card => card.Lines.Contains(Turned));
        Assert.Equal([before.Id], await town.PublicAsync(pool));
        var again = await AboutDebateAsync(town, Again);
        Assert.Equal((alarm.Token!.Id, alarm.Token.Round), (again.Token!.Id, again.Token.Round));
        foreach (var person in new[] { ModeratedTown.Weekend, ModeratedTown.Weekdays })
            await town.MailsAsync(person, Again);

        // The file for the complaint, from where the card leads to: every text, its time, and hashes that somebody else comes to, too.
        var key = alarm.Token!.Id;
        var file = await EvidenceAsync(town, alarm.Buttons[Comments]);
        HoldsEverything(file, [before, .. insults, .. calm, .. threats], ["Pourquoi fermer la piscine en plein hiver ?", .. Insults, .. Calm]);

        // Monday: a moment before it is still held, then it is open by itself, and the team is told what waits.
        await town.MoveToAsync(Morning.AddSeconds(-20));
        Assert.True((await town.ThreadAsync(pool)).TryGetProperty("heldUntil", out _));
        Assert.DoesNotContain(town.Cards, card => card.Lines.Contains(Reopened));
        await town.MoveToAsync(Morning.AddSeconds(1));
        var reopened = await AboutDebateAsync(town, Reopened);
        Assert.Null(reopened.Token);
        Assert.Contains("14 textes écrits entre-temps attendent une décision.", reopened.Lines);
        Assert.Equal($"{town.Address.GetLeftPart(UriPartial.Authority)}/moderation#thread={ModeratedTown.Site}.{key}", reopened.Buttons["Voir ce qui attend, et le dossier de preuves"]);
        await Patience.UntilAsync("no notice is left", async () => !(await town.ThreadAsync(pool)).TryGetProperty("notice", out _));
        var fresh = await town.JudgedAsync(pool, "Bonne semaine à toutes et à tous.");
        await Patience.UntilAsync("what is written now is public at once", async () => (await town.PublicAsync(pool)).Contains(fresh.Id));

        // Nobody has answered the alarm of the night: what the card leads to still has the choice, and the file for the complaint.
        Assert.Equal(["hold", "close", "leave"], (await town.OpenLinkAsync(town.Anybody, alarm)).GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()));
        var monday = await EvidenceAsync(town, reopened.Buttons["Voir ce qui attend, et le dossier de preuves"]);
        HoldsEverything(monday, [before, .. insults, .. calm, .. threats, fresh], ["Pourquoi fermer la piscine en plein hiver ?", .. Insults, .. Calm, "Bonne semaine à toutes et à tous."], Morning.AddHours(1));

        // What was held meanwhile is all there, and is decided by people whose names are known.
        var waiting = await WaitingAsync(town, key);
        Assert.Equal(insults.Concat(calm).Concat(threats).Select(written => written.Id).Order(StringComparer.Ordinal), waiting.Select(item => item.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        foreach (var item in waiting)
        {
            var id = item.GetProperty("id").GetString()!;
            var (decision, reason) = calm.Any(written => written.Id == id) ? ("publish", null) : ("reject", threats.Any(written => written.Id == id) ? "threat" : "insult");
            var body = new { decision, reason, subject = "comment", revision = item.GetProperty("revision").GetInt32(), round = item.GetProperty("round").GetInt32() };
            var decided = await (decision == "publish" ? town.Alix : town.Dominique).PostAsync($"/api/v1/moderation/comments/{ModeratedTown.Site}/{id}/decision", body);
            Assert.True(decided.Ok, decided.Body);
        }

        Assert.Empty(await WaitingAsync(town, key));
        await Patience.UntilAsync("readers have the calm voices of the evening", async () => (await town.PublicAsync(pool)).Count == 6);
        Assert.Equal([before.Id, .. calm.Select(written => written.Id), fresh.Id], await town.PublicAsync(pool));
        await town.MoveAsync(TimeSpan.FromSeconds(61));
        await town.MailsAsync(calm[0].Email, "Votre commentaire est publié");
        await town.MailsAsync(threats[0].Email, "Votre commentaire n’est pas publié");

        // Who did what, in the log and in the counts.
        var left = await ModeratedTown.DecideAsync(town.Anybody, alarm, "leave", by: "Camille Durand");
        Assert.True(left.Ok, left.Body);
        var log = JsonDocument.Parse((await EvidenceAsync(town, alarm.Buttons[Comments], isAnswered: true)).Content).RootElement.GetProperty("log").EnumerateArray().ToList();
        Assert.Equal(
            ["turned by rules: held", "held by Alix Bernard", "turned by rules: threat", "repeated by clock: 1", $"evidence by dominique: sha256 {file.Digest}", "repeated by clock: 2", "released by clock", $"evidence by dominique: sha256 {monday.Digest}", "left by Camille Durand"],
            log.Where(step => Text(step, "what") is "turned" or "held" or "repeated" or "evidence" or "released" or "left").Select(step => $"{Text(step, "what")} by {Text(step, "who")}{(step.TryGetProperty("why", out var why) ? $": {why.GetString()}" : "")}"));
        Assert.True(log.Single(step => Text(step, "what") == "held").GetProperty("declared").GetBoolean());
        Assert.Equal("alix", Text((await town.HistoryAsync(calm[0].Id)).Single(step => Text(step, "what") == "published"), "who"));
        Assert.Equal("dominique", Text((await town.HistoryAsync(insults[0].Id)).Single(step => Text(step, "what") == "rejected"), "who"));
        var counts = await town.CountsAsync();
        Assert.Equal((20, 7, 3, 10, 13, 0), (counts["received"], counts["published"], counts.Refused("insult"), counts.Refused("threat"), counts.AllRefused, counts["refusedByRules"]));
    }

    [Fact]
    public async Task On_a_telephone_the_link_of_the_mail_holds_the_page_and_a_reader_of_it_sees_why_and_goes_on_writing()
    {
        await using var town = await ModeratedTown.OpenAsync(azurite, Evening);
        var hub = town.Address.GetLeftPart(UriPartial.Authority);
        var pool = town.Pages.Page("/piscine", "La piscine ferme", $"<comment-thread site=\"{ModeratedTown.Site}\"></comment-thread>", $"<meta name=\"viewport\" content=\"width=device-width\"><script src=\"{hub}/widgets/v1.js\" defer></script>");
        foreach (var text in Insults)
            await town.JudgedAsync(pool, text);
        var mail = Assert.Single(await town.MailsAsync(ModeratedTown.Weekend, Turned));
        var link = mail.TextBody!.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Single(word => word.EndsWith("&d=hold", StringComparison.Ordinal));

        await using var phone = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "Europe/Paris", ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        await phone.Page.Clock.SetFixedTimeAsync(town.Clock.GetUtcNow().UtcDateTime);
        await phone.Page.GotoAsync(link);
        // The button of the mail is made ready, never done.
        await Expect(phone.Page.GetByText("Tout nouveau commentaire attendra jusqu’au 30 novembre 2026 à 08:30")).ToBeVisibleAsync();
        Assert.False((await town.ThreadAsync(pool)).TryGetProperty("heldUntil", out _));
        await phone.NoAccessibilityViolation("made ready");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).TapAsync();
        foreach (var name in new[] { "Mettre la page en attente", "Fermer la page", "Laisser comme c’est" })
        {
            await Expect(Button(phone, name)).ToBeVisibleAsync();
            await Expect(Button(phone, name)).ToBeInViewportAsync();
            // WCAG 2.5.5: a thumb finds it.
            Assert.True((await Button(phone, name).BoundingBoxAsync())!.Height >= 44, name);
        }

        await Expect(phone.Page.GetByText("3 commentaires arrêtés par les règles en 30 minutes.")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("3 textes attendent")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("Lisez les derniers commentaires de la page avant de choisir")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Link, new() { Name = "17" })).ToHaveAttributeAsync("href", "tel:17");
        await phone.Page.GetByText("Rappel des règles", new() { Exact = true }).TapAsync();
        await Expect(phone.Page.GetByText("Ce sujet vous tient à cœur")).ToBeVisibleAsync();
        await phone.NoAccessibilityViolation("three choices");
        await phone.NoSidewaysScroll("three choices");

        await Button(phone, "Mettre la page en attente").TapAsync();
        await Button(phone, "Oui, mettre en attente").TapAsync();
        await phone.Page.GetByLabel("Votre nom").FillAsync("Alix Bernard");
        await Button(phone, "Oui, mettre en attente").TapAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Page en attente jusqu’au 30 novembre 2026 à 08:30 par Alix Bernard");
        // Where the eye is, not under the playbook.
        await Expect(phone.Page.GetByRole(AriaRole.Status)).ToBeInViewportAsync();
        await phone.NoAccessibilityViolation("held");
        await phone.NoSidewaysScroll("held");
        Assert.Empty(phone.Errors);
        Assert.Empty(phone.Refusals);

        await Patience.UntilAsync("readers are told", async () => (await town.ThreadAsync(pool)).TryGetProperty("notice", out _));
        await using var reader = await chromium.Visit(new() { Locale = "fr-FR", ViewportSize = new() { Width = 390, Height = 844 } });
        await reader.Page.GotoAsync(pool);
        await Expect(reader.Page.GetByText("Les nouveaux commentaires de cette page sont mis en attente jusqu’au 30 novembre 2026 à 08:30")).ToBeVisibleAsync();
        await reader.NoAccessibilityViolation("notice");
        await reader.NoSidewaysScroll("notice");
        await reader.Page.GetByLabel("Votre commentaire").FillAsync("Restons calmes, la piscine rouvrira.");
        await reader.Page.GetByLabel("Nom ou pseudonyme").FillAsync("Noor");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Patience.UntilAsync("it waits for Monday", async () => (await town.Alix.GetAsync("/api/v1/moderation/comments")).Body.Contains("Restons calmes", StringComparison.Ordinal));
        Assert.Empty(await town.PublicAsync(pool));

        await town.MoveToAsync(Morning.AddSeconds(1));
        await AboutDebateAsync(town, Reopened);
        await Patience.UntilAsync("no notice is left", async () => !(await town.ThreadAsync(pool)).TryGetProperty("notice", out _));
        // A browser keeps the thread for fifteen seconds, and this night took less.
        await using var monday = await chromium.Visit(new() { Locale = "fr-FR", ViewportSize = new() { Width = 390, Height = 844 } });
        await monday.Page.GotoAsync(pool);
        await Expect(monday.Page.GetByLabel("Votre commentaire")).ToBeVisibleAsync();
        await Expect(monday.Page.GetByText("mis en attente")).ToHaveCountAsync(0);
        Assert.Empty(reader.Errors);
    }

    private static ILocator Button(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name });

    // The one card of that heading.
    private static async Task<TeamCard> AboutDebateAsync(ModeratedTown town, string heading)
    {
        await Patience.UntilAsync($"the channel has « {heading} »", () => town.Cards.Any(card => card.Lines.Contains(heading)));
        return Assert.Single(town.Cards, card => card.Lines.Contains(heading));
    }

    private static async Task<IReadOnlyList<JsonElement>> WaitingAsync(ModeratedTown town, string key)
    {
        List<JsonElement> items = [];
        string? next = null;
        do
        {
            var page = await town.Alix.GetAsync($"/api/v1/moderation/comments?thread={ModeratedTown.Site}.{key}{(next is null ? "" : $"&after={next}")}");
            Assert.True(page.Ok, page.Body);
            items.AddRange(page.Json().GetProperty("items").EnumerateArray());
            next = page.Json().TryGetProperty("next", out var more) ? more.GetString() : null;
        }
        while (next is not null);
        return items;
    }

    // As Dominique takes it: from the page that a card leads to, behind a sign-in, to the byte.
    private async Task<(byte[] Content, string Digest)> EvidenceAsync(ModeratedTown town, string link, bool isAnswered = false)
    {
        await using var desk = await chromium.Visit(new() { Locale = "fr-FR", TimezoneId = "Europe/Paris", AcceptDownloads = true });
        await desk.Page.Clock.SetFixedTimeAsync(town.Clock.GetUtcNow().UtcDateTime);
        await desk.Page.GotoAsync(link);
        await desk.Page.GetByLabel("Clé du hub").FillAsync(ModeratedTown.KeyOf("dominique"));
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Entrer" }).ClickAsync();
        if (isAnswered)
            await desk.Page.GetByText("1 discussion laissée ou page fermée").ClickAsync();
        var download = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Page.GetByRole(AriaRole.Button, new() { Name = "Dossier de preuves (JSON)" }).ClickAsync());
        var content = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.Empty(desk.Refusals);
        return (content, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    // By what the file itself says of its hashes.
    private static void HoldsEverything((byte[] Content, string Digest) file, IReadOnlyList<Written> written, IReadOnlyList<string> texts, DateTimeOffset? until = null)
    {
        var evidence = JsonDocument.Parse(file.Content).RootElement;
        Assert.Equal(("Ville de Saint-Exemple", "dominique"), (Text(evidence, "authority"), Text(evidence, "madeBy")));
        var comments = evidence.GetProperty("comments").EnumerateArray().ToList();
        Assert.Equal(written.Select(one => one.Id).Order(StringComparer.Ordinal), comments.Select(comment => Text(comment, "id")).Order(StringComparer.Ordinal));
        Assert.Equal(texts, comments.Select(comment => Text(comment, "text")).Where(text => !text.StartsWith("Je vais te tuer", StringComparison.Ordinal)));
        DateTimeOffset earlier = Evening;
        foreach (var comment in comments)
        {
            Assert.Equal(Sha256(Text(comment, "text")), Text(comment, "textSha256"));
            var received = comment.GetProperty("received").GetDateTimeOffset();
            Assert.InRange(received, earlier, until ?? Morning);
            earlier = received;
            Assert.Equal("received", Text(comment.GetProperty("log")[0], "what"));
        }

        foreach (var step in comments.SelectMany(comment => comment.GetProperty("log").EnumerateArray()).Concat(evidence.GetProperty("log").EnumerateArray()))
        {
            string[] parts =
            [
                Number(step, "seq"), step.GetProperty("at").GetDateTimeOffset().UtcDateTime.ToString("O", CultureInfo.InvariantCulture), Text(step, "what"), Text(step, "state"), Text(step, "who"),
                Text(step, "why"), Number(step, "revision"), Number(step, "round"), Text(step, "writeId"),
            ];
            Assert.Equal(Sha256(string.Join('\n', parts)), Text(step, "sha256"));
        }
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Number(JsonElement element, string name) => element.GetProperty(name).GetInt32().ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
