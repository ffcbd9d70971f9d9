namespace Ledger.Simulator.Command;

/// <summary>The word <c>simulate</c>.</summary>
public static class SimulateCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUse = 2;

    /// <summary>Does what the words say and returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || words.Contains("--help"))
        {
            Console.WriteLine(SimulateArguments.Usage);
            return words.Count == 0 ? WrongUse : Done;
        }

        try
        {
            SimulateArguments arguments = SimulateArguments.Parse(words);
            return arguments.Merge.Count > 0 ? Merge(arguments)
                : arguments.Planted ? Planted.PlantedCommand.Run(arguments)
                : RunSeeds(arguments);
        }
        catch (UsageException problem)
        {
            Console.Error.WriteLine($"ledger simulate: {problem.Message} See ledger simulate --help.");
            return WrongUse;
        }
    }

    private static int RunSeeds(SimulateArguments arguments)
    {
        SimulationReport report = Begin(arguments);
        ProgressLine progress = new(arguments.Seeds);
        new SeedRunner(arguments, report).Run(sum =>
        {
            progress.Show(sum.Seeds, sum.SafetyViolations + sum.LivenessFailures);
            if (arguments.Json is not null)
            {
                ReportFile.Write(arguments.Json, sum);
            }
        });
        Show(report, arguments);
        return report.Failures.Count == 0 ? Done : Failed;
    }

    private static SimulationReport Begin(SimulateArguments arguments)
    {
        if (arguments.Resume && File.Exists(arguments.Json))
        {
            SimulationReport known = ReportFile.Read(arguments.Json);
            return known.From == arguments.From && known.Nodes == arguments.Nodes.ToString()
                && known.Byzantine == arguments.Byzantine
                    ? known
                    : throw new UsageException(
                        $"{arguments.Json} is of --from {known.From} --nodes {known.Nodes}: go on with the same.");
        }

        return new SimulationReport
        {
            Commit = Environment.GetEnvironmentVariable("LEDGER_COMMIT") ?? "",
            Nodes = arguments.Nodes.ToString(),
            Byzantine = arguments.Byzantine,
            From = arguments.From,
        };
    }

    private static int Merge(SimulateArguments arguments)
    {
        SimulationReport sum = ReportFile.Read(arguments.Merge[0]);
        ulong end = sum.From + (ulong)sum.Seeds;
        foreach (SimulationReport next in arguments.Merge.Skip(1).Select(ReportFile.Read).OrderBy(one => one.From))
        {
            if (next.From < end && next.From + (ulong)next.Seeds > sum.From)
            {
                throw new UsageException(
                    $"seeds from {next.From} on are in two of the reports: give reports over different seeds.");
            }

            end = Math.Max(end, next.From + (ulong)next.Seeds);
            sum.Add(next);
        }

        sum.Finish();
        ReportFile.Write(arguments.Json!, sum);
        Show(sum, arguments);
        return sum.Failures.Count == 0 ? Done : Failed;
    }

    private static void Show(SimulationReport report, SimulateArguments arguments)
    {
        foreach (SeedFailure failure in report.Failures)
        {
            string lie = arguments.Byzantine is int count ? $" --byzantine {count}" : "";
            Console.WriteLine(
                $"FAILED seed {failure.Seed}, {failure.Nodes} nodes, commit {report.Commit}: {failure.Checker}: "
                + failure.Message);
            Console.WriteLine(
                $"  again: ./ledger simulate --seed {failure.Seed} --nodes {failure.Nodes}{lie} --trace");
        }

        Console.WriteLine($"{report.Seeds} seeds of {report.Nodes} nodes: "
            + $"{report.SafetyViolations} safety violations, {report.LivenessFailures} liveness failures");
        Console.WriteLine(
            $"virtual time {report.VirtualHours:F1} h, commits {report.Commits}, view changes {report.ViewChanges}, "
            + $"epochs {report.Epochs}");
        Console.WriteLine($"crashes {report.Crashes}, snapshots {report.Snapshots}, messages {report.Messages}, "
            + $"longest healing {report.HealSMax:F1} s");
        Console.WriteLine($"fault pairs never met {report.FaultPairsNeverMet.Count}; "
            + $"{report.ElapsedS:F1} s, {report.SeedsPerS:F1} seeds/s");
    }
}
