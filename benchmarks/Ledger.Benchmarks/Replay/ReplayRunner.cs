using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Replay;

/// <summary>
/// Hands the whole workload in at time 0: a unit is released when everything that it rests on has its result, and its
/// wait is counted from time 0. An operation that is refused ends the run.
/// </summary>
public sealed class ReplayRunner
{
    private readonly Cast cast;
    private readonly IReadOnlyList<ReplayUnit> units;
    private readonly int[] open;
    private readonly List<int>[] waitingFor;
    private readonly long[] decidedAt;
    private readonly Channel<ReplayUnit>[] toSend;
    private readonly ConcurrentDictionary<Hash256, ReplayUnit> sent = new();
    private readonly IProgress<int> progress;
    private readonly Lock gate = new();
    private int decided;

    /// <summary>A run of the units; <paramref name="progress"/> hears of every operation that is decided.</summary>
    public ReplayRunner(Cast cast, IReadOnlyList<ReplayUnit> units, IProgress<int> progress)
    {
        this.cast = cast;
        this.units = units;
        this.progress = progress;
        open = [.. units.Select(unit => unit.DependsOn.Count)];
        waitingFor = [.. units.Select(_ => new List<int>())];
        foreach (ReplayUnit unit in units)
        {
            foreach (int before in unit.DependsOn)
            {
                waitingFor[before].Add(unit.Number);
            }
        }

        decidedAt = new long[units.Count];
        toSend = [.. cast.Clients.Select(_ => Channel.CreateUnbounded<ReplayUnit>())];
    }

    /// <summary>
    /// Runs the workload; answers when each unit was decided, and when time 0 was, by the monotonic clock.
    /// </summary>
    public async Task<(long Start, IReadOnlyList<long> DecidedAt)> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource failing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        long start = Stopwatch.GetTimestamp();
        foreach (ReplayUnit unit in units.Where(unit => unit.DependsOn.Count == 0))
        {
            toSend[unit.Node].Writer.TryWrite(unit);
        }

        Task[] tasks = [.. cast.Clients.SelectMany((client, node) => Serve(client, node, failing))];
        await Task.WhenAll(tasks);
        return (start, decidedAt);
    }

    private IEnumerable<Task> Serve(LedgerClient client, int node, CancellationTokenSource failing)
    {
        SubmissionStream stream = client.OpenSubmissionStream(failing.Token);
        yield return Guard(() => SendAsync(stream, node, failing.Token), failing);
        yield return Guard(() => ReceiveAsync(stream, failing.Token), failing);
    }

    // One stream that fails ends the others: half a run is no result.
    private static async Task Guard(Func<Task> work, CancellationTokenSource failing)
    {
        try
        {
            await Task.Run(work);
        }
        catch
        {
            await failing.CancelAsync();
            throw;
        }
    }

    private async Task SendAsync(SubmissionStream stream, int node, CancellationToken cancellation)
    {
        await foreach (ReplayUnit unit in toSend[node].Reader.ReadAllAsync(cancellation))
        {
            PendingTransaction transaction = unit.Build();
            sent[transaction.Id] = unit;
            await stream.SendAsync(transaction.ToSignedBytes(), cancellation);
        }

        await stream.CompleteAsync();
    }

    private async Task ReceiveAsync(SubmissionStream stream, CancellationToken cancellation)
    {
        await foreach (Outcome outcome in stream.OutcomesAsync(cancellation))
        {
            long now = Stopwatch.GetTimestamp();
            ReplayUnit unit = outcome.TransactionId.Length == Hash256.Size
                && sent.TryGetValue(new Hash256(outcome.TransactionId.Span), out ReplayUnit? known)
                    ? known
                    : throw new BenchmarkException($"A transaction was refused: {outcome.Refusal}: {outcome.Detail}");
            Require(unit, outcome);
            Release(unit, now);
        }
    }

    private static void Require(ReplayUnit unit, Outcome outcome)
    {
        if (outcome.State != OutcomeState.Decided)
        {
            throw new BenchmarkException(
                $"Transaction {unit.Number} was not decided: {outcome.State} {outcome.Refusal} {outcome.Detail}");
        }

        if (outcome.Operations.FirstOrDefault(operation => operation.Result.Code != ResultCode.Accepted) is { } refused)
        {
            throw new BenchmarkException(
                $"Operation {refused.Group}.{refused.Operation} of transaction {unit.Number} was refused: "
                + $"{refused.Result.Code}");
        }
    }

    private void Release(ReplayUnit unit, long now)
    {
        lock (gate)
        {
            decidedAt[unit.Number] = now;
            decided++;
            foreach (int next in waitingFor[unit.Number])
            {
                open[next]--;
                if (open[next] == 0)
                {
                    toSend[units[next].Node].Writer.TryWrite(units[next]);
                }
            }

            if (decided == units.Count)
            {
                foreach (Channel<ReplayUnit> channel in toSend)
                {
                    channel.Writer.TryComplete();
                }
            }
        }

        progress.Report(unit.Operations.Count);
    }
}
