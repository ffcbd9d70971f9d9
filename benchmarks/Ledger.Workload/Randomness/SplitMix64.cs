namespace Ledger.Workload;

/// <summary>
/// The SplitMix64 finaliser as a keyed, stateless hash. It is written out here because the algorithm behind
/// <see cref="System.Random"/> is not a fixed format, and the same seed must give the same bytes on every machine.
/// </summary>
internal static class SplitMix64
{
    /// <summary>The odd increment of SplitMix64: 2^64 divided by the golden ratio.</summary>
    internal const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>A bijection of 64-bit values: different inputs never share an output.</summary>
    internal static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    /// <summary>
    /// The value at <paramref name="index"/> of the stream named by seed and purpose. For one seed and purpose it is a
    /// bijection of the index, so ranks and names made with it cannot collide.
    /// </summary>
    internal static ulong At(ulong seed, StreamPurpose purpose, ulong index)
    {
        unchecked
        {
            ulong key = Mix(seed + ((ulong)purpose * Increment));
            return Mix(key + (index * Increment));
        }
    }
}
