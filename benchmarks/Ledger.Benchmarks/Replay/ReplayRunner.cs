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
/// wait is counted from time 0. An operation that is refused ends the run; one that is interrupted gives what it has.
/// </summary>
public sealed class ReplayRunner : IDisposable
{
    private readonly Cast cast;
    private readonly IReadOnlyList<ReplayUnit> units;
    private readonly int[] open;
    private readonly List<int>[] waitingFor;
    private readonly long[] releasedAt;
    private readonly long[] sentAt;
    private readonly long[] decidedAt;
    private readonly Channel<ReplayUnit>[] toSend;
    private readonly SubmissionWindow[] windows;
    private readonly ConcurrentDictionary<Hash256, (ReplayUnit Unit, int Bytes)> sent = new();
    private readonly IProgress<int> progress;
    private readonly Lock gate = new();
    private int decided;

    /// <summary>
    /// A run of the units; <paramref name="progress"/> hears of the size of every unit that is decided.
    /// </summary>
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

        releasedAt = new long[units.Count];
        sentAt = new long[units.Count];
        decidedAt = new long[units.Count];
        toSend = [.. cast.Clients.Select(_ => Channel.CreateUnbounded<ReplayUnit>())];
        windows = [.. cast.Clients.Select(_ => new SubmissionWindow())];
    }

    /// <summary>
    /// Runs the workload; answers when each unit was released and decided. An interrupted run answers what it has.
    /// </summary>
    public async Task<ReplayTimes> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource failing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        long start = Stopwatch.GetTimestamp();
        foreach (ReplayUnit unit in units.Where(unit => unit.DependsOn.Count == 0))
        {
            releasedAt[unit.Number] = start;
            toSend[unit.Node].Writer.TryWrite(unit);
        }

        Task[] tasks = [.. cast.Clients.SelectMany((client, node) => Serve(client, node, failing))];
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // The user's wish; what was decided until then is the result.
        }

        lock (gate)
        {
            return new ReplayTimes(start, [.. releasedAt], [.. sentAt], [.. decidedAt]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SubmissionWindow window in windows)
        {
            window.Dispose();
        }
    }

    private IEnumerable<Task> Serve(LedgerClient client, int node, CancellationTokenSource failing)
    {
        SubmissionStream stream = client.OpenSubmissionStream(failing.Token);
        yield return Guard(() => SendAsync(stream, node, failing.Token), failing);
        yield return Guard(() => ReceiveAsync(stream, node, failing.Token), failing);
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
            byte[] bytes = transaction.ToSignedBytes();
            await windows[node].TakeAsync(bytes.Length, cancellation);
            sent[transaction.Id] = (unit, bytes.Length);
            sentAt[unit.Number] = Stopwatch.GetTimestamp();
            await stream.SendAsync(bytes, cancellation);
        }

        await stream.CompleteAsync();
    }

    private async Task ReceiveAsync(SubmissionStream stream, int node, CancellationToken cancellation)
    {
        await foreach (Outcome outcome in stream.OutcomesAsync(cancellation))
        {
            long now = Stopwatch.GetTimestamp();
            (ReplayUnit unit, int bytes) = outcome.TransactionId.Length == Hash256.Size
                && sent.TryRemove(new Hash256(outcome.TransactionId.Span), out (ReplayUnit, int) known)
                    ? known
                    : throw new BenchmarkException($"A transaction was refused: {outcome.Refusal}: {outcome.Detail}");
            Require(unit, outcome);
            windows[node].Return(bytes);
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
                    releasedAt[next] = now;
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

        progress.Report(unit.Size);
    }
}
