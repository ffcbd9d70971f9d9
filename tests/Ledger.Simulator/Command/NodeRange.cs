using System.Globalization;
using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Command;

/// <summary>How many identities the runs have: one number, or drawn from the seed, small ones more often.</summary>
public readonly record struct NodeRange(int Least, int Most)
{
    /// <summary>Fewer validators tolerate none that lies.</summary>
    public const int Smallest = 4;

    /// <summary>A set has no more.</summary>
    public const int Largest = 16;

    private const ulong Salt = 0x6E6F646573UL;

    /// <summary>Reads "7" or "4..10".</summary>
    public static bool TryParse(string text, out NodeRange range)
    {
        string[] ends = text.Split("..");
        range = default;
        if (ends.Length is 1 or 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int least)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            && least >= Smallest && most <= Largest && least <= most)
        {
            range = new NodeRange(least, most);
            return true;
        }

        return false;
    }

    /// <summary>How many a seed has.</summary>
    public int Of(ulong seed)
    {
        Prng prng = new(seed ^ Salt);
        int choices = Most - Least + 1;
        return Least + Math.Min(prng.Below(choices), Math.Min(prng.Below(choices), prng.Below(choices)));
    }

    /// <inheritdoc/>
    public override string ToString() => Least == Most
        ? Least.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Least}..{Most}");
}
