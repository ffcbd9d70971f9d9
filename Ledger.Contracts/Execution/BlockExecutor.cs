using System.Buffers;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// Executes a block: a pure function of the parent's state, the block's context and its transactions. Rule K-1.
/// </summary>
public static class BlockExecutor
{
    /// <summary>
    /// Closes what has ended, then runs the transactions in order, up to the one with which the block's work would
    /// exceed its limit: <see cref="BlockResult.TransactionCount"/> says how many that are. That they may stand in the
    /// block (ids, times) was judged before.
    /// </summary>
    public static BlockResult Execute(
        LedgerState parent, IRecordIndex records, BlockContext block, IReadOnlyList<ParsedTransaction> transactions)
    {
        Invariant.That(block.Heads.AreThoseBefore(block.Height), "a block is executed with the heads before it");
        uint rules = RulesVersions.InForce(parent, block.Height);
        if (rules > block.NewestRules)
        {
            throw new UnknownRulesException(rules, block.NewestRules, block.Height);
        }

        int operations = OperationsOf(transactions);
        BlockDraft draft = new(parent, records, block.TimeUnixMs, operations) { Rules = rules };
        RulesVersions.Open(draft, rules, block.Height);
        ExpiredInstances.Close(draft, block);
        UsageBook usage = new(parent, block);
        List<OperationReceipt> receipts = new(operations);
        ulong workUnits = 0;
        int count = 0;
        while (count < transactions.Count)
        {
            TransactionRun run = new(draft, block, transactions[count], usage);
            DraftMark mark = draft.Mark();
            run.Execute();
            if (count > 0 && workUnits + run.WorkUnits > WorkLimits.BlockUnitsMax)
            {
                draft.RollBack(mark);
                break;
            }

            draft.Keep();
            workUnits += run.WorkUnits;
            run.Deliver(receipts);
            count++;
        }

        usage.Write(draft);
        (LedgerState state, StateChange[] changes) = draft.Finish();
        return new BlockResult
        {
            State = state,
            StateRoot = state.Root,
            ReceiptRoot = RootOf(receipts),
            TransactionRoot = MerkleList.Root([.. transactions.Take(count).Select(static one => one.Leaf)]),
            TransactionCount = count,
            WorkUnits = workUnits,
            Receipts = receipts,
            Changes = changes,
            Leaves = draft.Leaves,
            Grown = draft.Grown(),
            Erased = draft.Erased,
            Events = draft.Events,
            NextValidators = ValidatorSeat.Of(state),
        };
    }

    private static int OperationsOf(IReadOnlyList<ParsedTransaction> transactions) =>
        transactions.Sum(static one => one.Body.Groups.Sum(static group => group.Operations.Count));

    private static Hash256 RootOf(List<OperationReceipt> receipts)
    {
        Hash256[] rented = ArrayPool<Hash256>.Shared.Rent(receipts.Count);
        for (int place = 0; place < receipts.Count; place++)
        {
            rented[place] = receipts[place].Leaf;
        }

        Hash256 root = MerkleList.Root(rented.AsSpan(0, receipts.Count));
        ArrayPool<Hash256>.Shared.Return(rented);
        return root;
    }
}
