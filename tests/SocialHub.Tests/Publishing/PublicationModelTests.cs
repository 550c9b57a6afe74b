using CsCheck;

namespace SocialHub.Tests.Publishing;

/// <summary>
/// Any order of events around the nights in which clocks change, with networks that lie and an honest person who answers what is asked. CsCheck prints the seed
/// of what it finds (<c>CsCheck_Seed</c> repeats it); <c>CsCheck_Iter=500</c> makes a long run of it.
/// </summary>
public sealed class PublicationModelTests(AzuriteFixture azurite)
{
    private static readonly Gen<(string From, string To)> Quiet = OneOf(("21:00", "07:00"), ("22:30", "02:30"), ("02:30", "06:00"), ("01:30", "03:30"), ("02:00", "03:00"), ("12:30", "14:00"));

    private static readonly Gen<Event[]> Events = Gen.Select(
        Gen.Frequency(
            (6, OneOf(Happening.Article, Happening.EditorsText, Happening.ContributorsText, Happening.Burst)),
            (3, OneOf(Happening.Approval, Happening.Person, Happening.Cancel, Happening.Moved, Happening.OtherWords, Happening.Correction)),
            (3, OneOf(Happening.Freeze, Happening.FreezeForAWhile, Happening.FreezeLater, Happening.FreezeInTheMiddle, Happening.CancelInTheMiddle)),
            (3, OneOf(Happening.Thaw, Happening.On)),
            (1, OneOf(Happening.Off, Happening.DryRun, Happening.OldArticle, Happening.Relaunch)),
            (3, OneOf(Happening.Lies, Happening.Blindness, Happening.SlowNetwork, Happening.SlowHub))),
        Gen.Int[0, 4_000],
        Gen.Frequency((2, OneOf(Pause.Seconds, Pause.Minutes)), (1, Gen.Const(Pause.Hours)), (2, OneOf(Pause.ToQuietEdge, Pause.ToDeadline))),
        Gen.Int[0, 4_000],
        (what, choice, then, length) => new Event(what, choice, then, length)).Array[8, 20];

    [Theory]
    [Trait("run", "thorough")]
    [InlineData("Europe/Paris", "2027-03-28T01:00:00Z")]
    [InlineData("Europe/Paris", "2027-10-31T01:00:00Z")]
    [InlineData("Indian/Reunion", "2027-03-28T01:00:00Z")]
    [InlineData("America/Martinique", "2027-10-31T01:00:00Z")]
    public async Task Whatever_happens_a_publication_is_posted_at_most_once_and_only_when_it_may(string zone, string change)
    {
        var night = DateTimeOffset.Parse(change, System.Globalization.CultureInfo.InvariantCulture);
        var authorities = Gen.Select(Gen.Int[1, 14 * 60], Quiet, Gen.Bool, Gen.Frequency((4, Gen.Const("on")), (1, OneOf("off", "dry-run"))), (before, quiet, asks, mode) =>
            new Authority(zone, night.AddMinutes(-before), quiet.From, quiet.To, asks, mode));
        await Gen.Select(authorities, Events).SampleAsync(RunAsync, iter: Runs, threads: 2, print: run => $"{run.Item1}\n{string.Join('\n', run.Item2.AsEnumerable())}");
    }

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var runs) ? runs : 5;

    private async Task RunAsync(Authority authority, Event[] events)
    {
        await using var hub = await PublishingHub.StartAsync(
            azurite,
            publishing: $"\"quietFrom\":\"{authority.QuietFrom}\",\"quietTo\":\"{authority.QuietTo}\",\"paceMinutes\":2,\"publishWithinHours\":20,\"approval\":{(authority.Asks ? "true" : "false")}",
            zone: authority.Zone,
            mode: authority.Mode,
            now: authority.Start);
        var model = await PublicationModel.StartAsync(hub, authority);
        foreach (var happening in events)
            await model.HappenAsync(happening);
        await model.EndAsync();
    }
}
