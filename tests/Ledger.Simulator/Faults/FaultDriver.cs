using Ledger.Simulator.Chance;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Runs;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Faults;

/// <summary>Lets things go wrong, tick by tick, at the rates of the plan, and sees to it that enough does.</summary>
public sealed class FaultDriver
{
    private const int SkewMaxMs = 3000;
    private const int WrongClockMs = 3_600_000;
    private const int PauseTicksMax = 600;

    private readonly World world;
    private readonly Prng prng;
    private readonly FaultRates rates;
    private readonly int forceCrashTick;
    private readonly int forceCutTick;
    private readonly int powerTick;
    private readonly int backupTick;
    private readonly int forgetTick;
    private readonly List<SimulatedNode> toForget;

    /// <summary>Sets the clocks, and draws when what happens once happens.</summary>
    public FaultDriver(World world)
    {
        this.world = world;
        prng = world.Prng;
        rates = world.Plan.Rates;
        forceCrashTick = prng.Between(100, 2500);
        forceCutTick = prng.Between(100, 2500);
        powerTick = rates.PowerFailure ? prng.Between(100, SimulationOptions.FaultTicks - 100) : -1;
        backupTick = prng.Between(20, 1000);
        forgetTick = prng.Between(400, 2500);
        toForget = [.. world.Nodes.Where(node => node.IsHonest && world.Plan.MayForget(node.Identity))];
        foreach (SimulatedNode node in world.Nodes)
        {
            node.SkewMs = SkewOf(node);
        }
    }

    /// <summary>One tick of the phase with faults.</summary>
    public void Tick()
    {
        if (world.Now < SimulationOptions.FaultTicks)
        {
            DisturbNetwork();
            DisturbProcesses();
            DisturbDisks();
        }
        else if (world.Now == SimulationOptions.FaultTicks)
        {
            // What is still missing of a full run comes in calmer conditions, so that it comes.
            world.Network.Calm();
        }

        Force();
        Confirm();
    }

    private long SkewOf(SimulatedNode node)
    {
        if (world.Plan.HasWrongClock(node.Identity))
        {
            world.Faults.Mark(FaultKind.WrongClock);
            return prng.Chance(500) ? WrongClockMs : -WrongClockMs;
        }

        if (!rates.ClockSkew)
        {
            return 0;
        }

        world.Faults.Mark(FaultKind.ClockSkew);
        return prng.Between(-SkewMaxMs, SkewMaxMs);
    }

    private void DisturbNetwork()
    {
        if (prng.Chance(rates.Partition))
        {
            world.Network.Repartition();
        }
    }

    private void DisturbProcesses()
    {
        if (prng.Chance(rates.Crash))
        {
            Crash(Any());
        }

        if (world.Now == powerTick)
        {
            FailPower();
        }

        if (prng.Chance(rates.Pause) && Any() is { IsUp: true, IsPaused: false } paused)
        {
            int ticks = prng.Chance(300) ? prng.Between(50, PauseTicksMax) : prng.Between(5, 100);
            paused.PausedUntil = world.Now + ticks;
            world.Faults.Mark(FaultKind.Pause);
            world.Say(paused, $"stands still for {ticks} ticks");
        }

        if (prng.Chance(rates.ClockJump))
        {
            SimulatedNode node = Any();
            world.Faults.Mark(FaultKind.ClockJump);
            node.SkewMs = world.Plan.HasWrongClock(node.Identity)
                ? prng.Between(-WrongClockMs, WrongClockMs)
                : prng.Between(-SkewMaxMs, SkewMaxMs);
        }
    }

    private void DisturbDisks()
    {
        if (prng.Chance(rates.BitRot))
        {
            world.DiskFaults.TryRot(AnyHonest());
        }

        if (prng.Chance(rates.ChainCut))
        {
            world.DiskFaults.TryCutChain(AnyHonest());
        }

        if (prng.Chance(rates.FailedSync))
        {
            Any().FailNextSync();
        }

        if (world.Now == backupTick)
        {
            toForget.ForEach(world.DiskFaults.Backup);
        }

        if (world.Now >= forgetTick && toForget.Count > 0 && world.DiskFaults.TryForget(toForget[^1]))
        {
            toForget.RemoveAt(toForget.Count - 1);
        }
    }

    // A run without any crash, or without partition and fault of a disk, would show too little.
    private void Force()
    {
        if (world.Now >= forceCrashTick && world.Now % 200 == 0 && world.Faults[FaultKind.Crash] == 0)
        {
            Crash(AnyHonest());
        }

        if (world.Now == forceCutTick && !world.Faults.HadPartitionOrDiskFault)
        {
            world.Network.Cut((PartitionShape)prng.Between(1, (int)PartitionShape.Deaf));
        }
    }

    private void Crash(SimulatedNode node)
    {
        if (!node.IsUp)
        {
            return;
        }

        CrashPoint point = (CrashPoint)prng.Between(1, FaultLog.Points - 1);
        if (point == CrashPoint.DuringRepair && node.IsHonest)
        {
            world.DiskFaults.TryRot(node);
        }

        node.CrashAt(point, prng.Below(4));
    }

    private void FailPower()
    {
        world.Faults.Mark(FaultKind.PowerFailure);
        world.Say("the power fails");
        foreach (SimulatedNode node in world.Nodes)
        {
            node.Die();
        }
    }

    // The operator looks after a node that stopped voting, and lets it vote again when it has caught up and the others
    // have decided a block more: what it signed and forgot is then of heights that are over.
    private void Confirm()
    {
        if (world.Now % 100 != 0)
        {
            return;
        }

        foreach (SimulatedNode node in world.Nodes)
        {
            if (node.IsUp && node.IsObserverForGood && node.MayBeConfirmed && prng.Chance(300)
                && world.Chain.Height > node.StoppedAtHeight + 1 && node.Disk.Height == world.Chain.Height)
            {
                world.Say(node, "may vote again, says its operator");
                node.IsObserverForGood = false;
                node.Start();
            }
        }
    }

    private SimulatedNode Any() => world.Nodes[prng.Below(world.Nodes.Count)];

    private SimulatedNode AnyHonest()
    {
        while (true)
        {
            if (Any() is { IsHonest: true } honest)
            {
                return honest;
            }
        }
    }
}
