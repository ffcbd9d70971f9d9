using Google.Protobuf;
using Ledger.Contracts.Identity;
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
    /// Closes what has ended, then runs the transactions in order. That they may stand in the block (ids, times) was
    /// judged before.
    /// </summary>
    public static BlockResult Execute(
        LedgerState parent, IRecordIndex records, BlockContext block, IReadOnlyList<ParsedTransaction> transactions)
    {
        Invariant.That(block.Heads.AreThoseBefore(block.Height), "a block is executed with the heads before it");
        BlockDraft draft = new(parent, records, block.TimeUnixMs);
        ExpiredInstances.Close(draft, block);
        List<OperationReceipt> receipts = new(transactions.Count);
        foreach (ParsedTransaction transaction in transactions)
        {
            Execute(draft, block, transaction, receipts);
        }

        (LedgerState state, StateChange[] changes) = draft.Finish();
        return new BlockResult
        {
            State = state,
            StateRoot = state.Root,
            ReceiptRoot = MerkleList.Root([.. receipts.Select(static receipt => receipt.Leaf)]),
            TransactionRoot = MerkleList.Root([.. transactions.Select(static transaction => transaction.Leaf)]),
            Receipts = receipts,
            Changes = changes,
            Records = draft.Records,
            Events = draft.Events,
            NextValidators = ValidatorSeat.Of(state),
        };
    }

    private static void Execute(
        BlockDraft draft, BlockContext block, ParsedTransaction transaction, List<OperationReceipt> receipts)
    {
        // An earlier transaction of the same block may have changed a signer's key.
        bool signersAreCurrent = Signers.AreCurrent(draft, transaction.Signers);
        for (int group = 0; group < transaction.Body.Groups.Count; group++)
        {
            IReadOnlyList<Operation> operations = transaction.Body.Groups[group].Operations;
            OperationResult[] results = signersAreCurrent
                ? ExecuteGroup(draft, block, transaction, group)
                : [.. operations.Select(static _ => Outcome.Refused(ResultCode.SignerRevoked))];
            for (int operation = 0; operation < results.Length; operation++)
            {
                OperationPlace place = new(transaction.Id, group, operation);
                receipts.Add(new OperationReceipt(place, results[operation].ToByteArray()));
            }
        }
    }

    private static OperationResult[] ExecuteGroup(
        BlockDraft draft, BlockContext block, ParsedTransaction transaction, int group)
    {
        IReadOnlyList<Operation> operations = transaction.Body.Groups[group].Operations;
        OperationResult[] results = new OperationResult[operations.Count];
        DraftMark mark = draft.Mark();
        for (int place = 0; place < operations.Count; place++)
        {
            draft.Place = new OperationPlace(transaction.Id, group, place);
            CallContext context = new(block, transaction.Signers, (int)operations[place].Actor);
            results[place] = ContractTable.Apply(draft, operations[place], context);
            if (results[place].Code != ResultCode.Accepted)
            {
                draft.RollBack(mark);
                return RefuseAll(results, place);
            }
        }

        return results;
    }

    private static OperationResult[] RefuseAll(OperationResult[] results, int refused)
    {
        for (int place = 0; place < results.Length; place++)
        {
            if (place != refused)
            {
                results[place] = Outcome.Refused(ResultCode.GroupRefused);
                results[place].RefusedOperation = (uint)refused;
            }
        }

        return results;
    }
}
