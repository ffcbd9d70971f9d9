using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// A decided block holds what clients sent and bears a certificate of the set of its own height, and time stays near
/// the truth.
/// </summary>
public sealed class ValidityChecker(World world) : Checker(world, "validity")
{
    // A proposal lies within 10 s of the clock of q validators, of which at least one that is right is off by 3 s.
    private const long AheadMaxMs = 13_000;

    /// <summary>Checks a decision of an honest node.</summary>
    public void OnCommit(SimulatedNode node, BlockRecord decided)
    {
        ProposalBlock block = decided.Block;
        ValidatorSet set = World.Chain.SetOf(block.Height);
        if (!IsDecided(block, decided.Certificate, set))
        {
            throw Broken(node, $"commits height {block.Height} without a valid certificate");
        }

        if (World.TransactionsOf(block) is null || block.Leaves.IsEmpty)
        {
            throw Broken(node, $"commits what no client has sent at height {block.Height}");
        }

        if (decided.NextSet.Hash != block.Header.NextValidatorsHash)
        {
            throw Broken(node, $"takes another set than the header's at height {block.Height}");
        }

        if (block.Header.TimeUnixMs > World.NowMs + AheadMaxMs)
        {
            throw Broken(node, $"commits height {block.Height} {block.Header.TimeUnixMs - World.NowMs} ms ahead");
        }
    }

    // Counted here once more: the code under test may count wrongly.
    private bool IsDecided(ProposalBlock block, Certificate certificate, ValidatorSet set)
    {
        Hash256 digest = MessageVerifier.DigestOf(World.ChainId, MessageCodec.Encode(new ConsensusMessage.Vote(
            block.Header.Epoch, block.Height, certificate.View, VoteKind.Commit, block.Hash)));
        SortedSet<int> voters = [];
        foreach (CertificateVote vote in certificate.Votes)
        {
            if (vote.Validator >= 0
                && vote.Validator < set.Count
                && World.Keys.Verify(set[vote.Validator].VoteKey, digest, vote.Signature.Span))
            {
                voters.Add(vote.Validator);
            }
        }

        // Two quorums share more than f.
        int faultyMax = (set.Count - 1) / 3;
        return (2 * voters.Count) - set.Count > faultyMax && block.Header.ValidatorsHash == set.Hash;
    }
}
