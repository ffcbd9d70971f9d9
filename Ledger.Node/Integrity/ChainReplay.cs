using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Executes the blocks of a damaged store again, from the genesis document on, into a new one: as far as every block is
/// whole and gives the roots that a quorum signed.
/// </summary>
internal sealed class ChainReplay(
    LedgerDatabase damaged,
    LedgerDatabase fresh,
    GenesisState genesis,
    byte[] genesisBytes,
    ISignatureVerifier verifier,
    Action<ulong, ulong> onBlock)
{
    private readonly ChainWriter writer = new(fresh);

    /// <summary>Replays up to a height at most; returns the height that was reached.</summary>
    public ulong Run(ulong last)
    {
        ChainState chain = ChainRecovery.Open(fresh, genesisBytes);

        // The sets of later epochs come from the new store, where replaying has put them.
        BlockInspector inspector = new(damaged, genesis.ChainId, new EpochSets(fresh, genesis), verifier);
        RecordIndex records = new(fresh);
        while (chain.Head.Height < last && Next(chain, inspector, records) is var (executed, certificate))
        {
            using DatabaseBatch batch = fresh.NewBatch();
            writer.Write(batch, executed, certificate);
            fresh.Write(batch, synced: false);
            BlockHeader header = executed.Block.Header;
            chain.Advance(
                new LedgerHead(
                    header,
                    executed.Block.Hash,
                    executed.Result.State,
                    executed.NextSet,
                    header.EndsEpoch ? header.Epoch + 1 : header.Epoch,
                    certificate.View),
                executed);
            onBlock(header.Height, last);
        }

        return chain.Head.Height;
    }

    private (ExecutedBlock Executed, Certificate Certificate)? Next(
        ChainState chain, BlockInspector inspector, RecordIndex records)
    {
        LedgerHead head = chain.Head;
        InspectedBlock found = inspector.Inspect(head.Height + 1);
        if (!found.IsWhole || found.Block!.Header.ParentHash != head.BlockHash)
        {
            return null;
        }

        ProposalBlock block = found.Block;
        List<ParsedTransaction> transactions = [];
        foreach (Hash256 leaf in block.Leaves)
        {
            TransactionReading reading = TransactionReader.Read(
                damaged.Get(LedgerColumns.Bodies, leaf.ToArray()), genesis.ChainId, verifier);
            if (!reading.IsRead)
            {
                return null;
            }

            transactions.Add(reading.Transaction);
        }

        BlockContext context = new(block.Height, block.Header.TimeUnixMs, genesis.ChainId, chain.Heads);
        BlockResult result = BlockExecutor.Execute(
            head.State, new ExpectedRecords(records, transactions), context, transactions);
        ValidatorSet next = ValidatorSet.Of(
            result.NextValidators.Select(seat => new Validator(seat.Address, seat.VoteKey)));
        return result.StateRoot == block.Header.StateRoot && result.ReceiptRoot == block.Header.ReceiptRoot
            && next.Hash == block.Header.NextValidatorsHash
            ? (new ExecutedBlock(block, transactions, result, next), found.Certificate!)
            : null;
    }
}
