using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

// Normal case, rules C-1 to C-4 and C-6: propose, accept, execute, prepare.
internal sealed partial class Replica
{
    void IInputVisitor.Visit(Input.ProposalBuilt input)
    {
        if (input.Height != state.Height)
        {
            return;
        }

        bool built = state.Blocks.SetBuilt(input.View, input.Block, input.NextSet);
        if (input.View != state.View || !state.Building)
        {
            return;
        }

        state.Building = false;
        if (!built || input.Block is null)
        {
            state.BuildAgainAt = state.WorkCameWhileBuilding ? state.Now : state.Now + Ticks.BuildAgain;
            ProposeIfLeader();
            return;
        }

        Invariant.That(CheckProposal(input.Block) == ProposalVerdict.WellFormed);
        if (MayPropose() && state.Carried.IsFree)
        {
            SignProposal(input.Block);
        }
    }

    void IInputVisitor.Visit(Input.Executed input)
    {
        ProposalBlock? block = state.Blocks.Find(input.BlockHash);
        if (block is null)
        {
            AskExecutionAgain();
            return;
        }

        switch (input.Outcome)
        {
            case ExecutionOutcome.Agreed agreed:
                state.Blocks.SetExecuted(block, agreed.NextSet);
                OnAgreed(block, agreed.NextSet);
                break;
            case ExecutionOutcome.Invalid:
                OnInvalid(block, input.Mode);
                break;
        }
    }

    private void OnAgreed(ProposalBlock block, ValidatorSet nextSet)
    {
        if (state.Certified is Input.CertifiedBlockReceived certified && certified.Block.Hash == block.Hash)
        {
            CommitBlock(block, certified.Certificate, nextSet);
            return;
        }

        if (state.Accepted is AcceptedProposal accepted && accepted.Block.Hash == block.Hash)
        {
            PrepareAccepted(accepted);
            return;
        }

        ProposeIfLeader();
    }

    private void OnInvalid(ProposalBlock block, ExecutionMode mode)
    {
        // q validators agreed to a block whose execution here differs: going on would serve a state that nobody else
        // has.
        Invariant.That(mode != ExecutionMode.Certified);
        if (state.LeavingFor is null
            && state.Accepted is AcceptedProposal accepted
            && accepted.Block.Hash == block.Hash
            && accepted.Mode == mode
            && !accepted.PrepareSigned)
        {
            Leave(state.View + 1); // C-9
        }
    }

    // C-1
    private void ProposeIfLeader()
    {
        if (!MayPropose())
        {
            return;
        }

        if (state.Carried.Block is ProposalBlock carried)
        {
            if (state.Blocks.NextSetOf(carried.Hash) is not null)
            {
                SignProposal(carried);
            }
            else if (!state.Building)
            {
                state.Building = true;
                AskExecution(carried, ExecutionMode.CarriedOver);
            }
        }
        else if (state.WorkPending && !state.Building && state.Now >= state.BuildAgainAt)
        {
            state.Building = true;
            state.WorkCameWhileBuilding = false;
            state.Blocks.AskBuild(state.View);
            Emit(new Effect.BuildProposal(new BuildRequest(
                state.Height, state.View, state.Epoch, state.HeadHash, state.HeadTimeUnixMs, state.Set.Hash)));
        }
    }

    private bool MayPropose() =>
        state.IsValidator
        && state.LeavingFor is null
        && state.Accepted is null
        && state.Certified is null
        && state.Set.Leader(state.View) == state.Self
        && !state.Own.ContainsKey((state.View, MessageKind.PrePrepare));

    private void SignProposal(ProposalBlock block)
    {
        SignRequest proposal = new(new ConsensusMessage.PrePrepare(state.Epoch, state.Height, state.View, block), null);
        Emit(new Effect.SignAndSend(
            [proposal, PrepareRequest(block)], [StoredItem.Proposal(state.View, block)], Recipients.All));
    }

    private void OnOwnPrePrepare(VerifiedMessage message, ConsensusMessage.PrePrepare prePrepare)
    {
        if (prePrepare.View == state.View && state.LeavingFor is null)
        {
            state.Accepted = new AcceptedProposal(prePrepare.Block, ModeOfView(), message) { PrepareRequested = true };
        }
    }

    private void OnPrePrepare(VerifiedMessage message, ConsensusMessage.PrePrepare prePrepare)
    {
        if (prePrepare.Height < state.Height
            || prePrepare.Height > state.Height + 1
            || prePrepare.View < state.View
            || state.Set.Leader(prePrepare.View) != message.Sender)
        {
            return;
        }

        if (prePrepare.Height == state.Height && prePrepare.View == state.View && state.LeavingFor is null)
        {
            // While a decided block is executed there is nothing left to agree on at this height.
            if (state.Certified is null)
            {
                Accept(message, prePrepare);
            }
        }
        else if (!state.EarlyProposals.TryGetValue(message.Sender, out VerifiedMessage? kept)
            || (kept.Content.Height, kept.Content.View).CompareTo((prePrepare.Height, prePrepare.View)) < 0)
        {
            state.EarlyProposals[message.Sender] = message;
        }
    }

