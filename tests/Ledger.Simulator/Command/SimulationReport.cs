using Ledger.Simulator.Faults;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Command;

/// <summary>What all seeds of a run came to, and which of them are done.</summary>
public sealed class SimulationReport
{
    // Failures that are kept with their message; more are only counted.
    private const int FailuresMax = 1000;
    private const double HoursPerTick = Ledger.Consensus.Ticks.MillisecondsPerTick / 3_600_000.0;

    private readonly FaultPairs pairs;
    private readonly long[] faults;
    private readonly long[] crashPoints;
    private readonly List<FailureRecord> failures = [];
    private readonly List<SeedRange> ranges = [];

    /// <summary>Begins with no seed done.</summary>
    public SimulationReport(ulong from, string nodes, int? byzantine, string commit)
    {
        Nodes = nodes;
        Byzantine = byzantine;
        Commit = commit;
        pairs = new FaultPairs();
        faults = new long[FaultLog.Kinds];
        crashPoints = new long[FaultLog.Points];
        ranges.Add(new SeedRange(from, from));
    }

    /// <summary>Goes on from a document.</summary>
    public SimulationReport(ReportDocument document)
    {
        Nodes = document.Nodes;
        Byzantine = document.Byzantine;
        Commit = document.Commit;
        ElapsedSeconds = document.ElapsedS;
        SafetyViolations = document.SafetyViolations;
        LivenessFailures = document.LivenessFailures;
        Totals = document.Totals;
        failures.AddRange(document.Failures);
        ranges.AddRange(document.Ranges);
        pairs = new FaultPairs(document.FaultPairsNeverMet);
        faults = NamedCounts.Of<FaultKind>(document.FaultsByKind);
        crashPoints = NamedCounts.Of<CrashPoint>(document.CrashPoints);
    }

    /// <summary>The sizes that were asked for.</summary>
    public string Nodes { get; private set; }

    /// <summary>The adversaries that were asked for.</summary>
    public int? Byzantine { get; }

    /// <summary>The commit of the sources.</summary>
    public string Commit { get; }

    /// <summary>Time that it took, all parts together.</summary>
    public double ElapsedSeconds { get; set; }

    /// <summary>Seeds in which a promise of safety was broken.</summary>
    public long SafetyViolations { get; private set; }

    /// <summary>Seeds that did not go on in time.</summary>
    public long LivenessFailures { get; private set; }

    /// <summary>Sums over all seeds that held.</summary>
    public ReportTotals Totals { get; private set; } = new();

    /// <summary>Seeds that are done.</summary>
    public long Seeds => ranges.Sum(range => (long)(range.Next - range.From));

    /// <summary>The first seed that is not done.</summary>
    public ulong Next => ranges[^1].Next;

    /// <summary>Takes the outcome of the next seed.</summary>
    public void Add(SeedOutcome outcome)
    {
        ranges[^1] = ranges[^1] with { Next = outcome.Seed + 1 };
        if (outcome.Failure is FailureRecord failure)
        {
            Count(failure);
        }

        if (outcome.Result is SimulationResult result)
        {
            Totals = Totals.Plus(result);
            NamedCounts.Add(faults, result.Faults);
            NamedCounts.Add(crashPoints, result.CrashPoints);
            pairs.Add(result.Faults);
        }
    }

    /// <summary>Takes another report; throws <see cref="ArgumentProblem"/> where the two do not fit together.</summary>
    public void Merge(SimulationReport other)
    {
        if (other.Commit != Commit || other.Byzantine != Byzantine)
        {
            throw new ArgumentProblem("The reports are of different commits or adversaries: merge those of one run.");
        }

        if (other.Nodes == Nodes && ranges.Exists(one => other.ranges.Exists(one.Overlaps)))
        {
            throw new ArgumentProblem("The reports share seeds: give each shard its own with --from and --seeds.");
        }

        Nodes = other.Nodes == Nodes ? Nodes : $"{Nodes},{other.Nodes}";
        ranges.AddRange(other.ranges);
        ElapsedSeconds += other.ElapsedSeconds;
        SafetyViolations += other.SafetyViolations;
        LivenessFailures += other.LivenessFailures;
        Totals = Totals.Plus(other.Totals);
        failures.AddRange(other.failures.Take(FailuresMax - failures.Count));
        NamedCounts.Add(faults, other.faults);
        NamedCounts.Add(crashPoints, other.crashPoints);
        pairs.Add(other.pairs);
    }

    /// <summary>The report as it is written.</summary>
    public ReportDocument ToDocument()
    {
        SortedDictionary<string, long> points = NamedCounts.ByName<CrashPoint>(crashPoints);
        points.Remove(nameof(CrashPoint.None));
        return new ReportDocument
        {
            Seeds = Seeds,
            From = ranges[0].From,
            Nodes = Nodes,
            Byzantine = Byzantine,
            Commit = Commit,
            SafetyViolations = SafetyViolations,
            LivenessFailures = LivenessFailures,
            VirtualHours = Math.Round(Totals.Ticks * HoursPerTick, 3),
            Commits = Totals.Commits,
            ViewChanges = Totals.ViewChanges,
            Crashes = faults[(int)FaultKind.Crash],
            FaultsByKind = NamedCounts.ByName<FaultKind>(faults),
            FaultPairsNeverMet = pairs.NeverMet(),
            CrashPoints = points,
            ElapsedS = Math.Round(ElapsedSeconds, 2),
            SeedsPerS = ElapsedSeconds > 0 ? Math.Round(Seeds / ElapsedSeconds, 2) : 0,
            Totals = Totals,
            Ranges = [.. ranges],
            Failures = [.. failures],
        };
    }

    private void Count(FailureRecord failure)
    {
        if (failure.IsLiveness())
        {
            LivenessFailures++;
        }
        else
        {
            SafetyViolations++;
        }

        if (failures.Count < FailuresMax)
        {
            failures.Add(failure);
        }
    }
}
