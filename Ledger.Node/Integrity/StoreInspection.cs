using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>Hashes a whole store again, from the genesis document to the last index. It changes nothing.</summary>
public sealed class StoreInspection
{
    private readonly LedgerDatabase database;
    private readonly ISignatureVerifier verifier;
    private readonly IntegrityReport report = new();

    private StoreInspection(LedgerDatabase database, ISignatureVerifier verifier)
    {
        this.database = database;
        this.verifier = verifier;
    }

    /// <summary>Inspects an open store.</summary>
    /// <param name="database">The store.</param>
    /// <param name="expectedChainId">The chain it must be of; null where that is not known.</param>
    /// <param name="verifier">Checks certificates.</param>
    /// <param name="onBlock">Told each height after it, with the height of the head.</param>
    public static IntegrityReport Run(
        LedgerDatabase database, Hash256? expectedChainId, ISignatureVerifier verifier, Action<ulong, ulong> onBlock)
    {
        StoreInspection inspection = new(database, verifier);
        inspection.Inspect(expectedChainId, onBlock);
        return inspection.report;
    }

    private void Inspect(Hash256? expectedChainId, Action<ulong, ulong> onBlock)
    {
        CheckSeals();
        if (Genesis(expectedChainId) is not { } genesis || Head() is not { } head)
        {
            return;
        }

        report.Height = head.Height;
        if (Beginning() is not { } beginning)
        {
            return;
        }

        report.Beginning = beginning;
        BlockHeader? last = CheckBlocks(genesis, head, beginning, onBlock);
        CheckBodies(genesis.ChainId);
        CheckEvidence();
        StateInspector state = new(database, report);
        report.StateRoot = state.Root();
        if (report.StateRoot is { } root && last is not null && root != last.StateRoot)
        {
            report.Add(DamageArea.State, $"height {head.Height}", "it does not hash to the state root of the head");
        }

        state.CheckLeaves();
        foreach (Finding finding in VoteLogInspector.Inspect(database, genesis.ChainId, head.Height))
        {
            report.Add(finding);
        }
    }

    private void CheckSeals()
    {
        foreach (string column in database.BrokenSeals)
        {
            DamageArea? area = column switch
            {
                LedgerColumns.Meta => DamageArea.Meta,
                LedgerColumns.Evidence => DamageArea.Evidence,
                LedgerColumns.Pairs => DamageArea.Pairs,
                _ => null,
            };
            if (area is { } known)
            {
                report.Add(known, "column", "it does not hold what was written last");
            }
        }

        foreach (string column in SealedColumns.All)
        {
            ColumnCount.Of(database, column, DamageArea.Store, report);
        }
    }

    private GenesisState? Genesis(Hash256? expectedChainId)
    {
        try
        {
            if (database.Get(LedgerColumns.Meta, ChainWriter.GenesisKey) is { } bytes)
            {
                GenesisState genesis = GenesisState.Build(bytes);
                if (expectedChainId is null || genesis.ChainId == expectedChainId)
                {
                    return genesis;
                }
            }

            report.Add(DamageArea.Meta, "genesis", "missing, or of another ledger");
        }
        catch (Exception problem) when (problem is DamagedDataException or GenesisFormatException)
        {
            report.Add(DamageArea.Meta, "genesis", problem.Message);
        }

        return null;
    }

    private StoredHead? Head()
    {
        try
        {
            if (database.Get(LedgerColumns.Meta, ChainWriter.HeadKey) is { } bytes)
            {
                return StoredHead.Parser.ParseFrom(bytes);
            }

            report.Add(DamageArea.Meta, "head", "missing");
        }
        catch (Exception problem) when (problem is DamagedDataException or InvalidProtocolBufferException)
        {
            report.Add(DamageArea.Meta, "head", problem.Message);
        }

        return null;
    }

    private StoreBeginning? Beginning()
    {
        try
        {
            return StoreBeginning.Of(database);
        }
        catch (DamagedDataException problem)
        {
            report.Add(DamageArea.Meta, "beginning", problem.Message);
            return null;
        }
    }

