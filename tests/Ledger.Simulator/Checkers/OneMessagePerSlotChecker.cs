using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// An honest identity signs one message for each height, view and kind, and none in a view that it has left. One whose
/// disk was lost is told by witnesses what it signed; it may contradict itself only where too few of them have run ever
/// since to be sure that it is told (S-9).
/// </summary>
public sealed class OneMessagePerSlotChecker(World world, WitnessMemory witnesses)
    : Checker(world, "one-message-per-slot")
{
    private readonly Dictionary<(int Identity, ulong Height, ulong View, MessageKind Kind), Hash256> slots = [];
    private readonly (ulong View, ulong Height)[] leftFor = new (ulong View, ulong Height)[world.Seats.Identities];

    /// <summary>How often one whose disk was lost contradicted itself because nobody could tell it.</summary>
    public int Contradictions { get; private set; }

    /// <summary>Whether an identity has signed exactly this.</summary>
    public bool HasSigned(int identity, Packet packet) =>
        packet.Content is ConsensusMessage content
        && slots.TryGetValue((identity, content.Height, content.View, content.Kind), out Hash256 digest)
        && digest == packet.Digest;

    /// <summary>Checks what an honest node has signed, when it is durable.</summary>
    public void OnSigned(SimulatedNode node, Packet packet)
    {
        if (packet.Content is not ConsensusMessage content)
        {
            throw Broken(node, "wrote what cannot be read");
        }

        var slot = (node.Identity, content.Height, content.View, content.Kind);
        if (slots.TryGetValue(slot, out Hash256 known))
        {
            if (known != packet.Digest)
            {
                Contradict(
                    node, SeenSlot.Of(content),
                    $"signed two {content.Kind} for height {content.Height} view {content.View}");
                slots[slot] = packet.Digest;
            }

            return;
        }

        (ulong view, ulong height) = leftFor[node.Identity];
        if (content.View < view)
        {
            string what = $"signed {content.Kind} in view {content.View} after leaving for {view} at height {height}";
            if (node.HasForgotten && height <= node.Disk.Height)
            {
                // Witnesses tell of slots whose heights are not over: the promise about views goes with the height.
                CountContradiction(node, what);
            }
            else
            {
                Contradict(node, new SeenSlot(height, view, MessageKind.ViewChange), what);
            }
        }

        if (content.Height <= node.Disk.Height)
        {
            throw Broken(node, $"signed {content.Kind} for height {content.Height}, which is decided");
        }

        slots.Add(slot, packet.Digest);
        if (content.Kind == MessageKind.ViewChange)
        {
            leftFor[node.Identity] = content.View > view ? (content.View, content.Height) : (view, height);
        }
    }

    // What was forgotten is what witnesses must have told.
    private void Contradict(SimulatedNode node, SeenSlot forgotten, string what)
    {
        if (!node.HasForgotten || witnesses.MustHaveTold(node, forgotten))
        {
            throw Broken(node, what);
        }

        CountContradiction(node, what);
    }

    private void CountContradiction(SimulatedNode node, string what)
    {
        Contradictions++;
        World.Say(node, what);
    }
}
