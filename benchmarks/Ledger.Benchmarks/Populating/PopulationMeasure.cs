using System.Diagnostics;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Usage;
using Ledger.Client.Protos;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary>What was observed while the population was written, and the figures that follow from it.</summary>
public sealed record PopulationMeasure
{
    private const double Mega = 1024 * 1024;

    /// <summary>What was asked for.</summary>
    public required PopulationOptions Options { get; init; }

    /// <summary>Making commitments and locators.</summary>
    public required TimeSpan Preparation { get; init; }

    /// <summary>Enrolling the learners.</summary>
    public required ReplayTimes Enrolments { get; init; }

    /// <summary>The host's limits, measured before the clock started.</summary>
    public required HostLimits Limits { get; init; }

    /// <summary>The transactions.</summary>
    public required PopulationWriting Writing { get; init; }

    /// <summary>When they were handed in and decided.</summary>
    public required ReplayTimes Times { get; init; }

    /// <summary>What nodes and processes counted until time 0.</summary>
    public required LedgerCounters Before { get; init; }

    /// <summary>What they counted until the last decision.</summary>
    public required LedgerCounters After { get; init; }

    /// <summary>What they counted when they had been at rest for a while.</summary>
    public required LedgerCounters AtRest { get; init; }

    /// <summary>The nodes afterwards.</summary>
    public required IReadOnlyList<NodeStatus> Heads { get; init; }

    /// <summary>Contracts that were read back.</summary>
    public required ContractCheck Check { get; init; }

    /// <summary>The figures; null where nothing was decided.</summary>
    public PopulationFigures? ToFigures()
    {
        ReplayUnit[] decided = [.. Writing.Units.Where(unit => Times.DecidedAt[unit.Number] != 0)];
        if (decided.Length == 0)
        {
            return null;
        }

        UsageSpan usage = UsageSpan.Between(Before.Usage, After.Usage, Environment.ProcessorCount);
        int records = decided.Sum(unit => unit.Size);
        double elapsed = Seconds(Times);
        LoadMeasure measure = new(
            decided.Length, records, Refused: 0, elapsed,
            LatencyHistogram.FiguresOf(decided.Select(unit => Times.DecidedAt[unit.Number] - Times.Start)));
        return new PopulationFigures
        {
            Run = RunFigures.Of(Heads.Count, measure, Before, After, Limits),
            Records = records,
            Learners = PaperFigures.PopulationStudents,
            Contracts = decided.Sum(unit => Writing.ContractsMade[unit.Number]),
            Transactions = decided.Length,
            Batch = Options.Batch,
            Nodes = Options.Warm ? ReplayResult.Warm : ReplayResult.Cold,
            Signing = "alongside: a transaction is put together and signed when it is handed in",
            Arrival = "all handed in at time 0; at most 2 MiB of each school wait for their decision",
            PreparationS = Round(Preparation.TotalSeconds),
            EnrolmentS = Seconds(Enrolments),
            ElapsedS = elapsed,
            SentLatencyMs = LatencyHistogram.FiguresOf(
                decided.Select(unit => Times.DecidedAt[unit.Number] - Times.SentAt[unit.Number])),
            CpuUsPerRecordAndValidator = Round(usage.NodesCpuMsPer(records) * 1000 / Heads.Count),
            RssMbOfEach = Resident(After),
            RssMbAtRestOfEach = Resident(AtRest),
            Blocks = Heads[0].Height - Before.Heights[0],
            HeadsEqual = Heads.Select(head => (head.HeadHash, head.StateRoot)).Distinct().Count() == 1,
            ContractsRead = Check.Read,
            ContractsRight = Check.Right,
        };
    }

    private static double[] Resident(LedgerCounters counters) =>
        [.. counters.Usage.Nodes.Select(node => Round(node.ResidentBytes / Mega))];

    private static double Seconds(ReplayTimes times) =>
        Round(Stopwatch.GetElapsedTime(times.Start, times.DecidedAt.Max()).TotalSeconds);

    private static double Round(double figure) => Math.Round(figure, RunFigures.Decimals);
}
