using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Gossip;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;
using RocksDbSharp;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Node.Box;

/// <summary>
/// Enters reads in the trail before their data leaves (F-4). One transaction carries all reads that waited while the
/// one before was decided, so that a busy box adds no more than two blocks to a read.
/// </summary>
public sealed class TrailWriter(
    Hash256 chainId,
    SigningKey identity,
    SealedOpenings store,
    TransactionIntake intake,
    Action<ParsedTransaction> tell,
    OutcomeTracker outcomes,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Reads of one transaction: a sixteenth of its bytes and a quarter of its operations.</summary>
    public const int BatchMax = TransactionLimits.TrailEntriesMax;

    /// <summary>Reads that wait; one more is unavailable at once.</summary>
    public const int WaitingMax = 4096;

    /// <summary>A reader waits this long for a block, and is told then that the box cannot write the trail.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private bool running;

    /// <summary>Whether the read stands in a decided block; false when the trail cannot be written.</summary>
    public Task<bool> EnterAsync(SealedOpening read)
    {
        Waiting entry = new(read, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            if (waiting.Count >= WaitingMax)
            {
                return Task.FromResult(false);
            }

            waiting.Enqueue(entry);
            if (!running)
            {
                running = true;
                _ = Task.Run(RunAsync);
            }
        }

        return entry.Done.Task;
    }

    // The one owner of transactions: while one is decided, the reads of the next gather.
    private async Task RunAsync()
    {
        while (true)
        {
            List<Waiting> batch = [];
            lock (gate)
            {
                while (batch.Count < BatchMax && waiting.TryDequeue(out Waiting? next))
                {
                    batch.Add(next);
                }

                running = batch.Count > 0;
            }

            if (batch.Count == 0)
            {
                return;
            }

            await SendAsync(batch);
        }
    }

    private async Task SendAsync(List<Waiting> batch)
    {
        Dictionary<Address, List<Waiting>> byLearner = [];
        foreach (Waiting entry in batch)
        {
            if (!byLearner.TryGetValue(entry.Read.Learner, out List<Waiting>? same))
            {
                same = [];
                byLearner[entry.Read.Learner] = same;
            }

            same.Add(entry);
        }

        List<Waiting>[] groups = [.. byLearner.Values];
        Outcome? outcome = null;
        try
        {
            store.AddAll([.. batch.Select(static entry => entry.Read)]);
            outcome = await DecideAsync(groups);
        }
        catch (Exception problem) when (
            problem is SqliteException or DamagedDataException or StorageFailedException or RocksDbException
                or InvalidOperationException)
        {
            // Those who wait are told that nothing was entered, and the next ones have their turn.
            logger.LogError(problem, "the trail of reads cannot be kept: {Message}", problem.Message);
        }

        for (int group = 0; group < groups.Length; group++)
        {
            bool entered = outcome?.Operations.Any(one =>
                one.Group == (uint)group && one.Result.Code == ResultCode.Accepted) == true;
            groups[group].ForEach(entry => entry.Done.TrySetResult(entered));
        }
    }

    private async Task<Outcome?> DecideAsync(List<Waiting>[] groups)
    {
        long lastValid = TransactionBuilder.LastValidFor(time.GetUtcNow());
        TransactionBuilder builder = new(chainId, lastValid);
        int actor = builder.AddSigner(identity.Address, identity.PublicKey);
        foreach (List<Waiting> group in groups)
        {
            builder.AddGroup(actor, Operations.TrailAppend(
                group[0].Read.Learner, group.Select(static entry => entry.Read.Commitment)));
        }

        PendingTransaction transaction = builder.Build();
        transaction.AddSignature(identity);
        IntakeAnswer answer = intake.Submit(transaction.ToSignedBytes());
        if (answer.Kind != IntakeKind.Added
            || outcomes.WaitAsync(transaction.Id, lastValid) is not { } decision)
        {
            logger.LogWarning("reads wait in vain for the trail: {Kind} {Refusal}", answer.Kind, answer.Refusal);
            return null;
        }

        tell(answer.Transaction!);
        try
        {
            return await decision.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("no block has taken the trail's entries within {Seconds} s", Patience.TotalSeconds);
            return null;
        }
    }

    private sealed record Waiting(SealedOpening Read, TaskCompletionSource<bool> Done);
}
