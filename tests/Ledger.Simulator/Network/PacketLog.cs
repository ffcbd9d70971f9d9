using Ledger.Primitives;
using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Network;

/// <summary>
/// Every message of a run: the same bytes are read only once, and what was ever said can be said again by a network
/// that replays, for ever.
/// </summary>
public sealed class PacketLog(Hash256 chainId)
{
    private readonly Dictionary<ulong, Packet> byChecksum = [];
    private readonly List<Packet> all = [];

    /// <summary>How many different ones there are.</summary>
    public int Count => all.Count;

    /// <summary>The packet of these bytes.</summary>
    public Packet Of(ReadOnlyMemory<byte> bytes)
    {
        ulong checksum = Mix64.Of(0, bytes.Span);
        if (byChecksum.TryGetValue(checksum, out Packet? known) && bytes.Span.SequenceEqual(known.Bytes))
        {
            return known;
        }

        Packet packet = new(bytes.ToArray(), chainId);
        byChecksum[checksum] = packet;
        all.Add(packet);
        return packet;
    }

    /// <summary>Any of them; at least one must be there.</summary>
    public Packet Any(Prng prng) => all[prng.Below(all.Count)];
}
