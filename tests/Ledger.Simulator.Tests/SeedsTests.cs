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

    [Test]
    public void Liars_that_send_forged_blocks_unasked_keep_nobody_from_catching_up()
    {
        for (ulong seed = 40_001; seed <= 40_060; seed++)
        {
            Simulation.Run(new SimulationOptions { Seed = seed, Nodes = 4, LiarsInterfere = true });
        }
    }

    // Only nodes whose seat had just ended held the block that ended it; they sent no status, so the others never asked
    // (C-16).
    [TestCase(56UL)]
    [TestCase(849UL)]
    [TestCase(1406UL)]
    public void Former_validators_tell_the_others_of_the_block_that_ended_their_seat(ulong seed) => Run(4, seed);

    // Replicas that were cut off counted their views up alone, and never met the others in one view again in time
    // (C-8).
    [TestCase(11UL)]
    public void A_replica_that_was_cut_off_meets_the_others_in_a_view(ulong seed) => Run(4, seed);

    // What a planted error broke: a view change, or a receiver of a new view, that forgets what was prepared (C-9,
    // C-12) forks at seed 32, a restart that forgets it at seed 1140.
    [TestCase(32UL)]
    [TestCase(1140UL)]
    public void What_may_have_been_decided_is_never_given_up(ulong seed) => Run(4, seed);

    // With 2f + 1 for a quorum, five and six nodes fork at this seed.
    [TestCase(5)]
    [TestCase(6)]
    public void Two_quorums_of_five_or_six_meet_in_an_honest_node(int nodes) => Run(nodes, 21);

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
