using System.Diagnostics;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>The paper's workload on a running consortium, from the records' intake to equal heads.</summary>
public sealed class PaperReplay(LocalConsortium consortium, ulong seed, bool native)
{
    /// <summary>How long the last nodes may take to commit what the first committed.</summary>
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The sample that is written.</summary>
    public PaperSample Sample { get; } = new(seed);

    /// <summary>Runs it. The cast stays with the caller.</summary>
    public async Task<ReplayResult> RunAsync(
        Cast cast, Func<int, IProgress<int>> beginProgress, CancellationToken cancellation)
    {
        OperationPlan plan = new(Sample);
        LoadedRecord[] records = await new RecordLoader(cast, Sample).LoadAsync(cancellation);
        IReadOnlyList<ReplayUnit> units = Units(plan, new PlanTransactions(cast, records));
        ulong before = (await cast.Clients[0].GetStatusAsync(cancellation)).Height;
        ReplayRunner runner = new(cast, units, beginProgress(plan.Operations.Count));
        (long start, IReadOnlyList<long> decidedAt) = await runner.RunAsync(cancellation);
        IReadOnlyList<NodeStatus> heads = await HeadsAsync(cast.Clients, cancellation);
        long[] operationAt = new long[plan.Operations.Count];
        foreach (ReplayUnit unit in units)
        {
            foreach (int operation in unit.Operations)
            {
                operationAt[operation] = decidedAt[unit.Number];
            }
        }

        return new ReplayResult
        {
            Validators = consortium.Plan.Nodes.Count,
            Records = Sample.Records.Count,
            Learners = Sample.Students.Count,
            Operations = plan.Operations.Count,
            OperationsByKind = plan.Operations.GroupBy(operation => operation.Kind)
                .ToDictionary(kind => kind.Key.ToString(), kind => kind.Count()),
            Transactions = units.Count,
            Blocks = heads[0].Height - before,
            ElapsedS = Math.Round(Stopwatch.GetElapsedTime(start, decidedAt.Max()).TotalSeconds, 3),
            WaitMs = Spread.Of(operationAt.Select(at => at - start)),
            RecordWaitMs = Spread.Of(plan.Operations
                .Where(operation => operation.Record is not null)
                .GroupBy(operation => operation.Record!.Value)
                .Select(record =>
                    record.Max(operation => operationAt[operation.Number]) - records[record.Key].AcknowledgedAt)),
            Heads = [.. heads.Select(head => Convert.ToHexStringLower(head.HeadHash.Span))],
            HeadsEqual = heads.Select(head => head.HeadHash).Distinct().Count() == 1,
            StateRootsEqual = heads.Select(head => head.StateRoot).Distinct().Count() == 1,
            Seed = seed,
            Native = native,
        };
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

    private IReadOnlyList<ReplayUnit> Units(OperationPlan plan, PlanTransactions transactions)
    {
        if (native)
        {
            return [.. new NativePlan(plan).Transactions.Select(transaction => new ReplayUnit(
                transaction.Number,
                NodeOf(transaction.Groups[0].Operations[0]),
                transaction.DependsOn,
                [.. transaction.Groups.SelectMany(group => group.Operations).Select(operation => operation.Number)],
                () => transactions.Native(transaction)))];
        }

        return [.. plan.Operations.Select(operation => new ReplayUnit(
            operation.Number, NodeOf(operation), operation.DependsOn, [operation.Number],
            () => transactions.Single(operation)))];
    }

    // An institution hands in at its own node, a learner at the node of its school; the one without a node at the
    // first.
    private int NodeOf(PlannedOperation operation) => operation.Actor.Kind == ActorKind.Institution
        ? operation.Actor.Index < Schools.Founding.Count ? operation.Actor.Index : 0
        : Schools.OfStudent(Sample.Students[operation.Actor.Index]).Index;
}
