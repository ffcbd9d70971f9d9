using Ledger.Primitives;

namespace Ledger.Consensus;

// Status, rules C-15 and C-16: for liveness only.
internal sealed partial class Replica
{
    private void SendStatus()
    {
        // Without regard to a seat: when a block ends a validator's seat, and only such validators have it, those that
        // are still at the height before learn of it from their statuses alone.
        ConsensusMessage.Status status = new(
            state.Epoch, state.HeadHeight, state.HeadHash, state.ViewReached,
            state.LeavingFor is not null || state.ViewIsOfFormerEpoch,
            state.Standing == Standing.Waiting ? state.StartNonce : 0);
        Sign(new SignRequest(status, null), []);
    }

    private void OnStatus(Address sender, ConsensusMessage.Status status)
    {
        AnswerWitness(sender, status);
        if (state.NewView is VerifiedMessage newView
            && status.Epoch == state.Epoch
            && status.Height == state.HeadHeight
            && (status.View < newView.Content.View || (status.ChangingView && status.View == newView.Content.View))
            && state.NewViewAnswers.MayAnswer(sender, state.Now))
        {
            Emit(new Effect.Resend([newView], Recipients.Only(sender))); // C-15
        }
    }
}
