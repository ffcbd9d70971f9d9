using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

// Restart: nothing that was signed is forgotten, and what was prepared stays prepared.
internal sealed partial class Replica
{
    private ImmutableArray<StoredItem> above = [];

    /// <summary>Builds the state of before the crash from what was durable.</summary>
    public static Replica Recover(
        RecoveredState recovered, VoteState voteState, ISignatureVerifier verifier, Predicate<PublicKeyBytes> holdsKey)
    {
        Invariant.That(recovered.StartNonce != 0);
        ReplicaState state = new(recovered.ChainId, recovered.Self, verifier, holdsKey, recovered.NextSet)
        {
            StartNonce = recovered.StartNonce,
            HeadHeight = recovered.HeadHeight,
            HeadHash = recovered.HeadHash,
            HeadTimeUnixMs = recovered.HeadTimeUnixMs,
            Epoch = recovered.NextEpoch,
            View = Math.Max(recovered.HeadView, voteState.ViewVotedIn),
        };
        Replica replica = new(state);
        replica.RecoverNewView(recovered.Items);
        state.ViewIsOfFormerEpoch = state.NewView is null && state.View > recovered.HeadView;
        state.LeavingFor = voteState.ViewLeftFor > state.View ? voteState.ViewLeftFor : null;
        replica.RecoverPrepared(recovered.Items);
        replica.RecoverOwnMessages(recovered.Items);
        replica.RecoverProposal(recovered.Items);
        replica.above = recovered.Items.RemoveAll(item => item.Height <= state.Height);
        replica.RefillTimer();
        return replica;
    }

    /// <summary>
    /// What a restart begins with: executing again what was in flight, and asking what others saw of this key.
    /// </summary>
    public ImmutableArray<Effect> Start()
    {
        if (state.Accepted is AcceptedProposal accepted)
        {
            AskExecution(accepted.Block, accepted.Mode);
        }

        VoteIfWitnessed();
        SendStatus();
        return DrainEffects();
    }

    // S-10. The chain may have been cut back below what was in flight: what was signed there holds again once the head
    // has come back to it.
    private void TakeUpStored()
    {
        if (above.IsEmpty)
        {
            return;
        }

        RecoverNewView(above);
        if (state.LeavingFor <= state.View)
        {
            state.LeavingFor = null;
        }

        RecoverPrepared(above);
        RecoverOwnMessages(above);
        RecoverProposal(above);
        above = above.RemoveAll(item => item.Height <= state.Height);
        if (state.Accepted is AcceptedProposal accepted)
        {
            AskExecution(accepted.Block, accepted.Mode);
        }
    }

    // C-15. The leader's own new view is among its own messages before it is stored as the view's.
    private void RecoverNewView(ImmutableArray<StoredItem> items)
    {
        foreach (StoredItem item in items)
        {
            bool candidate = item.Kind == StoredItemKind.NewView
                || (item.Kind == StoredItemKind.OwnMessage && item.MessageKind == MessageKind.NewView);
            if (!candidate
                || !MessageVerifier.TryVerify(
                    item.Bytes.Span, state.ChainId, state.Set, state.Verifier, out VerifiedMessage? message)
                || message.Content is not ConsensusMessage.NewView newView
                || newView.Height > state.Height
                || newView.View < state.View
                || !TryDerive(message, newView, out CarriedValue carried))
            {
                continue;
            }

            state.View = newView.View;
            state.NewView = message;
            state.Carried = newView.Height == state.Height ? carried : default;
        }
    }

    private void RecoverPrepared(ImmutableArray<StoredItem> items)
    {
        foreach (StoredItem item in items)
        {
            if (item.Kind != StoredItemKind.PreparedCertificate || item.Height != state.Height)
            {
                continue;
            }

            bool read = Certificate.TryDecode(item.Bytes.Span, out Certificate? certificate);
            Invariant.That(read && certificate is not null);
            ProposalBlock? block = FindProposal(items, certificate.View);
            Invariant.That(block is not null && block.Hash == certificate.BlockHash);
            state.Prepared = state.Prepared.Higher(certificate, block);
        }
    }

    private void RecoverOwnMessages(ImmutableArray<StoredItem> items)
    {
        foreach (StoredItem item in items)
        {
            if (item.Kind != StoredItemKind.OwnMessage
                || item.Height != state.Height
                || item.View < state.View
                || !MessageVerifier.TryVerify(
                    item.Bytes.Span, state.ChainId, state.Set, state.Verifier, out VerifiedMessage? message))
            {
                continue;
            }

            state.Own[(message.Content.View, message.Content.Kind)] = message;
            if (message.Content is ConsensusMessage.Vote vote)
            {
                state.Votes.Add(message, vote, state.View);
            }
            else if (message.Content is ConsensusMessage.ViewChange)
            {
                state.ViewChanges.Set(message);
            }
        }
    }

    // The proposal that was prepared in the view that goes on. It is executed again, and its time is no more held to
    // the clock.
    private void RecoverProposal(ImmutableArray<StoredItem> items)
    {
        if (!state.Own.ContainsKey((state.View, MessageKind.Prepare))
            || FindProposal(items, state.View) is not ProposalBlock block)
        {
            return;
        }

        state.Own.TryGetValue((state.View, MessageKind.PrePrepare), out VerifiedMessage? own);
        state.Accepted = new AcceptedProposal(block, ExecutionMode.CarriedOver, own)
        {
            PrepareRequested = true,
            PrepareSigned = true,
            CommitRequested = state.Own.ContainsKey((state.View, MessageKind.Commit)),
        };
    }

    private ProposalBlock? FindProposal(ImmutableArray<StoredItem> items, ulong view)
    {
        foreach (StoredItem item in items)
        {
            if (item.Kind == StoredItemKind.Proposal
                && item.Height == state.Height
                && item.View == view
                && ProposalBlock.TryDecode(item.Bytes.Span, out ProposalBlock? block))
            {
                return block;
            }
        }

        return null;
    }
}
