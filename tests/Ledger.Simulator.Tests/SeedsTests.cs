using Ledger.Simulator.Command;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Tests;

/// <summary>Runs of the simulator: a thousand seeds, and every seed that ever found something.</summary>
public sealed class SeedsTests
{
    [TestCase(4, 1, 200)]
    [TestCase(4, 201, 200)]
    [TestCase(5, 10_001, 250)]
    [TestCase(6, 20_001, 200)]
    [TestCase(7, 30_001, 150)]
    public void Every_promise_holds_on_a_range_of_seeds(int nodes, int first, int count)
    {
        SimulationReport report = RunMany(nodes, null, first, count);
        ReportDocument done = report.ToDocument();
        string failures = string.Join('\n', done.Failures.Select(one => $"{one.Checker}: {one.Message} {one.Replay}"));
        Assert.Multiple(() =>
        {
            Assert.That(failures, Is.Empty);
            Assert.That(done.Commits, Is.GreaterThanOrEqualTo(count * (long)SimulationOptions.CommitsMin));
            Assert.That(done.VirtualHours, Is.GreaterThanOrEqualTo(count * 60 / 3600.0));
        });
    }

    [TestCase(4, 50_001, 20)]
    [TestCase(7, 50_101, 20)]
    public void As_many_liars_as_are_tolerated_break_nothing(int nodes, int first, int count)
    {
        int faultyMax = Ledger.Primitives.Quorum.FaultyMax(nodes);
        Assert.That(RunMany(nodes, faultyMax, first, count).ToDocument().Failures, Is.Empty);
    }

    [Test]
    public void Each_seed_has_commits_crashes_and_a_partition_or_a_fault_of_a_disk()
    {
        for (ulong seed = 60_001; seed <= 60_010; seed++)
        {
            SimulationResult result = Run(4, seed);
            Assert.Multiple(() =>
            {
                Assert.That(result.Commits, Is.GreaterThanOrEqualTo(SimulationOptions.CommitsMin));
                Assert.That(result.Ticks, Is.GreaterThanOrEqualTo(SimulationOptions.FaultTicks));
                Assert.That(result.Faults[(int)FaultKind.Crash], Is.Positive);
            });
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
    // C-12), and a restart that forgets it.
    [TestCase(32UL)]
    [TestCase(1140UL)]
    public void What_may_have_been_decided_is_never_given_up(ulong seed) => Run(4, seed);

    // A queue before the probe was worked off in small blocks by one slow leader after another.
    [TestCase(458UL)]
    public void Work_that_waited_for_the_network_keeps_nobody_from_going_on(ulong seed) => Run(4, seed);

    // The set changed while some had begun a view and others were still leaving for it: an idle ledger stayed so
    // (C-10).
    [TestCase(6, 35_069UL)]
    [TestCase(5, 123_482UL)]
    public void A_view_that_began_in_a_former_epoch_is_given_up_for_those_that_missed_it(int nodes, ulong seed) =>
        Run(nodes, seed);

    // All that lived were just q, and each message that was lost cost a view.
    [TestCase(56_245UL)]
    public void As_many_as_just_make_a_quorum_go_on(ulong seed) => Run(8, seed);

    // The chain was cut to nothing, and the node began with the state of a peer: its votes are still its own (S-10).
    [TestCase(4, 75_084UL)]
    [TestCase(4, 77_115UL)]
    [TestCase(9, 77_938UL)]
    public void Votes_outlive_a_chain_that_was_cut_to_nothing(int nodes, ulong seed) => Run(nodes, seed);

    // With 2f + 1 for a quorum, five and six nodes fork at this seed.
    [TestCase(5)]
    [TestCase(6)]
    public void Two_quorums_of_five_or_six_meet_in_an_honest_node(int nodes) => Run(nodes, 21);

    [TestCase(7UL)]
    [TestCase(100UL)]
    public void The_same_seed_gives_the_same_run(ulong seed)
    {
        SimulationResult first = Run(4, seed);
        SimulationResult second = Run(4, seed);
        Assert.Multiple(() =>
        {
            Assert.That(second.Fingerprint, Is.EqualTo(first.Fingerprint));
            Assert.That(second.Ticks, Is.EqualTo(first.Ticks));
            Assert.That(second.Messages, Is.EqualTo(first.Messages));
            Assert.That(second.Faults, Is.EqualTo(first.Faults));
        });
    }

    [Test]
    public void Different_seeds_give_different_runs() =>
        Assert.That(Run(4, 8).Fingerprint, Is.Not.EqualTo(Run(4, 9).Fingerprint));

    private static SimulationResult Run(int nodes, ulong seed) =>
        Simulation.Run(new SimulationOptions { Seed = seed, Nodes = nodes });

    private static SimulationReport RunMany(int nodes, int? byzantine, int first, int count)
    {
        SimulationReport report = new((ulong)first, "", byzantine, "");
        SeedPool pool = new(new SeedRunner(new NodeRange(nodes, nodes), byzantine, ""), Environment.ProcessorCount);
        pool.Run((ulong)first, (ulong)(first + count), report.Add, () => { });
        return report;
    }
}
