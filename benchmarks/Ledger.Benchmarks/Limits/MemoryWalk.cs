namespace Ledger.Benchmarks.Limits;

/// <summary>
/// Reads memory in an order that no processor foresees: each place says where the next one is, and all are met before
/// the first comes again.
/// </summary>
public sealed class MemoryWalk
{
    /// <summary>Numbers in a line of the processor's caches.</summary>
    private const int Stride = 64 / sizeof(int);

    /// <summary>Of 64 bytes each: 64 MiB, more than a processor's share of the caches.</summary>
    public const int Lines = 1 << 20;

    private readonly int[] next = new int[Lines * Stride];
    private int place;

    /// <summary>Of one order, always the same.</summary>
    public MemoryWalk()
    {
        int[] order = [.. Enumerable.Range(0, Lines)];
        new Random(Lines).Shuffle(order);
        for (int step = 0; step < Lines; step++)
        {
            next[order[step] * Stride] = order[(step + 1) % Lines] * Stride;
        }
    }

    /// <summary>Goes on from where it was, and says where it is now.</summary>
    public int Go(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            place = next[place];
        }

        return place;
    }
}
