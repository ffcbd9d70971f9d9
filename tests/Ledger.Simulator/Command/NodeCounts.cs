using System.Globalization;
using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Command;

/// <summary>
/// How many validators a run has: one number, or a range from which the seed draws, small ones more often.
/// </summary>
public readonly record struct NodeCounts(int Low, int High)
{
    /// <summary>No run has fewer.</summary>
    public const int Min = 4;

    /// <summary>No run has more.</summary>
    public const int Max = 16;

    /// <summary>Reads "4" or "4..10"; null where it is neither.</summary>
    public static NodeCounts? Parse(string text)
    {
        string[] parts = text.Split("..");
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int high)
            && low >= Min && high <= Max && low <= high
                ? new NodeCounts(low, high)
                : null;
    }

    /// <summary>The number of a seed: the lower of two draws, so that a range costs less than its middle.</summary>
    public int Of(ulong seed)
    {
        Prng prng = new(Mix64.Of(seed, 0x6E6F646573UL));
        int count = High - Low + 1;
        return Low + Math.Min(prng.Below(count), prng.Below(count));
    }

    /// <inheritdoc/>
    public override string ToString() => Low == High
        ? Low.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Low}..{High}");
}
