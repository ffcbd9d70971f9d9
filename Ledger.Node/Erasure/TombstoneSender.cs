using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Records;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Node.Erasure;

/// <summary>
/// Puts tombstones on the ledger for what the list names: one transaction at a time, for its paths hold only while
/// nothing else is erased of the same ranges. Nothing of it is kept: what is open follows from list and ledger, and a
/// call that comes twice is refused the second time. Used by one thread.
/// </summary>
public sealed class TombstoneSender(
    Hash256 chainId,
    SigningKey identity,
    ChainState chain,
    ChainReader reader,
    IRecordIndex index,
    ErasureList list,
    TransactionIntake intake,
    Action<ParsedTransaction> tell,
    OutcomeTracker outcomes,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Records of one call: with their paths in a long range half a transaction.</summary>
    private const int CallRecordsMax = 256;

    /// <summary>Calls of one transaction stay below this, of the 256 KiB that one may have.</summary>
    private const int CallBytesMax = 200 * 1024;

    /// <summary>Open records that are looked at for one transaction.</summary>
    private const int LookedAtMax = 4096;

    /// <summary>The clocks of two nodes may differ by this much: until then a block may still hold it.</summary>
    private static readonly TimeSpan ClockDifferenceMax = TimeSpan.FromSeconds(10);

    private PendingTransaction? underWay;

    /// <summary>Whether the ledger has the call: the members have upgraded its rules.</summary>
    public bool MayErase =>
        RulesVersions.InForce(chain.Head.State, chain.Head.Height + 1) >= RulesVersions.Erasure;

    /// <summary>How many of these records stand on the ledger.</summary>
    public int CountOnLedger(IEnumerable<RecordLocator> records) => records.Count(record =>
        index.Find(new RecordIndexKey(identity.Address, record.KeyVersion, record.Id.Value)) is not null);

    /// <summary>Sees to the transaction that is under way, or makes the next one.</summary>
    public void Look()
    {
        if (!MayErase || (underWay is { } sent && !IsOver(sent)))
        {
            return;
        }

        underWay = null;
        List<(LlpcName Llpc, ulong Index)> places = Places();
        if (places.Count > 0)
        {
            Send(places);
        }
    }

    private bool IsOver(PendingTransaction sent)
    {
        if (outcomes.Stored(sent.Id) is { } outcome)
        {
            Tell(outcome);
            return true;
        }

        DateTimeOffset lastValid = DateTimeOffset.FromUnixTimeMilliseconds(sent.Body.LastValidUnixMs);
        return chain.Head.Header.TimeUnixMs > sent.Body.LastValidUnixMs
            || time.GetUtcNow() > lastValid + ClockDifferenceMax;
    }

    private void Tell(Outcome outcome)
    {
        foreach (OperationResult result in outcome.Operations.Select(static one => one.Result))
        {
            // A leaf may differ because a record came into the range meanwhile: the next round makes the path anew.
            if (result.Code is not (ResultCode.Accepted or ResultCode.LeafDiffers))
            {
                logger.LogWarning("an erasure was refused: {Text}", ResultCodeText.Of(result.Code));
            }
        }
    }

    // Where open records stand; those that do not stand on the ledger are settled.
    private List<(LlpcName Llpc, ulong Index)> Places()
    {
        List<(LlpcName, ulong)> places = [];
        List<RecordLocator> absent = [];
        LedgerState state = chain.Head.State;
        foreach (ListedRecord record in list.Unsettled(LookedAtMax))
        {
            RecordIndexKey key = new(identity.Address, record.Locator.KeyVersion, record.Locator.Id.Value);
            if (index.Find(key) is not { } anchored)
            {
                absent.Add(record.Locator);
            }
            else
            {
                StateKey llpc = new(StateKeys.Prefix(StateKind.Llpc, anchored.Learner, anchored.VerbHash));
                string verb = state.Find(llpc, Llpc.Parser)!.Verb;
                places.Add((new LlpcName(anchored.Learner, verb), anchored.Index));
            }
        }

        list.Settle(absent, height: 0);
        return places;
    }

    private void Send(List<(LlpcName Llpc, ulong Index)> places)
    {
        LedgerHead head = chain.Head;
        long lastValid = TransactionBuilder.LastValidFor(time.GetUtcNow());
        TransactionBuilder builder = new(chainId, lastValid);
        int actor = builder.AddSigner(identity.Address, identity.PublicKey);
        int bytes = 0;
        int calls = 0;
        foreach (IGrouping<LlpcName, ulong> range in places.GroupBy(
            static place => place.Llpc, static place => place.Index))
        {
            if (CallOf(head, range.Key, [.. range.Order().Take(CallRecordsMax)]) is not { } call)
            {
                continue;
            }

            bytes += call.CalculateSize();
            if (calls > 0 && bytes > CallBytesMax)
            {
                break;
            }

            builder.AddGroup(actor, call);
            calls++;
        }

        if (calls == 0)
        {
            return;
        }

        PendingTransaction transaction = builder.Build();
        transaction.AddSignature(identity);
        IntakeAnswer answer = intake.Submit(transaction.ToSignedBytes());
        if (answer.Kind == IntakeKind.Added)
        {
            underWay = transaction;
            tell(answer.Transaction!);
        }
        else
        {
            logger.LogWarning("erasures wait: {Kind} {Refusal}", answer.Kind, answer.Refusal);
        }
    }

    private Operation? CallOf(LedgerHead head, LlpcName llpc, ulong[] indexes)
    {
        RecordRange range = head.State.RecordRange(llpc, identity.Address);
        IReadOnlyList<IRangeLeaf> leaves = reader.Records(llpc, identity.Address, range.Count);
        RecordLeaf[] erased = [.. indexes.Select(at => leaves[(int)at]).OfType<RecordLeaf>()];

        // The disk is ahead of the head: the next round finds both where they are then.
        if (erased.Length < indexes.Length
            || leaves.OfType<TombstoneLeaf>().Any(leaf => leaf.ErasedHeight > head.Height))
        {
            return null;
        }

        RangeProver prover = new([.. leaves.Select(static leaf => leaf.LeafHash)]);
        return Operations.LlpcErase(llpc.Learner, llpc.Verb, erased, prover.ProveAll(indexes));
    }
}