    private BlockHeader? CheckBlocks(
        GenesisState genesis, StoredHead head, StoreBeginning beginning, Action<ulong, ulong> onBlock)
    {
        BlockInspector inspector = new(database, genesis.ChainId, new EpochSets(database, genesis), verifier);
        BlockHeader? previous = beginning.IsSnapshot ? null : ChainRecovery.HeaderOf(genesis);
        Hash256 parent = previous is null ? default : BlockHeader.HashOf(previous.Encode());
        long? transactions = 0;
        long? events = 0;
        Queue<(ulong Height, long Time)> recent = [];
        for (ulong height = beginning.FirstHeader; height <= head.Height; height++)
        {
            InspectedBlock found = inspector.Inspect(height);
            foreach (Finding finding in found.Findings)
            {
                report.Add(finding);
            }

            if (previous is not null && found.Block is { } block && block.Header.ParentHash != parent)
            {
                report.Add(Finding.At(DamageArea.Block, height, "its parent is another block than the one before"));
            }

            if (found.Block is null && previous is null && height > beginning.FirstHeader)
            {
                report.LastWithoutHash = height - 1;
            }

            previous = found.Block?.Header;
            parent = found.Block?.Hash ?? default;
            if (height >= beginning.FirstBlock)
            {
                transactions += found.Block?.Leaves.Length;
                events += found.EventEntries;
            }

            if (found.Block is { } whole)
            {
                recent.Enqueue((height, whole.Header.TimeUnixMs));
                while (recent.Peek().Time < whole.Header.TimeUnixMs - RecentTransactions.WindowMs)
                {
                    report.LastBeforeWindow = recent.Dequeue().Height;
                }
            }

            onBlock(height, head.Height);
        }

        if (previous is not null && !head.BlockHash.Span.SequenceEqual(parent.ToArray()))
        {
            report.Add(DamageArea.Meta, "head", "it names another block than the one of its height");
        }

        Compare(LedgerColumns.Blocks, DamageArea.Block, (long)(head.Height + 1 - beginning.FirstHeader));
        Compare(LedgerColumns.Results, DamageArea.Results, (long)(head.Height + 1 - beginning.FirstBlock));
        Compare(LedgerColumns.EventIndex, DamageArea.EventIndex, events);
        Compare(LedgerColumns.Transactions, DamageArea.TransactionIndex, transactions);
        return previous;
    }

    // Nothing is expected where a block cannot be read: how many transactions it has is not known.
    private void Compare(string column, DamageArea area, long? expected)
    {
        if (ColumnCount.Of(database, column, area, report) is { } count && count != (expected ?? count))
        {
            report.Add(area, "column", $"it has {count} entries, the chain counts {expected}");
        }
    }

    // What stands in this column is accused of by its own signatures; here only that it is what was put there.
    private void CheckEvidence()
    {
        try
        {
            foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Evidence, []))
            {
                if (!EquivocationEvidence.TryDecode(value, out _)
                    || !EvidenceLog.KeyOf(value).AsSpan().SequenceEqual(key))
                {
                    report.Add(DamageArea.Evidence, Convert.ToHexStringLower(key), "it is not what was put there");
                }
            }
        }
        catch (DamagedDataException problem)
        {
            report.Add(DamageArea.Evidence, "column", problem.Message);
        }
    }

    // Bodies of proposals that were never decided stay; they too must be what they are stored as.
    private void CheckBodies(Hash256 chainId)
    {
        try
        {
            foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Bodies, []))
            {
                report.Count(LedgerColumns.Bodies);
                if (BodyHash.Of(value, chainId) is not { } names || !names.Leaf.ToArray().AsSpan().SequenceEqual(key))
                {
                    report.Add(DamageArea.Body, Convert.ToHexStringLower(key), "it does not hash to its leaf");
                }
            }
        }
        catch (DamagedDataException problem)
        {
            report.Add(DamageArea.Body, "column", problem.Message);
        }
    }
}
