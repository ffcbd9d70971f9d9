using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Faults;

/// <summary>How often what goes wrong in a run, in thousandths; by the tick where nothing else is said.</summary>
public sealed class FaultRates
{
    /// <summary>
    /// Draws them. Each kind is left out of a good part of the runs, so that any two meet, and also do not.
    /// </summary>
    public FaultRates(Prng prng)
    {
        Loss = prng.Chance(300) ? 0 : prng.Below(301);
        Replay = prng.Chance(500) ? 0 : prng.Below(501);
        Duplicate = prng.Chance(300) ? 0 : prng.Below(201);
        DelayTicksMax = prng.Between(1, 8);
        SlowMessages = prng.Chance(500) ? 0 : prng.Below(30);
        Partition = prng.Chance(250) ? 0 : prng.Between(1, 4);
        Pause = prng.Chance(500) ? 0 : prng.Between(1, 3);
        Crash = prng.Chance(150) ? 0 : prng.Between(1, 5);
        PowerFailure = prng.Chance(200);
        ClockSkew = prng.Chance(600);
        ClockJump = prng.Chance(600) ? 0 : prng.Between(1, 3);
        BitRot = prng.Chance(600) ? 0 : prng.Between(1, 4);
        Misdirected = prng.Chance(600) ? 0 : prng.Between(10, 60);
        FailedSync = prng.Chance(700) ? 0 : prng.Between(1, 2);
        Tear = prng.Between(800, 1000);
        Work = prng.Between(50, 150);
        ChainCut = prng.Chance(600) ? 0 : prng.Between(1, 4);
    }

    /// <summary>Messages that are lost, of 1,000.</summary>
    public int Loss { get; }

    /// <summary>Old messages that come along with 1,000 new ones.</summary>
    public int Replay { get; }

    /// <summary>Messages that come twice, of 1,000.</summary>
    public int Duplicate { get; }

    /// <summary>The usual delay at most, in ticks.</summary>
    public int DelayTicksMax { get; }

    /// <summary>Messages that take up to 4 s, of 1,000.</summary>
    public int SlowMessages { get; }

    /// <summary>Changes of the partition.</summary>
    public int Partition { get; }

    /// <summary>Pauses of a process.</summary>
    public int Pause { get; }

    /// <summary>Crashes of a process.</summary>
    public int Crash { get; }

    /// <summary>Whether the power fails some time.</summary>
    public bool PowerFailure { get; }

    /// <summary>Whether all clocks are off by up to 3 s.</summary>
    public bool ClockSkew { get; }

    /// <summary>Jumps of a clock.</summary>
    public int ClockJump { get; }

    /// <summary>Bits of blocks that turn at rest.</summary>
    public int BitRot { get; }

    /// <summary>Commits whose block lands in the wrong place, of 1,000.</summary>
    public int Misdirected { get; }

    /// <summary>Syncs that fail.</summary>
    public int FailedSync { get; }

    /// <summary>Disks that lose their newest blocks.</summary>
    public int ChainCut { get; }

    /// <summary>Crashes that tear the batch in flight, of 1,000.</summary>
    public int Tear { get; }

    /// <summary>Transactions of clients.</summary>
    public int Work { get; }
}
