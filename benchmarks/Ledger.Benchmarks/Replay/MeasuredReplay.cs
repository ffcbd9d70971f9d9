using System.Diagnostics;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>A workload on a running consortium, from the records' intake to equal heads.</summary>
public sealed class MeasuredReplay(ReplayWork work, ulong seed, bool native)
{
    /// <summary>How long the last nodes may take to commit what the first committed.</summary>
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs it. The cast stays with the caller. An interrupted run answers what was decided until then, and fails with
    /// <see cref="BenchmarkException"/> where that is nothing.
    /// </summary>
    public async Task<ReplayRun> RunAsync(
        Cast cast, Func<int, IProgress<int>> beginProgress, CancellationToken cancellation)
    {
        LoadedRecord[] records = await new RecordLoader(cast, work.Records).LoadAsync(cancellation);
        IReadOnlyList<ReplayUnit> units = Units(
            new PlanTransactions(cast, records, work.Turn), out IReadOnlyList<int[]> borne);
        HostLimits limits = HostLimits.Measure(cast.Folder);
        LedgerCounters before = await cast.CountAsync(cancellation);
        using ReplayRunner runner = new(cast, units, beginProgress(work.Operations.Count));
        ReplayTimes times = await runner.RunAsync(cancellation);

        // The nodes still run after an interrupt; what they have is part of the result.
        LedgerCounters after = await cast.CountAsync(CancellationToken.None);
        IReadOnlyList<NodeStatus> heads = await HeadsAsync(cast.Clients, CancellationToken.None);
        OperationTime[] operations = [.. Times(borne, times)];
        if (operations.Length == 0)
        {
            throw new BenchmarkException("Interrupted before anything was decided: there is nothing to report.");
        }

        RunFigures run = FiguresOf(operations, times, before, after, limits);
        ReplayResult result = Result(run, records, operations, times, heads, heads[0].Height - before.Heights[0]);
        return new ReplayRun(result, times.Start, operations);
    }

    /// <summary>The nodes' statuses once all have the same height, or as they are after ten seconds.</summary>
    public static async Task<IReadOnlyList<NodeStatus>> HeadsAsync(
        IReadOnlyList<LedgerClient> clients, CancellationToken cancellation)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            NodeStatus[] statuses = await Task.WhenAll(clients.Select(client => client.GetStatusAsync(cancellation)));
            if (statuses.Select(status => status.Height).Distinct().Count() == 1 || waited.Elapsed > SettleTimeout)
            {
                return statuses;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    private static RunFigures FiguresOf(
        OperationTime[] operations, ReplayTimes times, LedgerCounters before, LedgerCounters after, HostLimits limits)
    {
        LatencyMs latencies = LatencyHistogram.FiguresOf(
            times.DecidedAt.Where(static at => at != 0).Select(at => at - times.Start));
        LoadMeasure measure = new(
            operations.Select(operation => operation.Unit).Distinct().Count(),
            operations.Count(operation => operation.Kind == OperationKind.LlpcInsert), Refused: 0,
            Stopwatch.GetElapsedTime(times.Start, operations.Max(at => at.Decided)).TotalSeconds, latencies);
        return RunFigures.Of(after.Heights.Count, measure, before, after, limits);
    }

    private ReplayResult Result(
        RunFigures run,
        LoadedRecord[] records,
        OperationTime[] operations,
        ReplayTimes times,
        IReadOnlyList<NodeStatus> heads,
        ulong blocks)
    {
        return new ReplayResult
        {
            Run = run,
            Nodes = work.Turn == PlanTurn.First ? ReplayResult.Cold : ReplayResult.Warm,
            Arrival = "all handed in at time 0; an operation is released when what it rests on has its result",
            Records = work.Records.Count,
            Learners = work.LearnerCount,
            Operations = operations.Length,
            OperationsByKind = operations.CountBy(operation => operation.Kind)
                .ToDictionary(kind => kind.Key.ToString(), kind => kind.Value),
            Transactions = operations.Select(operation => operation.Unit).Distinct().Count(),
            Blocks = blocks,
            ElapsedS = Math.Round(
                Stopwatch.GetElapsedTime(times.Start, operations.Max(at => at.Decided)).TotalSeconds, 3),
            WaitMs = Spread.Of(operations.Select(at => at.Decided - times.Start)),
            ReleasedWaitMs = Spread.Of(operations.Select(at => at.Decided - at.Released)),
            RecordWaitMs = RecordWaits(records, operations),
            Heads = [.. heads.Select(head => Convert.ToHexStringLower(head.HeadHash.Span))],
            HeadsEqual = heads.Select(head => head.HeadHash).Distinct().Count() == 1,
            StateRootsEqual = heads.Select(head => head.StateRoot).Distinct().Count() == 1,
            SampleSeed = seed,
            Native = native,
            Partial = !times.IsWhole,
        };
    }

    private IEnumerable<OperationTime> Times(IReadOnlyList<int[]> borne, ReplayTimes times) => Enumerable
        .Range(0, borne.Count)
        .Where(unit => times.DecidedAt[unit] != 0)
        .SelectMany(unit => borne[unit].Select(operation => new OperationTime(
            operation, work.Operations[operation].Kind, unit, times.ReleasedAt[unit], times.DecidedAt[unit])))
        .OrderBy(operation => operation.Number);

    private Spread? RecordWaits(LoadedRecord[] records, OperationTime[] operations)
    {
        // A record counts when all of its operations have their results.
        Dictionary<int, int> expected = work.Operations.Where(operation => operation.Record is not null)
            .CountBy(operation => operation.Record!.Value).ToDictionary();
        long[] waits = [.. operations
            .Where(at => work.Operations[at.Number].Record is not null)
            .GroupBy(at => work.Operations[at.Number].Record!.Value)
            .Where(record => record.Count() == expected[record.Key])
            .Select(record => record.Max(at => at.Decided) - records[record.Key].AcknowledgedAt)];
        return waits.Length == 0 ? null : Spread.Of(waits);
    }

    // Which operations each unit bears is told beside the units, by their numbers.
    private IReadOnlyList<ReplayUnit> Units(PlanTransactions transactions, out IReadOnlyList<int[]> borne)
    {
        if (!native)
        {
            borne = [.. work.Operations.Select(operation => new[] { operation.Number })];
            return [.. work.Operations.Select(operation => new ReplayUnit(
                operation.Number, work.NodeOf(operation), operation.DependsOn, Size: 1,
                () => transactions.Single(operation)))];
        }

        IReadOnlyList<NativeTransaction> plan = new NativePlan(work.Operations).Transactions;
        int[][] operations = [.. plan.Select(transaction => transaction.Groups
            .SelectMany(group => group.Operations).Select(operation => operation.Number).ToArray())];
        borne = operations;
        return [.. plan.Select(transaction => new ReplayUnit(
            transaction.Number, work.NodeOf(transaction.Groups[0].Operations[0]), transaction.DependsOn,
            operations[transaction.Number].Length, () => transactions.Native(transaction)))];
    }
}
