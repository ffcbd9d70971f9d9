using System.Buffers.Binary;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Remembers the requests of the last minutes, so that a box answers each once. It is asked only for readers whose key
/// the ledger holds, and each has a share of its own: nobody fills the memory for others. What a process before this
/// one took is known by its marks: up to them this one takes nothing.
/// </summary>
public sealed class BoxRequestMemory
{
    /// <summary>A request is taken within this of the box's clock.</summary>
    public const long WindowMs = 60_000;

    /// <summary>
    /// Requests of one reader that are remembered: some 34 a second. One that asks more is refused, not forgotten.
    /// </summary>
    public const int RememberedOfReaderMax = 4096;

    /// <summary>
    /// A mark lies so far ahead of the request that it is made for: a busy reader costs a synced write in this time,
    /// and waits for it after a restart of the box.
    /// </summary>
    public const long MarkStepMs = 1_000;

    private const int RandomBytes = 16;

    /// <summary>
    /// Requests that are remembered; a box that gets more in a minute refuses, rather than forget one.
    /// </summary>
    private const int RememberedMax = 262_144;

    private readonly Lock gate = new();
    private readonly IRequestMarks marks;
    private readonly TimeProvider time;
    private readonly Dictionary<Address, long> before;
    private readonly Dictionary<Address, long> marked = [];
    private readonly Dictionary<Address, HashSet<UInt128>> seen = [];
    private readonly Queue<(long Time, Address Reader, UInt128 Random)> order = new();

    /// <summary>Begins where the process before this one ended.</summary>
    public BoxRequestMemory(IRequestMarks marks, TimeProvider time)
    {
        this.marks = marks;
        this.time = time;
        // A mark lies at most a window and a step ahead of the clock that it was made by.
        before = marks.Load(time.GetUtcNow().ToUnixTimeMilliseconds() - (2 * WindowMs));
    }

    /// <summary>Takes a request that is fresh and was not taken of this reader before.</summary>
    public RequestTaking Take(Address reader, ReadOnlySpan<byte> random, long timeUnixMs)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (random.Length != RandomBytes || timeUnixMs > now + WindowMs || timeUnixMs < now - WindowMs)
        {
            return RequestTaking.NotNow;
        }

        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(random);
        lock (gate)
        {
            Forget(now);
            if (before.TryGetValue(reader, out long until) && timeUnixMs <= until)
            {
                return RequestTaking.PerhapsBefore;
            }

            return order.Count < RememberedMax ? Remember(now, reader, value, timeUnixMs) : RequestTaking.Full;
        }
    }

    private RequestTaking Remember(long now, Address reader, UInt128 value, long timeUnixMs)
    {
        HashSet<UInt128> own = seen.GetValueOrDefault(reader) ?? [];
        if (own.Contains(value))
        {
            return RequestTaking.Before;
        }

        if (own.Count >= RememberedOfReaderMax)
        {
            return RequestTaking.Full;
        }

        Mark(reader, timeUnixMs);
        own.Add(value);
        seen[reader] = own;
        order.Enqueue((now, reader, value));
        return RequestTaking.Taken;
    }

    // The mark is on disk before the request is taken: whatever ends this process, the next one does not take it again.
    private void Mark(Address reader, long timeUnixMs)
    {
        if (!marked.TryGetValue(reader, out long until) || timeUnixMs > until)
        {
            marks.Set(reader, timeUnixMs + MarkStepMs);
            marked[reader] = timeUnixMs + MarkStepMs;
        }
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
                marked.Remove(oldest.Reader);
            }
        }
    }
}
