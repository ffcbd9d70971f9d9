using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.Benchmarks.Load;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Benchmarks.Payload;

/// <summary>
/// A client of the ledger: a stream of its own to a node, on which it hands transactions in and hears of their
/// decision. An answer that does not say "decided, every operation accepted" is none.
/// </summary>
public sealed class SubmissionLane : ILoadClient, IAsyncDisposable
{
    private readonly SubmissionStream stream;
    private readonly TransactionSupply supply;
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly ConcurrentDictionary<Hash256, Waiting> waiting = new();
    private readonly Task receiving;

    /// <summary>Opens a stream on a connection, which several lanes may share.</summary>
    public SubmissionLane(LedgerClient connection, TransactionSupply supply)
    {
        this.supply = supply;
        stream = connection.OpenSubmissionStream(closing.Token);
        receiving = Task.Run(ReceiveAsync);
    }

    /// <inheritdoc/>
    public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
    {
        if (!supply.TryTake(out PreparedTransaction? transaction))
        {
            return LoadAnswer.Nothing;
        }

        Waiting answer = new(transaction.Records);
        waiting[transaction.Id] = answer;
        await sending.WaitAsync(cancellation);
        try
        {
            await stream.SendAsync(transaction.SignedBytes, cancellation);
        }
        finally
        {
            sending.Release();
        }

        // A stream that broke has failed all that waited then; this one may have begun to wait after that.
        if (receiving.IsFaulted)
        {
            await receiving;
        }

        return await answer.Task.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await Task.WhenAny(receiving);
        stream.Dispose();
        sending.Dispose();
        closing.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await foreach (Outcome outcome in stream.OutcomesAsync(closing.Token))
            {
                Answer(outcome, Stopwatch.GetTimestamp());
            }

            throw new BenchmarkException("A node has ended a client's stream.");
        }
        catch (Exception problem)
        {
            foreach (Waiting one in waiting.Values)
            {
                one.TrySetException(problem);
            }

            throw;
        }
    }

    private void Answer(Outcome outcome, long now)
    {
        if (outcome.TransactionId.Length != Hash256.Size
            || !waiting.TryRemove(new Hash256(outcome.TransactionId.Span), out Waiting? answered))
        {
            throw new BenchmarkException(
                $"A node answered for a transaction that was not handed in: {outcome.Refusal} {outcome.Detail}");
        }

        if (outcome.State == OutcomeState.Refused && outcome.Refusal == "POOL_FULL")
        {
            answered.TrySetResult(new LoadAnswer(LoadEnd.Refused, now, 0, 0));
            return;
        }

        OperationOutcome? refused = outcome.Operations.FirstOrDefault(
            operation => operation.Result.Code != ResultCode.Accepted);
        if (outcome.State != OutcomeState.Decided || outcome.Operations.Count == 0 || refused is not null)
        {
            throw new BenchmarkException("A transaction of the load was not accepted: "
                + $"{outcome.State} {outcome.Refusal} {outcome.Detail} {refused?.Result.Code}");
        }

        answered.TrySetResult(new LoadAnswer(LoadEnd.Done, now, answered.Records, outcome.Height));
    }

    // Continuations run elsewhere: the receiver goes on with the next outcome at once.
    private sealed class Waiting(int records)
        : TaskCompletionSource<LoadAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Records { get; } = records;
    }
}
