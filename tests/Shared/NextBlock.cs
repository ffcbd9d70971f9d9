using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Testing;

/// <summary>Executes transactions on top of a chain's head; nothing is written.</summary>
internal static class NextBlock
{
    /// <summary>The block of these transactions, and what comes of it.</summary>
    public static ExecutedBlock Of(
        LedgerDatabase database, ChainState chain, Hash256 chainId, long timeUnixMs, ParsedTransaction[] transactions)
    {
        LedgerHead head = chain.Head;
        BlockResult result = BlockExecutor.Execute(
            head.State,
            new RecordIndex(database),
            new BlockContext(head.Height + 1, timeUnixMs, chainId, chain.Heads),
            transactions);
        BlockHeader header = new()
        {
            Height = head.Height + 1,
            Epoch = head.NextEpoch,
            ParentHash = head.BlockHash,
            TimeUnixMs = timeUnixMs,
            TransactionRoot = result.TransactionRoot,
            ReceiptRoot = result.ReceiptRoot,
            StateRoot = result.StateRoot,
            ValidatorsHash = head.NextSet.Hash,
            NextValidatorsHash = head.NextSet.Hash,
        };
        ProposalBlock block = ProposalBlock.Of(header, [.. transactions.Select(transaction => transaction.Leaf)]);
        return new ExecutedBlock(block, transactions, result, head.NextSet);
    }
}
