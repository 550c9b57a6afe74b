using System.Text;
using System.Text.Json;
using SkiaSharp;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;
using SocialHub.EndToEnd.Peers;
using SocialHub.Publishing;
using SocialHub.Tests;

namespace SocialHub.EndToEnd.Publishing;

/// <summary>One Bluesky server for the tests of this class, an account for each.</summary>
public sealed class PublishingPds : IAsyncLifetime
{
    internal BlueskyPds Pds { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Pds = await BlueskyPds.StartAsync();

    public ValueTask DisposeAsync() => Pds?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class AnnouncementOnNetworksTests(AzuriteFixture azurite, PublishingPds peer) : IClassFixture<PublishingPds>
{
    [Fact]
    public async Task An_article_with_a_picture_is_announced_on_a_real_Bluesky_server_and_on_Mastodon()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "skies toots");
        hub.Mastodon.Habits.MediaProcessing = TimeSpan.FromSeconds(2);
        var page = hub.Publish("/actualites/fete-de-l-ete-2027-sur-la-place", "Fête de l’été 🎉 sur la place", "Concerts, jeux et repas partagé : le programme complet.", Picture(), "La place, le soir");
        await hub.LookAsync();
        await hub.SettleAsync();
        var publications = await hub.PublicationsAsync();
        Assert.All(publications, p => Assert.True(p.State == PublicationState.Published, $"{p.Account} {p.State} {p.Why}"));

        var record = Assert.Single(await hub.Account.PostsAsync());
        var publication = publications.Single(p => p.Account == "skies");
        Assert.Equal(publication.NetworkKey, record.Key);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(publication.Frozen).RootElement.GetProperty("record"), record.Value));
        var bytes = Encoding.UTF8.GetBytes(record.Text);
        var marked = record.Value.GetProperty("facets").EnumerateArray().Select(facet => (
            Text: Encoding.UTF8.GetString(bytes.AsSpan(facet.GetProperty("index").GetProperty("byteStart").GetInt32()..facet.GetProperty("index").GetProperty("byteEnd").GetInt32())),
            Feature: facet.GetProperty("features")[0])).ToList();
        Assert.Contains(marked, m => m.Text == "#été" && m.Feature.GetProperty("tag").GetString() == "été");
        Assert.Contains(marked, m => m.Text.EndsWith("...", StringComparison.Ordinal) && m.Feature.GetProperty("uri").GetString() == $"{page}?utm_source=bluesky&utm_medium=social&utm_id={publication.Id}");
        var card = record.Value.GetProperty("embed").GetProperty("external");
        Assert.Equal("Fête de l’été 🎉 sur la place", card.GetProperty("title").GetString());
        var thumb = await hub.Account.BlobAsync(card.GetProperty("thumb").GetProperty("ref").GetProperty("$link").GetString()!);
        Assert.InRange(thumb.Length, 1000, 1_000_000);
        Assert.Equal(BlueskyRecords.LinkOf(thumb), card.GetProperty("thumb").GetProperty("ref").GetProperty("$link").GetString());

        var status = Assert.Single(hub.Mastodon.Instance.Statuses);
        Assert.Contains("#SaintExemple #été", status.Text, StringComparison.Ordinal);
        Assert.Equal(("fr", "public"), (status.Language, status.Visibility));
        Assert.Equal("La place, le soir", Assert.Single(status.Media).Description);
        Assert.StartsWith(hub.Mastodon.Address.ToString(), publications.Single(p => p.Account == "toots").Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AnswerLost", "Arrives")]
    [InlineData("DoneAnd502", "Arrives")]
    [InlineData("RequestLost", "RequestLost", "AnswerLost")]
    [InlineData("TokenEnded", "AnswerLost")]
    public async Task Whatever_becomes_of_an_answer_there_is_one_record_with_the_frozen_bytes(params string[] fates)
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "skies");
        foreach (var fate in fates)
            hub.Wire.Fates.Enqueue(Enum.Parse<WireFate>(fate));
        hub.Publish("/conseil", "Conseil municipal");
        await hub.LookAsync();
        await hub.SettleAsync();
        var publication = Assert.Single(await hub.PublicationsAsync());
        Assert.True(publication.State == PublicationState.Published, publication.Why);
        var record = Assert.Single(await hub.Account.PostsAsync());
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(publication.Frozen).RootElement.GetProperty("record"), record.Value));
        // One sign-in for all of it.
        Assert.Single(hub.Wire.Left, path => path.EndsWith("createSession", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_frozen_request_sent_by_many_at_once_makes_one_record_and_an_edited_one_is_not_touched()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "skies");
        var connection = hub.Get<PublishConnections>().Find("bluesky")!;
        var account = hub.PublishAccount("skies");
        var item = new PublishItem("Bonjour", Tid.Of(hub.Clock.GetUtcNow()).ToString(), hub.Clock.GetUtcNow(), "fr");
        var request = (await connection.PrepareAsync(account, item, CancellationToken.None)).Request!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => connection.PostAsync(account, request, Patience.Limit, CancellationToken.None)));
        Assert.All(answers, answer => Assert.Equal(PublishOutcome.Done, answer.Outcome));
        Assert.Single(await hub.Account.PostsAsync());

        var other = (await connection.PrepareAsync(account, item with { Text = "Autre" }, CancellationToken.None)).Request!;
        Assert.Equal(PublishOutcome.Unknown, (await connection.PostAsync(account, other, Patience.Limit, CancellationToken.None)).Outcome);
        Assert.Equal("Bonjour", Assert.Single(await hub.Account.PostsAsync()).Text);
        Assert.Null((await connection.LookAsync(account, new PublishMark(other, "Autre", null, item.Created), CancellationToken.None)).IsFound);

        Assert.Equal(PublishOutcome.Done, (await connection.DeleteAsync(account, answers[0].NativeId!, CancellationToken.None)).Outcome);
        Assert.Equal(PublishOutcome.Done, (await connection.DeleteAsync(account, answers[0].NativeId!, CancellationToken.None)).Outcome);
        Assert.Empty(await hub.Account.PostsAsync());
        Assert.False((await connection.LookAsync(account, new PublishMark(request, "Bonjour", null, item.Created), CancellationToken.None)).IsFound);
    }

    [Fact]
    public async Task The_server_takes_a_text_exactly_when_the_hub_says_that_it_fits()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "skies");
        var connection = hub.Get<PublishConnections>().Find("bluesky")!;
        var account = hub.PublishAccount("skies");
        const string family = "👨‍👩‍👧‍👦";
        string[] texts =
        [
            new('a', 300), new('a', 301), Repeat("e\u0301", 300), Repeat("e\u0301", 301), Repeat(family, 120), Repeat(family, 121), Repeat("🇫🇷", 300), Repeat("🇫🇷", 301),
            $"{new string('a', 260)} https://www.saint-exemple.fr/{new string('b', 200)}", $"{new string('a', 280)} https://www.saint-exemple.fr/{new string('b', 200)}", Repeat("é ", 150), Repeat("é ", 151) + "x",
        ];
        foreach (var text in texts)
        {
            var item = new PublishItem(text, Tid.Of(hub.Clock.GetUtcNow()).ToString(), hub.Clock.GetUtcNow(), "fr");
            var request = (await connection.PrepareAsync(account, item, CancellationToken.None)).Request!;
            var answer = await connection.PostAsync(account, request, Patience.Limit, CancellationToken.None);
            Assert.Equal(BlueskyTextRules.Instance.Fits(text) ? PublishOutcome.Done : PublishOutcome.Refused, answer.Outcome);
        }

        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }

    [Fact]
    public async Task What_somebody_posted_by_hand_is_not_announced_again()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "skies toots");
        var page = hub.Publish("/piscine", "La piscine rouvre");
        await hub.Account.PostAsync("Sans lien visible");
        hub.Mastodon.Instance.Post(hub.User, $"C’est reparti ! {page}", "", "public", "fr", null, [], null);
        await hub.LookAsync();
        var publications = await hub.PublicationsAsync();
        Assert.Equal("Somebody announced it by hand.", publications.Single(p => p.Account == "toots").Why);
        Assert.Single(hub.Mastodon.Instance.Statuses);
        Assert.Equal(2, (await hub.Account.PostsAsync()).Count);
    }

    [Fact]
    public async Task A_refused_password_asks_for_attention_fails_nothing_and_is_not_tried_all_the_time()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "skies", password: "wrong-pass-word-1234");
        hub.Publish("/conseil", "Conseil municipal");
        await hub.LookAsync();
        await hub.SettleAsync(minutes: 20);
        Assert.Equal(PublicationState.Planned, Assert.Single(await hub.PublicationsAsync()).State);
        Assert.NotNull((await hub.Get<PublicationStore>().AccountAsync("skies", CancellationToken.None)).Attention);
        Assert.InRange(hub.Wire.Left.Count(path => path.EndsWith("createSession", StringComparison.Ordinal)), 1, 4);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(30, false)]
    [InlineData(30, true)]
    public async Task An_unkind_Mastodon_instance_gets_each_status_once(int listedAfter, bool failsRepeats)
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "toots");
        hub.Mastodon.Habits.ListedAfter = TimeSpan.FromSeconds(listedAfter);
        hub.Wire.Path = "/statuses";
        for (var i = 0; i < 12; i++)
        {
            hub.Wire.Fates.Enqueue((WireFate)(i % 5 is 3 ? 1 : i % 5));
            if (i % 2 == 0)
                hub.Wire.Fates.Enqueue(WireFate.RequestLost);
            hub.Mastodon.Habits.FailNextRepeat = failsRepeats;
            hub.Publish($"/a{i}", $"Article {i}");
            await hub.LookAsync();
        }

        await hub.SettleAsync();
        foreach (var publication in await hub.PublicationsAsync())
        {
            Assert.True(publication.State == PublicationState.Published, publication.Why);
            var status = Assert.Single(hub.Mastodon.Instance.Statuses, s => s.Text.Contains(publication.Id, StringComparison.Ordinal));
            using var frozen = JsonDocument.Parse(publication.Frozen);
            Assert.Equal(frozen.RootElement.GetProperty("status").GetString(), status.Text);
        }

        Assert.Equal(12, hub.Mastodon.Instance.Statuses.Count);
    }

    [Fact]
    public async Task After_the_instance_forgot_the_key_nothing_is_sent_again_without_a_person()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "toots");
        hub.Mastodon.Habits.ListedAfter = TimeSpan.FromHours(3);
        hub.Wire.Path = "/statuses";
        hub.Wire.Fates.Enqueue(WireFate.AnswerLost);
        hub.Publish("/conseil", "Conseil municipal");
        await hub.LookAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(70));
        await hub.WorkAsync();
        var publication = Assert.Single(await hub.PublicationsAsync());
        Assert.Equal(PublicationState.Uncertain, publication.State);
        Assert.Single(hub.Mastodon.Instance.Statuses);
        var view = PublicationView.Of(publication);
        Assert.True((await hub.Get<Publications>().ConfirmAsync(view.Id, null, view.ETag, new SocialHub.Access.Caller("key:x", "X", SocialHub.Access.Role.Editor), CancellationToken.None)).Succeeded);
        await hub.WorkAsync();
        Assert.Single(hub.Mastodon.Instance.Statuses);
    }

    [Fact]
    public async Task The_instances_own_limits_are_kept()
    {
        await using var hub = await NetworkHub.StartAsync(azurite, peer.Pds, "toots");
        hub.Mastodon.Habits.MaxCharacters = 220;
        hub.Publish("/conseil", "Conseil municipal", string.Join(' ', Enumerable.Repeat("délibération", 60)));
        await hub.LookAsync();
        await hub.SettleAsync();
        var publication = Assert.Single(await hub.PublicationsAsync());
        Assert.True(publication.State == PublicationState.Published, publication.Why);
        Assert.Contains("…", Assert.Single(hub.Mastodon.Instance.Statuses).Text, StringComparison.Ordinal);
    }

    private static byte[] Picture()
    {
        using var bitmap = new SKBitmap(2400, 1260);
        using var canvas = new SKCanvas(bitmap);
        for (var x = 0; x < 2400; x += 8)
        {
            using var paint = new SKPaint { Color = new SKColor((byte)x, (byte)(x / 10), (byte)(x * 7)) };
            canvas.DrawRect(x, 0, 8, 1260, paint);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
