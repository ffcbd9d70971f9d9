using System.Collections;
using Ledger.Consensus;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Command;

/// <summary>
/// The sum over many seeds, as it stands in the JSON file. Reports over different seeds add up to one.
/// </summary>
public sealed class SimulationReport
{
    private const string LivenessName = "liveness";
    private const int FailuresMax = 1000;

    /// <summary>The commit of the sources; empty where it is not known.</summary>
    public string Commit { get; set; } = "";

    /// <summary>How many validators.</summary>
    public string Nodes { get; set; } = "";

    /// <summary>How many adversaries; null left it to the seeds.</summary>
    public int? Byzantine { get; set; }

    /// <summary>The first seed.</summary>
    public ulong From { get; set; }

    /// <summary>Seeds that were run.</summary>
    public long Seeds { get; set; }

    /// <summary>Seeds in which something was forked, lost or signed that must not be.</summary>
    public long SafetyViolations { get; set; }

    /// <summary>Seeds that did not come back within the bound.</summary>
    public long LivenessFailures { get; set; }

    /// <summary>Virtual time of all runs.</summary>
    public double VirtualHours { get; set; }

    /// <summary>Decided heights.</summary>
    public long Commits { get; set; }

    /// <summary>Views that were left.</summary>
    public long ViewChanges { get; set; }

    /// <summary>Changes of the set.</summary>
    public long Epochs { get; set; }

    /// <summary>Deaths of a process.</summary>
    public long Crashes { get; set; }

    /// <summary>Messages handed to the network.</summary>
    public long Messages { get; set; }

    /// <summary>States that were taken over by a new node.</summary>
    public long Snapshots { get; set; }

    /// <summary>The longest time from healing to the probe on all nodes.</summary>
    public double HealSMax { get; set; }

    /// <summary>How often each kind of fault happened.</summary>
    public SortedDictionary<string, long> FaultsByKind { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How often a process died at each point.</summary>
    public SortedDictionary<string, long> CrashPoints { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Pairs of kinds that were in one run, as one bit each, in hexadecimal.</summary>
    public string FaultPairsMet { get; set; } = "";

    /// <summary>Pairs of kinds that never were in one run.</summary>
    public IReadOnlyList<string> FaultPairsNeverMet { get; set; } = [];

    /// <summary>What failed.</summary>
    public List<SeedFailure> Failures { get; set; } = [];

    /// <summary>Time of the runs together with all their jobs.</summary>
    public double ElapsedS { get; set; }

    /// <summary>Seeds a second.</summary>
    public double SeedsPerS { get; set; }

    /// <summary>Adds a seed.</summary>
    public void Add(SeedOutcome outcome)
    {
        Seeds++;
        if (outcome.Failure is SeedFailure failure)
        {
            LivenessFailures += failure.Checker == LivenessName ? 1 : 0;
            SafetyViolations += failure.Checker == LivenessName ? 0 : 1;
            if (Failures.Count < FailuresMax)
            {
                Failures.Add(failure);
            }
        }

        if (outcome.Result is SimulationResult result)
        {
            VirtualHours += result.Ticks * Ticks.MillisecondsPerTick / 3_600_000.0;
            Commits += (long)result.Commits;
            ViewChanges += (long)result.ViewChanges;
            Epochs += (long)result.Epochs;
            Messages += result.Messages;
            Snapshots += result.Snapshots;
            HealSMax = Math.Max(HealSMax, result.HealTicks * Ticks.MillisecondsPerTick / 1000.0);
            Crashes += result.Faults[(int)FaultKind.Crash];
            AddCounts<FaultKind>(FaultsByKind, result.Faults);
            AddCounts<CrashPoint>(CrashPoints, result.CrashPoints);
            MeetPairs(result.Faults);
        }
    }

    /// <summary>Adds another report; its seeds must be others, which is the caller's to see to.</summary>
    public void Add(SimulationReport other)
    {
        From = Math.Min(From, other.From);
        Nodes = Nodes == other.Nodes ? Nodes : $"{Nodes}, {other.Nodes}";
        Commit = Commit == other.Commit ? Commit : $"{Commit}, {other.Commit}";
        Seeds += other.Seeds;
        SafetyViolations += other.SafetyViolations;
        LivenessFailures += other.LivenessFailures;
        VirtualHours += other.VirtualHours;
        Commits += other.Commits;
        ViewChanges += other.ViewChanges;
        Epochs += other.Epochs;
        Messages += other.Messages;
        Snapshots += other.Snapshots;
        HealSMax = Math.Max(HealSMax, other.HealSMax);
        Crashes += other.Crashes;
        ElapsedS += other.ElapsedS;
        Failures.AddRange(other.Failures);
        AddAll(FaultsByKind, other.FaultsByKind);
        AddAll(CrashPoints, other.CrashPoints);
        FaultPairsMet = ToHex(FromHex(FaultPairsMet).Or(FromHex(other.FaultPairsMet)));
    }

    /// <summary>Works out what follows from the sums.</summary>
    public void Finish()
    {
        SeedsPerS = ElapsedS > 0 ? Math.Round(Seeds / ElapsedS, 1) : 0;
        BitArray met = FromHex(FaultPairsMet);
        List<string> never = [];
        for (int first = 0; first < FaultLog.Kinds; first++)
        {
            for (int second = first + 1; second < FaultLog.Kinds; second++)
            {
                if (!met[(first * FaultLog.Kinds) + second])
                {
                    never.Add($"{Name((FaultKind)first)} + {Name((FaultKind)second)}");
                }
            }
        }

        FaultPairsNeverMet = never;
    }

    private void MeetPairs(IReadOnlyList<long> faults)
    {
        BitArray met = FromHex(FaultPairsMet);
        for (int first = 0; first < FaultLog.Kinds; first++)
        {
            for (int second = first + 1; faults[first] > 0 && second < FaultLog.Kinds; second++)
            {
                met[(first * FaultLog.Kinds) + second] |= faults[second] > 0;
            }
        }

        FaultPairsMet = ToHex(met);
    }

    private static void AddCounts<T>(SortedDictionary<string, long> sums, IReadOnlyList<long> counts)
        where T : struct, Enum
    {
        foreach (T kind in Enum.GetValues<T>())
        {
            string name = Name(kind);
            sums[name] = sums.GetValueOrDefault(name) + counts[Convert.ToInt32(kind, null)];
        }
    }

    private static void AddAll(SortedDictionary<string, long> sums, SortedDictionary<string, long> others)
    {
        foreach ((string name, long count) in others)
        {
            sums[name] = sums.GetValueOrDefault(name) + count;
        }
    }

    private static string Name<T>(T kind)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static BitArray FromHex(string hex)
    {
        byte[] bytes = new byte[((FaultLog.Kinds * FaultLog.Kinds) + 7) / 8];
        Convert.FromHexString(hex).AsSpan().CopyTo(bytes);
        return new BitArray(bytes);
    }

    private static string ToHex(BitArray bits)
    {
        byte[] bytes = new byte[(bits.Length + 7) / 8];
        bits.CopyTo(bytes, 0);
        return Convert.ToHexStringLower(bytes);
    }
}
