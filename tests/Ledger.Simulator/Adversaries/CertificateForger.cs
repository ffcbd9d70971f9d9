using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// Answers those who catch up, join or change views with certificates that prove nothing: a bit turned, votes missing
/// or counted twice, of another height, of another kind, one's own vote q times.
/// </summary>
public sealed class CertificateForger(World world, SimulatedNode node) : Adversary(world, node)
{
    private const int ForgesPerMille = 700;
    private const int PreparesMax = 100;

    private readonly Dictionary<(ulong View, Hash256 Hash), SortedDictionary<Address, SignedEnvelope>> prepares = [];

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
    public override void OnArrival(Packet packet)
    {
        if (packet.Content is not ConsensusMessage.Vote { Phase: VoteKind.Prepare } vote)
        {
            return;
        }

        if (prepares.Count > PreparesMax)
        {
            prepares.Clear();
        }

        (ulong View, Hash256 Hash) slot = (vote.View, vote.BlockHash);
        if (!prepares.TryGetValue(slot, out SortedDictionary<Address, SignedEnvelope>? known))
        {
            known = [];
            prepares.Add(slot, known);
        }

        known[packet.Sender] = packet.Envelope!;
    }

    /// <inheritdoc/>
    public override BlockRecord OnBlockAsked(BlockRecord block) =>
        !World.Prng.Chance(ForgesPerMille) ? block
        : World.Prng.Below(3) switch
        {
            0 => Alone(block),
            1 => PreparedOnly(block),
            _ => block with { Certificate = Forge(block.Certificate) },
        };

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

    // A block that nobody else has voted for, with one vote as often as is needed.
    private BlockRecord Alone(BlockRecord block)
    {
        ValidatorSet set = World.Chain.SetOf(block.Block.Height);
        int place = set.IndexOf(Self);
        if (place < 0)
        {
            return block;
        }

        BlockHeader header = block.Block.Header with { TimeUnixMs = block.Block.Header.TimeUnixMs + 1 };
        ProposalBlock other = ProposalBlock.Of(header, block.Block.Leaves);
        SignedEnvelope vote = Sign(new ConsensusMessage.Vote(
            header.Epoch, header.Height, block.Certificate.View, VoteKind.Commit, other.Hash)).Envelope!;
        CertificateVote own = new(place, vote.Signature);
        return block with
        {
            Block = other,
            Certificate = block.Certificate with
            {
                BlockHash = other.Hash,
                Votes = [.. Enumerable.Repeat(own, set.Quorum)],
            },
        };
    }

    // Real votes of q others, of the wrong kind.
    private BlockRecord PreparedOnly(BlockRecord block)
    {
        ValidatorSet set = World.Chain.SetOf(block.Block.Height);
        foreach (((ulong view, Hash256 hash), SortedDictionary<Address, SignedEnvelope> votes) in prepares)
        {
            if (hash != block.Block.Hash)
            {
                continue;
            }

            CertificateVote[] placed = [.. votes
                .Where(vote => set.IndexOf(vote.Key) >= 0)
                .Select(vote => new CertificateVote(set.IndexOf(vote.Key), vote.Value.Signature))
                .OrderBy(vote => vote.Validator)];
            return placed.Length < set.Quorum ? block : block with
            {
                Certificate = block.Certificate with { Kind = VoteKind.Prepare, View = view, Votes = [.. placed] },
            };
        }

        return block;
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
