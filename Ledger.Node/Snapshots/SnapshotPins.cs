using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>
/// The heads that can be fetched as snapshots: the first of each minute, which all nodes pin, and the newest when it is
/// asked for. Rule N-6 of the protocol.
/// </summary>
public sealed class SnapshotPins
{
    private readonly Lock gate = new();
    private readonly List<PinnedHead> pins = [];
    private readonly ChainState chain;
    private readonly TimeProvider time;
    private long lastSlot;

    /// <summary>Follows the chain.</summary>
    public SnapshotPins(ChainState chain, TimeProvider time)
    {
        this.chain = chain;
        this.time = time;
        lastSlot = SlotOf(chain.Head);
        chain.Decided += _ => OnDecided();
    }

    /// <summary>
    /// The snapshots that can be fetched, of at least this height; the newest head is among them where nothing younger
    /// than a minute is.
    /// </summary>
    public IReadOnlyList<PinnedHead> Offers(ulong heightMin)
    {
        LedgerHead head = chain.Head;
        lock (gate)
        {
            DropOld();
            bool isFresh = pins.Any(pin => pin.Head.Height >= heightMin
                && time.GetElapsedTime(pin.PinnedAt).TotalMilliseconds < ServingLimits.PinEveryMs);
            if (!isFresh && head.Height > 0)
            {
                Pin(head, replaceUnused: false);
            }

            return [.. pins.Where(pin => pin.Head.Height >= heightMin)];
        }
    }

    /// <summary>The snapshot at a block, or null where it is not held any more.</summary>
    public PinnedHead? Find(Hash256 blockHash)
    {
        lock (gate)
        {
            DropOld();
            PinnedHead? found = pins.Find(pin => pin.Head.BlockHash == blockHash);
            if (found is not null)
            {
                found.LastUsed = time.GetTimestamp();
            }

            return found;
        }
    }

    private void OnDecided()
    {
        LedgerHead head = chain.Head;
        long slot = SlotOf(head);
        if (slot != lastSlot)
        {
            lastSlot = slot;
            lock (gate)
            {
                DropOld();
                Pin(head, replaceUnused: true);
            }
        }
    }

    private void Pin(LedgerHead head, bool replaceUnused)
    {
        if (pins.Exists(pin => pin.Head.BlockHash == head.BlockHash))
        {
            return;
        }

        if (pins.Count >= ServingLimits.PinsMax)
        {
            PinnedHead? leaving = pins.Where(pin => IsIdle(pin) || (replaceUnused && pin.LastUsed == pin.PinnedAt))
                .MinBy(pin => pin.LastUsed);
            if (leaving is null)
            {
                return;
            }

            pins.Remove(leaving);
        }

        pins.Add(new PinnedHead(head, time.GetTimestamp()));
    }

    private void DropOld() => pins.RemoveAll(pin => time.GetElapsedTime(pin.PinnedAt) > ServingLimits.PinAgeMax);

    private bool IsIdle(PinnedHead pin) => time.GetElapsedTime(pin.LastUsed) > ServingLimits.PinIdleMax;

    private static long SlotOf(LedgerHead head) => head.Header.TimeUnixMs / ServingLimits.PinEveryMs;
}
