using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>Copies what is right of a store into a new one.</summary>
internal sealed class StoreCopy(LedgerDatabase damaged, LedgerDatabase fresh)
{
    /// <summary>Entries of one batch: a few MiB at most.</summary>
    private const int BatchEntries = 1000;

    private static readonly string[] Derived =
    [
        LedgerColumns.Transactions, LedgerColumns.Results, LedgerColumns.State, LedgerColumns.Leaves,
        LedgerColumns.Locators, LedgerColumns.Meta,
    ];

    /// <summary>
    /// Copies a chain of which only blocks or bodies are damaged; those are left out and listed.
    /// </summary>
    public ulong CopyChain(ulong height, BlockInspector inspector, List<ulong> toFetch)
    {
        foreach (string column in Derived)
        {
            Copy(column);
        }

        IndexEvents();
        for (ulong each = inspector.Beginning.FirstHeader; each <= height; each++)
        {
            InspectedBlock found = inspector.Inspect(each);
            if (!found.IsWhole)
            {
                toFetch.Add(each);
            }

            if (found.Block is { } block)
            {
                CopyBlock(block, !found.Findings.Any(finding => finding.Area == DamageArea.Block));
            }
        }

        return height;
    }

    /// <summary>
    /// Copies what follows from nothing else, up to the first damage of each column, with bodies that votes rest on.
    /// </summary>
    public void CopyKept(List<Finding> lost)
    {
        foreach (string column in LedgerColumns.NodeLocal)
        {
            try
            {
                Copy(column);
            }
            catch (DamagedDataException problem)
            {
                DamageArea area = column switch
                {
                    LedgerColumns.Evidence => DamageArea.Evidence,
                    LedgerColumns.Pairs => DamageArea.Pairs,
                    _ => DamageArea.VoteLog,
                };
                lost.Add(new Finding(area, "column", problem.Message));
            }
        }

        foreach ((byte[] _, byte[] value) in fresh.Scan(
            LedgerColumns.Consensus, [Agreement.ConsensusStore.ItemKey, (byte)StoredItemKind.Proposal]).ToArray())
        {
            if (ProposalBlock.TryDecode(value, out ProposalBlock? block))
            {
                using DatabaseBatch batch = fresh.NewBatch();
                PutBodies(batch, block);
                fresh.Write(batch, synced: false);
            }
        }
    }

    /// <summary>
    /// Says up to which height votes were dropped because their blocks were decided: where the chain is cut below it,
    /// nothing is missing.
    /// </summary>
    public void NoteDecided(ulong height)
    {
        byte[]? before = fresh.Get(LedgerColumns.Consensus, Agreement.ConsensusStore.DecidedKey);
        byte[] decided = LedgerDatabase.HeightKey(height);
        if (before is null || before.AsSpan().SequenceCompareTo(decided) < 0)
        {
            using DatabaseBatch batch = fresh.NewBatch();
            batch.Put(LedgerColumns.Consensus, Agreement.ConsensusStore.DecidedKey, decided);
            fresh.Write(batch, synced: false);
        }
    }

    // Always made anew: it follows from the results, and is whole where they are.
    private void IndexEvents()
    {
        foreach (KeyValuePair<byte[], byte[]>[] entries in fresh.Scan(LedgerColumns.Results, []).Chunk(BatchEntries))
        {
            using DatabaseBatch batch = fresh.NewBatch();
            foreach ((byte[] key, byte[] value) in entries)
            {
                EventIndex.Put(
                    batch,
                    EventIndex.HeightOf(key),
                    EventList.Parser.ParseFrom(StoredResults.Parser.ParseFrom(value).Events));
            }

            fresh.Write(batch, synced: false);
        }
    }

    private void CopyBlock(ProposalBlock block, bool isWhole)
    {
        byte[] key = LedgerDatabase.HeightKey(block.Height);
        using DatabaseBatch batch = fresh.NewBatch();
        if (isWhole)
        {
            batch.Put(LedgerColumns.Blocks, key, damaged.Get(LedgerColumns.Blocks, key)!);
        }

        PutBodies(batch, block);
        fresh.Write(batch, synced: false);
    }

    private void PutBodies(DatabaseBatch batch, ProposalBlock block)
    {
        foreach (Hash256 leaf in block.Leaves)
        {
            if (BodyOf(leaf) is { } body)
            {
                batch.Put(LedgerColumns.Bodies, leaf.ToArray(), body);
            }
        }
    }

    private byte[]? BodyOf(Hash256 leaf)
    {
        try
        {
            return damaged.Get(LedgerColumns.Bodies, leaf.ToArray());
        }
        catch (DamagedDataException)
        {
            // Left out: the inspection has listed it, and the node fetches it by its leaf.
            return null;
        }
    }

    private void Copy(string column)
    {
        foreach (KeyValuePair<byte[], byte[]>[] entries in damaged.Scan(column, []).Chunk(BatchEntries))
        {
            using DatabaseBatch batch = fresh.NewBatch();
            foreach ((byte[] key, byte[] value) in entries)
            {
                batch.Put(column, key, value);
            }

            fresh.Write(batch, synced: false);
        }
    }
}
