using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Records;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>What writers have erased, as the blocks on this node's disk tell it.</summary>
public sealed class LedgerErasures(ChainReader reader)
{
    /// <summary>
    /// The records that blocks from a height on, up to another, put tombstones in the place of. Blocks that a snapshot
    /// has spared this node are not among them.
    /// </summary>
    public IEnumerable<LedgerErasure> Between(ulong from, ulong upTo) => reader
        .EventHeights(
            EventIndex.PrefixOf((uint)ContractEventKind.RecordsErased), Math.Max(from, reader.FirstBlock))
        .TakeWhile(height => height <= upTo)
        .SelectMany(In);

    /// <summary>Whether a snapshot has spared this node blocks after a height.</summary>
    public bool LacksBlocksAfter(ulong height) => reader.FirstBlock > height + 1;

    /// <summary>The places of a writer's range in which tombstones stand, whatever block put them there.</summary>
    public IEnumerable<ulong> Tombstones(LlpcName llpc, Address writer) =>
        reader.Leaves(RangeName.OfRecords(llpc, writer)).OfType<TombstoneLeaf>().Select(static leaf => leaf.Index);

    /// <summary>Those of one block that has such events.</summary>
    public IEnumerable<LedgerErasure> In(ulong height)
    {
        StoredBlock block = reader.Block(height)
            ?? throw Missing(LedgerColumns.Blocks, height);
        StoredResults results = reader.Results(height)
            ?? throw Missing(LedgerColumns.Results, height);
        Dictionary<uint, TransactionBody> bodies = [];
        foreach (StoredResult result in results.Results)
        {
            if (OperationResult.Parser.ParseFrom(result.Result).Code != ResultCode.Accepted)
            {
                continue;
            }

            if (!bodies.TryGetValue(result.Transaction, out TransactionBody? body))
            {
                body = BodyOf(height, block, result.Transaction);
                bodies.Add(result.Transaction, body);
            }

            Operation operation = body.Groups[(int)result.Group].Operations[(int)result.Operation];
            if (operation.LlpcErase is { } erase)
            {
                Address writer = new(body.Signers[(int)operation.Actor].Address.Span);
                LlpcName llpc = new(new Address(erase.Learner.Span), erase.Verb);
                foreach (ErasedEntry entry in erase.Records)
                {
                    yield return new LedgerErasure(
                        writer, llpc, entry.Index, RecordLocator.Of(entry.Locator), height);
                }
            }
        }
    }

    private static DamagedDataException Missing(string column, ulong height) =>
        new(column, LedgerDatabase.HeightKey(height), "missing", null);

    private TransactionBody BodyOf(ulong height, StoredBlock block, uint transaction)
    {
        Hash256 leaf = new(block.Block.Proposal.Leaves.Span.Slice((int)transaction * Hash256.Size, Hash256.Size));
        return TransactionBody.Parser.ParseFrom(
            SignedTransaction.Parser.ParseFrom(reader.BodyOf(height, leaf)).Body);
    }
}
