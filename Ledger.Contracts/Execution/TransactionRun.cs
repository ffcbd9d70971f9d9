using Google.Protobuf;
using Google.Protobuf.Collections;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>Runs the groups of one transaction on the draft of its block, and counts what that costs.</summary>
internal sealed class TransactionRun
{
    private readonly BlockDraft draft;
    private readonly BlockContext block;
    private readonly ParsedTransaction transaction;
    private readonly UsageBook usage;
    private readonly OperationResult[][] results;
    private readonly long[][] sizes;
    private readonly CallContext?[] contexts;

    // A transaction's signers have acted only where they signed with their current keys.
    private bool signersAreCurrent;

    public TransactionRun(BlockDraft draft, BlockContext block, ParsedTransaction transaction, UsageBook usage)
    {
        this.draft = draft;
        this.block = block;
        this.transaction = transaction;
        this.usage = usage;
        results = new OperationResult[transaction.Body.Groups.Count][];
        sizes = SizesOf(transaction);
        contexts = new CallContext?[transaction.Signers.Count];
    }

    /// <summary>The work of all operations so far.</summary>
    public ulong WorkUnits { get; private set; }

    /// <summary>Runs the groups in order.</summary>
    public void Execute()
    {
        // An earlier transaction of the same block may have changed a signer's key.
        signersAreCurrent = Signers.AreCurrent(draft, transaction.Signers);
        Expect();
        for (int group = 0; group < results.Length; group++)
        {
            results[group] = new OperationResult[transaction.Body.Groups[group].Operations.Count];
            DraftMark mark = draft.Mark();
            int refused = ExecuteGroup(group);
            if (refused < results[group].Length)
            {
                draft.RollBack(mark);
                RefuseOthers(results[group], refused);
            }
        }
    }

    /// <summary>Hands the receipts over, and counts them for those who acted.</summary>
    public void Deliver(List<OperationReceipt> receipts)
    {
        for (int group = 0; group < results.Length; group++)
        {
            for (int place = 0; place < results[group].Length; place++)
            {
                OperationResult result = results[group][place];
                receipts.Add(new OperationReceipt(
                    new OperationPlace(transaction.Id, group, place), result.ToByteArray()));
                if (signersAreCurrent)
                {
                    usage.Count(ActorOf(transaction.Body.Groups[group].Operations[place]), result);
                }
            }
        }
    }

    // Gives the place of the operation that was refused, or the number of operations where none was.
    private int ExecuteGroup(int group)
    {
        int refused = results[group].Length;
        for (int place = 0; place < results[group].Length; place++)
        {
            Operation operation = transaction.Body.Groups[group].Operations[place];
            bool isFirst = group == 0 && place == 0;
            draft.Place = new OperationPlace(transaction.Id, group, place);
            draft.Meter.Begin((ulong)sizes[group][place], isFirst ? (ulong)transaction.SignatureCount : 0);

            // What follows a refused operation is not run, and costs what it costs to be there.
            OperationResult result = refused < place ? new OperationResult() : Apply(operation);
            OperationWork work = draft.Meter.End();
            result.Bytes = work.Bytes;
            result.WorkUnits = work.Units;
            WorkUnits = checked(WorkUnits + work.Units);
            results[group][place] = result;
            refused = refused > place && result.Code != ResultCode.Accepted ? place : refused;
        }

        return refused;
    }

    private OperationResult Apply(Operation operation)
    {
        if (!signersAreCurrent)
        {
            return Outcome.Refused(ResultCode.SignerRevoked);
        }

        if (WorkUnits >= WorkLimits.TransactionUnitsMax)
        {
            return Outcome.Refused(ResultCode.TooMuchWork);
        }

        if (usage.IsOverQuota(ActorOf(operation)) && !QuotaRules.IsFree(operation.CallCase))
        {
            return Outcome.Refused(ResultCode.OverQuota);
        }

        CallContext context = ContextOf(operation);
        ResultCode? barred = ActorRules.Refusal(draft, operation, context);
        return barred is null
            ? ContractTable.Apply(draft, operation, context)
            : Outcome.Refused(barred.Value);
    }

    // Most transactions are insertions, each of which looks at values that were not looked at before.
    private void Expect()
    {
        foreach (Operation operation in transaction.Body.Groups.SelectMany(static group => group.Operations))
        {
            if (signersAreCurrent && operation.CallCase == Operation.CallOneofCase.LlpcInsert)
            {
                RecordContract.Expect(draft, operation.LlpcInsert, ContextOf(operation));
            }
        }
    }

    private CallContext ContextOf(Operation operation) => contexts[(int)operation.Actor]
        ??= new CallContext(block, transaction.Signers, (int)operation.Actor) { Rules = draft.Rules };

    // Who signed with a key that is not its own hears so in every receipt, not in the first of each group alone.
    private void RefuseOthers(OperationResult[] ofGroup, int refused)
    {
        for (int place = 0; place < ofGroup.Length; place++)
        {
            if (place != refused)
            {
                ofGroup[place] = new OperationResult
                {
                    Code = signersAreCurrent ? ResultCode.GroupRefused : ResultCode.SignerRevoked,
                    RefusedOperation = signersAreCurrent ? (uint)refused : 0,
                    Bytes = ofGroup[place].Bytes,
                    WorkUnits = ofGroup[place].WorkUnits,
                };
            }
        }
    }

    // The first operation bears what of the transaction is no operation.
    private static long[][] SizesOf(ParsedTransaction transaction)
    {
        long[][] sizes = new long[transaction.Body.Groups.Count][];
        long rest = transaction.SignedBytes.Length;
        for (int group = 0; group < sizes.Length; group++)
        {
            RepeatedField<Operation> operations = transaction.Body.Groups[group].Operations;
            sizes[group] = new long[operations.Count];
            for (int place = 0; place < operations.Count; place++)
            {
                sizes[group][place] = operations[place].CalculateSize();
                rest -= sizes[group][place];
            }
        }

        sizes[0][0] += rest;
        return sizes;
    }

    private Address ActorOf(Operation operation) => transaction.Signers[(int)operation.Actor].Address;
}
