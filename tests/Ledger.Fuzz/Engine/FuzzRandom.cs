using System.Text;

namespace Ledger.Fuzz;

/// <summary>
/// SplitMix64: small, and the same on every machine, so that seed and index alone bring an input back.
/// </summary>
internal sealed class FuzzRandom
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;
    private ulong state;

    public FuzzRandom(ulong seed)
    {
        state = seed;
    }

    /// <summary>The stream of one input of one target.</summary>
    public static FuzzRandom For(ulong seed, string target, long index)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (byte letter in Encoding.UTF8.GetBytes(target))
        {
            hash = unchecked((hash ^ letter) * 0x0000_0100_0000_01B3);
        }

        FuzzRandom mixer = new(unchecked(seed ^ hash ^ ((ulong)index * Golden)));
        return new FuzzRandom(mixer.Next());
    }

    public ulong Next()
    {
        unchecked
        {
            state += Golden;
            ulong mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>From 0 to <paramref name="count"/> - 1; the count is at least 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; at++)
        {
            bytes[at] = (byte)(Next() >> 56);
        }

        return bytes;
    }

    /// <summary>Small numbers often, large ones sometimes: what lengths and counts look like.</summary>
    public int Skewed(int max) => Below(1 + Below(1 + Below(1 + max)));
}
