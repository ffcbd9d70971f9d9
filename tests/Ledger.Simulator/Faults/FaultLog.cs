using Ledger.Simulator.Nodes;

namespace Ledger.Simulator.Faults;

/// <summary>Counts what went wrong in a run.</summary>
public sealed class FaultLog
{
    /// <summary>How many kinds there are.</summary>
    public static int Kinds { get; } = Enum.GetValues<FaultKind>().Length;

    /// <summary>How many points there are, "nowhere" included.</summary>
    public static int Points { get; } = Enum.GetValues<CrashPoint>().Length;

    private readonly long[] counts = new long[Kinds];
    private readonly long[] points = new long[Points];

    /// <summary>How often each kind happened.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>How often a process died at each point.</summary>
    public IReadOnlyList<long> CrashPoints => points;

    /// <summary>How often a node found blocks that it had to fetch again and could not at once.</summary>
    public long Repairs { get; private set; }

    /// <summary>How often a kind happened.</summary>
    public long this[FaultKind kind] => counts[(int)kind];

    /// <summary>Counts one.</summary>
    public void Mark(FaultKind kind) => counts[(int)kind]++;

    /// <summary>Counts a death.</summary>
    public void CrashedAt(CrashPoint point)
    {
        points[(int)point]++;
        Mark(FaultKind.Crash);
    }

    /// <summary>Counts a wait for a block that was damaged.</summary>
    public void NoteRepairing() => Repairs++;

    /// <summary>Whether any partition, or any fault of a disk, happened.</summary>
    public bool HadPartitionOrDiskFault =>
        Any(FaultKind.SymmetricPartition, FaultKind.Isolation) || Any(FaultKind.LostWrite, FaultKind.OldDisk);

    private bool Any(FaultKind first, FaultKind last)
    {
        for (FaultKind kind = first; kind <= last; kind++)
        {
            if (counts[(int)kind] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
