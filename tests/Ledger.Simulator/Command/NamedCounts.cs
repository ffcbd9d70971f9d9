namespace Ledger.Simulator.Command;

/// <summary>Counts by the values of an enumeration, and by their names in a report.</summary>
public static class NamedCounts
{
    /// <summary>Adds counts to sums, place by place.</summary>
    public static void Add(long[] sums, IReadOnlyList<long> counts)
    {
        for (int place = 0; place < sums.Length; place++)
        {
            sums[place] += counts[place];
        }
    }

    /// <summary>The counts by name.</summary>
    public static SortedDictionary<string, long> ByName<T>(long[] counts)
        where T : struct, Enum
    {
        SortedDictionary<string, long> named = new(StringComparer.Ordinal);
        T[] values = Enum.GetValues<T>();
        for (int place = 0; place < values.Length; place++)
        {
            named.Add(values[place].ToString(), counts[place]);
        }

        return named;
    }

    /// <summary>The counts of a report; a name that it lacks counts as 0.</summary>
    public static long[] Of<T>(SortedDictionary<string, long> named)
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => named.GetValueOrDefault(value.ToString()))];
}
