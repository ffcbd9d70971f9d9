using Ledger.Primitives;

namespace Ledger.Consensus;

// Messages of this node's own key that come back from others. Rules S-8 and S-9.
/// <content>What comes back of its own key.</content>
public sealed partial class ReplicaKernel
{
    // S-8. One's own messages come back from others: a new view that is sent again, a view change inside a new view.
    private void WatchOwnKey(VerifiedMessage message)
    {
        ReplicaState state = replica.State;
        if (ports.Signer is null)
        {
            return;
        }

        if (message.Sender == state.Self)
        {
            JudgeOwn(message);
        }
        else if (message.Content is ConsensusMessage.NewView newView)
        {
            foreach (SignedEnvelope envelope in newView.ViewChanges)
            {
                if (envelope.Sender == state.Self
                    && MessageVerifier.TryVerify(
                        envelope, state.ChainId, state.Set, state.Verifier, out VerifiedMessage? own))
                {
                    JudgeOwn(own);
                }
            }
        }
    }

    private void JudgeOwn(VerifiedMessage message)
    {
        ReplicaState state = replica.State;
        Hash256 digest = MessageVerifier.DigestOf(state.ChainId, message.Envelope.Body.Span);
        if (state.Stopped || !SafetyRules.IsSignedElsewhere(voteState, state.HeadHeight, message.Content, digest))
        {
            return;
        }

        Apply(replica.Step(new Input.KeyUsedElsewhere()));
        if (state.Own.TryGetValue((message.Content.View, message.Content.Kind), out VerifiedMessage? own)
            && own.Content.Height == message.Content.Height)
        {
            ports.Evidence.Record(new EquivocationEvidence(own.Envelope, message.Envelope));
        }
    }

    // S-9. A witness that saw more than is remembered does not count. What it saw is sent beside it and judged by
    // itself, so that a claim without proof stops nobody.
    private bool IsForgotten(ConsensusMessage message) =>
        message is ConsensusMessage.Witness { Seen: SeenSlot seen } witness
        && witness.Subject == replica.State.Self
        && SafetyRules.IsForgotten(voteState, replica.State.HeadHeight, seen);
}
