using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Support;

/// <summary>
/// Executes blocks and writes them as the node does, with a certificate by three of the four validators.
/// </summary>
internal sealed class ChainBuilder(TestLedger ledger, DatabaseFolder folder)
{
    private const ulong View = 3;

    public ChainState Chain { get; private set; } = ChainRecovery.Open(folder.Database, ledger.GenesisBytes);

    /// <summary>Opens the database anew, as after a restart.</summary>
    public ChainState Restart() => Chain = ChainRecovery.Open(folder.Reopen(), ledger.GenesisBytes);

    /// <summary>Decides one block.</summary>
    public ExecutedBlock Decide(long time, params ParsedTransaction[] transactions)
    {
        LedgerHead head = Chain.Head;
        BlockResult result = BlockExecutor.Execute(
            head.State,
            new RecordIndex(folder.Database),
            new BlockContext(head.Height + 1, time, ledger.ChainId, Chain.Heads),
            transactions);
        BlockHeader header = new()
        {
            Height = head.Height + 1,
            Epoch = head.NextEpoch,
            ParentHash = head.BlockHash,
            TimeUnixMs = time,
            TransactionRoot = result.TransactionRoot,
            ReceiptRoot = result.ReceiptRoot,
            StateRoot = result.StateRoot,
            ValidatorsHash = head.NextSet.Hash,
            NextValidatorsHash = head.NextSet.Hash,
        };
        ProposalBlock block = ProposalBlock.Of(header, [.. transactions.Select(transaction => transaction.Leaf)]);
        ExecutedBlock executed = new(block, transactions, result, head.NextSet);
        Write(executed);
        Chain.Advance(
            new LedgerHead(header, block.Hash, result.State, head.NextSet, head.NextEpoch, View), executed);
        return executed;
    }

    private void Write(ExecutedBlock executed)
    {
        Certificate certificate = new(
            VoteKind.Commit,
            executed.Block.Header.Epoch,
            executed.Block.Height,
            View,
            executed.Block.Hash,
            ledger.Sign(executed.Block, View));
        using DatabaseBatch batch = folder.Database.NewBatch();
        new ChainWriter().Write(batch, executed, certificate);
        folder.Database.Write(batch, synced: true);
    }
}
