using System.Diagnostics;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Command;

/// <summary>
/// Runs seeds on several threads, a block of them at a time: after each block the report holds exactly the first so
/// many seeds, so that it can be gone on with.
/// </summary>
public sealed class SeedRunner(SimulateArguments arguments, SimulationReport report)
{
    private const int SeedsPerJob = 32;

    /// <summary>Runs what the report lacks; calls back after each block of seeds.</summary>
    public void Run(Action<SimulationReport> afterBlock)
    {
        double before = report.ElapsedS;
        Stopwatch watch = Stopwatch.StartNew();
        while (report.Seeds < arguments.Seeds && !(arguments.StopAtFailure && report.Failures.Count > 0))
        {
            int count = (int)Math.Min(arguments.Jobs * SeedsPerJob, arguments.Seeds - report.Seeds);
            ulong first = arguments.From + (ulong)report.Seeds;
            SeedOutcome[] outcomes = new SeedOutcome[count];
            Parallel.For(
                0, count, new ParallelOptions { MaxDegreeOfParallelism = arguments.Jobs },
                index => outcomes[index] = SeedOutcome.Run(OptionsOf(first + (ulong)index)));
            foreach (SeedOutcome outcome in outcomes)
            {
                report.Add(outcome);
            }

            report.ElapsedS = before + watch.Elapsed.TotalSeconds;
            report.Finish();
            afterBlock(report);
        }
    }

    private SimulationOptions OptionsOf(ulong seed) => new()
    {
        Seed = seed,
        Nodes = arguments.Nodes.Of(seed),
        Byzantine = arguments.Byzantine,
        Trace = arguments.Trace ? Console.WriteLine : null,
    };
}
