using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>
/// An identity that votes at once for whatever it sees, claims to have prepared nothing, and as leader begins views
/// from the view changes that bear the least.
/// </summary>
public sealed class VoterForAll(SimulatedWorld world, SimulatedNode node, IVoteSigner signer)
{
    private readonly HashSet<Hash256> said = [];
    private readonly Dictionary<(ulong Height, ulong View), SortedDictionary<Address, SignedEnvelope>> viewChanges = [];

    /// <summary>Reacts to bytes from the network.</summary>
    public void Receive(byte[] bytes)
    {
        if (!SignedEnvelope.TryDecode(bytes, out SignedEnvelope? envelope)
            || !MessageCodec.TryDecode(envelope.Body.Span, out ConsensusMessage? content))
        {
            return;
        }

        switch (content)
        {
            case ConsensusMessage.PrePrepare one:
                VoteFor(content, one.Block.Hash);
                break;
            case ConsensusMessage.Vote one:
                VoteFor(content, one.BlockHash);
                break;
            case ConsensusMessage.ViewChange one:
                Say(new ConsensusMessage.ViewChange(one.Epoch, one.Height, one.View, null, null));
                Collect(one, envelope);
                break;
            default:
                break;
        }
    }

    private void VoteFor(ConsensusMessage content, Hash256 hash)
    {
        Say(new ConsensusMessage.Vote(content.Epoch, content.Height, content.View, VoteKind.Prepare, hash));
        Say(new ConsensusMessage.Vote(content.Epoch, content.Height, content.View, VoteKind.Commit, hash));
    }

    private void Collect(ConsensusMessage.ViewChange content, SignedEnvelope envelope)
    {
        ValidatorSet set = world.Checker.CurrentSet;
        Address self = world.AddressOf(node.Identity);
        if (set.Leader(content.View) != self)
        {
            return;
        }

        if (!viewChanges.TryGetValue(
            (content.Height, content.View), out SortedDictionary<Address, SignedEnvelope>? known))
        {
            ConsensusMessage.ViewChange empty = new(content.Epoch, content.Height, content.View, null, null);
            known = new SortedDictionary<Address, SignedEnvelope> { [self] = Sign(empty) };
            viewChanges.Add((content.Height, content.View), known);
        }

        known[envelope.Sender] = envelope;
        if (known.Count >= set.Quorum)
        {
            IEnumerable<SignedEnvelope> chosen = known.Values
                .OrderBy(one => one.Body.Length).Take(set.Quorum).OrderBy(one => one.Sender);
            Say(new ConsensusMessage.NewView(content.Epoch, content.Height, content.View, [.. chosen]));
        }
    }

    private void Say(ConsensusMessage message)
    {
        SignedEnvelope envelope = Sign(message);
        if (said.Add(MessageVerifier.DigestOf(world.ChainId, envelope.Body.Span)))
        {
            world.Broadcast(node, envelope.Encode(), Recipients.All);
        }
    }

    private SignedEnvelope Sign(ConsensusMessage message)
    {
        byte[] body = MessageCodec.Encode(message);
        Span<byte> signature = stackalloc byte[Certificate.SignatureBytes];
        signer.Sign(signer.Keys[0], MessageVerifier.DigestOf(world.ChainId, body), signature);
        return SignedEnvelope.Of(world.AddressOf(node.Identity), body, signature);
    }
}
