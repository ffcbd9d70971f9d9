using System.Diagnostics;
using System.Globalization;
using Ledger.Simulator.Planted;

namespace Ledger.Simulator.Command;

/// <summary>
/// The command: runs seeds, one seed, or merges reports. 0 when all held, 1 when not, 2 when it was misused.
/// </summary>
public sealed class SimulateCommand(TextWriter output, TextWriter errors, bool isTerminal, string commit)
{
    private const double WriteSeconds = 3;
    private const double SecondsPerTick = Ledger.Consensus.Ticks.MillisecondsPerTick / 1000.0;

    /// <summary>Does what the words after "simulate" say and returns the exit code.</summary>
    public int Run(IReadOnlyList<string> words, CancellationToken cancelled)
    {
        try
        {
            SimulateArguments arguments = SimulateArguments.Parse(words);
            return arguments.Merge.Count > 0 ? Merge(arguments)
                : arguments.Planted ? PlantedCommand.Run(arguments, output, commit)
                : arguments.IsOneSeed && arguments.Json is null ? RunOne(arguments)
                : RunMany(arguments, cancelled);
        }
        catch (ArgumentProblem problem)
        {
            errors.WriteLine($"ledger simulate: {problem.Message}");
            errors.WriteLine(SimulateArguments.Usage);
            return 2;
        }
    }

    private int Merge(SimulateArguments arguments)
    {
        SimulationReport merged = ReportFile.Read(arguments.Merge[0]);
        foreach (string path in arguments.Merge.Skip(1))
        {
            merged.Merge(ReportFile.Read(path));
        }

        ReportFile.Write(arguments.Json!, merged);
        return Conclude(merged);
    }

    private int RunOne(SimulateArguments arguments)
    {
        SeedRunner runner = new(arguments.Nodes, arguments.Byzantine, commit);
        Stopwatch watch = Stopwatch.StartNew();
        SeedOutcome outcome = runner.Run(arguments.From, arguments.Trace ? output.WriteLine : null);
        SimulationReport report = new(
            arguments.From, outcome.Nodes.ToString(CultureInfo.InvariantCulture), arguments.Byzantine, commit);
        report.Add(outcome);
        report.ElapsedSeconds = watch.Elapsed.TotalSeconds;
        if (outcome.Failure is FailureRecord failure)
        {
            Tell(failure);
        }
        else if (outcome.Result is not null)
        {
            output.WriteLine($"fingerprint {outcome.Result.Fingerprint:x16}");
            output.WriteLine("met: " + string.Join(", ", report.ToDocument().FaultsByKind
                .Where(kind => kind.Value > 0).Select(kind => $"{kind.Key} {kind.Value}")));
        }

        return Conclude(report);
    }

    private int RunMany(SimulateArguments arguments, CancellationToken cancelled)
    {
        SimulationReport report = Begin(arguments);
        double before = report.ElapsedSeconds;
        long begun = report.Seeds;
        Stopwatch watch = Stopwatch.StartNew();
        double writtenAt = 0;
        ProgressLine progress = new(output, isTerminal, arguments.Seeds);
        SeedPool pool = new(new SeedRunner(arguments.Nodes, arguments.Byzantine, commit), arguments.Jobs);
        using CancellationTokenRegistration stop = cancelled.Register(pool.Stop);
        pool.Run(report.Next, arguments.From + (ulong)arguments.Seeds, Take, Idle);
        progress.End();
        report.ElapsedSeconds = before + watch.Elapsed.TotalSeconds;
        if (arguments.Json is not null)
        {
            ReportFile.Write(arguments.Json, report);
        }

        return Conclude(report);

        void Take(SeedOutcome outcome)
        {
            report.Add(outcome);
            if (outcome.Failure is FailureRecord failure)
            {
                progress.End();
                Tell(failure);
                if (arguments.StopAtFailure)
                {
                    pool.Stop();
                }
            }
        }

        void Idle()
        {
            progress.Tell(report, begun);
            double now = watch.Elapsed.TotalSeconds;
            if (arguments.Json is not null && now - writtenAt >= WriteSeconds)
            {
                writtenAt = now;
                report.ElapsedSeconds = before + now;
                ReportFile.Write(arguments.Json, report);
            }
        }
    }

    private SimulationReport Begin(SimulateArguments arguments)
    {
        string nodes = arguments.Nodes.ToString();
        if (!arguments.Resume || !File.Exists(arguments.Json))
        {
            return new SimulationReport(arguments.From, nodes, arguments.Byzantine, commit);
        }

        SimulationReport report = ReportFile.Read(arguments.Json);
        ReportDocument begun = report.ToDocument();
        return begun.Ranges.Count == 1 && begun.From == arguments.From && begun.Nodes == nodes
            && begun.Byzantine == arguments.Byzantine && begun.Commit == commit
                ? report
                : throw new ArgumentProblem(
                    $"'{arguments.Json}' is of another run (other seeds, nodes, adversaries or commit): "
                    + "leave --resume out to begin anew.");
    }

    private void Tell(FailureRecord failure)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"FAILED seed {failure.Seed}, {failure.Nodes} nodes, commit {failure.Commit}: {failure.Checker}: "
            + $"{failure.Message}"));
        output.WriteLine($"  {failure.Replay}");
    }

    private int Conclude(SimulationReport report)
    {
        ReportDocument done = report.ToDocument();
        ReportTotals totals = done.Totals;
        long failed = done.SafetyViolations + done.LivenessFailures;
        double meanHeal = totals.HealTicks * SecondsPerTick / Math.Max(1, done.Seeds - failed);
        string[] lines =
        [
            $"{done.Seeds} seeds, {done.Nodes} nodes: {done.SafetyViolations} safety violations, "
                + $"{done.LivenessFailures} liveness failures",
            $"virtual hours {done.VirtualHours:F1}, commits {done.Commits}, view changes {done.ViewChanges}, "
                + $"set changes {totals.Epochs}",
            $"crashes {done.Crashes}, points never met: {NamesOfZero(done.CrashPoints)}",
            $"faults never met: {NamesOfZero(done.FaultsByKind)}; pairs never met: {done.FaultPairsNeverMet.Count}",
            $"contradictions after a lost disk {totals.Contradictions}, evidence {totals.Evidence}, "
                + $"snapshots {totals.Snapshots}, acknowledged {totals.Acknowledged}",
            $"healing: mean {meanHeal:F1} s, worst {totals.HealTicksMax * SecondsPerTick:F1} s",
            $"{done.ElapsedS:F1} s, {done.SeedsPerS:F1} seeds/s",
        ];
        Array.ForEach(lines, output.WriteLine);
        return failed == 0 ? 0 : 1;
    }

    private static string NamesOfZero(SortedDictionary<string, long> counts)
    {
        string[] names = [.. counts.Where(one => one.Value == 0).Select(one => one.Key)];
        return names.Length == 0 ? "none" : string.Join(' ', names);
    }
}
