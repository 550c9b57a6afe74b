using Azure.Data.Tables;
using Microsoft.Extensions.Options;
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

    /// <summary>The gate as it is after the mode and the freeze were written to it, where they differed. Called by each tick, before each send, and after a freeze was set.</summary>
    public async Task<GateRow> SyncAsync(FreezeSetting freeze, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await store.GateAsync(cancellationToken);
            var gate = found ?? GateRow.New();
            var modeChanged = found is null || gate.Mode != Mode;
            if (!modeChanged && gate.FreezeFrom == freeze.From && gate.FreezeUntil == freeze.Until)
                return gate;
            var now = time.GetUtcNow();
            if (modeChanged)
                (gate.Mode, gate.Since) = (Mode, now);
            (gate.FreezeFrom, gate.FreezeUntil) = (freeze.From, freeze.Until);
            await WriteAsync(gate, found is null, modeChanged ? "mode" : "freeze", cancellationToken);
        }
    }

    /// <summary>Part of bringing back a copy of the storage: every feed's next look asks a person before anything is announced.</summary>
    public async Task MarkRestoredAsync(CancellationToken cancellationToken)
    {
        Commit written;
        do
        {
            var found = await store.GateAsync(cancellationToken);
            var gate = found ?? GateRow.New();
            (gate.RestoredAt, gate.Mode, gate.Since) = (time.GetUtcNow(), found is null ? Mode : gate.Mode, time.GetUtcNow());
            written = await WriteAsync(gate, found is null, "restored", cancellationToken);
        }
        while (written == Commit.Conflict);
    }

    private Task<Commit> WriteAsync(GateRow gate, bool isNew, string what, CancellationToken cancellationToken)
    {
        gate.Seq++;
        var log = LogRow.New(PublicationStore.Partition, Keys.PublishingGate, gate.Seq, time.GetUtcNow(), what, gate.Mode.ToString(), Actor.Clock.Name);
        var transition = new Transition(store.Table, log, time);
        return (isNew ? transition.Add(gate) : transition.Replace(gate)).CommitAsync(cancellationToken);
    }
}
