using Ledger.Simulator.Chance;
using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Certificates that are well formed and prove nothing: each is a forgery that a member could try.</summary>
internal static class CertificateMutations
{
    /// <summary>The forgeries of a true certificate over (height 1, the forge's block).</summary>
    public static IEnumerable<(string Name, Certificate Forgery)> Of(MutationForge forge, Certificate good, Prng prng)
    {
        ulong step = (ulong)prng.Between(1, 1_000_000);
        int one = prng.Below(good.Votes.Length);
        int other = (one + 1 + prng.Below(good.Votes.Length - 1)) % good.Votes.Length;
        ConsensusMessage.Vote vote = new(good.Epoch, good.Height, good.View, good.Kind, good.BlockHash);
        VoteKind wrongKind = good.Kind == VoteKind.Prepare ? VoteKind.Commit : VoteKind.Prepare;
        yield return ("another kind", good with { Kind = wrongKind });
        yield return ("another epoch", good with { Epoch = good.Epoch + step });
        yield return ("another height", good with { Height = good.Height + step });
        yield return ("another view", good with { View = good.View + step });
        yield return ("another block", good with { BlockHash = forge.Rival.Hash });
        yield return ("q - 1 votes", good with { Votes = good.Votes.RemoveAt(one) });
        yield return ("no votes", good with { Votes = [] });
        yield return ("a vote twice", good with { Votes = good.Votes.Insert(one, good.Votes[one]) });
        yield return ("a vote in place of another", good with { Votes = good.Votes.SetItem(one, good.Votes[other]) });
        yield return ("votes in another order", good with { Votes = Swap(good.Votes, one, other) });
        yield return ("signatures swapped", good with { Votes = SwapSignatures(good.Votes, one, other) });
        yield return ("one signer at two places", good with
        {
            Votes = good.Votes.SetItem(
                one, forge.VoteAt(good.Votes[one].Validator, good.Votes[other].Validator + 1, vote)),
        });
        yield return ("a place beyond the set", Replace(good, good.Votes.Length - 1, forge.VoteAt(
            prng.Between(forge.Chain.FirstSet.Count, ValidatorSet.CountMax - 1), 5, vote)));
        yield return ("more votes than seats", good with
        {
            Votes = [.. Enumerable.Range(0, 5).Select(place => forge.VoteAt(place, place + 1, vote))],
        });
        yield return ("a vote of another set", Replace(good, one, At(forge, good, one, vote, seatShift: 4)));
        yield return ("all votes of another set", good with
        {
            Votes = [.. good.Votes.Select((_, place) => At(forge, good, place, vote, seatShift: 4))],
        });
        yield return ("a vote of another chain", Replace(
            good, one, At(forge, good, one, vote, chainId: forge.Block.Hash)));
        yield return ("all votes of another chain", good with
        {
            Votes = [.. good.Votes.Select((_, place) => At(forge, good, place, vote, chainId: forge.Block.Hash))],
        });
        foreach ((string name, ConsensusMessage.Vote another) in Others(forge, vote, wrongKind, step))
        {
            yield return ("one vote for " + name, Replace(good, one, At(forge, good, one, another)));
        }
    }

    private static IEnumerable<(string Name, ConsensusMessage.Vote Vote)> Others(
        MutationForge forge, ConsensusMessage.Vote vote, VoteKind wrongKind, ulong step)
    {
        (ulong epoch, ulong height, ulong view, VoteKind kind) = (vote.Epoch, vote.Height, vote.View, vote.Phase);
        yield return ("another kind", new ConsensusMessage.Vote(epoch, height, view, wrongKind, vote.BlockHash));
        yield return ("another epoch", new ConsensusMessage.Vote(epoch + step, height, view, kind, vote.BlockHash));
        yield return ("another height", new ConsensusMessage.Vote(epoch, height + step, view, kind, vote.BlockHash));
        yield return ("another view", new ConsensusMessage.Vote(epoch, height, view + step, kind, vote.BlockHash));
        yield return ("another block", new ConsensusMessage.Vote(epoch, height, view, kind, forge.Rival.Hash));
    }

    private static CertificateVote At(
        MutationForge forge, Certificate good, int place, ConsensusMessage vote, int seatShift = 0,
        Hash256? chainId = null)
    {
        int seat = good.Votes[place].Validator + 1 + seatShift;
        return forge.VoteAt(good.Votes[place].Validator, seat, vote, chainId);
    }

    private static Certificate Replace(Certificate good, int place, CertificateVote vote) =>
        good with { Votes = good.Votes.SetItem(place, vote) };

    private static ImmutableArray<CertificateVote> Swap(ImmutableArray<CertificateVote> votes, int one, int other) =>
        votes.SetItem(one, votes[other]).SetItem(other, votes[one]);

    private static ImmutableArray<CertificateVote> SwapSignatures(
        ImmutableArray<CertificateVote> votes, int one, int other) =>
        votes.SetItem(one, votes[one] with { Signature = votes[other].Signature })
            .SetItem(other, votes[other] with { Signature = votes[one].Signature });
}
