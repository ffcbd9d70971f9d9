using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// The heights that peers claim in their signed statuses. Claims, for people: nothing is decided by them.
/// </summary>
public sealed class PeerHeights
{
    private readonly Lock gate = new();
    private readonly Dictionary<Address, ulong> heights = [];

    /// <summary>Takes a validator's claim.</summary>
    public void Note(Address validator, ulong height)
    {
        lock (gate)
        {
            heights[validator] = height;
        }
    }

    /// <summary>
    /// How far behind the second-greatest claim a height is: one liar alone does not make a node look late.
    /// </summary>
    public ulong Behind(ulong height)
    {
        lock (gate)
        {
            ulong claimed = heights.Values.OrderDescending().Skip(1).FirstOrDefault();
            return claimed > height ? claimed - height : 0;
        }
    }
}
