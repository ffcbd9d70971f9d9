using System.Buffers.Binary;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Remembers the requests of the last minutes, so that a box answers each once. It is asked only for readers whose key
/// the ledger holds, and each has a share of its own: nobody fills the memory for others.
/// </summary>
public sealed class BoxRequestMemory(TimeProvider time)
{
    /// <summary>A request is taken within this of the box's clock.</summary>
    public const long WindowMs = 60_000;

    /// <summary>
    /// Requests of one reader that are remembered: some 34 a second. One that asks more is refused, not forgotten.
    /// </summary>
    public const int RememberedOfReaderMax = 4096;

    private const int RandomBytes = 16;

    /// <summary>
    /// Requests that are remembered; a box that gets more in a minute refuses, rather than forget one.
    /// </summary>
    private const int RememberedMax = 262_144;

    private readonly Lock gate = new();
    private readonly Dictionary<Address, HashSet<UInt128>> seen = [];
    private readonly Queue<(long Time, Address Reader, UInt128 Random)> order = new();

    /// <summary>Takes a request that is fresh and was not taken of this reader before.</summary>
    public bool TakeOnce(Address reader, ReadOnlySpan<byte> random, long timeUnixMs)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (random.Length != RandomBytes || timeUnixMs > now + WindowMs || timeUnixMs < now - WindowMs)
        {
            return false;
        }

        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(random);
        lock (gate)
        {
            Forget(now);
            return order.Count < RememberedMax && Remember(now, reader, value);
        }
    }

    private bool Remember(long now, Address reader, UInt128 value)
    {
        if (!seen.TryGetValue(reader, out HashSet<UInt128>? own))
        {
            own = [];
            seen[reader] = own;
        }

        if (own.Count >= RememberedOfReaderMax || !own.Add(value))
        {
            return false;
        }

        order.Enqueue((now, reader, value));
        return true;
    }

    // A request may be dated up to a window ahead, so it is remembered for two.
    private void Forget(long now)
    {
        while (order.TryPeek(out (long Time, Address Reader, UInt128 Random) oldest)
            && oldest.Time < now - (2 * WindowMs))
        {
            order.Dequeue();
            HashSet<UInt128> own = seen[oldest.Reader];
            own.Remove(oldest.Random);
            if (own.Count == 0)
            {
                seen.Remove(oldest.Reader);
            }
        }
    }
}
