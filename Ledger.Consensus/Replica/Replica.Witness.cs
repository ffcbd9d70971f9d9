using Ledger.Primitives;

namespace Ledger.Consensus;

// What others saw of a key that starts again, rules S-8 and S-9.
internal sealed partial class Replica
{
    // The kernel lets a witness through only where what was seen is remembered.
    private void OnWitness(Address sender, ConsensusMessage.Witness witness)
    {
        if (witness.Subject == state.Self && witness.StartNonce == state.StartNonce)
        {
            state.Witnesses.Add(sender);
            VoteIfWitnessed();
        }
    }

    void IInputVisitor.Visit(Input.KeyUsedElsewhere input) => state.Stopped = true;

    private void VoteIfWitnessed()
    {
        // Below what an honest validator has, there is nothing left to vote on, and the set may be an old one, of whose
        // quorum those who remember are not part.
        if (state.Witnessed || !state.HasSeat || !state.Witnesses.IsQuorum(state.Set)
            || state.CatchUp.BehindBy(state.HeadHeight, state.Set.FaultyMax) > 0)
        {
            return;
        }

        state.Witnessed = true;
        bool joined = JoinOthers(); // What came while it waited.
        if (!joined && state.LeavingFor is ulong view && !state.Own.ContainsKey((view, MessageKind.ViewChange)))
        {
            SignViewChange(view);
        }

        if (state.Accepted is AcceptedProposal accepted && state.Blocks.NextSetOf(accepted.Block.Hash) is not null)
        {
            PrepareAccepted(accepted);
        }

        SendNewViewIfLeader();
        ProposeIfLeader();
    }

    // One that starts asks what was seen; to one that does not, its newest message is shown where it is ahead of its
    // status: a second process with the key does not know it.
    private void AnswerWitness(Address sender, ConsensusMessage.Status status)
    {
        VerifiedMessage? newest = state.Witnesses.NewestOf(sender);
        bool asks = status.StartNonce != 0;
        bool ahead = newest is not null && newest.Content.Height > status.Height;
        if ((!asks && !ahead) || !state.Witnesses.MayAnswer(sender, state.Now))
        {
            return;
        }

        if (ahead)
        {
            Emit(new Effect.Resend([newest!], Recipients.Only(sender)));
        }

        if (asks)
        {
            SeenSlot? seen = newest is null ? null : SeenSlot.Of(newest.Content);
            ConsensusMessage.Witness witness = new(
                state.Epoch, state.HeadHeight, state.ViewReached, sender, status.StartNonce, seen);
            Emit(new Effect.SignAndSend([new SignRequest(witness, null)], [], Recipients.Only(sender)));
        }
    }
}
