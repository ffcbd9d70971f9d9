using Ledger.Simulator.Faults;

namespace Ledger.Simulator.Command;

/// <summary>Which two kinds of faults were active in one run.</summary>
public sealed class FaultPairs
{
    private readonly bool[,] met = new bool[FaultLog.Kinds, FaultLog.Kinds];

    /// <summary>Begins with none.</summary>
    public FaultPairs()
    {
    }

    /// <summary>Goes on from the pairs that were never met.</summary>
    public FaultPairs(IReadOnlyCollection<string> neverMet)
    {
        HashSet<string> left = [.. neverMet];
        foreach ((int kind, int other) in All())
        {
            met[kind, other] = !left.Contains(NameOf(kind, other));
        }
    }

    /// <summary>Takes the counts of a run.</summary>
    public void Add(IReadOnlyList<long> counts)
    {
        foreach ((int kind, int other) in All())
        {
            met[kind, other] |= counts[kind] > 0 && counts[other] > 0;
        }
    }

    /// <summary>Takes the pairs of other runs.</summary>
    public void Add(FaultPairs others)
    {
        foreach ((int kind, int other) in All())
        {
            met[kind, other] |= others.met[kind, other];
        }
    }

    /// <summary>The pairs that were never met.</summary>
    public List<string> NeverMet() =>
        [.. All().Where(pair => !met[pair.Kind, pair.Other]).Select(pair => NameOf(pair.Kind, pair.Other))];

    private static string NameOf(int kind, int other) => $"{(FaultKind)kind}+{(FaultKind)other}";

    private static IEnumerable<(int Kind, int Other)> All()
    {
        for (int kind = 0; kind < FaultLog.Kinds; kind++)
        {
            for (int other = kind + 1; other < FaultLog.Kinds; other++)
            {
                yield return (kind, other);
            }
        }
    }
}
