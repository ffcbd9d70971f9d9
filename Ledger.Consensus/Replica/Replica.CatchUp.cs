using Ledger.Primitives;

namespace Ledger.Consensus;

// Catching up, rules C-17 and C-18: blocks that others have decided, each by its certificate.
internal sealed partial class Replica
{
    private ulong behindSince;
    private ulong headWhenBehind;

    void IInputVisitor.Visit(Input.CertifiedBlockReceived input)
    {
        state.CatchUp.Keep(input, state.HeadHeight, state.Now);
        TakeCertifiedBlock();
    }

    void IInputVisitor.Visit(Input.PeerClaimed input)
    {
        if (input.From == state.Self)
        {
            return;
        }

        if (state.Set.IndexOf(input.From) >= 0)
        {
            state.CatchUp.Note(input.From, input.Height);
        }
        else
        {
            state.CatchUp.NoteOutsider(input.From, input.Height);
        }
    }

    void IInputVisitor.Visit(Input.BadAnswer input) => DistrustPeer(input.From);

    private void NoteClaim(VerifiedMessage message)
    {
        ulong height = message.Content.Height;
        if (message.Content.IsAdvice)
        {
            state.CatchUp.Note(message.Sender, height);
        }
        else if (height > state.Height)
        {
            state.CatchUp.Note(message.Sender, height - 1);
        }
    }

    // The votes that decide usually arrive a moment after the first sign that somebody is ahead, so there is a short
    // wait.
    private void AskForBlocksIfBehind()
    {
        if (state.Certified is not null || !state.CatchUp.IsBehind(state.HeadHeight, state.Now))
        {
            behindSince = state.Now;
            return;
        }

        if (headWhenBehind != state.HeadHeight)
        {
            headWhenBehind = state.HeadHeight;
            behindSince = state.Now;
            state.CatchUp.NoteProgress();
        }

        bool mayAsk = state.Now - behindSince >= Ticks.BehindBeforeAsking && state.CatchUp.MayAsk(state.Now);
        if (mayAsk || state.CatchUp.IsAnswerUsedUp(state.Now))
        {
            AskForBlocks();
        }
    }

    // Without waiting for the next tick.
    private void AskForNextPortion()
    {
        if (state.Certified is null
            && state.CatchUp.IsAnswerUsedUp(state.Now)
            && state.CatchUp.IsBehind(state.HeadHeight, state.Now))
        {
            headWhenBehind = state.HeadHeight;
            state.CatchUp.NoteProgress();
            AskForBlocks();
        }
    }

    private void AskForBlocks()
    {
        if (state.CatchUp.Ask(state.HeadHeight, state.Now) is Address validator)
        {
            Emit(new Effect.RequestBlocks(validator, state.Height));
        }
    }

    private void TakeCertifiedBlock()
    {
        while (state.Certified is null && state.CatchUp.Take(state.Height) is Input.CertifiedBlockReceived received)
        {
            if (IsDecided(received))
            {
                ExecuteCertified(received);
            }
            else
            {
                DistrustPeer(received.From);
            }
        }
    }

    private bool IsDecided(Input.CertifiedBlockReceived received) =>
        CheckProposal(received.Block) == ProposalVerdict.WellFormed
        && CertificateRules.Decides(
            received.Certificate, received.Block.Hash, received.Block.Header, state.ChainId, state.Set, state.Verifier);

    private void ExecuteCertified(Input.CertifiedBlockReceived certified)
    {
        state.Certified = certified;
        if (state.Blocks.NextSetOf(certified.Block.Hash) is ValidatorSet nextSet)
        {
            CommitBlock(certified.Block, certified.Certificate, nextSet);
        }
        else
        {
            AskExecution(certified.Block, ExecutionMode.Certified);
        }
    }

    private void DistrustPeer(Address validator) => state.CatchUp.Distrust(validator, state.Now);
}
