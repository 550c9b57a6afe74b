using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using SocialHub.EndToEnd.Crashes;
using SocialHub.EndToEnd.Peers;
using SocialHub.EndToEnd.Peers.Sites;
using SocialHub.EndToEnd.Publishing;
using SocialHub.Standalone;
using SocialHub.Storage;
using SocialHub.Tests;
using SocialHub.Tests.Connections.Mail;

namespace SocialHub.EndToEnd.Moderation;

/// <summary>
/// An authority with its hub, its site, its Teams channel and its mail server, all of them reached as people and Teams reach them: over HTTP and SMTP.
/// The hub is the standalone one in this process, queues, timers and all, because its clock must move: the counts of a month are remembered for five minutes,
/// authors hear a minute after a decision, and a bad Sunday has a night.
/// </summary>
internal sealed class ModeratedTown : IAsyncDisposable
{
    public const string Site = "ville";

    /// <summary>Who is there on weekdays from half past eight.</summary>
    public const string Weekdays = "camille@saint-exemple.example";

    /// <summary>Who is there on Saturdays and Sundays.</summary>
    public const string Weekend = "alix@saint-exemple.example";

    private readonly WebApplication _hub;
    private readonly string _file;
    private int _people;

    private ModeratedTown(WebApplication hub, string file) => (_hub, _file) = (hub, file);

    public required ShiftedTime Clock { get; init; }

    public required SmallSite Pages { get; init; }

    public required WebhookDouble Channel { get; init; }

    public required MailServer Mail { get; init; }

    public required Uri Address { get; init; }

    /// <summary>Anybody: a citizen, or who holds a link and is not signed in.</summary>
    public required HubClient Anybody { get; init; }

    /// <summary>A moderator who is signed in.</summary>
    public required HubClient Alix { get; init; }

    /// <summary>Another one.</summary>
    public required HubClient Dominique { get; init; }

    public required HubClient Editor { get; init; }

    public static string Comments => $"/api/v1/sites/{Site}/comments";

    public string Origin => Pages.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>All cards that the channel took, oldest first.</summary>
    public IReadOnlyList<TeamCard> Cards => [.. Channel.Received.Select(card => new TeamCard(card))];

    /// <summary>The hub key of somebody of the team.</summary>
    public static string KeyOf(string name) => $"the-key-of-{name}-for-tests-only-and-long-enough";

