using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

// View change, rules C-9 to C-15 and C-18: leave, join, begin a view, enter it.
internal sealed partial class Replica
{
    // C-9
    private void Leave(ulong view)
    {
        Invariant.That(view > state.ViewReached);
        if (!state.IsValidator)
        {
            return;
        }

        state.LeavingFor = view;
        state.Building = false;
        state.NewViewRequested = false;
        CountViewLeft();
        SignViewChange(view);
    }

    private void SignViewChange(ulong view)
    {
        ConsensusMessage.ViewChange message = new(
            state.Epoch, state.Height, view, state.Prepared.Prepared, state.Prepared.Block);
        Sign(new SignRequest(message, null), []);
    }

    private void OnViewChange(VerifiedMessage message, ConsensusMessage.ViewChange viewChange)
    {
        if (state.ViewChanges.ConflictOf(message) is VerifiedMessage earlier)
        {
            RecordEvidence(earlier, message); // C-6
        }

        if (viewChange.Height < state.Height
            || viewChange.View < state.View
            || (viewChange.View == state.View && !state.ViewIsOfFormerEpoch)
            || !state.ViewChanges.IsNews(message)
            || !ViewChangeRules.IsValid(viewChange, state.Epoch, state.ChainId, state.Set, state.Verifier))
        {
            return;
        }

        state.ViewChanges.Set(message);
        JoinOthers();
        SendNewViewIfLeader();
    }

    // C-10. False where nothing was joined.
    private bool JoinOthers()
    {
        if (state.ViewChanges.JoinView(state.ViewReached, state.Set.FaultyMax) is ulong view)
        {
            Leave(view);
            return true;
        }

        return false;
    }

    // C-10. Those that missed the view may still begin it by themselves, and then the new view comes within a status or
    // two.
    private void LeaveMissedView()
    {
        bool isMissed = state.IsValidator
            && state.LeavingFor is null
            && state.ViewIsOfFormerEpoch
            && state.ViewChanges.CountFrom(state.View) > state.Set.FaultyMax;
        state.MissedTicks = isMissed ? state.MissedTicks + 1 : 0;
        if (state.MissedTicks >= Ticks.MissedView)
        {
            Leave(state.View + 1);
        }
    }

    // C-12
    private void SendNewViewIfLeader()
    {
        if (!state.IsValidator
            || state.LeavingFor is not ulong view
            || state.NewViewRequested
            || state.Set.Leader(view) != state.Self)
        {
            return;
        }

        ImmutableArray<SignedEnvelope>? viewChanges =
            state.ViewChanges.QuorumFor(state.Height, view, state.Self, state.Set.Quorum);
        if (viewChanges is null)
        {
            return;
        }

        state.NewViewRequested = true;
        ConsensusMessage.NewView message = new(state.Epoch, state.Height, view, viewChanges.Value);
        Sign(new SignRequest(message, null), []);
    }

    private void OnOwnNewView(VerifiedMessage message, ConsensusMessage.NewView newView)
    {
        if (newView.View == state.LeavingFor)
        {
            bool valid = TryDerive(message, newView, out CarriedValue carried);
            Invariant.That(valid);
            EnterByNewView(message, newView, carried);
        }
    }

    private void OnNewView(VerifiedMessage message, ConsensusMessage.NewView newView)
    {
        if (state.NewView is VerifiedMessage known
            && known.Sender == message.Sender
            && SeenSlot.Of(known.Content) == SeenSlot.Of(newView)
            && !known.Envelope.Body.Span.SequenceEqual(message.Envelope.Body.Span)
            && state.ViewChanges.ReportOnce(message))
        {
            RecordEvidence(known, message); // C-6
        }

        if (newView.Height <= state.Height
            && (newView.View > state.View || (newView.View == state.View && state.ViewIsOfFormerEpoch))
            && newView.View >= state.ViewReached
            && TryDerive(message, newView, out CarriedValue carried))
        {
            EnterByNewView(message, newView, carried);
        }
    }

    private bool TryDerive(VerifiedMessage message, ConsensusMessage.NewView newView, out CarriedValue carried) =>
        NewViewRules.TryDerive(
            newView, message.Sender, state.Epoch, state.ChainId, state.Set, state.Verifier, out carried);

    // C-13
    private void EnterByNewView(VerifiedMessage message, ConsensusMessage.NewView newView, CarriedValue carried)
    {
        state.View = newView.View;
        state.ViewIsOfFormerEpoch = false;
        state.LeavingFor = null;
        state.NewViewRequested = false;
        state.Carried = newView.Height == state.Height ? carried : default;
        state.NewView = message;
        state.Accepted = null;
        state.Building = false;
        state.BuildAgainAt = state.Now;
        Emit(new Effect.Persist([StoredItem.NewView(message)])); // C-15
        DropOwnBelow(newView.View);
        state.Votes.DropBelow(newView.View);
        state.Watch.EnterView(state.Now);
        RefillTimer();
        TakeEarlyProposal();
        ProposeIfLeader();
    }

    // C-14. The caller begins a new height, which clears what belongs to the old view.
    private void EnterByCertificate(ulong view)
    {
        state.View = view;
        state.Watch.EnterView(state.Now);
        if (state.LeavingFor <= view)
        {
            state.LeavingFor = null;
        }
    }

    // C-18
    private void LeaveAgainAtNewHeight()
    {
        if (state.LeavingFor is ulong view && state.IsValidator)
        {
            SignViewChange(view);
        }
    }

    private void DropOwnBelow(ulong view)
    {
        ImmutableArray<(ulong View, MessageKind Kind)> keys = [.. state.Own.Keys];
        foreach ((ulong View, MessageKind Kind) key in keys)
        {
            if (key.View < view)
            {
                state.Own.Remove(key);
            }
        }
    }
}
