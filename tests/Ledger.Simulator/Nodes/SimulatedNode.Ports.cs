using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Runs;
using Ledger.Simulator.Network;

namespace Ledger.Simulator.Nodes;

// The ports of the kernel, each call between two points at which the process can die.
public sealed partial class SimulatedNode : IPeers, IBlockStore, IEvidenceLog
{
    private CrashPoint sendPoint = CrashPoint.BeforeSend;

    /// <inheritdoc/>
    public void Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
        Pass(sendPoint);
        sendPoint = CrashPoint.BetweenSends;
        Packet packet = world.Packets.Of(message);
        if (Adversary is null)
        {
            world.Checks.OnSend(this, packet);
            world.Broadcast(this, packet, recipients);
        }
        else
        {
            Adversary.OnSend(packet, recipients);
        }
    }

    /// <inheritdoc/>
    public void RequestBlocks(Address validator, ulong fromHeight)
    {
        Pass(CrashPoint.BeforeBlockRequest);
        world.Blocks.Request(this, validator, fromHeight);
    }

    /// <inheritdoc/>
    public void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced)
    {
        DiskBatch batch = new(items, voteState, null);
        if (!synced)
        {
            Disk.Persist(batch, synced: false);
            Pass(CrashPoint.AfterUnsyncedPersist);
            return;
        }

        Pass(CrashPoint.BeforePersist);
        WriteSynced(batch, CrashPoint.DuringPersist);
        foreach (StoredItem item in items)
        {
            if (IsHonest && item.Kind == StoredItemKind.OwnMessage)
            {
                world.Checks.OnSigned(this, world.Packets.Of(item.Bytes));
            }
        }

        sendPoint = CrashPoint.BetweenPersistAndSend;
    }

    /// <inheritdoc/>
    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        Pass(CrashPoint.BeforeCommit);
        if (!executor.HoldsResult(block.Hash))
        {
            throw new SimulationFailure("validity", $"node {Index} commits a block whose result it has not");
        }

        BlockRecord record = new(block, certificate, nextSet);
        if (IsHonest)
        {
            world.Checks.OnCommit(this, record);
        }

        WriteSynced(new DiskBatch([], default, record), CrashPoint.DuringCommit);
        executor.Apply(block);
        world.DiskFaults.OnCommitted(this, block.Height);
        if (IsHonest)
        {
            world.Checks.OnCommitted(this, record);
        }

        Pass(CrashPoint.AfterCommit);
    }

    /// <inheritdoc/>
    public void Record(EquivocationEvidence evidence)
    {
        Pass(CrashPoint.BeforeEvidence);
        world.Checks.Evidence.OnEvidence(this, evidence);
    }

    // A failed sync ends the process: what it would write after it could rest on what is not there.
    private void WriteSynced(DiskBatch batch, CrashPoint point)
    {
        if (IsDueAt(point))
        {
            Disk.BeginWrite(batch);
            Pass(point);
        }

        if (failsNextSync)
        {
            failsNextSync = false;
            world.Faults.Mark(FaultKind.FailedSync);
            Disk.BeginWrite(batch);
            End(point);
        }

        Disk.Persist(batch, synced: true);
    }
}
