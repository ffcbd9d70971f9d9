using System.Numerics;

namespace Ledger.Workload;

/// <summary>xoshiro256**, seeded through SplitMix64; integers only, so that no rounding rule takes part.</summary>
internal sealed class Xoshiro256
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    /// <summary>Starts the stream for one seed, purpose and index (a student; 0 where there is only one).</summary>
    internal Xoshiro256(ulong seed, StreamPurpose purpose, ulong index)
    {
        ulong start = SplitMix64.At(seed, purpose, index);
        unchecked
        {
            a = SplitMix64.Mix(start + SplitMix64.Increment);
            b = SplitMix64.Mix(start + (2 * SplitMix64.Increment));
            c = SplitMix64.Mix(start + (3 * SplitMix64.Increment));
            d = SplitMix64.Mix(start + (4 * SplitMix64.Increment));
        }
    }

    /// <summary>Starts from a given state, which must not be all zero.</summary>
    internal Xoshiro256(ulong a, ulong b, ulong c, ulong d)
    {
        ArgumentOutOfRangeException.ThrowIfZero(a | b | c | d, nameof(a));
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /// <summary>The next 64 bits.</summary>
    internal ulong Next()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(b * 5, 7) * 9;
            ulong shifted = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= shifted;
            d = BitOperations.RotateLeft(d, 45);
            return result;
        }
    }

    /// <summary>
    /// A whole number from 0 to <paramref name="bound"/> - 1. Takes the high half of a 64 by 64 bit product; its bias
    /// is below bound / 2^64, far under what a population of half a million can show.
    /// </summary>
    internal int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(Next(), (ulong)bound, out _);
    }

    /// <summary>True in <paramref name="perMille"/> of 1,000 cases.</summary>
    internal bool Chance(int perMille) => Below(1000) < perMille;
}
