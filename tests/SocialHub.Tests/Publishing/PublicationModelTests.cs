using SocialHub.Publishing;

namespace SocialHub.Tests.Publishing;

/// <summary>Any order of events, with networks that lie, and an honest person who answers what is asked.</summary>
public sealed class PublicationModelTests(AzuriteFixture azurite)
{
    /// <summary>Two in the ordinary run; <c>SOCIALHUB_TEST_SEEDS=100</c> for a long one.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("SOCIALHUB_TEST_SEEDS"), out var count) ? count : 2)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_a_publication_is_posted_at_most_once_and_within_the_rules(int seed)
    {
        await using var hub = await PublishingHub.StartAsync(azurite, publishing: "\"quietFrom\":\"21:00\",\"quietTo\":\"07:00\",\"paceMinutes\":5,\"publishWithinHours\":20");
        var random = new Random(seed);
        await hub.FirstLookAsync();
        var quiet = new QuietHours(TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), "21:00", "07:00");
        var offFrom = new List<(DateTimeOffset From, DateTimeOffset? To)>();
        for (var step = 0; step < 30; step++)
        {
            switch (random.Next(10))
            {
                case 0:
                case 1:
                    hub.Site.Publish($"n{step}", $"Nouveau {step}", random.Next(4) == 0 ? null : hub.Now.AddHours(-random.Next(80)));
                    break;
                case 2 when hub.Site.Items.Count > 0:
                    var old = hub.Site.Items[random.Next(hub.Site.Items.Count)];
                    hub.Site.Replace(old, old with { Title = old.Title + " (suite)" });
                    break;
                case 3:
                    await hub.Publications.WriteAsync(new WrittenPublication(["skies", "toots"], $"À la main {step}"), $"request-{step:D4}", PublishingHub.Editor, CancellationToken.None);
                    break;
                case 4:
                    await PersonAsync(hub, random);
                    break;
                case 5:
                    foreach (var network in new[] { hub.Skies, hub.Toots })
                        network.IsBlind = random.Next(3) == 0;
                    break;
                case 6 when random.Next(3) == 0:
                    hub.Options.Publishing = hub.Options.Publishing == "on" ? "off" : "on";
                    // A process runs in one mode from its start on.
                    await hub.TickAsync();
                    if (hub.Options.Publishing == "off")
                        offFrom.Add((hub.Now, null));
                    else
                        offFrom[^1] = (offFrom[^1].From, hub.Now);
                    break;
                default:
                    foreach (var network in new[] { hub.Skies, hub.Toots })
                    {
                        network.ListedAfter = TimeSpan.FromSeconds(random.Next(40));
                        for (var i = 0; i < 2; i++)
                            network.Fates.Enqueue((Fate)random.Next(8));
                    }

                    break;
            }

            hub.Clock.Advance(TimeSpan.FromSeconds(random.Next(4) == 0 ? random.Next(20_000) : random.Next(400)));
            await hub.TickAsync();
            await hub.CheckAsync();
        }

        // Everybody behaves; in the end all is decided.
        if (offFrom.Count > 0 && offFrom[^1].To is null)
            offFrom[^1] = (offFrom[^1].From, hub.Now);
        (hub.Skies.IsBlind, hub.Toots.IsBlind, hub.Options.Publishing) = (false, false, "on");
        hub.Skies.Fates.Clear();
        hub.Toots.Fates.Clear();
        for (var i = 0; i < 40; i++)
        {
            hub.Clock.Advance(TimeSpan.FromHours(1));
            await hub.TickAsync();
            await PersonAsync(hub, random);
        }

        await hub.TickAsync();
        await hub.CheckAsync();
        var publications = await hub.PublicationsAsync();
        Assert.All(publications, p => Assert.True(p.IsFinal || p.State == PublicationState.Uncertain, $"{p.State}: {p.Why}"));
        foreach (var (at, key) in hub.Skies.Sent.Concat(hub.Toots.Sent))
        {
            var publication = publications.Single(p => p.NetworkKey == key);
            Assert.False(quiet.IsQuiet(at));
            Assert.True(at < publication.PublishBy);
            Assert.DoesNotContain(offFrom, off => at > off.From && (off.To is null || at < off.To));
            Assert.DoesNotContain(offFrom, off => off.To is { } on && publication.PlannedAt < on && at >= on);
        }
    }

    // Looks at the network before saying anything.
    private static async Task PersonAsync(PublishingHub hub, Random random)
    {
        foreach (var row in await hub.PublicationsAsync())
        {
            var view = PublicationView.Of(row);
            var network = row.Network == "bluesky" ? hub.Skies : hub.Toots;
            if (network.WillArrive)
                continue;
            var isThere = network.Posts.Any(post => post.Key == row.NetworkKey);
            _ = row.State switch
            {
                PublicationState.Planned when row.Approval == Approval.Awaiting => await hub.Publications.ApproveAsync(row.Id, view.ETag, PublishingHub.Editor, CancellationToken.None),
                PublicationState.Planned when random.Next(8) == 0 => await hub.Publications.CancelAsync(row.Id, view.ETag, PublishingHub.Editor, CancellationToken.None),
                PublicationState.Uncertain when isThere => await hub.Publications.ConfirmAsync(row.Id, "https://network.example/there", view.ETag, PublishingHub.Editor, CancellationToken.None),
                PublicationState.Uncertain or PublicationState.Failed => await hub.Publications.RetryAsync(row.Id, view.ETag, PublishingHub.Editor, CancellationToken.None),
                _ => null,
            };
        }
    }
}
