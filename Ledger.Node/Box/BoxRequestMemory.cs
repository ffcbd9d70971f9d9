namespace Ledger.Node.Box;

/// <summary>Remembers the requests of the last minute, so that a box answers each once.</summary>
public sealed class BoxRequestMemory(TimeProvider time)
{
    /// <summary>A request is taken within this of the box's clock.</summary>
    public const long WindowMs = 60_000;

    private const int RandomBytes = 16;

    /// <summary>
    /// Requests that are remembered; a box that gets more in a minute refuses, rather than forget one.
    /// </summary>
    private const int RememberedMax = 262_144;

    private readonly Lock gate = new();
    private readonly HashSet<UInt128> seen = [];
    private readonly Queue<(long Time, UInt128 Random)> order = new();

    /// <summary>Takes a request that is fresh and was not taken before.</summary>
    public bool TakeOnce(ReadOnlySpan<byte> random, long timeUnixMs)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (random.Length != RandomBytes || timeUnixMs > now + WindowMs || timeUnixMs < now - WindowMs)
        {
            return false;
        }

        UInt128 value = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(random);
        lock (gate)
        {
            // A request may be dated up to a window ahead, so it is remembered for two.
            while (order.TryPeek(out (long Time, UInt128 Random) oldest) && oldest.Time < now - (2 * WindowMs))
            {
                order.Dequeue();
                seen.Remove(oldest.Random);
            }

            if (seen.Count >= RememberedMax || !seen.Add(value))
            {
                return false;
            }

            order.Enqueue((now, value));
            return true;
        }
    }
}