    // C-2
    private void Accept(VerifiedMessage message, ConsensusMessage.PrePrepare prePrepare)
    {
        ProposalBlock block = prePrepare.Block;
        if (state.Accepted is AcceptedProposal earlier)
        {
            if (earlier.Block.Hash != block.Hash && earlier.Message is VerifiedMessage first
                && !earlier.ConflictRecorded)
            {
                earlier.ConflictRecorded = true;
                RecordEvidence(first, message); // C-6
            }

            return;
        }

        if (CheckProposal(block) != ProposalVerdict.WellFormed
            || (state.Carried.Block is ProposalBlock carried && carried.Hash != block.Hash))
        {
            Leave(state.View + 1); // C-9, C-12
            return;
        }

        AcceptedProposal accepted = new(block, ModeOfView(), message);
        state.Accepted = accepted;
        EndWaitForLeader();
        if (state.LeavingFor is not null)
        {
            return;
        }

        if (state.Blocks.NextSetOf(block.Hash) is null)
        {
            AskExecution(block, accepted.Mode);
        }
        else
        {
            PrepareAccepted(accepted);
        }
    }

    private ProposalVerdict CheckProposal(ProposalBlock block) => ProposalRules.Check(
        block, state.Height, state.HeadHash, state.HeadTimeUnixMs, state.Epoch, state.Set);

    private ExecutionMode ModeOfView() => state.Carried.IsFree ? ExecutionMode.Fresh : ExecutionMode.CarriedOver;

    private void AskExecution(ProposalBlock block, ExecutionMode mode)
    {
        state.Blocks.Ask(block);
        Emit(new Effect.Execute(block, mode));
    }

    // An answer for a block of an earlier height, or for one that others have crowded out. It says nothing about what
    // is waited for now, whose request the executor may have dropped in its favour.
    private void AskExecutionAgain()
    {
        if (state.Certified is Input.CertifiedBlockReceived certified)
        {
            AskExecution(certified.Block, ExecutionMode.Certified);
        }
        else if (state.Accepted is AcceptedProposal accepted && state.Blocks.NextSetOf(accepted.Block.Hash) is null)
        {
            AskExecution(accepted.Block, accepted.Mode);
        }
        else if (state.Building && state.Carried.Block is ProposalBlock carried)
        {
            AskExecution(carried, ExecutionMode.CarriedOver);
        }
    }

    // C-3. The votes of others may have decided while the block was executed.
    private void PrepareAccepted(AcceptedProposal accepted)
    {
        ProposalBlock block = accepted.Block;
        if (state.IsValidator && state.LeavingFor is null && !accepted.PrepareRequested)
        {
            accepted.PrepareRequested = true;
            Emit(new Effect.SignAndSend(
                [PrepareRequest(block)], [StoredItem.Proposal(state.View, block)], Recipients.All));
        }

        CheckPrepared();
        CheckCommitted(state.View, block.Hash);
    }

    private SignRequest PrepareRequest(ProposalBlock block) => new(
        new ConsensusMessage.Vote(state.Epoch, state.Height, state.View, VoteKind.Prepare, block.Hash), null);

    private void OnOwnVote(VerifiedMessage message, ConsensusMessage.Vote vote)
    {
        if (vote.Phase == VoteKind.Prepare
            && state.Accepted is AcceptedProposal accepted
            && vote.View == state.View
            && accepted.Block.Hash == vote.BlockHash)
        {
            accepted.PrepareSigned = true;
        }

        state.Votes.Add(message, vote, state.View);
        CheckPrepared();
        CheckCommitted(vote.View, vote.BlockHash);
    }

    private void OnVote(VerifiedMessage message, ConsensusMessage.Vote vote)
    {
        if (vote.Height == state.Height + 1)
        {
            state.Votes.AddNext(message, vote);
            return;
        }

        if (vote.Height != state.Height)
        {
            return;
        }

        if (state.Votes.Add(message, vote, state.View) is VerifiedMessage earlier)
        {
            RecordEvidence(earlier, message); // C-6
        }

        if (vote.Phase == VoteKind.Prepare)
        {
            CheckPrepared();
        }
        else
        {
            CheckCommitted(vote.View, vote.BlockHash);
        }
    }

    // C-4
    private void CheckPrepared()
    {
        if (!state.IsValidator
            || state.LeavingFor is not null
            || state.Accepted is not AcceptedProposal { PrepareSigned: true, CommitRequested: false } accepted)
        {
            return;
        }

        Hash256 hash = accepted.Block.Hash;
        Certificate? prepared = state.Votes.CertificateOf(
            VoteKind.Prepare, state.Epoch, state.Height, state.View, hash);
        if (prepared is null)
        {
            return;
        }

        accepted.CommitRequested = true;
        state.Prepared = state.Prepared.Higher(prepared, accepted.Block);
        ConsensusMessage.Vote commit = new(state.Epoch, state.Height, state.View, VoteKind.Commit, hash);
        Sign(new SignRequest(commit, prepared), [StoredItem.Prepared(prepared)]);
    }

    private void RecordEvidence(VerifiedMessage first, VerifiedMessage second)
    {
        if (state.EvidenceTold.MayTell(first.Sender))
        {
            Emit(new Effect.RecordEvidence(new EquivocationEvidence(first.Envelope, second.Envelope)));
        }
    }
}
