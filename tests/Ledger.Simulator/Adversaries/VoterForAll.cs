using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Chance;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// Votes at once for whatever it sees, now and then in a thousand later views too, claims to have prepared nothing, and
/// as leader begins views from the view changes that bear the least.
/// </summary>
public sealed class VoterForAll(World world, SimulatedNode node) : Adversary(world, node)
{
    private const int FloodPerMille = 5;
    private const ulong FloodViews = 1000;

    private readonly HashSet<Hash256> said = [];
    private readonly Dictionary<(ulong Height, ulong View), SortedDictionary<Address, SignedEnvelope>> viewChanges = [];

    /// <inheritdoc/>
    public override bool RunsKernel => false;

    /// <inheritdoc/>
    public override void OnArrival(Packet packet)
    {
        switch (packet.Content)
        {
            case ConsensusMessage.PrePrepare one:
                VoteFor(one, one.Block.Hash);
                Flood(one);
                break;
            case ConsensusMessage.Vote one:
                VoteFor(one, one.BlockHash);
                break;
            case ConsensusMessage.ViewChange one:
                Say(new ConsensusMessage.ViewChange(one.Epoch, one.Height, one.View, null, null));
                Collect(one, packet);
                break;
            default:
                break;
        }
    }

    private void VoteFor(ConsensusMessage content, Hash256 hash)
    {
        // What is said once about a slot and hash is not signed again.
        if (said.Add(Mix64.Name(Mix64.Of(content.Height, hash), content.View)))
        {
            Say(new ConsensusMessage.Vote(content.Epoch, content.Height, content.View, VoteKind.Prepare, hash));
            Say(new ConsensusMessage.Vote(content.Epoch, content.Height, content.View, VoteKind.Commit, hash));
        }
    }

    private void Flood(ConsensusMessage.PrePrepare proposal)
    {
        if (!World.Prng.Chance(FloodPerMille))
        {
            return;
        }

        for (ulong view = proposal.View + 1; view <= proposal.View + FloodViews; view++)
        {
            Say(new ConsensusMessage.Vote(
                proposal.Epoch, proposal.Height, view, VoteKind.Prepare, proposal.Block.Hash));
        }
    }

    private void Collect(ConsensusMessage.ViewChange content, Packet packet)
    {
        ValidatorSet set = World.Chain.CurrentSet;
        if (set.Leader(content.View) != Self)
        {
            return;
        }

        (ulong Height, ulong View) slot = (content.Height, content.View);
        if (!viewChanges.TryGetValue(slot, out SortedDictionary<Address, SignedEnvelope>? known))
        {
            ConsensusMessage.ViewChange empty = new(content.Epoch, content.Height, content.View, null, null);
            known = new SortedDictionary<Address, SignedEnvelope> { [Self] = Sign(empty).Envelope! };
            viewChanges.Add(slot, known);
        }

        known[packet.Sender] = packet.Envelope!;
        if (known.Count >= set.Quorum)
        {
            IEnumerable<SignedEnvelope> chosen = known.Values
                .OrderBy(one => one.Body.Length).Take(set.Quorum).OrderBy(one => one.Sender);
            Say(new ConsensusMessage.NewView(content.Epoch, content.Height, content.View, [.. chosen]));
        }
    }

    private void Say(ConsensusMessage message)
    {
        Packet packet = Sign(message);
        if (said.Add(packet.Digest))
        {
            World.Broadcast(Node, packet, Recipients.All);
        }
    }
}
