using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Node.Api;

/// <summary>Tells those who wait what became of their transactions, as soon as the block is on disk.</summary>
public sealed class OutcomeTracker
{
    private readonly Lock gate = new();
    private readonly Dictionary<Hash256, Waiter> waiters = [];
    private readonly ChainState chain;
    private readonly ChainReader reader;

    /// <summary>Follows the chain.</summary>
    public OutcomeTracker(ChainState chain, ChainReader reader)
    {
        this.chain = chain;
        this.reader = reader;
        chain.Decided += OnDecided;
    }

    /// <summary>
    /// The outcome of a transaction that was admitted here: decided, or expired once a certified block past its last
    /// valid time does not hold it. Null when too many wait.
    /// </summary>
    public Task<Outcome>? WaitAsync(Hash256 id, long lastValidUnixMs)
    {
        TaskCompletionSource<Outcome> source;
        lock (gate)
        {
            if (waiters.TryGetValue(id, out Waiter? known))
            {
                return known.Source.Task;
            }

            if (waiters.Count >= ApiLimits.WaitersMax)
            {
                return null;
            }

            source = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters[id] = new Waiter(source, lastValidUnixMs);
        }

        // The block may have come between admission and this call: then it is among the recent ones, and on disk.
        if (chain.Recent.Contains(id))
        {
            CompleteFromDisk(id);
        }

        return source.Task;
    }

    /// <summary>
    /// Whether somebody waits for what was valid until before a time, and no certified block past it says so yet.
    /// </summary>
    public bool HasExpired(long timeUnixMs)
    {
        lock (gate)
        {
            return waiters.Values.Any(waiter => waiter.LastValidUnixMs < timeUnixMs);
        }
    }

    /// <summary>The outcome of a transaction that is on disk, or null.</summary>
    public Outcome? Stored(Hash256 id)
    {
        if (reader.Place(id) is not { } place)
        {
            return null;
        }

        Outcome outcome = NewDecided(id, place.Height);
        StoredResults results = reader.Results(place.Height)
            ?? throw new InvalidOperationException($"results of block {place.Height} are not on disk");
        foreach (StoredResult result in results.Results.Where(result => result.Transaction == place.Transaction))
        {
            outcome.Operations.Add(new OperationOutcome
            {
                Group = result.Group,
                Operation = result.Operation,
                Result = OperationResult.Parser.ParseFrom(result.Result),
            });
        }

        return outcome;
    }

    private void OnDecided(ExecutedBlock block)
    {
        Dictionary<Hash256, Outcome> outcomes = [];
        List<(Waiter Waiter, Outcome Outcome)> finished = [];
        lock (gate)
        {
            if (waiters.Count == 0)
            {
                return;
            }

            foreach (OperationReceipt receipt in block.Result.Receipts)
            {
                Add(outcomes, receipt, block.Block.Height);
            }

            foreach ((Hash256 id, Outcome outcome) in outcomes)
            {
                waiters.Remove(id, out Waiter? waiter);
                finished.Add((waiter!, outcome));
            }

            long now = block.Block.Header.TimeUnixMs;
            foreach ((Hash256 id, Waiter waiter) in waiters.Where(entry => entry.Value.LastValidUnixMs < now).ToArray())
            {
                waiters.Remove(id);
                finished.Add((waiter, new Outcome
                {
                    TransactionId = ByteString.CopyFrom(id.ToArray()),
                    State = OutcomeState.Expired,
                }));
            }
        }

        foreach ((Waiter waiter, Outcome outcome) in finished)
        {
            waiter.Source.TrySetResult(outcome);
        }
    }

    private void Add(Dictionary<Hash256, Outcome> outcomes, OperationReceipt receipt, ulong height)
    {
        Hash256 id = receipt.Place.TransactionId;
        if (!waiters.ContainsKey(id))
        {
            return;
        }

        if (!outcomes.TryGetValue(id, out Outcome? outcome))
        {
            outcome = NewDecided(id, height);
            outcomes[id] = outcome;
        }

        outcome.Operations.Add(new OperationOutcome
        {
            Group = (uint)receipt.Place.Group,
            Operation = (uint)receipt.Place.Operation,
            Result = OperationResult.Parser.ParseFrom(receipt.Result.Span),
        });
    }

    // Who waits for what is damaged is told that, and not after a while that it has expired.
    private void CompleteFromDisk(Hash256 id)
    {
        try
        {
            if (Stored(id) is { } outcome)
            {
                Remove(id)?.Source.TrySetResult(outcome);
            }
        }
        catch (Exception problem)
        {
            Remove(id)?.Source.TrySetException(problem);
        }
    }

    private Waiter? Remove(Hash256 id)
    {
        lock (gate)
        {
            waiters.Remove(id, out Waiter? waiter);
            return waiter;
        }
    }

    private static Outcome NewDecided(Hash256 id, ulong height) => new()
    {
        TransactionId = ByteString.CopyFrom(id.ToArray()),
        State = OutcomeState.Decided,
        Height = height,
    };

    private sealed record Waiter(TaskCompletionSource<Outcome> Source, long LastValidUnixMs);
}
