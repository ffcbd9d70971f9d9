namespace Ledger.Simulator.Tests;

/// <summary>Runs of the simulator: a fixed range of seeds, and every seed that ever found something.</summary>
public sealed class SeedsTests
{
    [TestCase(4, 1, 240)]
    [TestCase(5, 10_001, 60)]
    [TestCase(6, 20_001, 30)]
    [TestCase(7, 30_001, 25)]
    public void Every_promise_holds_on_a_range_of_seeds(int nodes, int first, int count)
    {
        ulong commits = 0;
        for (int seed = first; seed < first + count; seed++)
        {
            commits += Run(nodes, (ulong)seed).Commits;
        }

        Assert.That(commits, Is.GreaterThan((ulong)count * 25), "the runs must do something");
    }

    // Only nodes whose seat had just ended held the block that ended it; they sent no status, so the others never asked
    // (C-16).
    [TestCase(67UL)]
    [TestCase(153UL)]
    public void Former_validators_tell_the_others_of_the_block_that_ended_their_seat(ulong seed) => Run(4, seed);

    [Test]
    public void The_same_seed_gives_the_same_run()
    {
        SimulationResult first = Run(4, 7);
        SimulationResult second = Run(4, 7);
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Different_seeds_give_different_runs() =>
        Assert.That(Run(4, 8).Fingerprint, Is.Not.EqualTo(Run(4, 9).Fingerprint));

    private static SimulationResult Run(int nodes, ulong seed) =>
        Simulation.Run(new SimulationOptions { Seed = seed, Nodes = nodes });
}
