using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Records;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Node.Anchoring;

/// <summary>
/// One look after the outbox: follows the batch that is under way, or plans, stores and sends the next one. Used by one
/// thread.
/// </summary>
public sealed class AnchorRound(
    Hash256 chainId,
    SigningKey identity,
    ChainState chain,
    RecordStore store,
    AnchorPlanner planner,
    TransactionIntake intake,
    Action<ParsedTransaction> tell,
    OutcomeTracker outcomes,
    IdleBlocks idle,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>The code of a record whose verb is none that the ledger takes.</summary>
    public const string UnfitVerb = "VERB_NOT_ACCEPTED";

    private int groupsMax = AnchorPlanner.GroupsMax;

    /// <summary>Does what is to be done now.</summary>
    public void Look()
    {
        IReadOnlyList<SignedBatch> open = store.Outbox.OpenBatches();
        foreach (SignedBatch batch in open)
        {
            Follow(batch);
        }

        // One batch at a time: the next one is planned against a state that holds the LLPCs of the one before.
        if (open.Count == 0)
        {
            Begin(planner.Plan(chain.Head.State, groupsMax));
        }
    }

    private void Follow(SignedBatch batch)
    {
        if (outcomes.Stored(batch.TransactionId) is { } outcome)
        {
            Settle(batch, outcome);
        }
        else if (chain.Head.Header.TimeUnixMs > batch.LastValid.ToUnixTimeMilliseconds())
        {
            logger.LogInformation("a batch of {Count} records expired; it is signed anew", batch.Sequences.Count);
            store.Outbox.Release(batch.TransactionId);
        }
        else if (time.GetUtcNow() > batch.LastValid + IdleBlocks.ClockDifferenceMax)
        {
            idle.Ask();
        }
        else
        {
            Offer(batch);
        }
    }

    private void Begin(AnchorPlan plan)
    {
        if (plan.Unfit.Count > 0)
        {
            store.Outbox.Refuse(plan.Unfit, UnfitVerb);
            logger.LogWarning(
                "{Count} records stay off the ledger: their verb is not an absolute IRI of at most {Bytes} bytes",
                plan.Unfit.Count, TransactionLimits.VerbBytesMax);
        }

        if (plan.Groups.Count > 0)
        {
            Send(plan.Groups);
        }
    }

    private void Send(IReadOnlyList<AnchorGroup> groups)
    {
        long lastValid = TransactionBuilder.LastValidFor(time.GetUtcNow());
        TransactionBuilder builder = new(chainId, lastValid);
        int actor = builder.AddSigner(identity.Address, identity.PublicKey);
        foreach (AnchorGroup group in groups)
        {
            builder.AddGroup(actor, group.Operations);
        }

        PendingTransaction transaction = builder.Build();
        transaction.AddSignature(identity);
        SignedBatch batch = new(
            transaction.Id,
            transaction.ToSignedBytes(),
            DateTimeOffset.FromUnixTimeMilliseconds(lastValid),
            [.. groups.SelectMany(group => group.Sequences).Order()]);
        store.Outbox.StoreBatch(batch);
        Offer(batch);
    }

    private void Offer(SignedBatch batch)
    {
        TransactionRefusal? refusal = Offer(batch.Bytes);
        if (refusal is { } reason && IsForGood(reason))
        {
            GiveUp(batch, reason);
        }
    }

    private TransactionRefusal? Offer(ReadOnlyMemory<byte> bytes)
    {
        IntakeAnswer answer = intake.Offer(bytes);
        if (answer.Kind == IntakeKind.Added)
        {
            tell(answer.Transaction!);
        }
        else if (answer.Refusal is { } refusal and not TransactionRefusal.Expired)
        {
            logger.LogWarning("a transaction of the outbox was refused: {Text}", TransactionRefusalText.Of(refusal));
        }

        return answer.Refusal;
    }

    // No node takes these bytes, ever. Halving finds the group that is at fault; the others go their way.
    private void GiveUp(SignedBatch batch, TransactionRefusal refusal)
    {
        int groups = TransactionBody.Parser
            .ParseFrom(SignedTransaction.Parser.ParseFrom(batch.Bytes.Span).Body).Groups.Count;
        if (groups > 1)
        {
            store.Outbox.Release(batch.TransactionId);
            groupsMax = groups / 2;
            return;
        }

        string code = Refusals.NameOf(refusal);
        store.Outbox.Settle(
            batch.TransactionId, [.. batch.Sequences.Select(sequence => RecordOutcome.Refused(sequence, code))]);
        groupsMax = AnchorPlanner.GroupsMax;
    }

    private static bool IsForGood(TransactionRefusal refusal) => refusal switch
    {
        TransactionRefusal.Oversized or TransactionRefusal.NotCanonical or TransactionRefusal.Malformed
            or TransactionRefusal.WrongVersion or TransactionRefusal.TooManySigners or TransactionRefusal.TooManyGroups
            or TransactionRefusal.TooManyOperations or TransactionRefusal.TooManyProofs
            or TransactionRefusal.WrongProof => true,
        TransactionRefusal.WrongSignature or TransactionRefusal.UnknownSigner or TransactionRefusal.Expired
            or TransactionRefusal.ExpiresTooSoon or TransactionRefusal.TooFarAhead
            or TransactionRefusal.Duplicate or TransactionRefusal.NotInForce => false,
        _ => throw new InvalidOperationException("a refusal without a name"),
    };

    // The groups of the transaction tell which records stood in which; a group that was refused for what another
    // transaction did meanwhile is planned again, record by record what is on the ledger already is settled there.
    private void Settle(SignedBatch batch, Outcome outcome)
    {
        TransactionReading reading = TransactionReader.Read(batch.Bytes, chainId, Ed25519Verifier.Instance);
        Invariant.That(reading.IsRead);
        groupsMax = AnchorPlanner.GroupsMax;
        IReadOnlyList<RecordOutcome>? settled = planner.Outcomes(reading.Transaction.Body, batch, outcome);
        if (settled is null)
        {
            store.Outbox.Release(batch.TransactionId);
            return;
        }

        store.Outbox.Settle(batch.TransactionId, settled);
        logger.LogInformation(
            "{Count} records settled in block {Height}", batch.Sequences.Count, outcome.Height);
    }
}
