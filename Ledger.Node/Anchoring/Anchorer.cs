using Ledger.Client.Keys;
using Ledger.Client.Protos;
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

namespace Ledger.Node.Anchoring;

/// <summary>
/// Brings records of enrolled learners onto the ledger: many in one signed transaction, whose bytes are stored before
/// they are sent and sent unchanged until a block settles or outlives them.
/// </summary>
public sealed class Anchorer : IAsyncDisposable
{
    /// <summary>Looks after the outbox at least this often; new records and blocks make it look at once.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Hash256 chainId;
    private readonly SigningKey identity;
    private readonly ChainState chain;
    private readonly RecordStore store;
    private readonly AnchorPlanner planner;
    private readonly TransactionIntake intake;
    private readonly TransactionGossip gossip;
    private readonly OutcomeTracker outcomes;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    /// <summary>Starts to look after the outbox.</summary>
    public Anchorer(
        Hash256 chainId,
        SigningKey identity,
        ChainState chain,
        RecordStore store,
        AnchorPlanner planner,
        TransactionIntake intake,
        TransactionGossip gossip,
        OutcomeTracker outcomes,
        TimeProvider time,
        ILogger logger)
    {
        this.chainId = chainId;
        this.identity = identity;
        this.chain = chain;
        this.store = store;
        this.planner = planner;
        this.intake = intake;
        this.gossip = gossip;
        this.outcomes = outcomes;
        this.time = time;
        this.logger = logger;
        running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using PeriodicTimer timer = new(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception problem)
        {
            // The task's edge: without it records would wait in silence.
            logger.LogCritical(problem, "anchoring has stopped: {Message}", problem.Message);
            throw;
        }
    }

    private void Look()
    {
        IReadOnlyList<SignedBatch> open = store.Outbox.OpenBatches();
        foreach (SignedBatch batch in open)
        {
            Follow(batch);
        }

        // One batch at a time: the next one is planned against a state that holds the LLPCs of the one before.
        if (open.Count == 0 && planner.Plan(chain.Head.State) is { } plan)
        {
            Send(plan);
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
        else
        {
            Offer(batch.Bytes);
        }
    }

    private void Send(AnchorPlan plan)
    {
        DateTimeOffset now = time.GetUtcNow();
        long lastValid = TransactionBuilder.LastValidFor(now);
        TransactionBuilder builder = new(chainId, lastValid);
        int actor = builder.AddSigner(identity.Address, identity.PublicKey);
        foreach (AnchorGroup group in plan.Groups)
        {
            builder.AddGroup(actor, group.Operations);
        }

        PendingTransaction transaction = builder.Build();
        transaction.AddSignature(identity);
        byte[] bytes = transaction.ToSignedBytes();
        store.Outbox.StoreBatch(new SignedBatch(
            transaction.Id,
            bytes,
            DateTimeOffset.FromUnixTimeMilliseconds(lastValid),
            [.. plan.Groups.SelectMany(group => group.Sequences).Order()]));
        Offer(bytes);
    }

    private void Offer(ReadOnlyMemory<byte> bytes)
    {
        IntakeAnswer answer = intake.Offer(bytes);
        if (answer.Kind == IntakeKind.Added)
        {
            gossip.Tell(answer.Transaction!);
        }
        else if (answer.Refusal is { } refusal and not TransactionRefusal.Expired)
        {
            logger.LogWarning("a batch of records was refused: {Text}", TransactionRefusalText.Of(refusal));
        }
    }

    // The groups of the transaction tell which records stood in which; a group that was refused for what another
    // transaction did meanwhile is planned again, record by record what is on the ledger already is settled there.
    private void Settle(SignedBatch batch, Outcome outcome)
    {
        TransactionReading reading = TransactionReader.Read(batch.Bytes, chainId, Ed25519Verifier.Instance);
        Invariant.That(reading.IsRead);
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
