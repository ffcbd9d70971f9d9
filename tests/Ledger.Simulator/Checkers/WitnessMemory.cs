using Ledger.Consensus;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// What each process has seen, since its start, of the keys whose disks may be lost: what witnesses can tell (S-9).
/// </summary>
public sealed class WitnessMemory(World world)
{
    private readonly Dictionary<(int Witness, int Subject), SeenSlot> newest = [];

    /// <summary>A process takes a verified message.</summary>
    public void OnTaken(SimulatedNode witness, Packet packet)
    {
        if (packet.Content is not { IsAdvice: false } content)
        {
            return;
        }

        int subject = world.Seats.IdentityOf(packet.Sender);
        if (!world.Plan.MayForget(subject))
        {
            return;
        }

        SeenSlot slot = SeenSlot.Of(content);
        if (!newest.TryGetValue((witness.Index, subject), out SeenSlot known) || slot.CompareTo(known) > 0)
        {
            newest[(witness.Index, subject)] = slot;
        }
    }

    /// <summary>A process starts and has seen nothing.</summary>
    public void OnStart(SimulatedNode witness)
    {
        foreach ((int Witness, int Subject) key in newest.Keys.Where(key => key.Witness == witness.Index).ToArray())
        {
            newest.Remove(key);
        }
    }

    /// <summary>
    /// Whether so many honest validators know of a slot, and have since before the subject's start, that one of them is
    /// among any q witnesses.
    /// </summary>
    public bool MustHaveTold(SimulatedNode subject, SeenSlot slot)
    {
        ValidatorSet set = world.Chain.CurrentSet;
        int knowing = 0;
        foreach (SimulatedNode node in world.Nodes)
        {
            bool remembers = node.IsHonest && node.IsUp && node.StartedAt < subject.StartedAt
                && set.IndexOf(node.Address) >= 0
                && newest.TryGetValue((node.Index, subject.Identity), out SeenSlot seen) && seen.CompareTo(slot) >= 0;
            knowing += remembers ? 1 : 0;
        }

        return knowing > set.Count - set.Quorum;
    }
}
