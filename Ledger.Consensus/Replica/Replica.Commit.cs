using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

// Decision, rules C-5, C-14 and C-19: a block is committed, and the next height begins.
internal sealed partial class Replica
{
    // C-5
    private void CheckCommitted(ulong view, Hash256 hash)
    {
        if (state.Certified is not null
            || state.Votes.CertificateOf(VoteKind.Commit, state.Epoch, state.Height, view, hash)
                is not Certificate certificate)
        {
            return;
        }

        if (state.Blocks.Find(hash) is not ProposalBlock block)
        {
            NoteDecided(certificate);
            return;
        }

        if (state.Blocks.NextSetOf(hash) is ValidatorSet nextSet)
        {
            CommitBlock(block, certificate, nextSet);
        }
        else
        {
            ExecuteCertified(new Input.CertifiedBlockReceived(block, certificate, state.Self));
        }
    }

    // The proposal was lost on its way, and these validators have the block: it is asked for as if they had said so
    // (C-17).
    private void NoteDecided(Certificate certificate)
    {
        foreach (CertificateVote vote in certificate.Votes)
        {
            if (state.Set[vote.Validator].Address != state.Self)
            {
                state.CatchUp.Note(state.Set[vote.Validator].Address, certificate.Height);
            }
        }
    }

    private void CommitBlock(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        Emit(new Effect.Commit(block, certificate, nextSet));
        state.HeadHeight = block.Height;
        state.HeadHash = block.Hash;
        state.HeadTimeUnixMs = block.Header.TimeUnixMs;
        if (block.Header.EndsEpoch)
        {
            state.Epoch++; // C-19
            state.NewView = null;
            state.EvidenceTold.Clear();
        }

        state.Set = nextSet;
        if (certificate.View > state.View)
        {
            EnterByCertificate(certificate.View); // C-14
        }

        state.ViewIsOfFormerEpoch =
            block.Header.EndsEpoch || (state.ViewIsOfFormerEpoch && certificate.View < state.View);

        BeginHeight();
    }

    private void BeginHeight()
    {
        bool caughtUp = state.Certified is Input.CertifiedBlockReceived certified && certified.From != state.Self;
        ImmutableArray<VerifiedMessage> early = state.Votes.Advance(state.Set, state.Epoch);
        state.Accepted = null;
        state.Carried = default;
        state.Prepared = default;
        state.Certified = null;
        state.Building = false;
        state.NewViewRequested = false;
        state.Blocks.Clear();
        state.Own.Clear();
        DropEarlyProposalsBelow(state.Height);
        state.ViewChanges.Prune(state.Height, state.Epoch, state.Set);
        state.CatchUp.Prune(state.HeadHeight, state.Set);
        state.Witnesses.Prune(state.Set);
        state.NewViewAnswers.Prune(state.Set);
        state.Watch.BeginHeight();
        ResetTimerAfterCommit();
        foreach (VerifiedMessage message in early)
        {
            if (message.Content is ConsensusMessage.Vote vote)
            {
                state.Votes.Add(message, vote, state.View);
            }
        }

        TakeUpStored();
        VoteIfWitnessed();
        LeaveAgainAtNewHeight();
        TakeEarlyProposal();
        ProposeIfLeader();
        TakeCertifiedBlock();
        if (caughtUp)
        {
            AskForNextPortion();
        }
    }

    private void DropEarlyProposalsBelow(ulong height)
    {
        ImmutableArray<Address> leaders = [.. state.EarlyProposals.Keys];
        foreach (Address leader in leaders)
        {
            if (state.EarlyProposals[leader].Content.Height < height)
            {
                state.EarlyProposals.Remove(leader);
            }
        }
    }

    private void TakeEarlyProposal()
    {
        Address leader = state.Set.Leader(state.View);
        if (state.LeavingFor is null
            && state.Certified is null
            && state.EarlyProposals.TryGetValue(leader, out VerifiedMessage? message)
            && message.Content is ConsensusMessage.PrePrepare prePrepare
            && prePrepare.Epoch == state.Epoch
            && prePrepare.Height == state.Height
            && prePrepare.View == state.View)
        {
            state.EarlyProposals.Remove(leader);
            Accept(message, prePrepare);
        }
    }
}
