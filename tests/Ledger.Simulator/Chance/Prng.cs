namespace Ledger.Simulator.Chance;

/// <summary>
/// The only source of chance: the sequence of a seed is the same on every machine and version (SplitMix64).
/// </summary>
public sealed class Prng(ulong seed)
{
    private ulong state = seed;

    /// <summary>64 uniform bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong mixed = state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True in <paramref name="perMille"/> of 1,000 cases.</summary>
    public bool Chance(int perMille) => Below(1000) < perMille;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Puts a list into random order.</summary>
    public void Shuffle<T>(List<T> list)
    {
        for (int place = list.Count - 1; place > 0; place--)
        {
            int other = Below(place + 1);
            (list[place], list[other]) = (list[other], list[place]);
        }
    }
}
