using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// Answers those who catch up, join or change views with certificates that prove nothing: a bit turned, votes missing
/// or counted twice, of another height, of another kind.
/// </summary>
public sealed class CertificateForger(World world, SimulatedNode node) : Adversary(world, node)
{
    private const int ForgesPerMille = 700;

    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        if (packet.Content is ConsensusMessage.ViewChange change && World.Prng.Chance(ForgesPerMille))
        {
            base.OnSend(Sign(ForgePrepared(change)), recipients);
            return;
        }

        base.OnSend(packet, recipients);
    }

    /// <inheritdoc/>
    public override BlockRecord OnBlockAsked(BlockRecord block) => World.Prng.Chance(ForgesPerMille)
        ? block with { Certificate = Forge(block.Certificate) }
        : block;

    /// <inheritdoc/>
    public override IReadOnlyList<int> OnPartAsked(IReadOnlyList<int> part) =>
        World.Prng.Chance(ForgesPerMille) ? [.. part, World.Transactions.Count] : part;

    // With what is really prepared, where there is anything, else with the head as if it were of this height.
    private ConsensusMessage.ViewChange ForgePrepared(ConsensusMessage.ViewChange change)
    {
        if (change.Prepared is Certificate prepared)
        {
            return change with { Prepared = Forge(prepared) };
        }

        ulong height = Node.Disk.Height;
        if (height == 0 || Node.Disk.ReadBlock(height) is not BlockRecord head)
        {
            return change;
        }

        BlockHeader header = head.Block.Header with
        {
            Height = change.Height,
            ParentHash = head.Block.Hash,
            Epoch = change.Epoch,
            TimeUnixMs = head.Block.Header.TimeUnixMs + 1,
        };
        ProposalBlock block = ProposalBlock.Of(header, head.Block.Leaves);
        Certificate forged = head.Certificate with
        {
            Kind = VoteKind.Prepare,
            Epoch = change.Epoch,
            Height = change.Height,
            View = Math.Max(change.View, 1) - 1,
            BlockHash = block.Hash,
        };
        return change with { Prepared = forged, PreparedBlock = block };
    }

    private Certificate Forge(Certificate certificate)
    {
        ImmutableArray<CertificateVote> votes = certificate.Votes;
        int place = World.Prng.Below(votes.Length);
        switch (World.Prng.Below(6))
        {
            case 0:
                byte[] signature = votes[place].Signature.ToArray();
                signature[World.Prng.Below(signature.Length)] ^= 1;
                return certificate with { Votes = votes.SetItem(place, votes[place] with { Signature = signature }) };
            case 1 when votes.Length > 1:
                return certificate with { Votes = votes.RemoveAt(place) };
            case 2:
                return certificate with { Height = certificate.Height + 1 };
            case 3:
                return certificate with { View = certificate.View + 1 };
            case 4 when votes.Length > 1:
                // One voter twice, under the place of another.
                int other = (place + 1) % votes.Length;
                return certificate with
                {
                    Votes = votes.SetItem(place, votes[place] with { Signature = votes[other].Signature }),
                };
            default:
                return certificate with
                {
                    Kind = certificate.Kind == VoteKind.Commit ? VoteKind.Prepare : VoteKind.Commit,
                };
        }
    }
}