    public static async Task<ModeratedTown> OpenAsync(AzuriteFixture azurite, DateTimeOffset now)
    {
        var (pages, channel, mail, clock) = (await SmallSite.StartAsync(), await WebhookDouble.StartAsync(), await MailServer.StartAsync(), new ShiftedTime());
        clock.Advance(now - clock.GetUtcNow());
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var hub = new HubFile();
        hub["authority"]["publicAddress"] = address.GetLeftPart(UriPartial.Authority);
        hub["sites"][Site] = new JsonObject
        {
            ["name"] = "Saint-Exemple",
            ["origins"] = new JsonArray(pages.Address.GetLeftPart(UriPartial.Authority)),
            ["openPaths"] = new JsonArray("/*"),
            ["policy"] = "a-posteriori",
        };
        hub.Add("mail", new JsonObject { ["host"] = "127.0.0.1", ["port"] = mail.Port, ["security"] = "none", ["from"] = "commentaires@saint-exemple.example" });
        hub.Add("defaults", new JsonObject
        {
            ["people"] = new JsonArray(
                new JsonObject { ["name"] = "Camille Durand", ["email"] = Weekdays, ["from"] = "08:30" },
                new JsonObject { ["name"] = "Alix Bernard", ["email"] = Weekend, ["days"] = new JsonArray("saturday", "sunday"), ["from"] = "08:00", ["to"] = "22:00" }),
        });
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, hub.ToString());
        string[] keys = ["alix:moderator", "dominique:moderator", "lou:editor"];
        var settings = new RunSettings
        {
            Port = address.Port,
            Storage = await azurite.NewAccountAsync(),
            HubFile = file,
            Values = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["SocialHub:SigningKey"] = "a key that is only good for tests, and long",
                ["SocialHub:TrustedHops"] = "1",
                ["SocialHub:HubKeys"] = string.Join(';', keys.Select(key => $"{key}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(key.Split(':')[0]))))}")),
                ["SocialHub:AllowedPrivateOrigins"] = $"{pages.Address.GetLeftPart(UriPartial.Authority)};{channel.Address.GetLeftPart(UriPartial.Authority)}",
                ["SocialHub:Times:MinimumWriting"] = "00:00:00",
                // A rule that has its turn late is none that never ends: the machine may be busy with other tests, and the clock is moved.
                ["SocialHub:Times:RulesWithin"] = "01:00:00",
                ["SocialHub:Times:Memory"] = "00:00:00.2",
                ["Standalone:MaxPollingInterval"] = "00:00:00.1",
                ["TickSchedule"] = "* * * * * *",
                ["TEAMS_WEBHOOK"] = channel.Address.ToString(),
            },
        };
        var application = StandaloneHost.Build(settings, builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await application.StartAsync();
        return new ModeratedTown(application, file)
        {
            Clock = clock,
            Pages = pages,
            Channel = channel,
            Mail = mail,
            Address = address,
            Anybody = new HubClient([address]),
            Alix = new HubClient([address], KeyOf("alix")),
            Dominique = new HubClient([address], KeyOf("dominique")),
            Editor = new HubClient([address], KeyOf("lou")),
        };
    }

    /// <summary>Moves the clock once nothing is under way: work that has begun would else look as if its process had died long ago.</summary>
    public async Task MoveAsync(TimeSpan by)
    {
        await RestAsync();
        Clock.Advance(by);
    }

    /// <inheritdoc cref="MoveAsync"/>
    public async Task MoveToAsync(DateTimeOffset then)
    {
        await RestAsync();
        Clock.Advance(then - Clock.GetUtcNow());
    }

    /// <summary>Returns when nothing is due.</summary>
    public Task RestAsync() => Patience.UntilAsync("nothing is due", async () =>
    {
        var (from, before) = Keys.DueBy(Clock.GetUtcNow());
        return !await _hub.Services.GetRequiredService<HubStorage>().Comments.QueryAsync<TableEntity>(DueWork.Range(Site, from, before)).AnyAsync();
    });

    /// <summary>Sends a comment as the form does, from an address that nobody else has.</summary>
    public async Task<Written> WriteAsync(string page, string text, string name = "Camille", string? authorKey = null, string? website = null)
    {
        var number = Interlocked.Increment(ref _people);
        var key = authorKey ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var email = $"auteur{number.ToString(CultureInfo.InvariantCulture)}@exemple.example";
        var sent = await Anybody.PostAsync(Comments, new { page, text, name, email, authorKey = key, idempotencyKey = Guid.NewGuid().ToString("N"), started = Clock.GetUtcNow().AddMinutes(-1), website = website ?? "" }, ("Origin", Origin));
        Assert.True(sent.Status == HttpStatusCode.Created, $"{sent.Status} {sent.Body}");
        return new Written(sent.Json().GetProperty("id").GetString()!, key, email, page);
    }

    /// <summary>The same, once the rules have judged it.</summary>
    public async Task<Written> JudgedAsync(string page, string text, string name = "Camille", string? authorKey = null, string? website = null)
    {
        var written = await WriteAsync(page, text, name, authorKey, website);
        await Patience.UntilAsync($"the rules have judged « {text} »", async () => (await ViewAsync(written)).GetProperty("state").GetString() != "received");
        return written;
    }

    /// <summary>What the author sees of it by the key.</summary>
    public async Task<JsonElement> ViewAsync(Written written)
    {
        var view = await Anybody.PostAsync($"{Comments}/{written.Id}/view", new { authorKey = written.Key }, ("Origin", Origin));
        Assert.True(view.Ok, $"{view.Status} {view.Body}");
        return view.Json();
    }

    /// <summary>What the author sees of it without a script: the page that the code opens.</summary>
    public async Task<string> ReceiptAsync(Written written)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, $"{Comments}/{written.Id}/view")) { Content = new FormUrlEncodedContent([KeyValuePair.Create("authorKey", written.Key)]) };
        request.Headers.Add("Origin", Origin);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The author objects to a refusal.</summary>
    public async Task ObjectAsync(Written written, string reason)
    {
        var answer = await Anybody.PostAsync($"{Comments}/{written.Id}/objections", new { authorKey = written.Key, reason }, ("Origin", Origin));
        Assert.True(answer.Status == HttpStatusCode.Created, $"{answer.Status} {answer.Body}");
    }

    /// <summary>The same by the link of the mail that told it.</summary>
    public async Task ObjectByMailAsync(MimeMessage mail, string reason)
    {
        var path = Regex.Match(mail.TextBody!, "/api/v1/sites/[a-z]+/objection/[a-z0-9.-]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new FormUrlEncodedContent([KeyValuePair.Create("reason", reason)]) };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A reader reports a public comment; the receipt.</summary>
    public async Task<JsonElement> ReportAsync(Written written, object notice)
    {
        var answer = await Anybody.PostAsync($"{Comments}/{written.Id}/reports", notice, ("Origin", Origin));
        Assert.True(answer.Status == HttpStatusCode.Created, $"{answer.Status} {answer.Body}");
        return answer.Json();
    }

    /// <summary>The thread as readers get it.</summary>
    public async Task<JsonElement> ThreadAsync(string page)
    {
        var answer = await Anybody.GetAsync($"{Comments}?page={Uri.EscapeDataString(page)}");
        Assert.True(answer.Ok, $"{answer.Status} {answer.Body}");
        return answer.Json();
    }

    /// <summary>Ids of what readers are shown of a page.</summary>
    public async Task<IReadOnlyList<string>> PublicAsync(string page) => [.. (await ThreadAsync(page)).GetProperty("comments").EnumerateArray().Select(comment => comment.GetProperty("id").GetString()!)];

    /// <summary>The first card about something from a round on, once the channel has it.</summary>
    public async Task<TeamCard> CardAsync(string subject, string id, int round = 0)
    {
        TeamCard? card = null;
        await Patience.UntilAsync($"the channel has a card about the {subject} of {id}", () =>
            (card = Cards.FirstOrDefault(one => one.Token is { } token && (token.Subject, token.Id) == (subject, id) && token.Round >= round)) is not null);
        return card!;
    }

    /// <summary>What a link shows.</summary>
    public async Task<JsonElement> OpenLinkAsync(HubClient who, TeamCard card)
    {
        var view = await who.PostAsync("/moderation/decide/view", new { token = card.Token!.Text });
        Assert.True(view.Ok, $"{view.Status} {view.Body}");
        return view.Json();
    }

    /// <summary>Decides behind a link, as its page does; by a name that nobody checks where nobody is signed in.</summary>
    public static Task<HubAnswer> DecideAsync(HubClient who, TeamCard card, string decision, string? reason = null, string? by = null) =>
        who.PostAsync("/moderation/decide", new { token = card.Token!.Text, decision, reason, by });

    /// <summary>The mails of a subject that somebody got, once there are so many.</summary>
    public async Task<IReadOnlyList<MimeMessage>> MailsAsync(string to, string subject, int count = 1)
    {
        IReadOnlyList<MimeMessage> mails = [];
        await Patience.UntilAsync($"{to} has {count} mail(s) « {subject} »; of {string.Join(", ", Mail.Received.Select(mail => mail.Subject))}", () =>
            (mails = [.. Mail.Received.Where(mail => mail.Subject == subject && mail.To.Mailboxes.Any(box => box.Address == to))]).Count >= count);
        Assert.Equal(count, mails.Count);
        return mails;
    }

    /// <summary>The public counts of the present month, of a minute that nobody remembers.</summary>
    public async Task<MonthCounts> CountsAsync()
    {
        await MoveAsync(TimeSpan.FromMinutes(6));
        var answer = await Anybody.GetAsync("/api/v1/transparency");
        Assert.True(answer.Ok, answer.Body);
        var months = answer.Json().GetProperty("sites").EnumerateArray().Single().GetProperty("months");
        return months.GetArrayLength() == 0 ? new MonthCounts(JsonDocument.Parse("{}").RootElement) : new MonthCounts(months[0]);
    }

    /// <summary>The statements of reasons about one comment, as a moderator exports them.</summary>
    public async Task<IReadOnlyList<JsonElement>> StatementsAsync(string id)
    {
        var day = Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var answer = await Alix.GetAsync($"/api/v1/moderation/statements?site={Site}&from={day}&to={day}");
        Assert.True(answer.Ok, answer.Body);
        return [.. answer.Json().GetProperty("statements").EnumerateArray().Where(statement => statement.GetProperty("comment").GetString() == id)];
    }

    /// <summary>What was done with a comment, and by whom, as a moderator reads it.</summary>
    public async Task<IReadOnlyList<JsonElement>> HistoryAsync(string id)
    {
        var answer = await Alix.GetAsync($"/api/v1/moderation/history/{Site}/{id}");
        Assert.True(answer.Ok, answer.Body);
        return [.. answer.Json().GetProperty("entries").EnumerateArray()];
    }

    /// <summary>An editor replaces a setting of the team.</summary>
    public async Task PutAsync(string setting, object value)
    {
        var before = await Editor.GetAsync($"/api/v1/settings/{setting}");
        var put = await Editor.SendAsync(HttpMethod.Put, $"/api/v1/settings/{setting}", value, ("If-Match", before.ETag!));
        Assert.True(put.Ok, $"{put.Status} {put.Body}");
        Clock.Advance(TimeSpan.FromSeconds(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.StopAsync();
        await _hub.DisposeAsync();
        foreach (var client in new[] { Anybody, Alix, Dominique, Editor })
            client.Dispose();
        await Pages.DisposeAsync();
        await Channel.DisposeAsync();
        await Mail.DisposeAsync();
        File.Delete(_file);
    }
}

/// <summary>A comment that was sent.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Key">Of its author.</param>
/// <param name="Email">That its author left.</param>
/// <param name="Page">Where.</param>
internal sealed record Written(string Id, string Key, string Email, string Page);

/// <summary>The counts of one month as the public reads them.</summary>
internal sealed class MonthCounts(JsonElement month)
{
    public int this[string name] => month.TryGetProperty(name, out var count) ? count.GetInt32() : 0;

    public int Refused(string reason) => month.TryGetProperty("refused", out var refused) && refused.TryGetProperty(reason, out var count) ? count.GetInt32() : 0;

    public int AllRefused => month.TryGetProperty("refused", out var refused) ? refused.EnumerateObject().Sum(reason => reason.Value.GetInt32()) : 0;
}
