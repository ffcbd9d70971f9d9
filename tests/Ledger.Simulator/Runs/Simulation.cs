using Ledger.Consensus;
using Ledger.Simulator.Checkers;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Runs;

/// <summary>
/// One run: a phase in which everything may fail, then healing, after which a probe must be committed by every live
/// node within R.
/// </summary>
public sealed class Simulation
{
    // So long can 50 commits take after the faults where the validators that live are just q: every message that is
    // lost then costs a view.
    private const long FaultTicksMax = 30_000;

    private readonly World world;

    private Simulation(SimulationOptions options)
    {
        world = new World(options);
    }

    /// <summary>
    /// Runs a seed; throws <see cref="SimulationFailure"/>, or lets a broken invariant through, when a promise is
    /// broken.
    /// </summary>
    public static SimulationResult Run(SimulationOptions options) => new Simulation(options).Run();

    private bool IsFull =>
        world.Now >= SimulationOptions.FaultTicks
        && world.Chain.Height >= SimulationOptions.CommitsMin
        && world.Faults[FaultKind.Crash] > 0
        && world.Faults.HadPartitionOrDiskFault;

    private SimulationResult Run()
    {
        while (!IsFull)
        {
            if (world.Now >= FaultTicksMax)
            {
                world.Checks.Liveness.FailOfFewCommits();
            }

            world.Driver.Tick();
            world.Clients.Tick();
            world.Step();
        }

        long healTicks = HealAndProbe();
        world.Checks.OnEnd();
        return new SimulationResult
        {
            Commits = world.Chain.Height,
            ViewChanges = world.Checks.Views.Highest,
            Epochs = world.Chain.CurrentEpoch,
            Ticks = world.Now,
            HealTicks = healTicks,
            Messages = world.Network.Messages,
            Evidence = world.Checks.Evidence.Count,
            Contradictions = world.Checks.Contradictions,
            Acknowledged = world.Checks.Durability.Acknowledged,
            Snapshots = world.Snapshots.Installed,
            Fingerprint = world.Checks.Fingerprint,
            Faults = world.Faults.Counts,
            CrashPoints = world.Faults.CrashPoints,
        };
    }

    private long HealAndProbe()
    {
        world.Heal();
        long healed = world.Now;
        SimulatedTransaction made = world.Clients.MakeProbe();
        bool sent = world.Clients.SendToAll(made);
        int probe = made.Id;
        int faulty = world.Chain.CurrentSet.FaultyMax;
        long bound = (world.Plan.Faulty == 0 ? 2 : faulty + 2) * Ticks.TimeoutMax;
        while (!world.Checks.Liveness.IsMet(probe))
        {
            world.Checks.Liveness.OnTick(probe, world.Now - healed, bound);
            world.Step();

            // After a loss of power all may still be reading their disks: the client asks again.
            sent = sent || world.Clients.SendToAll(made);
        }

        long healTicks = world.Now - healed;
        while (!world.Checks.Liveness.AreAllAtTheHead())
        {
            world.Checks.Liveness.OnTick(probe, world.Now - healed, 2 * bound);
            world.Step();
        }

        if (!world.Checks.Idle.IsDisturbed)
        {
            BeIdle(probe, healed, 3 * bound);
        }

        return healTicks;
    }

    private void BeIdle(int probe, long healed, long boundTicks)
    {
        while (!world.Checks.Idle.IsIdle())
        {
            world.Checks.Liveness.OnTick(probe, world.Now - healed, boundTicks);
            world.Step();
        }

        StepFor(IdleChecker.SettleTicks);
        world.Checks.Idle.Begin();
        StepFor(IdleChecker.WatchTicks);
        world.Checks.Idle.End();
    }

    private void StepFor(int ticks)
    {
        for (int tick = 0; tick < ticks; tick++)
        {
            world.Step();
        }
    }
}
