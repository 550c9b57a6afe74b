using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SocialHub.Access;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Keeps the gate row as this process and the team want it. A change of mode starts a new "since".</summary>
public sealed class PublishingGate(PublicationStore store, IOptions<HubOptions> options, TimeProvider time)
{
    /// <summary>The mode of this process; a word that is none is <c>off</c>.</summary>
    public PublishingMode Mode => options.Value.Publishing switch
    {
        "on" => PublishingMode.On,
        "dry-run" => PublishingMode.DryRun,
        _ => PublishingMode.Off,
    };

    /// <summary><see cref="Mode"/> in the word of its setting.</summary>
    public string Word => Mode switch
    {
        PublishingMode.On => "on",
        PublishingMode.DryRun => "dry-run",
        _ => "off",
    };

    /// <summary>
    /// The gate as it is after the mode and the freeze were written to it, where they differed. Called by each tick, before each send, and after a freeze was set
    /// and before its writer hears of it: from then on no transition into Sending passes that was judged by the gate before.
    /// </summary>
    /// <param name="team">What the team wants; who read it before somebody changed the freeze changes nothing of the freeze.</param>
    /// <param name="cancellationToken">Stops it before it is written.</param>
    public async Task<GateRow> SyncAsync(TeamSettings team, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(team);
        var freeze = team.Freeze.Publications ? team.Freeze : team.Freeze with { From = null, Until = null };
        while (true)
        {
            var found = await store.GateAsync(cancellationToken);
            var gate = found ?? GateRow.New();
            var modeChanged = found is null || gate.Mode != Mode;
            var freezeChanged = team.FreezeVersion >= gate.FreezeVersion && (gate.FreezeFrom != freeze.From || gate.FreezeUntil != freeze.Until || gate.FreezeVersion != team.FreezeVersion);
            if (!modeChanged && !freezeChanged)
                return gate;
            var now = time.GetUtcNow();
            if (modeChanged)
                (gate.Mode, gate.Since) = (Mode, now);
            if (freezeChanged)
                (gate.FreezeFrom, gate.FreezeUntil, gate.FreezeVersion) = (freeze.From, freeze.Until, team.FreezeVersion);
            await WriteAsync(gate, found is null, modeChanged ? "mode" : "freeze", Actor.Clock, cancellationToken);
        }
    }

    /// <summary>Part of bringing back a copy of the storage: every feed's next look asks a person before anything is announced, and nothing that was planned before is sent.</summary>
    /// <returns>The moment; articles found at a feed's first look after it are asked about.</returns>
    public async Task<DateTimeOffset> MarkRestoredAsync(Caller by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        while (true)
        {
            var found = await store.GateAsync(cancellationToken);
            var gate = found ?? GateRow.New();
            var now = time.GetUtcNow();
            (gate.RestoredAt, gate.Mode, gate.Since) = (now, found is null ? Mode : gate.Mode, now);
            // The settings may come from another copy, whose count is lower: the next look at them is believed.
            gate.FreezeVersion = 0;
            if (await WriteAsync(gate, found is null, "restored", new Actor(by.Name, by.Id), cancellationToken) == Commit.Applied)
                return now;
        }
    }

    private Task<Commit> WriteAsync(GateRow gate, bool isNew, string what, Actor who, CancellationToken cancellationToken)
    {
        gate.Seq++;
        var log = LogRow.New(PublicationStore.Partition, Keys.PublishingGate, gate.Seq, time.GetUtcNow(), what, gate.Mode.ToString(), who.Name, who.Id);
        var transition = new Transition(store.Table, log, time);
        return (isNew ? transition.Add(gate) : transition.Replace(gate)).CommitAsync(cancellationToken);
    }
}
