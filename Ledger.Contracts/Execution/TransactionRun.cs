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
    private readonly RepeatedField<Group> groups;
    private readonly OperationResult[] results;
    private readonly long[] sizes;
    private readonly CallContext?[] contexts;

    // A transaction's signers have acted only where they signed with their current keys.
    private bool signersAreCurrent;

    public TransactionRun(BlockDraft draft, BlockContext block, ParsedTransaction transaction, UsageBook usage)
    {
        this.draft = draft;
        this.block = block;
        this.transaction = transaction;
        this.usage = usage;
        groups = transaction.Body.Groups;
        sizes = SizesOf(transaction);
        results = new OperationResult[sizes.Length];
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
        int first = 0;
        for (int group = 0; group < groups.Count; group++)
        {
            DraftMark mark = draft.Mark();
            Span<OperationResult> ofGroup = results.AsSpan(first, groups[group].Operations.Count);
            int refused = ExecuteGroup(group, ofGroup, first);
            if (refused < ofGroup.Length)
            {
                draft.RollBack(mark);
                RefuseOthers(ofGroup, refused);
            }

            first += ofGroup.Length;
        }
    }

    /// <summary>Hands the receipts over, and counts them for those who acted.</summary>
    public void Deliver(List<OperationReceipt> receipts)
    {
        int at = 0;
        for (int group = 0; group < groups.Count; group++)
        {
            RepeatedField<Operation> operations = groups[group].Operations;
            for (int place = 0; place < operations.Count; place++)
            {
                OperationResult result = results[at++];
                receipts.Add(new OperationReceipt(
                    new OperationPlace(transaction.Id, group, place), result.ToBytes()));
                if (signersAreCurrent)
                {
                    usage.Count(ActorOf(operations[place]), result);
                }
            }
        }
    }

    // Gives the place of the operation that was refused, or the number of operations where none was.
    private int ExecuteGroup(int group, Span<OperationResult> ofGroup, int first)
    {
        int refused = ofGroup.Length;
        for (int place = 0; place < ofGroup.Length; place++)
        {
            Operation operation = groups[group].Operations[place];
            draft.Place = new OperationPlace(transaction.Id, group, place);
            bool isFirst = group == 0 && place == 0;
            draft.Meter.Begin((ulong)sizes[first + place], isFirst ? (ulong)transaction.SignatureCount : 0);

            // What follows a refused operation is not run, and costs what it costs to be there.
            OperationResult result = refused < place ? new OperationResult() : Apply(operation);
            OperationWork work = draft.Meter.End();
            result.Bytes = work.Bytes;
            result.WorkUnits = work.Units;
            WorkUnits = checked(WorkUnits + work.Units);
            ofGroup[place] = result;
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

        // No block holds such a call; were there one, it is to every program what it is to one that lacks it.
        if (RulesVersions.Since(operation.CallCase) > draft.Rules)
        {
            return Outcome.Refused(ResultCode.Malformed);
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
        for (int group = 0; group < groups.Count && signersAreCurrent; group++)
        {
            RepeatedField<Operation> operations = groups[group].Operations;
            for (int place = 0; place < operations.Count; place++)
            {
                if (operations[place] is { CallCase: Operation.CallOneofCase.LlpcInsert } operation)
                {
                    RecordContract.Expect(draft, operation.LlpcInsert, ContextOf(operation));
                }
            }
        }
    }

    private CallContext ContextOf(Operation operation) => contexts[(int)operation.Actor]
        ??= new CallContext(block, transaction.Signers, (int)operation.Actor) { Rules = draft.Rules };

    // Who signed with a key that is not its own hears so in every receipt, not in the first of each group alone.
    private void RefuseOthers(Span<OperationResult> ofGroup, int refused)
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
    private static long[] SizesOf(ParsedTransaction transaction)
    {
        RepeatedField<Group> groups = transaction.Body.Groups;
        long[] sizes = new long[transaction.OperationCount];
        long rest = transaction.SignedBytes.Length;
        int at = 0;
        for (int group = 0; group < groups.Count; group++)
        {
            RepeatedField<Operation> operations = groups[group].Operations;
            for (int place = 0; place < operations.Count; place++)
            {
                sizes[at] = operations[place].CalculateSize();
                rest -= sizes[at++];
            }
        }

        sizes[0] += rest;
        return sizes;
    }

    private Address ActorOf(Operation operation) => transaction.Signers[(int)operation.Actor].Address;
}
