using Ledger.Simulator.Command;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Tests;

/// <summary>Runs of the simulator: a fixed range of seeds, and every seed that ever found something.</summary>
public sealed class SeedsTests
{
    [TestCase(1UL)]
    [TestCase(251UL)]
    [TestCase(501UL)]
    [TestCase(751UL)]
    public void Every_promise_holds_on_250_seeds_of_4_to_7_nodes(ulong first)
    {
        SimulationReport report = new();
        new SeedRunner(
            SimulateArguments.Parse(["--seeds", "250", "--from", $"{first}", "--nodes", "4..7"]),
            WithFirst(report, first))
            .Run(_ => { });
        Assert.That(report.Failures, Is.Empty);
        Assert.That(report.Seeds, Is.EqualTo(250));
        Assert.That(report.Commits, Is.GreaterThanOrEqualTo(250 * (long)SimulationOptions.CommitsMin));
        Assert.That(report.Crashes, Is.GreaterThanOrEqualTo(250));
    }

    [Test]
    public void The_same_seed_gives_the_same_run()
    {
        SimulationResult first = Run(5, 7);
        SimulationResult second = Run(5, 7);
        Assert.That(second.Fingerprint, Is.EqualTo(first.Fingerprint));
        Assert.That(second.Faults, Is.EqualTo(first.Faults));
        Assert.That((second.Ticks, second.Messages), Is.EqualTo((first.Ticks, first.Messages)));
    }

    [Test]
    public void Different_seeds_give_different_runs() =>
        Assert.That(Run(4, 8).Fingerprint, Is.Not.EqualTo(Run(4, 9).Fingerprint));

    [Test]
    public void One_seed_in_a_hundred_runs_with_the_signatures_of_the_library() =>
        Assert.That(Run(4, 100).Commits, Is.GreaterThanOrEqualTo(SimulationOptions.CommitsMin));

    [Test]
    public void Each_run_has_its_commits_its_time_a_crash_and_a_cut_or_a_fault_of_a_disk()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulationResult result = Run(4, seed);
            Assert.That(result.Commits, Is.GreaterThanOrEqualTo(SimulationOptions.CommitsMin));
            Assert.That(result.Ticks, Is.GreaterThanOrEqualTo(SimulationOptions.FaultTicks));
            Assert.That(result.Faults[(int)Faults.FaultKind.Crash], Is.GreaterThan(0));
        }
    }

    private static SimulationReport WithFirst(SimulationReport report, ulong first)
    {
        report.From = first;
        return report;
    }

    private static SimulationResult Run(int nodes, ulong seed) =>
        Simulation.Run(new SimulationOptions { Seed = seed, Nodes = nodes });
}
